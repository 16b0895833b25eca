"""Rules of the index. Numbers were counted by hand or stand in the documents."""

from datetime import date
from types import SimpleNamespace

import pytest

from municipalities.index import (
    Finding,
    band_counts,
    band_of,
    finding,
    in_order,
    median_text,
    overview,
    published_years,
)

NAMES = {0: "Žádný nebo nízký", 2: "Střední", 8: "Zvýšený", 12: "Vysoký"}


def index_band(lower, name):
    return SimpleNamespace(lower=lower, name=name, sentence=f"Co znamená {name}.")


def published(year, lower, count):
    band = index_band(lower, NAMES[lower])
    return SimpleNamespace(year=year, band=band, count=count, source="brožura.", note="")


@pytest.fixture
def bands():
    """The bands of Agentura pro sociální začleňování: 0–1, 2–7, 8–11, 12–30."""
    return in_order(index_band(lower, name) for lower, name in NAMES.items())


class Orp(SimpleNamespace):
    def __hash__(self):
        return hash(self.code)


def orp(name):
    key = name.lower()
    return Orp(name=name, code=key, sort_key=key, search_key=key)


class Place(SimpleNamespace):
    is_counted = True
    is_borrowed = False
    population_date = None


def places(counts, value=12):
    """Places of one value: `counts` says how many of them each ORP has."""
    return [
        Place(orp=orp(name), index_value=value)
        for name, number in counts.items()
        for _ in range(number)
    ]


def text(finding):
    """The sentence as it is read, with plain spaces."""
    return str(finding).replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (0, "Žádný nebo nízký"),
        (1, "Žádný nebo nízký"),
        (2, "Střední"),
        (7, "Střední"),
        (8, "Zvýšený"),
        (11, "Zvýšený"),
        (12, "Vysoký"),
        (13, "Vysoký"),
        (30, "Vysoký"),
    ],
)
def test_band_of_takes_the_greatest_bound_not_above(bands, value, name):
    assert band_of(value, bands).name == name


def test_band_of_needs_no_order_of_the_bands(bands):
    assert band_of(9, bands[::-1]).name == "Zvýšený"


def test_band_of_an_unknown_value_is_no_band(bands):
    assert band_of(None, bands) is None


def test_band_of_a_value_below_every_band_is_no_band():
    assert band_of(1, in_order([index_band(2, "Střední")])) is None


def test_bands_meet_without_gap_or_overlap(bands):
    assert [(band.lower, band.upper) for band in bands] == [(0, 1), (2, 7), (8, 11), (12, 30)]
    assert [band.css for band in bands] == ["b1", "b2", "b3", "b4"]


def test_a_fifth_band_takes_the_darkest_shade():
    five = in_order(index_band(lower, f"Pásmo {lower}") for lower in (0, 2, 8, 12, 20))
    assert [band.css for band in five] == ["b1", "b2", "b3", "b4", "b4"]


def test_thresholds_read_in_words(bands):
    thresholds = [band.threshold.replace("\u2060", "") for band in bands]
    assert thresholds == [
        "0–1\u00a0bod",
        "2–7\u00a0bodů",
        "8–11\u00a0bodů",
        "12\u00a0a\u00a0více\u00a0bodů",
    ]


def test_range_keeps_its_dash_on_one_line(bands):
    assert bands[-1].range == "12\u2060–\u206030"


def test_slug_has_no_diacritics(bands):
    assert [band.slug for band in bands] == ["zadny-nebo-nizky", "stredni", "zvyseny", "vysoky"]


def test_adjective_is_declined_or_left_out(bands):
    assert [band.adjective for band in bands] == [
        "žádnou nebo nízkou",
        "střední",
        "zvýšenou",
        "vysokou",
    ]
    assert in_order([index_band(0, "Riziko")])[0].adjective is None


def test_band_counts_leave_out_unknown_values(bands):
    assert band_counts([0, 1, 2, 8, 12, 30, None], bands) == [2, 1, 1, 2]


@pytest.mark.parametrize(
    ("values", "median"),
    [([], "–"), ([None], "–"), ([3], "3"), ([5, 6], "5,5"), ([0, None, 4], "2"), ([0], "0")],
)
def test_median_text_reads_in_czech(values, median):
    assert median_text(values) == median


def test_published_years_group_totals_by_year():
    rows = [published(2020, *pair) for pair in [(0, 42), (2, 57), (8, 16), (12, 18)]]
    (year,) = published_years(rows)
    assert (year.year, year.source, year.total) == (2020, "brožura", 133)
    assert year.numbers == {0: 42, 2: 57, 8: 16, 12: 18}


def test_published_totals_give_way_to_entries_of_the_same_year():
    rows = [published(2023, 12, 99), published(2020, 12, 18)]
    assert [year.year for year in published_years(rows, but=2023)] == [2020]


def test_overview_tells_the_day_of_the_population(bands):
    rows = places({"Cheb": 2})
    rows[0].population_date = date(2020, 12, 31)
    assert overview(rows, bands).population_day == "31.\u00a012.\u00a02020"
    assert overview([], bands).population_day == ""


def test_overview_counts_no_military_area(bands):
    area = Place(orp=orp("Karlovy Vary"), index_value=3, is_counted=False)
    whole = overview([*places({"Cheb": 2}), area], bands)
    assert (whole.counts, whole.known, whole.military_areas) == ((0, 0, 0, 2), 2, (area,))


def test_tallies_say_unknown_where_a_band_was_not_published(bands):
    years = published_years([published(2020, 12, 18)])
    whole = overview(places({"Cheb": 2}), bands, years)
    assert [(row.band.lower, row.number, row.published) for row in whole.tallies] == [
        (12, 2, (18,)),
        (8, 0, (None,)),
        (2, 0, (None,)),
        (0, 0, (None,)),
    ]


def test_finding_of_karlovy_vary_region_reads_as_designed(bands):
    """51/47/9/26 in 2023; ORP Sokolov has 30 municipalities, 11 of them high."""
    rows = [
        *places({"Sokolov": 11, "Cheb": 6, "Aš": 9}, value=12),
        *places({"Sokolov": 3, "Cheb": 6}, value=8),
        *places({"Sokolov": 16, "Cheb": 31}, value=2),
        *places({"Cheb": 51}, value=0),
    ]
    assert text(finding(overview(rows, bands))) == (
        "26 obcí ze 133 má vysokou hodnotu indexu (12 a více bodů), "
        "dalších 9 zvýšenou (8–11 bodů). "
        "Z 26 obcí s vysokou hodnotou jich nejvíc, 11, leží v ORP Sokolov, které má 30 obcí."
    )


@pytest.mark.parametrize(
    ("high", "raised", "low", "sentence"),
    [
        (1, 0, 3, "1 obec ze 4 má vysokou hodnotu indexu (12 a více bodů)."),
        (3, 1, 0, "3 obce ze 4 mají vysokou hodnotu indexu (12 a více bodů), další 1 zvýšenou"),
        (1, 2, 2, "1 obec z 5 má vysokou hodnotu indexu (12 a více bodů), další 2 zvýšenou"),
        (0, 0, 5, "Žádná obec z 5 nemá vysokou hodnotu indexu (12 a více bodů)."),
        (0, 2, 0, "Žádná obec ze 2 nemá vysokou hodnotu indexu (12 a více bodů), 2 obce mají"),
    ],
)
def test_finding_uses_czech_number_forms(bands, high, raised, low, sentence):
    rows = [
        *places({"Cheb": high}, value=12),
        *places({"Cheb": raised}, value=8),
        *places({"Cheb": low}, value=0),
    ]
    assert text(finding(overview(rows, bands))).startswith(sentence)


def test_finding_names_no_orp_on_a_tie(bands):
    assert "ORP" not in text(finding(overview(places({"Cheb": 3, "Aš": 3}), bands)))


def test_finding_says_how_many_are_unknown(bands):
    rows = [*places({"Cheb": 2}), *places({"Aš": 1}, value=None)]
    whole = text(finding(overview(rows, bands)))
    assert whole.startswith("2 obce ze 2 mají vysokou")
    assert whole.endswith("U 1 obce hodnota není známa.")


def test_finding_of_bands_that_are_no_adjectives_still_reads():
    bands = in_order([index_band(0, "Klid"), index_band(12, "Riziko")])
    rows = [*places({"Cheb": 2}), *places({"Aš": 1}, value=0)]
    assert text(finding(overview(rows, bands))) == (
        "2 obce ze 3 jsou v pásmu „Riziko“ (12 a více bodů), 1 obec v pásmu „Klid“ (0–11 bodů)."
    )


def test_finding_without_values_says_so(bands):
    expected = Finding("Hodnoty indexu zatím nejsou načteny.")
    assert finding(overview(places({"Cheb": 2}, value=None), bands)) == expected
    assert finding(overview(places({"Cheb": 2}), [])) == expected
