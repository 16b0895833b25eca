"""The two days between which a page tells what changed, written as `?od=` and `?do=`.

What happened until the end of „od“ was known, what came until the end of „do“ is news.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from common import czech
from measures import moment as clock
from measures.changes import Point
from measures.moment import Moment, remembered_first_day

DAYS = 90
"""How far back the page looks when nobody says from when."""


@dataclass(frozen=True)
class Period:
    """The two days; `sentences` say in Czech what of the address was not used and why."""

    since: date
    until: date
    first: date | None = None
    is_past: bool = False
    sentences: tuple[str, ...] = ()

    @property
    def points(self):
        """Both ends as Points of the rule."""
        return Point.end_of(self.since), Point.end_of(self.until)

    @property
    def moment(self):
        """The day „do“ as the pages this one leads to understand it."""
        return Moment(self.until, is_past=self.is_past, first=self.first)

    @property
    def query(self):
        return f"od={self.since.isoformat()}&do={self.until.isoformat()}"


def period_of(request, start=None):
    """Return the Period a request asks about; `start` is the day to begin with when it names none,
    90 days before the end otherwise."""
    now, sentences = clock.today(), []
    until = _day(request, "do", now, sentences) or now
    since = _day(request, "od", now, sentences)
    if since and since > until:
        since, until = until, since
        sentences.append(
            f"Den „od“ je až po dni „do“, proto je stránka zaměnila: ukazuje změny "
            f"od {czech.date(since)} do {czech.date(until)}."
        )
    first = remembered_first_day()
    chosen = since or min(start or until - timedelta(days=DAYS), until)
    if first and chosen < first <= until:
        if since:
            sentences.append(
                f"Portál tehdy ještě neběžel. Změny ukazuje od {czech.date(first)}, "
                "kdy v něm přibyl první záznam."
            )
        chosen = first
    told = tuple(czech.typography(sentence) for sentence in sentences)
    return Period(chosen, until, first, until < now, told)


def _day(request, name, now, sentences):
    """Return the day written in the address, None if there is none or it is of no use."""
    written = request.GET.get(name, "").strip()
    if not written:
        return None
    try:
        day = czech.parse_date(written)
    except ValueError as error:
        sentences.append(f"Den „{name}“ nejde přečíst, stránka ho nepoužila. {error}")
        return None
    if day > now:
        sentences.append(f"Den {czech.date(day)} ještě nebyl, stránka ho nepoužila.")
        return None
    return day
