"""How promised days moved; the days were counted by hand in a calendar."""

from datetime import date

import pytest

from measures.slippage import days_moved, former_days, slippage
from tests.municipalities.pages import plain

MAY_22, JULY_31, AUGUST_9 = date(2026, 5, 22), date(2026, 7, 31), date(2026, 8, 9)


@pytest.mark.parametrize(
    ("series", "text"),
    [
        ([], ""),
        ([[MAY_22]], ""),
        ([[], [MAY_22]], ""),
        # 22. 5. → 9. 8.: 9 days left in May, 30 in June, 31 in July, 9 in August.
        ([[MAY_22, AUGUST_9]], "termín posunut 1×, celkem +79 dní"),
        ([[MAY_22, JULY_31, AUGUST_9]], "termín posunut 2×, celkem +79 dní"),
        ([[AUGUST_9, JULY_31]], "termín posunut 1×, celkem −9 dní"),
        ([[MAY_22, AUGUST_9, MAY_22]], "termín posunut 2×, celkem 0 dní"),
        # +79 of one and −9 of another; the third never moved.
        (
            [[MAY_22, AUGUST_9], [AUGUST_9, JULY_31], [JULY_31]],
            "termíny posunuty 2×, celkem +70 dní",
        ),
        ([[JULY_31, date(2026, 8, 1)]], "termín posunut 1×, celkem +1 den"),
    ],
)
def test_slippage_counts_moves_and_never_first_promises(series, text):
    assert plain(slippage(series)) == text


def test_days_moved_have_their_sign():
    assert [plain(days_moved(n)) for n in (148, 1, -3, 0)] == [
        "+148 dní",
        "+1 den",
        "−3 dny",
        "0 dní",
    ]


def test_former_days_are_told_only_of_what_moved():
    assert former_days([MAY_22]) == ""
    assert plain(former_days([MAY_22, JULY_31])) == "původně 22. 5. 2026 → 31. 7. 2026"
