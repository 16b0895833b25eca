"""How promised days have moved: „termín posunut 2×, celkem +148 dní“.

What moves is a day that was promised before: the first promise is no move. Days moved back count
as moves too and take their days off.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from common import czech


def slippage(series: Iterable[Sequence[date]]):
    """Return how often and by how many days together days moved, in Czech; empty if never.

    Each of the `series` holds the days one promise has had, the first one first.
    """
    moved = [days for days in series if len(days) > 1]
    times = sum(len(days) - 1 for days in moved)
    if not times:
        return ""
    words = "termín posunut" if len(moved) == 1 else "termíny posunuty"
    return f"{words} {times}×, celkem {days_moved(sum((d[-1] - d[0]).days for d in moved))}"


def days_moved(n):
    """Return by how many days something moved: „+148 dní“, „−3 dny“, „0 dní“."""
    sign = "+" if n > 0 else czech.MINUS if n < 0 else ""
    return f"{sign}{czech.count(abs(n), 'den', 'dny', 'dní')}"


def former_days(days):
    """Return the days one promise has had as they followed: „původně 22. 5. 2026 → 9. 8. 2026“;
    empty if it never moved."""
    if len(days) < 2:
        return ""
    return f"původně {' → '.join(czech.date(day) for day in days)}"
