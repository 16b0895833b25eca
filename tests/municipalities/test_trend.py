"""The trend of the index, worked out by hand."""

import pytest

from municipalities.trend import Trend, trend


def years(*values, first=2020):
    return dict(enumerate(values, first))


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((9, 10, 12, 13), Trend.RISES),  # 9,5 and 12,5: the example of the methodology
        ((13, 12, 10, 9), Trend.FALLS),
        ((10, 10, 11, 12), Trend.RISES),  # 10 and 11,5: just a change
        ((10, 10, 11, 11), Trend.SAME),  # 10 and 11
        ((11, 12, 10, 10), Trend.FALLS),  # 11,5 and 10
        ((0, 0, 0, 0), Trend.SAME),
        ((30, 9, 10, 12, 13), Trend.RISES),  # only the last four count
    ],
)
def test_trend_compares_the_last_two_editions_with_the_two_before(values, wanted):
    assert trend(years(*values)) == wanted


def test_trend_goes_by_years_not_by_the_order_they_come_in():
    assert trend({2023: 13, 2020: 9, 2022: 12, 2021: 10}) == Trend.RISES


@pytest.mark.parametrize(
    "values", [(), (5,), (1, 5, 9), (9, 10, 12, None), (9, None, 12, 13), (8, 9, None, 12, 13)]
)
def test_fewer_than_four_values_or_a_gap_among_the_last_four_tell_nothing(values):
    assert trend(years(*values)) == Trend.UNKNOWN


def test_a_gap_before_the_last_four_does_not_matter():
    assert trend(years(None, 9, 10, 12, 13)) == Trend.RISES


@pytest.mark.parametrize(
    ("year", "wanted"),
    [(2020, Trend.RISES), (2021, Trend.UNKNOWN), (2023, Trend.UNKNOWN), (2024, Trend.RISES)],
)
def test_a_break_of_method_among_the_four_tells_nothing(year, wanted):
    assert trend(years(9, 10, 12, 13), breaks={year}) == wanted


def test_direction_and_judgement_are_two_words():
    assert Trend.RISES.sentence == "Index roste – zhoršuje se"
    assert Trend.FALLS.sentence == "Index klesá – zlepšuje se"
    assert Trend.SAME.sentence == "Index se nemění"
    assert Trend.UNKNOWN.sentence == "Vývoj nelze určit"
