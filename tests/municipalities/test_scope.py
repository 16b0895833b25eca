"""The list and map by region, year, component, share and trend, with editions made by hand."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.filters import WRONG_ORDER, WRONG_ORP, WRONG_SHARE, WRONG_TREND
from municipalities.models import Component, ComponentShare
from municipalities.models.index import ValueState
from municipalities.scope import WRONG_COMPONENT, WRONG_REGION
from tests.factories import (
    ComponentValueFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrpFactory,
    RegionFactory,
)
from tests.municipalities.pages import body, names, text_of, titles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client):
    return lambda query="": client.get(reverse("municipalities:municipality_list") + query)


@pytest.fixture
def home():
    """Our region, with bands from 0 and 12 points and the national shares of 2023."""
    for lower, name in [(0, "nízký"), (12, "vysoký")]:
        IndexBandFactory(lower=lower, name=name)
    edition = IndexEditionFactory(year=2023)
    for component, share, high in [
        (Component.EXECUTION, "6.77", "9.46"),
        (Component.EARLY_LEAVERS, "2.96", "8.33"),
    ]:
        ComponentShare.objects.create(
            edition=edition, component=component, share=share, percentile_90=high
        )
    return RegionFactory(code="CZ041", name="Karlovarský kraj")


@pytest.fixture
def add(home):
    """Return a function that adds a municipality with its values of the index by year."""
    orps = {}

    def make(name, values=None, *, region=home, **fields):
        if region.pk not in orps:
            orps[region.pk] = OrpFactory(name=f"ORP {region.name}", region=region)
        place = MunicipalityFactory(name=name, region=region, orp=orps[region.pk], **fields)
        for year, value in (values or {2023: 5}).items():
            edition = IndexEditionFactory(year=year)
            IndexEntryFactory(edition=edition, municipality=place, value=value)
        return place

    return make


@pytest.fixture
def liberec(add):
    """Another region, which comes before ours in Czech order, without a layout of the map."""
    region = RegionFactory(code="CZ051", name="Hlavní město Liberec")
    add("Turnov", {2023: 13}, region=region)
    return region


# Region


def test_our_region_is_shown_unless_another_is_chosen(show, add, liberec):
    add("Aš", hex_q=0, hex_r=0)
    assert names(show()) == ["Aš"]
    other = show("?kraj=hlavni-mesto-liberec")
    assert names(other) == ["Turnov"]
    assert '<option value="hlavni-mesto-liberec" selected>' in body(other)
    assert 'href="/kraj/?kraj=hlavni-mesto-liberec"' in body(other)
    assert "Hlavní město Liberec" in other.content.decode().split("<title>")[1].split("<")[0]


def test_region_without_a_layout_has_a_table_and_no_map(show, liberec):
    response = show("?kraj=hlavni-mesto-liberec")
    assert response.context["map"] is None
    assert "<script" not in response.content.decode()
    assert "12–30 vysoký 12 a více bodů 1" in text_of(response)


def test_region_is_chosen_only_where_there_are_several(show, add, request):
    add("Aš")
    assert 'name="kraj"' not in body(show())
    request.getfixturevalue("liberec")
    assert 'name="kraj"' in body(show())


def test_a_region_without_municipalities_is_told_and_ignored(show, add):
    add("Aš")
    RegionFactory(name="Prázdný kraj")
    response = show("?kraj=prazdny-kraj")
    assert WRONG_REGION in text_of(response)
    assert names(response) == ["Aš"]


def test_links_of_another_region_keep_it(show, add, liberec):
    add("Aš")
    page = body(show("?kraj=hlavni-mesto-liberec&nazev=turnov&slozka=exekuce"))
    assert 'href="/obce/?kraj=hlavni-mesto-liberec&amp;slozka=exekuce">Zrušit výběr' in page
    assert "/obce/?kraj=hlavni-mesto-liberec&amp;slozka=exekuce&amp;podil=vysoky" in page


def test_an_orp_of_another_region_is_told_and_ignored(show, add, liberec):
    add("Aš")
    response = show("?kraj=hlavni-mesto-liberec&orp=orp-karlovarsky-kraj")
    assert WRONG_ORP in text_of(response)
    assert names(response) == ["Turnov"]


def test_pages_of_another_region_lead_back_to_it(client, add, liberec):
    add("Aš")
    place = liberec.municipalities.get()
    for url in (place.get_absolute_url(), place.orp.get_absolute_url()):
        assert 'href="/obce/?kraj=hlavni-mesto-liberec"' in client.get(url).content.decode()
    orp = client.get(place.orp.get_absolute_url())
    assert 'href="/kraj/?kraj=hlavni-mesto-liberec"' in orp.content.decode()
    region = client.get("/kraj/?kraj=hlavni-mesto-liberec")
    assert "1 obec z 1 má vysokou hodnotu indexu" in text_of(region)
    assert 'href="/obce/?kraj=hlavni-mesto-liberec"' in body(region)
    assert WRONG_REGION in text_of(client.get("/kraj/?kraj=neni"))


# Year


def test_the_newest_edition_of_the_region_is_shown_unless_a_year_is_chosen(show, add):
    add("Aš", {2022: 3, 2023: 13})
    assert [row.index_value for row in show().context["table"].places] == [13]
    older = show("?rok=2022")
    assert [row.index_value for row in older.context["table"].places] == [3]
    assert '<option value="2022" selected>' in body(older)
    assert "Index sociálního vyloučení 2022" in text_of(older)


def test_a_year_without_entries_of_the_region_is_told_and_ignored(show, add, liberec):
    add("Aš", {2022: 3, 2023: 13})
    response = show("?kraj=hlavni-mesto-liberec&rok=2022")
    assert "Za rok 2022 hodnoty obcí kraje nemáme, ukazuje se rok 2023." in text_of(response)
    assert names(response) == ["Turnov"]
    assert "Za takový rok hodnoty obcí kraje nemáme" in text_of(show("?rok=loni"))
    assert "Za takový rok hodnoty obcí kraje nemáme" in text_of(show("?rok=%00"))


# Component


@pytest.fixture
def shares(add):
    """Shares of people in execution: of five municipalities two may not be shown, and what is
    withheld would come first and last if it could be sorted by."""

    def value(name, cell, **known):
        entry = add(name, hex_q=cell, hex_r=0).index_entries.get()
        ComponentValueFactory(entry=entry, component=Component.EXECUTION, **known)

    known = {"state": ValueState.KNOWN, "base": 400}
    value("Aš", 0, count=40, share=Decimal(10), **known)
    value("Cheb", 1, count=28, share=Decimal(7), **known)
    value("Loket", 2, count=0, share=Decimal(0), **known)
    value("Maso", 3, state=ValueState.MASKED, count=4, base=5, share=Decimal("80.25"))
    value("Hory", 4, state=ValueState.MASKED, count=1, base=800, share=Decimal("0.125"))
    add("Kout", hex_q=5, hex_r=0)


def test_table_and_map_show_the_component(show, shares):
    response = show("?slozka=exekuce")
    text = text_of(response)
    assert "Aš ORP Karlovarský kraj neznámo 10,0 % vysoký 5" in text
    assert "Cheb ORP Karlovarský kraj neznámo 7,0 % nad průměrem 5" in text
    assert "Loket ORP Karlovarský kraj neznámo 0,0 % pod průměrem 5" in text
    assert "Maso ORP Karlovarský kraj neznámo méně než 5 nelze srovnat 5" in text
    assert "Kout ORP Karlovarský kraj neznámo neznámý nelze srovnat 5" in text
    assert "vysoký od 9,46 % 1 obec nad průměrem přes 6,77 % 1 obec" in text
    assert "tečkovaně 2 obce méně než 5 případů, podíl se neuvádí" in text
    assert "Maso: méně než 5 případů, podíl se neuvádí" in titles_of(response)
    assert "1 obec ze 3, u kterých podíl osob v exekuci známe, ho má vysoký" in text


WITHHELD_LAST = {
    "podil": ["Loket", "Cheb", "Aš", "Hory", "Kout", "Maso"],
    "-podil": ["Aš", "Cheb", "Loket", "Hory", "Kout", "Maso"],
    "proti": ["Loket", "Cheb", "Aš", "Hory", "Kout", "Maso"],
    "-proti": ["Aš", "Cheb", "Loket", "Hory", "Kout", "Maso"],
    "obec": ["Aš", "Hory", "Cheb", "Kout", "Loket", "Maso"],
}


@pytest.mark.parametrize("order", [*WITHHELD_LAST, "orp", "-obyvatel", "index", "-index"])
def test_no_order_tells_a_withheld_share(show, shares, order):
    wanted = WITHHELD_LAST.get(order, WITHHELD_LAST["obec"])
    assert names(show(f"?slozka=exekuce&razeni={order}")) == wanted


@pytest.mark.parametrize(
    ("share", "wanted"),
    [("vysoky", ["Aš"]), ("nad-prumerem", ["Cheb"]), ("pod-prumerem", ["Loket"])],
)
def test_no_filter_finds_a_withheld_share(show, shares, share, wanted):
    assert names(show(f"?slozka=exekuce&podil={share}")) == wanted


@pytest.mark.parametrize(
    "query", ["?slozka=exekuce", "?slozka=exekuce&razeni=-podil", "?slozka=exekuce&podil=vysoky"]
)
def test_a_withheld_number_is_nowhere_on_the_page(show, shares, query):
    page = show(query).content.decode()
    for number in ("80,", "80.2", "0,1 %", "0.12", "0,13", "data-share"):
        assert number not in page


def test_a_borrowed_component_is_hatched_and_never_sorted_among_numbers(show, add):
    entry = add("Aš", hex_q=0, hex_r=0).index_entries.get()
    ComponentValueFactory(entry=entry, component="early_leavers", state=ValueState.BORROWED)
    other = add("Cheb", hex_q=1, hex_r=0).index_entries.get()
    ComponentValueFactory(
        entry=other, component="early_leavers", state=ValueState.KNOWN, count=0, base=9, share=0
    )
    response = show("?slozka=vzdelavani&razeni=-podil")
    assert names(response) == ["Cheb", "Aš"]
    assert "Aš ORP Karlovarský kraj neznámo převzato nelze srovnat 5" in text_of(response)
    assert [one.look for one in response.context["map"].layers] == ["b1", "lent"]
    assert "šrafovaně 1 obec převzato od obce se školou nejblíž" in text_of(response)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("slozka=neni", WRONG_COMPONENT),
        ("podil=vysoky", WRONG_SHARE),
        ("slozka=exekuce&podil=neni", WRONG_SHARE),
        ("razeni=podil", WRONG_ORDER),
        ("slozka=exekuce&razeni=prevzato", WRONG_ORDER),
        ("trend=neni", WRONG_TREND),
    ],
)
def test_what_is_not_understood_is_told_and_ignored(show, shares, query, sentence):
    response = show(f"?{query}")
    assert sentence in text_of(response)
    assert names(response) == WITHHELD_LAST["obec"]


def test_form_keeps_only_an_order_that_every_table_has(show, shares):
    assert 'name="razeni" value="-index"' in body(show("?slozka=exekuce&razeni=-index"))
    assert 'name="razeni"' not in body(show("?slozka=exekuce&razeni=-podil"))


def test_an_edition_without_national_shares_makes_no_classes(show, add):
    add("Aš", {2022: 3, 2023: 3})
    text = text_of(show("?slozka=exekuce&rok=2022"))
    assert "Podíl osob v exekuci není znám u žádné obce." in text


# Trend


@pytest.fixture
def four_editions(add):
    add("Aš", {2020: 9, 2021: 10, 2022: 12, 2023: 13})
    add("Cheb", {2020: 13, 2021: 12, 2022: 10, 2023: 9})
    add("Loket", {2020: 5, 2021: 5, 2022: 6, 2023: 6})
    add("Nejdek", {2020: 1, 2022: 9, 2023: 9})


@pytest.mark.parametrize(
    ("trend", "wanted"),
    [
        ("roste", ["Aš"]),
        ("klesa", ["Cheb"]),
        ("beze-zmeny", ["Loket"]),
        ("nelze-urcit", ["Nejdek"]),
    ],
)
def test_municipalities_are_chosen_by_their_trend(show, four_editions, trend, wanted):
    response = show(f"?trend={trend}")
    assert names(response) == wanted
    assert "Vývoj nelze určit" not in text_of(response)


def test_trend_looks_no_further_than_the_year_shown(show, four_editions):
    assert names(show("?rok=2022&trend=roste")) == []
    response = show("?rok=2022&trend=nelze-urcit")
    assert names(response) == ["Aš", "Cheb", "Loket", "Nejdek"]
    assert "Vývoj nelze určit: načtena jsou jen vydání 2020, 2021, 2022" in text_of(response)


# Queries


def test_everything_at_once_takes_few_queries_for_1_and_30_rows(show, add):
    years = dict.fromkeys([2020, 2021, 2022, 2023], 5)
    query = "?slozka=exekuce&trend=beze-zmeny&razeni=-index&rok=2023"
    add("Aš", years)
    with CaptureQueriesContext(connection) as one:
        assert len(names(show(query))) == 1
    for n in range(29):
        add(f"Obec {n}", years)
    with CaptureQueriesContext(connection) as many:
        assert len(names(show(query))) == 30
    assert len(one) == len(many) <= 6


def test_the_map_by_a_component_takes_four_queries(show, shares, django_assert_num_queries):
    with django_assert_num_queries(4):
        show("?slozka=exekuce")
