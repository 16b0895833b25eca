"""The administration under the portal's roles: head and admin edit, the unit reads."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import ADMIN, COUNCILLOR, HEAD, UNIT
from municipalities.models import IndexBand, IndexEdition, IndexEntry, Municipality
from municipalities.models.territory import MunicipalityKind
from tests.factories import (
    BoundaryFactory,
    BoundarySetFactory,
    IndexBandFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrpFactory,
    RegionFactory,
)
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

MODELS = [
    model.__name__.lower()
    for model in apps.get_app_config("municipalities").get_models()
    if not hasattr(model, "history_type")
]
REGISTERED = [name for name in MODELS if name not in ("componentvalue", "componentshare")]
IMPORTED = ("boundaryset", "boundary")
"""What only an import writes: the administration shows and deletes it."""


def page(model, act="changelist", *args):
    return reverse(f"admin:municipalities_{model}_{act}", args=args)


def test_every_model_is_in_the_administration():
    registered = {model.__name__.lower() for model in admin.site._registry}
    assert set(REGISTERED) <= registered


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (HEAD, {"view", "add", "change", "delete"}),
        (ADMIN, {"view", "add", "change", "delete"}),
        (UNIT, {"view"}),
        (COUNCILLOR, set()),
        (None, set()),
    ],
)
def test_who_may_do_what(make_user, role, acts, model):
    user = make_user(*filter(None, [role]))
    held = {
        act
        for act in ("view", "add", "change", "delete")
        if user.has_perm(f"municipalities.{act}_{model}")
    }
    assert held == acts
    assert user.has_module_perms("municipalities") == bool(acts)


@pytest.mark.parametrize("role", [HEAD, ADMIN])
@pytest.mark.parametrize("model", REGISTERED)
def test_head_and_admin_list_and_add(client_as, role, model):
    client = client_as(role)
    assert client.get(page(model)).status_code == 200
    assert client.get(page(model, "add")).status_code == (403 if model in IMPORTED else 200)


@pytest.mark.parametrize("factory", [BoundaryFactory, BoundarySetFactory])
def test_what_an_import_wrote_is_read_and_not_edited(client_as, factory):
    record = factory()
    address = page(record._meta.model_name, "change", record.pk)
    client = client_as(HEAD)
    assert client.get(address).status_code == 200
    assert client.post(address, {"source": "Jinde", "path": "M0 0"}).status_code == 403


@pytest.mark.parametrize("model", REGISTERED)
def test_unit_reads_and_adds_nothing(client_as, model):
    client = client_as(UNIT)
    assert client.get(page(model)).status_code == 200
    assert client.get(page(model, "add")).status_code == 403


def test_unit_cannot_change_a_municipality(client_as):
    place = MunicipalityFactory(name="Aš")
    client = client_as(UNIT)
    assert client.get(page("municipality", "change", place.pk)).status_code == 200
    answer = client.post(page("municipality", "change", place.pk), {"name": "Jinak"})
    assert answer.status_code == 403
    assert client.post(page("municipality", "delete", place.pk), {"post": "yes"}).status_code == 403
    place.refresh_from_db()
    assert place.name == "Aš"


def test_councillor_and_stranger_stay_outside(client, client_as):
    assert client.get(page("municipality")).status_code == 302
    assert client_as(COUNCILLOR).get(page("municipality")).status_code in (302, 403)


def test_head_changes_a_municipality_and_its_keys_follow(client_as):
    place = MunicipalityFactory(name="Aš")
    values = {
        "code": place.code,
        "name": "Šindelová",
        "kind": MunicipalityKind.TOWN,
        "region": place.region_id,
        "district": place.district_id,
        "orp": place.orp_id,
    }
    answer = client_as(HEAD).post(page("municipality", "change", place.pk), values)
    assert answer.status_code == 302
    place.refresh_from_db()
    assert (place.kind, place.search_key) == (MunicipalityKind.TOWN, "sindelova")


def band(client, **values):
    return client.post(page("indexband", "add"), {"sentence": "Co to znamená.", **values})


def test_band_with_a_bound_twice_is_refused_at_the_field(client_as):
    IndexBandFactory(lower=12, name="vysoký")
    answer = band(client_as(HEAD), lower=12, name="jiný")
    errors = answer.context["adminform"].form.errors
    assert errors["lower"] == ["Pásmo s touto dolní mezí už existuje."]
    assert IndexBand.objects.count() == 1


def test_band_with_a_name_twice_is_refused_at_the_field(client_as):
    IndexBandFactory(lower=12, name="vysoký")
    answer = band(client_as(HEAD), lower=20, name="Vysoky")
    errors = answer.context["adminform"].form.errors
    assert errors["name"] == ["Pásmo s tímto názvem už existuje."]


def test_band_keeps_its_own_name_and_bound(client_as):
    row = IndexBandFactory(lower=12, name="vysoký")
    values = {"lower": 12, "name": "vysoký", "sentence": "Jinak."}
    answer = client_as(HEAD).post(page("indexband", "change", row.pk), values)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.sentence == "Jinak."


def test_edition_remembers_who_added_it(client_as):
    values = {
        "year": 2024,
        "source": "Agentura",
        "shares-TOTAL_FORMS": 0,
        "shares-INITIAL_FORMS": 0,
    }
    client_as(ADMIN).post(page("indexedition", "add"), values)
    assert IndexEdition.objects.get().imported_by.email == "admin@portal.test"


def test_entry_tells_namesakes_apart(client_as):
    region = RegionFactory()
    for orp in ("Sokolov", "Karlovy Vary"):
        MunicipalityFactory(name="Chodov", region=region, orp=OrpFactory(name=orp, region=region))
    body = client_as(HEAD).get(page("indexentry", "add")).content.decode()
    assert "Chodov (ORP Sokolov)" in body
    assert "Chodov (ORP Karlovy Vary)" in body


@pytest.mark.parametrize("typed", ["jáchy", "JACHY"])
@pytest.mark.parametrize("model", ["municipality", "indexentry"])
def test_search_needs_no_marks(client_as, typed, model):
    IndexEntryFactory(municipality=MunicipalityFactory(name="Jáchymov"))
    IndexEntryFactory(municipality=MunicipalityFactory(name="Aš"))
    text = text_of(client_as(UNIT).get(page(model), {"q": typed}))
    assert "Jáchymov" in text
    assert " 1 výsledek" in text


def test_entries_take_the_same_queries_for_1_and_30_rows(client_as):
    client = client_as(UNIT)
    place = MunicipalityFactory()
    IndexEntryFactory(municipality=place)
    with CaptureQueriesContext(connection) as one:
        client.get(page("indexentry"))
    for _ in range(29):
        IndexEntryFactory(
            municipality=MunicipalityFactory(
                region=place.region, district=place.district, orp=place.orp
            )
        )
    with CaptureQueriesContext(connection) as many:
        client.get(page("indexentry"))
    assert Municipality.objects.count() == IndexEntry.objects.count() == 30
    assert len(one) == len(many)
