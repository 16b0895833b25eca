"""Reporting cycles: whole months that fit into a year, a calendar quarter by default."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from common import czech

DUE_DAYS = 15
TOLERANCE_DAYS = 7
SOON_DAYS = 7


@dataclass(frozen=True, order=True)
class Cycle:
    """One reporting cycle, known by its first day and its length in months."""

    start: date
    months: int

    def __str__(self):
        return czech.quarter_label(self.start, self.months)

    @property
    def end(self):
        """The last day of the cycle."""
        return self.next.start - timedelta(days=1)

    @property
    def due(self):
        """The day by which the cycle should be reported on."""
        return self.end + timedelta(days=DUE_DAYS)

    @property
    def next(self):
        return Cycle(shifted(self.start, self.months), self.months)

    @property
    def previous(self):
        return Cycle(shifted(self.start, -self.months), self.months)


def cycle_of(day, months):
    """Return the cycle a day lies in."""
    first = (day.month - 1) // months * months + 1
    return Cycle(date(day.year, first, 1), months)


def last_finished(on, months):
    """Return the newest cycle that ended before the day `on`."""
    return cycle_of(on, months).previous


def offered(on, months):
    """Return the cycle a report written on `on` is offered for: the last finished one until
    seven days after its due day, then the current one (rules.md, Freshness)."""
    finished = last_finished(on, months)
    if on <= finished.due + timedelta(days=TOLERANCE_DAYS):
        return finished
    return cycle_of(on, months)


def shifted(day, months):
    """Return the day a number of months later, the last one of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
