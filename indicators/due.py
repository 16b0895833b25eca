"""When the next value of an indicator is due, and whether it is overdue."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from common import czech


@dataclass(frozen=True)
class Due:
    """The day the next value is due; None where nobody knows. `is_said` tells that the day was
    written down, not worked out from how often values come."""

    day: date | None = None
    is_said: bool = False
    is_overdue: bool = False

    @property
    def text(self):
        return czech.date(self.day) if self.day else ""


def next_due(indicator, series, on):
    """Return the Due of an indicator on a day, from its valid values, the oldest first.

    A value recorded on the day of release or later is the one that was waited for; the next comes
    after as many months as values come in. Without a day of release a value may take as long to
    come out as its own period lasted.
    """
    months = indicator.periodicity_months
    day, is_said = indicator.next_release_date, True
    if day is not None:
        recorded = max((_recorded(row) for row in series), default=date.min)
        while day is not None and day <= recorded:
            day = add_months(day, months) if months else None
    elif months and (ends := [row.period_end for row in series if row.period_end]):
        day, is_said = add_months(max(ends), 2 * months), False
    return Due(day, day is not None and is_said, day is not None and day < on)


def add_months(day, months):
    """Return the same day so many months later, or the last of its month; an end of a month stays
    one."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    last = (following - timedelta(days=1)).day
    is_end = (day + timedelta(days=1)).day == 1
    return first.replace(day=last if is_end else min(day.day, last))


def _recorded(row):
    return timezone.localdate(row.recorded_at, czech.PRAGUE)
