from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.filters import LONG_NAME, WRONG_BAND, WRONG_ORDER, WRONG_ORP
from municipalities.models import Component
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from tests.factories import (
    ComponentValueFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrpFactory,
    RegionFactory,
)
from tests.municipalities.pages import listed, names, text_of, titles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client):
    """Return a function that reads the list with a query string."""

    def read(query=""):
        return client.get(reverse("municipalities:municipality_list") + query)

    return read


@pytest.fixture
def region():
    """A region with the bands of 0, 2, 8 and 12 points and an edition of 2023."""
    for lower, name in [(0, "nízký"), (2, "střední"), (8, "zvýšený"), (12, "vysoký")]:
        IndexBandFactory(lower=lower, name=name)
    IndexEditionFactory(year=2023, source="Agentura")
    return RegionFactory(name="Kraj", name_genitive="Kraje")


@pytest.fixture
def add(region):
    """Return a function that adds a municipality with a value of the index, or without one."""
    orps = {}

    def make(name, value=None, *, orp="Cheb", borrowed=False, **fields):
        if orp not in orps:
            orps[orp] = OrpFactory(name=orp, region=region)
        place = MunicipalityFactory(name=name, region=region, orp=orps[orp], **fields)
        if value is not None:
            entry = IndexEntryFactory(municipality=place, value=value)
            if borrowed:
                ComponentValueFactory(
                    entry=entry, component=Component.EARLY_LEAVERS, state=ValueState.BORROWED
                )
        return place

    return make


def test_list_of_an_empty_portal_says_so(show):
    response = show()
    assert response.status_code == 200
    assert "Obce zatím nejsou načteny." in text_of(response)


def test_list_without_an_edition_shows_municipalities_and_no_zero(show, add):
    add("Aš")
    text = text_of(show())
    assert "Hodnoty indexu zatím nejsou načteny." in text
    assert "Aš Cheb neznámo neznámý neznámý" in text


def test_list_shows_the_first_region_that_has_municipalities(show, add):
    RegionFactory(name="Aaa")
    add("Aš", 3)
    assert names(show()) == ["Aš"]


def test_list_shows_the_newest_edition_of_the_region(show, add):
    place = add("Aš", 3)
    IndexEntryFactory(
        edition=IndexEditionFactory(year=2024), municipality=MunicipalityFactory(name="Jinde")
    )
    IndexEntryFactory(edition=IndexEditionFactory(year=2022), municipality=place, value=20)
    assert "Aš Cheb neznámo 3 střední" in text_of(show())


def test_row_reads_name_orp_population_index_band_and_mark(show, add):
    add(
        "Aš",
        13,
        orp="Aš",
        borrowed=True,
        population=13105,
        population_date=date(2020, 12, 31),
    )
    text = text_of(show())
    assert "Aš Aš 13 105 13 vysoký převzato" in text
    assert "Obyvatelé k 31. 12. 2020, index 2023" in text


def test_only_a_borrowed_education_component_is_marked(show, add):
    place = add("Aš", 13)
    ComponentValueFactory(
        entry=place.index_entries.get(), component=Component.EXECUTION, state=ValueState.UNKNOWN
    )
    assert "Aš Cheb neznámo 13 vysoký Hr" not in text_of(show())
    assert 'hidden">převzato' not in show().content.decode()


def test_unknown_value_is_not_counted_as_zero(show, add):
    add("Aš")
    add("Cheb", 0)
    response = show()
    assert response.context["overview"].counts == (1, 0, 0, 0)
    assert "U 1 obce hodnota není známa." in text_of(response)


def test_military_area_is_in_no_count_and_has_no_number(show, add):
    add("Hradiště", 3, kind=MunicipalityKind.MILITARY_AREA)
    add("Cheb", 13)
    response = show()
    assert response.context["overview"].counts == (0, 0, 0, 1)
    assert response.context["overview"].orps[0].number == 1
    assert names(response) == ["Cheb"]
    assert "Hradiště – vojenský újezd, nezapočítává se." in text_of(response)


def test_legend_counts_bands_with_their_values_and_is_a_filter(show, add):
    add("Aš", 13, hex_q=0, hex_r=0)
    add("Cheb", 9, hex_q=1, hex_r=0)
    response = show()
    assert "vysoký 12–30 1 obec zvýšený 8–11 1 obec střední 2–7 0 obcí" in text_of(response)
    assert 'href="/obce/?pasmo=vysoky">' in response.content.decode()


def test_legend_keeps_the_order_and_takes_a_choice_back(show, add):
    add("Aš", 13, hex_q=0, hex_r=0)
    page = show("?pasmo=vysoky&razeni=-index&orp=cheb").content.decode()
    assert 'href="/obce/?razeni=-index" aria-current="true">' in page
    assert 'href="/obce/?pasmo=zvyseny&amp;razeni=-index">' in page


def test_counts_by_band_stand_in_a_table_where_there_is_no_map(show, add):
    add("Cheb", 13)
    text = text_of(show())
    assert "12–30 vysoký 12 a více bodů 1" in text
    assert "8–11 zvýšený 8–11 bodů 0" in text
    assert "šestiúhelník" not in text


def test_map_and_table_show_the_same_municipalities(show, add):
    add("Hradiště", 3, kind=MunicipalityKind.MILITARY_AREA, hex_q=0, hex_r=1)
    add("Cheb", 13, hex_q=0, hex_r=0)
    add("Aš", 3, hex_q=1, hex_r=0, borrowed=True)
    response = show()
    assert titles_of(response) == [
        "Hradiště: vojenský újezd, nezapočítává se",
        "Cheb: 13, vysoký",
        "Aš: 3, střední, složka vzdělávání převzata",
    ]
    assert names(response) == ["Aš", "Cheb"]


def test_map_keeps_what_the_filter_left_out_without_its_colour(show, add):
    add("Cheb", 13, hex_q=0, hex_r=0)
    add("Aš", 3, hex_q=1, hex_r=0)
    response = show("?nazev=cheb")
    assert titles_of(response) == ["Cheb: 13, vysoký", "Aš: 3, střední, mimo výběr"]
    assert "Vybráno 1 ze 2 obcí, ostatní jsou v mapě bez výplně." in text_of(response)


def test_map_is_read_without_a_filter_that_was_not_understood(show, add):
    add("Cheb", 13, hex_q=0, hex_r=0)
    assert titles_of(show("?pasmo=neni")) == ["Cheb: 13, vysoký"]


def test_map_loads_its_script_from_us_only_where_it_is(show, add):
    place = add("Cheb", 13)
    assert "<script" not in show().content.decode()
    place.hex_q, place.hex_r = 0, 0
    place.save()
    assert '<script type="module" src="/static/js/hexmap.js"></script>' in show().content.decode()


@pytest.fixture
def five(add):
    """Five municipalities; of Cheb the index is unknown, of Jáchymov the population."""
    dated = {"population_date": date(2020, 12, 31)}
    add("Teplá", 3, orp="Mariánské Lázně", population=100, **dated)
    add("Chodov", 13, orp="Sokolov", population=200, **dated)
    add("Jáchymov", 0, orp="Ostrov", borrowed=True)
    add("Aš", 12, orp="Aš", population=300, **dated)
    add("Cheb", None, orp="Cheb", population=400, **dated)


COLUMNS = {
    "obec": ["Aš", "Cheb", "Chodov", "Jáchymov", "Teplá"],
    "orp": ["Aš", "Cheb", "Teplá", "Jáchymov", "Chodov"],
    "obyvatel": ["Teplá", "Chodov", "Aš", "Cheb", "Jáchymov"],
    "index": ["Jáchymov", "Teplá", "Aš", "Chodov", "Cheb"],
    "pasmo": ["Jáchymov", "Teplá", "Aš", "Chodov", "Cheb"],
    "prevzato": ["Aš", "Cheb", "Chodov", "Teplá", "Jáchymov"],
}


@pytest.mark.parametrize("column", COLUMNS)
def test_table_sorts_by_every_column(show, five, column):
    assert names(show(f"?razeni={column}")) == COLUMNS[column]


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        ("obec", ["Teplá", "Jáchymov", "Chodov", "Cheb", "Aš"]),
        ("orp", ["Chodov", "Jáchymov", "Teplá", "Cheb", "Aš"]),
        ("obyvatel", ["Cheb", "Aš", "Chodov", "Teplá", "Jáchymov"]),
        ("index", ["Chodov", "Aš", "Teplá", "Jáchymov", "Cheb"]),
        ("pasmo", ["Chodov", "Aš", "Teplá", "Jáchymov", "Cheb"]),
        ("prevzato", ["Jáchymov", "Aš", "Cheb", "Chodov", "Teplá"]),
    ],
)
def test_table_sorts_the_other_way_with_the_unknown_last(show, five, column, wanted):
    assert names(show(f"?razeni=-{column}")) == wanted


def test_same_values_stay_in_czech_order(show, add):
    for name in ["Jáchymov", "Cheb", "Hroznětín", "Chodov", "Černava", "Cetnov"]:
        add(name, 5)
    wanted = ["Cetnov", "Černava", "Hroznětín", "Cheb", "Chodov", "Jáchymov"]
    assert names(show("?razeni=index")) == names(show("?razeni=-index")) == wanted


def test_namesakes_show_their_orp(show, add):
    add("Chodov", 16, orp="Sokolov")
    add("Chodov", 5, orp="Karlovy Vary")
    assert sorted(listed(show())) == ["Chodov (Karlovy Vary)", "Chodov (Sokolov)"]


def test_filters_join(show, five, add):
    add("Mnichov", 13, orp="Mariánské Lázně")
    assert names(show("?orp=marianske-lazne&pasmo=vysoky")) == ["Mnichov"]
    assert "Vybráno 1 ze 6 obcí" in text_of(show("?orp=marianske-lazne&pasmo=vysoky"))


@pytest.mark.parametrize("typed", ["jach", "JÁCH", "áchy", "%20j%C3%A1chymov%20"])
def test_name_is_found_without_marks_and_case(show, five, typed):
    assert names(show(f"?nazev={typed}")) == ["Jáchymov"]


@pytest.mark.parametrize("typed", ["%25", "_", "%CC%81", "xyz", "'--"])
def test_name_that_matches_nothing_finds_nothing(show, five, typed):
    response = show(f"?nazev={typed}")
    assert names(response) == []
    assert "Výběru neodpovídá žádná obec." in text_of(response)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("orp=neni", WRONG_ORP),
        ("orp=%00", WRONG_ORP),
        ("pasmo=12", WRONG_BAND),
        ("razeni=heslo", WRONG_ORDER),
        ("razeni=obec,orp", WRONG_ORDER),
        (f"nazev={101 * 'a'}", LONG_NAME),
        ("nazev=a%00b", "Nulové znaky nejsou povoleny."),
    ],
)
def test_bad_value_shows_a_sentence_and_its_field_is_ignored(show, five, query, sentence):
    response = show(f"?{query}")
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert names(response) == ["Aš", "Cheb", "Chodov", "Jáchymov", "Teplá"]


def test_bad_value_leaves_the_other_fields_in_force(show, five):
    response = show("?orp=neni&pasmo=vysoky&razeni=-index")
    assert WRONG_ORP in text_of(response)
    assert names(response) == ["Chodov", "Aš"]


def test_form_keeps_the_order_and_the_choice(show, five):
    body = show("?orp=sokolov&razeni=-index").content.decode()
    assert '<option value="sokolov" selected>' in body
    assert '<input type="hidden" name="razeni" value="-index"' in body


def test_list_is_read_only(client):
    assert client.post(reverse("municipalities:municipality_list")).status_code == 405


def test_list_takes_the_same_few_queries_for_1_and_30_rows(show, add):
    add("Aš", 3)
    with CaptureQueriesContext(connection) as one:
        assert len(names(show("?razeni=-index"))) == 1
    for n in range(29):
        add(f"Obec {n}", n, orp=f"ORP {n % 7}", borrowed=True)
    with CaptureQueriesContext(connection) as many:
        assert len(names(show("?razeni=-index"))) == 30
    assert len(one) == len(many) <= 5


def test_list_in_its_own_order_is_read_once(show, five, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        show()
