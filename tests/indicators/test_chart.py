from datetime import date
from decimal import Decimal

import pytest

from indicators.chart import BOTTOM, LEFT, RIGHT, TOP, chart
from indicators.models import Indicator, Observation, Qualifier

INDICATOR = Indicator(name="Obce", unit="obec, obce, obcí, obce")


def year(number, value, **fields):
    return Observation(
        period_start=date(number, 1, 1),
        period_end=date(number, 12, 31),
        value=Decimal(value),
        **{"qualifier": Qualifier.EXACT, **fields},
    )


def test_one_value_makes_no_chart():
    undated = Observation(value=Decimal(5), qualifier=Qualifier.EXACT)
    assert chart(INDICATOR, []) is None
    assert chart(INDICATOR, [undated, year(2023, 26)]) is None


def test_values_with_years_between_them_are_not_joined():
    drawn = chart(INDICATOR, [year(2020, 18), year(2023, 26)])
    assert drawn.lines == []
    assert drawn.caption == "Kde mezi hodnotami není čára, nevíme, co leželo mezi nimi."
    assert [point.number for point in drawn.points] == ["18\u00a0obcí", "26\u00a0obcí"]
    assert drawn.description == "Obce. 2020: 18\u00a0obcí; 2023: 26\u00a0obcí."


def test_values_of_years_in_a_row_are_joined():
    drawn = chart(INDICATOR, [year(2021, 18), year(2022, 20), year(2023, 26)])
    assert drawn.lines == [(drawn.points[0], drawn.points[1]), (drawn.points[1], drawn.points[2])]
    assert drawn.caption == ""


def test_gap_is_as_wide_as_its_years():
    first, second, third = chart(INDICATOR, [year(2020, 1), year(2021, 1), year(2023, 1)]).points
    assert third.x - second.x == pytest.approx(2 * (second.x - first.x), abs=1)


def test_axis_starts_at_zero_and_leaves_room_for_the_number():
    drawn = chart(INDICATOR, [year(2020, 0), year(2021, 30)])
    assert (drawn.lowest, drawn.highest) == ("0", "40")
    assert drawn.points[0].y == BOTTOM
    # Three quarters of the way up.
    assert drawn.points[1].y == BOTTOM - (BOTTOM - TOP) * 3 // 4


def test_values_below_zero_lower_the_axis():
    drawn = chart(INDICATOR, [year(2020, -10), year(2021, 10)])
    assert drawn.lowest == "\u221210"
    assert drawn.points[0].y == BOTTOM


def test_zeros_alone_are_drawn():
    assert [p.y for p in chart(INDICATOR, [year(2020, 0), year(2021, 0)]).points] == [BOTTOM] * 2


def test_what_is_not_exact_is_hollow_and_the_caption_says_so():
    drawn = chart(INDICATOR, [year(2020, 1, qualifier=Qualifier.ESTIMATE), year(2021, 2)])
    assert [point.is_hollow for point in drawn.points] == [True, False]
    assert drawn.caption == "Prázdný kroužek: hodnota není přesná."


def test_many_values_number_only_the_ends():
    drawn = chart(INDICATOR, [year(2010 + n, n) for n in range(10)])
    assert [point.is_labelled for point in drawn.points] == [True, *[False] * 8, True]
    assert all(LEFT < point.x < RIGHT for point in drawn.points)
    assert all(isinstance(point.x, int) and isinstance(point.y, int) for point in drawn.points)
