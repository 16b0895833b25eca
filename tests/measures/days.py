"""Days told from today, for what reads the clock by itself: the actions and the pages."""

from datetime import timedelta

from django.utils import timezone

from common import czech
from measures.cycles import cycle_of

TODAY = timezone.localdate()
CYCLE = cycle_of(TODAY, 3).start
"""The first day of the current quarter."""


def days(n):
    """Return the day n days from today."""
    return TODAY + timedelta(days=n)


def typed(day):
    """Return a day as people type it."""
    return f"{day.day}. {day.month}. {day.year}"


def said(day):
    """Return a day as pages say it, with plain spaces."""
    return czech.date(day).replace(czech.NBSP, " ")
