"""Up to five municipalities side by side."""

import html
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Component, ComponentShare
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from tests.factories import (
    ComponentValueFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrpFactory,
)
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    IndexBandFactory(lower=0, name="nízký")
    IndexBandFactory(lower=12, name="vysoký")
    edition = IndexEditionFactory(year=2023)
    orp = OrpFactory(name="Cheb")
    ComponentShare.objects.create(
        edition=edition, component=Component.EXECUTION, share=Decimal("6.00")
    )
    return orp


def town(region, code, name, value=None, **fields):
    place = MunicipalityFactory(code=code, name=name, region=region.region, orp=region, **fields)
    if value is not None:
        IndexEntryFactory(municipality=place, edition=IndexEditionFactory(year=2023), value=value)
    return place


def execution(place, share, count="20", state=ValueState.KNOWN):
    ComponentValueFactory(
        entry=place.index_entries.get(),
        component=Component.EXECUTION,
        state=state,
        count=Decimal(count),
        base=Decimal(8713),
        share=Decimal(share),
    )


def read(client, **query):
    return client.get("/obce/srovnani/", query)


def names(response):
    return [row.place.name for row in response.context["found"].rows]


def test_they_stand_by_the_alphabet_whatever_was_asked_first(client, region):
    town(region, "1", "Luby", 20, population=2100, population_date=date(2020, 12, 31))
    town(region, "2", "Aš", 3)
    town(region, "3", "Cheb", 30)
    response = read(client, o="3,1,2")
    assert names(response) == ["Aš", "Cheb", "Luby"]
    text = text_of(response)
    assert "2 100 (31. 12. 2020)" in text
    assert "žebříčku" not in text


def test_same_axes_for_all(client, region):
    """6 % in the nation: 12 % is twice of it, 160 wide, 3 % half, 40 wide."""
    for code, name, share in [("1", "Aš", "12"), ("2", "Luby", "3")]:
        execution(town(region, code, name, 5), share)
    response = read(client, o="1,2")
    (name, rows), *_ = response.context["found"].components
    assert name == "Osoby v exekuci"
    assert [(place.name, bar.length) for place, _, bar in rows] == [("Aš", 160), ("Luby", 40)]
    wide = [row.rulers[0] for row in response.context["found"].rows]
    assert wide[0].zones == wide[1].zones
    assert "Aš 20 z 8 713 osob od 15 let 12,0 %" in text_of(response)


def test_masked_number_is_in_no_comparison(client, region):
    execution(town(region, "1", "Aš", 5), "7.7531", "3", ValueState.MASKED)
    page = html.unescape(read(client, o="1").content.decode())
    assert "méně než 5" in page
    for number in ("7,75", "7,8", "8713", "8\u00a0713"):
        assert number not in page


def test_unknown_value_is_no_zero(client, region):
    town(region, "1", "Aš")
    town(region, "2", "Luby", 0)
    text = text_of(read(client, o="1,2"))
    assert "Hodnota indexu není známa. Neznámá hodnota není nula." in text
    assert "neznámý" in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("1,999999", "Obec s kódem „999999“ neznáme."),
        ("1,as", "Obec s kódem „as“ neznáme."),
        ("1,\x00", "Obec s kódem „\x00“ neznáme."),
        ("1,９", "Obec s kódem „９“ neznáme."),
        (
            "1,8",
            "Hradiště je vojenský újezd, nezapočítává se, a proto se ani nesrovnává.",
        ),
    ],
)
def test_code_that_cannot_be_used_is_answered_and_the_rest_shown(client, region, asked, sentence):
    town(region, "1", "Aš", 5)
    town(region, "8", "Hradiště", kind=MunicipalityKind.MILITARY_AREA)
    response = read(client, o=asked)
    assert names(response) == ["Aš"]
    refused = [one.replace("\u00a0", " ") for one in response.context["choice"].refused]
    assert refused == [sentence]


def test_sixth_municipality_is_named_and_left_out(client, region):
    for n in range(1, 7):
        town(region, str(n), f"Obec {n}", n)
    response = read(client, o="1,2,3,4,5,6,6,1")
    assert len(names(response)) == 5
    text = text_of(response)
    assert "Vedle sebe lze srovnat nejvýš 5 obcí. Nevešly se: Obec 6." in text
    assert 'name="pridat"' not in response.content.decode()


def test_one_asks_for_another_and_none_for_the_first(client, region):
    town(region, "1", "Aš", 5)
    assert "Přidejte aspoň jednu další obec" in text_of(read(client, o="1"))
    assert "Napište název první obce." in text_of(read(client))


@pytest.mark.parametrize("typed", ["Luby", "luby", "  LUBY ", "2", "lub"])
def test_one_is_added_by_its_name_or_code(client, region, typed):
    town(region, "1", "Aš", 5)
    town(region, "2", "Luby", 5)
    answer = read(client, o="1", pridat=typed)
    assert (answer.status_code, answer["Location"]) == (302, "/obce/srovnani/?o=1,2")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Praha", "Obec „Praha“ neznáme. Zkuste začátek názvu nebo kód obce."),
        ("Aš", "Aš už ve srovnání je."),
        ("hradiste", "Hradiště je vojenský újezd, nezapočítává se"),
        ("…", "Obec „…“ neznáme."),
    ],
)
def test_name_that_cannot_be_added_is_answered_and_kept(client, region, typed, sentence):
    town(region, "1", "Aš", 5)
    town(region, "8", "Hradiště", kind=MunicipalityKind.MILITARY_AREA)
    response = read(client, o="1", pridat=typed)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert f'value="{typed}"' in html.unescape(response.content.decode())


def test_two_of_one_name_are_offered_with_their_orp(client, region):
    town(region, "1", "Aš", 5)
    for code, orp in [("2", "Sokolov"), ("3", "Karlovy Vary")]:
        other = OrpFactory(name=orp, region=region.region)
        MunicipalityFactory(code=code, name="Březová", region=region.region, orp=other)
    response = read(client, o="1", pridat="brezova")
    assert "je víc. Vyberte: Březová (ORP Sokolov) Březová (ORP Karlovy Vary)" in text_of(response)
    assert 'href="/obce/srovnani/?o=1,3"' in response.content.decode()


def test_sixth_is_not_added(client, region):
    for n in range(1, 7):
        town(region, str(n), f"Obec {n}", n)
    response = read(client, o="1,2,3,4,5", pridat="Obec 6")
    assert "Nejdřív některou odeberte." in text_of(response)


def test_each_can_be_taken_away(client, region):
    town(region, "1", "Aš", 5)
    town(region, "2", "Luby", 5)
    page = read(client, o="1,2").content.decode()
    assert 'href="/obce/srovnani/?o=2">odebrat' in page
    assert 'href="/obce/srovnani/?o=1">odebrat' in page


def test_page_is_read_only(client, region):
    assert client.post("/obce/srovnani/").status_code == 405


def test_list_of_municipalities_leads_here(client, region):
    town(region, "1", "Aš", 5)
    assert 'href="/obce/srovnani/"' in client.get("/obce/").content.decode()


def test_comparison_takes_the_same_few_queries_for_1_and_5(client, region):
    for n in range(1, 6):
        execution(town(region, str(n), f"Obec {n}", n), "12")
    with CaptureQueriesContext(connection) as one:
        read(client, o="1")
    with CaptureQueriesContext(connection) as five:
        assert len(names(read(client, o="1,2,3,4,5"))) == 5
    assert len(one) == len(five) == 6
