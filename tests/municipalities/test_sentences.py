"""Generated Czech, word by word."""

from decimal import Decimal

import pytest

from municipalities.components import ComponentLine
from municipalities.index import in_order
from municipalities.overview import PublishedYear, overview
from municipalities.sentences import (
    Finding,
    change_sentence,
    comparison,
    drivers,
    drivers_sentence,
    finding,
    median_change_sentence,
    medians_sentence,
    nation_sentence,
    position,
    spread_sentence,
    trend_sentence,
)
from municipalities.years import years
from tests.municipalities.rows import four_bands, index_band, plain, row, rows


@pytest.fixture
def bands():
    return four_bands()


def of_values(*values):
    return overview([row(value) for value in values], four_bands())


# A territory


def test_finding_of_karlovy_vary_region_reads_as_designed(bands):
    """51/47/9/26 in 2023; ORP Sokolov has 30 municipalities, 11 of them high."""
    found = [
        *rows({"Sokolov": 11, "Cheb": 6, "Aš": 9}, value=12),
        *rows({"Sokolov": 3, "Cheb": 6}, value=8),
        *rows({"Sokolov": 16, "Cheb": 31}, value=2),
        *rows({"Cheb": 51}, value=0),
    ]
    assert plain(finding(overview(found, bands))) == (
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
    found = [
        *rows({"Cheb": high}, value=12),
        *rows({"Cheb": raised}, value=8),
        *rows({"Cheb": low}, value=0),
    ]
    assert plain(finding(overview(found, bands))).startswith(sentence)


def test_finding_names_no_orp_on_a_tie(bands):
    assert "ORP" not in plain(finding(overview(rows({"Cheb": 3, "Aš": 3}), bands)))


def test_finding_says_how_many_are_unknown(bands):
    found = [*rows({"Cheb": 2}), *rows({"Aš": 1}, value=None)]
    whole = plain(finding(overview(found, bands)))
    assert whole.startswith("2 obce ze 2 mají vysokou")
    assert whole.endswith("U 1 obce hodnota není známa.")


def test_finding_of_bands_that_are_no_adjectives_still_reads():
    bands = in_order([index_band(0, "Klid"), index_band(12, "Riziko")])
    found = [*rows({"Cheb": 2}), *rows({"Aš": 1}, value=0)]
    assert plain(finding(overview(found, bands))) == (
        "2 obce ze 3 jsou v pásmu „Riziko“ (12 a více bodů), 1 obec v pásmu „Klid“ (0–11 bodů)."
    )


def test_finding_without_values_says_so(bands):
    expected = Finding("Hodnoty indexu zatím nejsou načteny.")
    assert finding(overview(rows({"Cheb": 2}, value=None), bands)) == expected
    assert finding(overview(rows({"Cheb": 2}), [])) == expected


@pytest.mark.parametrize(
    ("orp", "region", "sentence"),
    [
        (5.5, 3, "Medián ORP je 5,5 bodu, kraje 3 body."),
        (1, 0, "Medián ORP je 1 bod, kraje 0 bodů."),
        (None, 3, ""),
        (3, None, ""),
    ],
)
def test_medians_read_in_czech(orp, region, sentence):
    assert plain(medians_sentence(orp, region)) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((0, 5, 6, 19), "Od 0 do 19, aspoň polovina obcí má nejvýš 5 bodů"),
        ((0, 1, 2), "Od 0 do 2, aspoň polovina obcí má nejvýš 1 bod"),
        ((4, 4, None), "Všechny známé hodnoty jsou 4 body"),
        ((7, None), "Jediná známá hodnota je 7 bodů"),
        ((None,), "Hodnoty nejsou známy"),
    ],
)
def test_spread_says_where_the_values_lie(values, sentence):
    assert plain(spread_sentence(of_values(*values))) == sentence


@pytest.mark.parametrize(
    ("then", "now", "sentence"),
    [
        (18, 2, "bylo v roce 2020 podle zveřejněných součtů 18 obcí, v roce 2023 jich jsou 2."),
        (1, 5, "byla v roce 2020 podle zveřejněných součtů 1 obec, v roce 2023 jich je 5."),
        (3, 0, "byly v roce 2020 podle zveřejněných součtů 3 obce, v roce 2023 jich je 0."),
    ],
)
def test_change_only_counts(bands, then, now, sentence):
    published = PublishedYear(2020, "brožura", "", {12: then})
    counted = [(2023, "Agentura", "1", 12, now), (2023, "Agentura", "1", 0, 1)]
    told = change_sentence(years(counted, bands, [published]))
    assert plain(told) == f"V pásmu „vysoký“ {sentence}"


def test_change_between_two_editions_names_no_published_totals(bands):
    counted = [(2022, "Agentura", "1", 12, 3), (2023, "Agentura", "1", 12, 3)]
    assert plain(change_sentence(years(counted, bands))) == (
        "V pásmu „vysoký“ byly v roce 2022 3 obce, v roce 2023 jich jsou 3."
    )


def test_change_says_when_the_two_years_know_other_numbers_of_municipalities(bands):
    counted = [(2022, "A", "1", 12, 1), (2023, "A", "1", 12, 2), (2023, "A", "1", 0, 4)]
    assert plain(change_sentence(years(counted, bands))) == (
        "V pásmu „vysoký“ byla v roce 2022 1 obec, v roce 2023 jich jsou 2 "
        "(známe hodnoty 1 a 6 obcí)."
    )


def test_change_is_not_told_from_unknown_counts(bands):
    year = PublishedYear(2020, "brožura", "", {0: 3})
    counted = [(2023, "Agentura", "1", 12, 2)]
    assert change_sentence(years(counted, bands, [year])) == ""
    assert change_sentence(years(counted, bands)) == ""
    assert change_sentence(years([], bands)) == ""


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        (3, 4, "Medián kraje je 4 body, v roce 2022 to byly 3 body."),
        (4, 4, "Medián kraje je 4 body jako v roce 2022."),
    ],
)
def test_change_of_the_median_is_told_between_two_editions(bands, before, now, sentence):
    counted = [(2022, "A", "1", before, 1), (2023, "A", "1", now, 1)]
    assert plain(median_change_sentence(years(counted, bands), "kraje")) == sentence
    assert median_change_sentence(years(counted[:1], bands), "kraje") == ""


def test_nation_is_told_as_published_with_its_note(bands):
    year = PublishedYear(2020, "brožura", "Podíly se nepočítají.", {0: 3326, 2: 2249, 12: 208})
    assert plain(nation_sentence(year, bands)) == (
        "Za celé Česko byly v roce 2020 zveřejněny počty obcí: vysoký 208, střední 2 249, "
        "žádný nebo nízký 3 326. Podíly se nepočítají."
    )


# One municipality


@pytest.mark.parametrize(
    ("value", "orp", "region", "sentence", "headline"),
    [
        (
            13,
            5,
            3,
            "Je vyšší než medián ORP Kraslice (5) i kraje (3).",
            "nad mediánem ORP i kraje",
        ),
        (
            1,
            5.5,
            3,
            "Je nižší než medián ORP Kraslice (5,5) i kraje (3).",
            "pod mediánem ORP i kraje",
        ),
        (
            5,
            5,
            3,
            "Je stejný jako medián ORP Kraslice (5) a vyšší než medián kraje (3).",
            "na mediánu ORP, nad mediánem kraje",
        ),
        (
            3,
            3,
            3,
            "Je stejný jako medián ORP Kraslice (3) i kraje (3).",
            "na mediánu ORP i kraje",
        ),
        (4, None, 3, "Je vyšší než medián kraje (3).", "nad mediánem kraje"),
        (4, None, None, "", ""),
    ],
)
def test_value_is_compared_with_medians(value, orp, region, sentence, headline):
    assert plain(comparison(value, "Kraslice", orp, region)) == sentence
    assert plain(position(value, orp, region)) == headline


def line(name, times, **fields):
    times = None if times is None else Decimal(times)
    share = "" if times is None else "9,9 %"
    return ComponentLine(name, "", share, region="5,0 %", nation="4,0 %", times=times, **fields)


def test_drivers_are_the_two_largest_from_a_quarter_above():
    found = drivers(
        [line("A", "1.25"), line("B", "1.2499"), line("C", "3"), line("D", "2.5"), line("E", None)]
    )
    assert [one.name for one in found] == ["C", "D"]


def test_drivers_name_components_and_never_their_points():
    text = drivers_sentence([line("Osoby v exekuci", "2"), line("Předčasné odchody", "1.3")])
    assert plain(text) == (
        "Proti celému Česku vyčnívají <b>osoby v exekuci</b> (9,9 %, v Česku 4,0 %)"
        " a <b>předčasné odchody</b> (9,9 %, v Česku 4,0 %)."
    )


def test_one_driver_stands_alone():
    assert plain(drivers_sentence([line("Osoby v exekuci", "1.25"), line("B", "1")])) == (
        "Proti celému Česku vyčnívají <b>osoby v exekuci</b> (9,9 %, v Česku 4,0 %)."
    )


def test_masked_and_borrowed_components_are_never_named():
    text = drivers_sentence(
        [line("A", None, is_masked=True), line("B", None, is_borrowed=True), line("C", "1.2")]
    )
    assert plain(text) == "Žádná zveřejněná složka nepřevyšuje podíl v Česku aspoň o čtvrtinu."


def test_no_driver_among_all_components_is_said_without_a_proviso():
    assert plain(drivers_sentence([line("A", "1"), line("B", "0")])) == (
        "Žádná složka nepřevyšuje podíl v Česku aspoň o čtvrtinu."
    )


def test_nothing_comparable_is_said():
    expected = "Žádnou složku nelze s celým Českem srovnat."
    assert plain(drivers_sentence([line("A", None, is_masked=True)])) == expected
    assert plain(drivers_sentence([])) == expected


def test_names_of_components_are_escaped():
    assert "<b>a&lt;b</b>" in drivers_sentence([line("A<b", "2")])


@pytest.mark.parametrize(
    ("years", "sentence"),
    [
        ([2023], "Vývoj nelze určit: načteno je jen vydání 2023."),
        (
            [2023, 2021],
            "Vývoj nelze určit: načtena jsou jen vydání 2021, 2023, potřeba jsou aspoň 4.",
        ),
        ([2020, 2021, 2022, 2023], ""),
        ([], ""),
    ],
)
def test_trend_needs_four_editions(years, sentence):
    assert plain(trend_sentence(years)) == sentence
