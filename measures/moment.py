"""The day a page speaks of: today, or a past one chosen by `?k=` in the address.

Both times of the rules are set to that day, so the page shows what was known then.
"""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Subquery
from django.utils import timezone

from common import czech
from measures.models import MilestoneVersion, Output, PlanVersion, Report
from measures.status import end_of
from strategy.models import Strategy

PARAMETER = "k"
FIRST_DAY = "measures.first_day"
"""The key under which the process remembers the day of the first record."""


@dataclass(frozen=True)
class Moment:
    """The day asked about; `error` says in Czech why another one was not used, `first` is the
    day of the portal's first record, asked for on past days only."""

    on: date
    is_past: bool = False
    first: date | None = None
    error: str = ""

    @property
    def is_before_first(self):
        """Whether the portal had nothing recorded yet."""
        return self.is_past and (self.first is None or self.on < self.first)

    @property
    def known(self):
        """The moment up to which records count."""
        return end_of(self.on)

    @property
    def query(self):
        """What an address needs to stay on the day: „k=2026-09-12“, empty for today."""
        return f"{PARAMETER}={self.on.isoformat()}" if self.is_past else ""

    def keep(self, url):
        """Return an address of ours that stays on the day."""
        if not self.query:
            return url
        path, hash_sign, anchor = url.partition("#")
        joint = "&" if "?" in path else "?"
        return f"{path}{joint}{self.query}{hash_sign}{anchor}"


def today():
    """Return the day it is in Prague."""
    return timezone.localdate()


def moment_of(request):
    """Return the Moment a request asks about; the first past day of a process asks once when the
    portal began."""
    now = today()
    written = request.GET.get(PARAMETER, "").strip()
    if not written:
        return Moment(now)
    try:
        day = czech.parse_date(written)
    except ValueError as error:
        return Moment(now, error=f"Den v adrese nejde přečíst, stránka ukazuje dnešek. {error}")
    if day > now:
        sentence = f"Den {czech.date(day)} ještě nebyl, stránka ukazuje dnešek."
        return Moment(now, error=sentence)
    if day == now:
        return Moment(now)
    return Moment(day, is_past=True, first=remembered_first_day())


def remembered_first_day():
    """Return the first day, remembered by the process: it never moves, records are only added."""
    day = cache.get(FIRST_DAY)
    if day is None:
        day = first_day()
        if day is not None:
            cache.set(FIRST_DAY, day, timeout=None)
    return day


def first_day():
    """Return the day of the portal's first record, None in an empty portal; one query."""
    firsts = (
        Strategy.objects.annotate(
            reported=_first(Report, "published_at"),
            planned=_first(PlanVersion, "recorded_at"),
            promised=_first(MilestoneVersion, "recorded_at"),
            done=_first(Output, "recorded_at"),
        )
        .values_list("reported", "planned", "promised", "done")
        .order_by("pk")
        .first()
    )
    moments = filter(None, firsts or ())
    return min((timezone.localdate(one, czech.PRAGUE) for one in moments), default=None)


def _first(records, name):
    """Return the subquery of the first moment; any strategy will do to ask it."""
    return Subquery(records.objects.order_by(name).values(name)[:1])
