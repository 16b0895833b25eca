"""Counts over a territory, worked out by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from municipalities.overview import overview, published_years
from tests.municipalities.rows import NAMES, four_bands, index_band, row, rows


@pytest.fixture
def bands():
    return four_bands()


def published(year, lower, count):
    band = index_band(lower, NAMES[lower])
    return SimpleNamespace(year=year, band=band, count=count, source="brožura.", note="")


def test_published_years_group_totals_by_year():
    found = [published(2020, *pair) for pair in [(0, 42), (2, 57), (8, 16), (12, 18)]]
    (year,) = published_years(found)
    assert (year.year, year.source, year.total) == (2020, "brožura", 133)
    assert year.numbers == {0: 42, 2: 57, 8: 16, 12: 18}


def test_overview_tells_the_day_of_the_population(bands):
    found = [row(1, population_date=date(2020, 12, 31)), row(2)]
    assert overview(found, bands).population_day == "31.\u00a012.\u00a02020"
    assert overview([], bands).population_day == ""


def test_overview_counts_no_military_area(bands):
    area = row(3, orp_name="Karlovy Vary", kind="vojensky_ujezd")
    whole = overview([*rows({"Cheb": 2}), area], bands)
    assert (whole.counts, whole.known, whole.military_areas) == ((0, 0, 0, 2), 2, (area,))
    assert whole.median == 12


def test_tallies_go_from_the_highest_band(bands):
    whole = overview(rows({"Cheb": 2}), bands)
    assert [(one.band.lower, one.number) for one in whole.tallies] == [
        (12, 2),
        (8, 0),
        (2, 0),
        (0, 0),
    ]


def test_orps_have_counts_and_medians_of_their_own(bands):
    found = [row(0, orp_name="Cheb"), row(5, orp_name="Aš"), row(6, orp_name="Aš"), row(None)]
    whole = overview(found, bands)
    assert [(one.orp.name, one.number, one.median) for one in whole.orps] == [
        ("Aš", 2, "5,5"),
        ("Cheb", 2, "0"),
    ]
    assert [number for _, number in whole.orps[0].counts] == [0, 2, 0, 0]


def test_of_orp_holds_its_municipalities_and_its_military_area(bands):
    area = row(3, orp_name="Karlovy Vary", kind="vojensky_ujezd")
    whole = overview([*rows({"Cheb": 2, "Karlovy Vary": 3}), area], bands)
    assert (whole.of_orp("Karlovy Vary").number, whole.of_orp("Karlovy Vary").military_areas) == (
        3,
        (area,),
    )
    assert whole.of_orp("Cheb").military_areas == ()
    assert whole.of_orp("Jinde").number == 0


def test_band_of_a_row_is_none_where_the_value_is_unknown(bands):
    known, unknown = row(13), row(None)
    whole = overview([known, unknown], bands)
    assert (whole.band(known).word, whole.band(unknown)) == ("vysoký", None)
