"""Pages of an ORP and of the region."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.models import Component
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from tests.factories import (
    BandCountFactory,
    ComponentValueFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrpFactory,
    RegionFactory,
)
from tests.municipalities.pages import body, text_of, titles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    """A region with the bands of 0, 2, 8 and 12 points and an edition of 2023."""
    for lower, name in [(0, "nízký"), (2, "střední"), (8, "zvýšený"), (12, "vysoký")]:
        IndexBandFactory(lower=lower, name=name)
    IndexEditionFactory(year=2023, source="Agentura")
    return RegionFactory(name="Kraj")


@pytest.fixture
def lazne(region):
    return OrpFactory(code="4105", name="Mariánské Lázně", region=region)


@pytest.fixture
def add(region, lazne):
    """Return a function that adds a municipality, to ORP Mariánské Lázně unless told otherwise."""

    def make(name, value=None, *, orp=lazne, borrowed=False, **fields):
        place = MunicipalityFactory(name=name, region=region, orp=orp, **fields)
        if value is not None:
            entry = IndexEntryFactory(municipality=place, value=value)
            if borrowed:
                ComponentValueFactory(
                    entry=entry, component=Component.EARLY_LEAVERS, state=ValueState.BORROWED
                )
        return place

    return make


@pytest.fixture
def show_orp(client, lazne):
    return lambda: client.get(lazne.get_absolute_url())


@pytest.fixture
def show_region(client):
    return lambda: client.get(reverse("municipalities:region_detail"))


# ORP


def test_address_of_an_orp_holds_code_and_name(lazne):
    assert lazne.get_absolute_url() == "/orp/4105-marianske-lazne/"


@pytest.mark.parametrize("slug", ["x", "marianske", "marianske-lazne-2"])
def test_wrong_name_of_an_orp_leads_to_the_right_one_for_good(client, lazne, slug):
    answer = client.get(f"/orp/4105-{slug}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/orp/4105-marianske-lazne/")


@pytest.mark.parametrize("path", ["/orp/9999-x/", "/orp/abc-x/", "/orp/4105/", "/orp/"])
def test_unknown_orp_is_not_found(client, lazne, path):
    assert client.get(path).status_code == 404


def test_pages_are_read_only(client, lazne):
    assert client.post(lazne.get_absolute_url()).status_code == 405
    assert client.post(reverse("municipalities:region_detail")).status_code == 405


def test_orp_says_what_it_found_and_lists_its_municipalities(show_orp, add, region):
    add("Teplá", 5)
    add("Mnichov", 12, borrowed=True)
    add("Cheb", 1, orp=OrpFactory(name="Cheb", region=region))
    response = show_orp()
    text = text_of(response)
    assert "1 obec ze 2 má vysokou hodnotu indexu (12 a více bodů)" in text
    assert "Medián ORP je 8,5 bodu, kraje 5 bodů." in text
    assert "Od 5 do 12, aspoň polovina obcí má nejvýš 8 bodů" in text
    assert [row.name for row, _ in response.context["overview"].banded] == ["Mnichov", "Teplá"]
    assert "Mnichov neznámo 12 vysoký převzato Teplá neznámo 5 střední" in text
    assert "2023 spočítáno z obcí 0 1 0 1 2 8,5" in text
    assert "vysoký 12 a více bodů." in text
    assert "Cheb" not in text


def test_orp_is_coloured_in_the_map_of_its_region(show_orp, add, region):
    add("Teplá", 5, hex_q=0, hex_r=0)
    add("Cheb", 1, orp=OrpFactory(name="Cheb", region=region), hex_q=1, hex_r=0)
    response = show_orp()
    assert titles_of(response) == ["Teplá: 5, střední", "Cheb: 1, nízký"]
    assert [layer.look for layer in response.context["map"].layers] == ["b2", "off"]


def test_way_to_an_orp_leads_over_its_region(show_orp, lazne):
    assert [label for label, _ in show_orp().context["trail"]] == [
        "Obce",
        "Kraj",
        "ORP Mariánské Lázně",
    ]


def test_orp_without_municipalities_or_values_still_reads(show_orp, add):
    assert "Hodnoty indexu zatím nejsou načteny." in text_of(show_orp())
    add("Teplá")
    text = text_of(show_orp())
    assert "Hodnoty indexu zatím nejsou načteny." in text
    assert "Teplá neznámo neznámý neznámé" in text


def test_military_area_stands_apart_in_its_orp(show_orp, add):
    add("Teplá", 5)
    add("Hradiště", 3, kind=MunicipalityKind.MILITARY_AREA)
    response = show_orp()
    assert [row.name for row, _ in response.context["overview"].banded] == ["Teplá"]
    assert "Hradiště – vojenský újezd, nezapočítává se." in text_of(response)
    assert response.context["overview"].median == 5


def test_orp_takes_the_same_few_queries_for_1_and_30_municipalities(show_orp, add):
    add("Teplá", 5)
    with CaptureQueriesContext(connection) as one:
        show_orp()
    for n in range(29):
        add(f"Obec {n}", n, borrowed=True)
    with CaptureQueriesContext(connection) as many:
        assert len(show_orp().context["overview"].banded) == 30
    assert len(one) == len(many) <= 6


# The region


def test_region_of_an_empty_portal_says_so(show_region):
    response = show_region()
    assert response.status_code == 200
    assert "Obce zatím nejsou načteny." in text_of(response)


def test_region_shows_published_years_beside_the_counted_one(show_region, region, add):
    add("Teplá", 13)
    band = IndexBandFactory(lower=12)
    BandCountFactory(region=region, year=2020, band=band, count=18)
    BandCountFactory(region=None, year=2020, band=band, count=208, note="Jen zveřejněné.")
    text = text_of(show_region())
    assert "2023 spočítáno z obcí 0 0 0 1 1 13" in text
    assert "2020 zveřejněné součty neznámo neznámo neznámo 18 18 –" in text
    assert "v roce 2020 podle zveřejněných součtů 18 obcí, v roce 2023 jich je 1." in text
    assert (
        "Za celé Česko byly v roce 2020 zveřejněny počty obcí: vysoký 208. Jen zveřejněné." in text
    )


def test_region_shows_each_orp_with_counts_median_and_strip(show_region, region, add):
    add("Teplá", 5)
    add("Mnichov", 12)
    add("Aš", 0, orp=OrpFactory(code="4101", name="Aš", region=region))
    response = show_region()
    text = text_of(response)
    assert "Aš 1 1 0 0 0 0 Mariánské Lázně 2 0 1 0 1 8,5 kraj 3 1 1 0 1 5" in text
    assert 'aria-label="ORP Mariánské Lázně, hodnoty obcí: 5 (1×), 12 (1×)"' in body(response)
    assert 'href="/orp/4101-as/"' in body(response)


def test_region_takes_the_same_few_queries_for_1_and_30_municipalities(show_region, region, add):
    add("Teplá", 5)
    with CaptureQueriesContext(connection) as one:
        show_region()
    for n in range(29):
        add(f"Obec {n}", n, orp=OrpFactory(name=f"ORP {n}", region=region))
    with CaptureQueriesContext(connection) as many:
        assert len(show_region().context["orps"]) == 30
    assert len(one) == len(many) <= 6
