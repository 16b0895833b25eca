"""The trend of the index, case by case, worked out by hand."""

from decimal import Decimal

import pytest

from municipalities.trend import Direction, trend
from tests.municipalities.rows import plain


def over(*values, first=2020):
    return list(enumerate(values, start=first))


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        # 12.5 against 9.5: the example of the methodology.
        (over(9, 10, 12, 13), Direction.RISES),
        # 4.0 against 5.5: exactly 1.5 points is a change.
        (over(5, 6, 4, 4), Direction.FALLS),
        (over(4, 4, 5, 6), Direction.RISES),
        # 5.0 against 4.0: one point is none.
        (over(4, 4, 5, 5), Direction.STAYS),
        (over(4, 4, 3, 3), Direction.STAYS),
        (over(0, 0, 0, 0), Direction.STAYS),
        # Only the last four count: 30 and 30 are too old.
        (over(30, 30, 2, 2, 2, 3), Direction.STAYS),
        # From 0 to 3: zero is a value.
        (over(0, 0, 1, 2), Direction.RISES),
        (over(4, 14), Direction.UNKNOWN),
        (over(4, 9, 14), Direction.UNKNOWN),
        ([], Direction.UNKNOWN),
        (over(None, None, None, None), Direction.UNKNOWN),
    ],
)
def test_trend_compares_two_means_of_two_editions(values, direction):
    assert trend(values).direction == direction
    assert trend(values[::-1]).direction == direction


def test_year_without_a_value_is_skipped_and_never_a_zero():
    """2019 and 2020 (1 and 2) against 2022 and 2023 (5 and 6): 5.5 against 1.5."""
    found = trend([(2019, 1), (2020, 2), (2021, None), (2022, 5), (2023, 6)])
    assert found.direction == Direction.RISES
    assert (found.earlier, found.later) == ((2019, 2020), (2022, 2023))
    assert (found.before, found.now) == (Decimal("1.5"), Decimal("5.5"))


def test_year_without_an_edition_is_skipped_as_well():
    found = trend([(2017, 8), (2019, 8), (2020, 5), (2023, 4)])
    assert (found.direction, found.earlier, found.later) == (
        Direction.FALLS,
        (2017, 2019),
        (2020, 2023),
    )


def test_four_editions_with_a_gap_have_three_values_and_no_trend():
    assert not trend([(2020, 1), (2021, None), (2022, 5), (2023, 6)]).is_known


def test_old_values_say_nothing_where_the_newest_edition_has_none():
    assert not trend([(2019, 1), (2020, 1), (2021, 9), (2022, 9), (2023, None)]).is_known


def test_direction_and_judgement_are_two_words():
    assert [plain(one.sentence) for one in Direction] == [
        "Index roste – zhoršuje se.",
        "Index klesá – zlepšuje se.",
        "Index se drží – beze změny.",
        "Vývoj nelze určit.",
    ]


def test_means_and_their_years_are_told():
    assert plain(trend(over(9, 10, 12, 13)).explanation) == (
        "Průměr vydání 2022 a 2023 je 12,5, vydání 2020 a 2021 byl 9,5."
    )
    assert trend(over(9, 10)).explanation == ""
