from datetime import date
from types import SimpleNamespace

import pytest

from indicators import wording
from indicators.models import Accumulation, Direction, Indicator, Observation, Qualifier

PERSONS = Indicator(unit="osoba, osoby, osob, osoby")
PERCENT = Indicator(unit="%", decimals=2)


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [
        (Qualifier.EXACT, "5\u00a0200\u00a0osob"),
        (Qualifier.AT_LEAST, "nejméně 5\u00a0200\u00a0osob"),
        (Qualifier.ESTIMATE, "odhadem 5\u00a0200\u00a0osob"),
        (Qualifier.PROVISIONAL, "předběžně 5\u00a0200\u00a0osob"),
    ],
)
def test_value_says_its_qualifier(qualifier, text):
    assert wording.value_text(Observation(value=5200, qualifier=qualifier), PERSONS) == text


def test_ratio_is_a_percentage_with_what_it_was_made_of():
    row = Observation(numerator=3, denominator=7, qualifier=Qualifier.EXACT)
    assert wording.value_text(row, PERCENT) == "42,86\u00a0%"
    assert wording.ratio_text(row) == "3\u00a0ze\u00a07"
    assert wording.ratio_text(Observation(value=5)) == ""


def test_only_what_is_not_exact_has_a_meaning():
    assert wording.qualifier_meaning(Observation(qualifier=Qualifier.EXACT)) == ""
    assert all(
        wording.qualifier_meaning(Observation(qualifier=qualifier))
        for qualifier in Qualifier
        if qualifier != Qualifier.EXACT
    )


@pytest.mark.parametrize(
    ("start", "end", "text", "short"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), "2023", "2023"),
        (date(2021, 6, 1), date(2021, 6, 30), "červen 2021", "6/2021"),
        (date(2024, 2, 1), date(2024, 2, 29), "únor 2024", "2/2024"),
        (date(2021, 1, 1), date(2021, 1, 1), "k\u00a01.\u00a01.\u00a02021", "1.\u00a01.\u00a02021"),
        (date(2021, 4, 1), date(2021, 6, 30), "2.\u00a0čtvrtletí 2021", "6/2021"),
        (
            date(2021, 4, 15),
            date(2021, 6, 30),
            "15.\u00a04.\u00a02021\u00a0– 30.\u00a06.\u00a02021",
            "6/2021",
        ),
        (
            date(2020, 1, 1),
            date(2022, 12, 31),
            "1/2020\u2060–\u206012/2022",
            "2020\u2060–\u20602022",
        ),
    ],
)
def test_period_is_named_as_people_name_it(start, end, text, short):
    row = Observation(period_start=start, period_end=end)
    assert wording.period_text(row) == text
    assert wording.short_period(row) == short


def test_words_of_the_source_come_before_the_period():
    row = Observation(
        period_start=date(2019, 1, 1),
        period_end=date(2019, 12, 31),
        period_text="průměrný měsíc roku 2019",
    )
    assert wording.period_text(row) == "průměrný měsíc roku 2019"


def test_value_without_a_period_says_so():
    assert wording.period_text(Observation()) == "období neznámé"


def test_value_of_no_territory_is_of_the_nation():
    assert wording.territory_text(Observation()) == "Česko"


def test_direction_no_document_gives_judges_nothing():
    text = wording.direction_text(Indicator(direction=Direction.UNKNOWN))
    assert text == "směr dokument neurčuje, proto portál růst ani pokles nehodnotí"
    assert wording.direction_text(Indicator(direction=Direction.DOWN)) == "má klesat"


def test_unit_is_a_number_of_things_or_a_sign():
    assert (wording.unit_text(PERSONS), wording.unit_text(PERCENT)) == ("počet osob", "%")


def test_accumulation_speaks_only_where_values_are_put_together():
    assert wording.accumulation_text(Indicator()) == ""
    summed = Indicator(accumulation=Accumulation.SUM)
    assert wording.accumulation_text(summed) == "hodnoty za období se sčítají"


def test_everything_unknown_is_named():
    indicator = SimpleNamespace(
        definition="",
        base_value=None,
        periodicity_months=None,
        next_release_date=None,
        targets=SimpleNamespace(all=list),
    )
    assert wording.unknown_parts(indicator, None) == [
        "definice",
        "jakákoli hodnota",
        "výchozí hodnota",
        "cílová hodnota",
        "jak často vychází",
        "kdy vyjde příště",
    ]
    undated = Observation(value=1)
    assert "období" in wording.unknown_parts(indicator, undated)
    assert "jakákoli hodnota" not in wording.unknown_parts(indicator, undated)
