"""Meetings as rows of a list: what was asked of the body and what of it is settled."""

import json
from dataclasses import dataclass
from itertools import groupby

from django.core.cache import cache
from django.urls import reverse

from common import czech
from measures.models import Report
from measures.status import end_of
from meetings.decisions import open_decisions
from meetings.desk import countdown
from meetings.models import Meeting, Resolution, ResolutionDecision, Snapshot
from meetings.papers import SHOWN
from meetings.readers import readable


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in the list; `short` are the first signs of its fingerprint, empty while it is
    open, `correction` names the newest correction."""

    meeting: Meeting
    url: str
    pdf_url: str
    is_frozen: bool
    short: str
    correction: str
    when: str
    asked: str


@dataclass(frozen=True)
class BodyRows:
    """The meetings of one body by years, the latest first."""

    name: str
    strategy: str
    years: tuple[tuple[int, tuple[MeetingRow, ...]], ...]


def rows_of(lists, on):
    """Return a list of MeetingRows on the day `on` for each list of meetings (of `for_list()`), all
    read at once: four queries and two for each strategy with an open one."""
    meetings = [one for own in lists for one in own]
    newest = _newest_snapshots(meetings)
    asked = _asked_in(newest.values())
    settled = _Settled({pk for reports in asked.values() for pk in reports}, on)
    open_ones = _open_decisions([one for one in meetings if one.pk not in newest], on)

    def row(meeting):
        snapshot = newest.get(meeting.pk)
        if snapshot is None:
            text = _asked(open_ones[meeting.body.strategy_id])
        else:
            reports = asked[snapshot.pk]
            text = _asked(len(reports), settled.number(reports, snapshot.frozen_at))
        return _row(meeting, snapshot, text, on)

    return [[row(meeting) for meeting in own] for own in lists]


def next_rows(is_insider, on):
    """Return the rows of the next day on which some body meets, as far as a reader may know."""
    coming = readable(is_insider).filter(meeting_date__gte=on)
    found = list(coming.order_by("meeting_date", "body__slug", "pk")[:5])
    first = [one for one in found if one.meeting_date == found[0].meeting_date]
    return rows_of([first], on)[0]


def grouped(rows):
    """Return the rows, which come by bodies, as BodyRows."""
    return [_body(list(own)) for _, own in groupby(rows, lambda row: row.meeting.body_id)]


def _body(rows):
    body = rows[0].meeting.body
    years = groupby(rows, lambda row: row.meeting.meeting_date.year)
    found = tuple((year, tuple(own)) for year, own in years)
    return BodyRows(body.name, body.strategy.short_name, found)


def _row(meeting, snapshot, asked, on):
    return MeetingRow(
        meeting=meeting,
        url=meeting.get_absolute_url(),
        pdf_url=reverse("meetings:meeting_file", args=[meeting.slug, "zprava.pdf"]),
        is_frozen=snapshot is not None,
        short=snapshot.sha256[:SHOWN] if snapshot else "",
        correction=snapshot.words if snapshot and snapshot.number else "",
        when=countdown(meeting, on).text,
        asked=asked,
    )


def _asked(number, settled=None):
    """„Žádá se o 2 rozhodnutí, 1 už vyřídilo usnesení.“"""
    if not number:
        return "O žádné rozhodnutí se nežádá."
    text = f"Žádá se o {czech.count(number, 'rozhodnutí', 'rozhodnutí', 'rozhodnutí')}"
    if settled is None:
        return f"{text}."
    if not settled:
        return f"{text}, usnesení o {'něm' if number == 1 else 'nich'} zatím zapsáno není."
    if settled == number:
        return f"{text}, {'je vyřízené' if number == 1 else 'všechna jsou vyřízená'} usnesením."
    done = czech.plural(settled, "je vyřízené", "jsou vyřízená", "je vyřízeno")
    return f"{text}, usnesením {done} {settled}."


def _newest_snapshots(meetings):
    """Return the newest Snapshot of each meeting that has one, without its content."""
    found = Snapshot.objects.filter(meeting__in=meetings).defer("content").order_by("number")
    return {one.meeting_id: one for one in found}


def _asked_in(snapshots):
    """Return the reports that ask for a decision in each snapshot. What is frozen never changes,
    so it is read once and remembered."""
    keys = {one.pk: f"meetings.asked.{one.sha256}" for one in snapshots}
    known = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in known]
    contents = Snapshot.objects.filter(pk__in=missing).values_list("pk", "content")
    for pk, content in contents:
        said = json.loads(content).get("decisions", [])
        known[keys[pk]] = tuple(decision["report"] for decision in said)
        cache.set(keys[pk], known[keys[pk]], timeout=None)
    return {pk: known[key] for pk, key in keys.items()}


class _Settled:
    """Which of the reports that ask for a decision a resolution has named by the end of a day.

    It may name one that corrects the report or is corrected by it, or another of the same measure
    that asked in the same words. Two queries.
    """

    def __init__(self, reports, on):
        asking = Report.objects.filter(pk__in=reports)
        self._asked = {pk: said for pk, *said in asking.values_list("pk", *_SAID)}
        measures = {measure for measure, _ in self._asked.values()}
        valid = Resolution.objects.valid(end_of(on))
        links = ResolutionDecision.objects.filter(
            report__measure__in=measures, resolution__in=valid
        )
        self._links = list(links.values_list(*_NAMED, *(f"report__{name}" for name in _SAID)))

    def number(self, reports, since):
        """Return how many of the reports are settled by what was recorded since a moment."""
        return sum(any(self._settles(link, pk, since) for link in self._links) for pk in reports)

    def _settles(self, link, pk, since):
        recorded_at, *named, measure, decision = link
        said = self._asked.get(pk)
        return recorded_at >= since and (pk in named or [measure, decision] == said)


_SAID = ("measure", "decision")
_NAMED = (
    "resolution__recorded_at",
    "report",
    "report__corrects",
    "report__corrected_by",
)


def _open_decisions(meetings, on):
    """Return how many decisions are asked for now in the strategies of open meetings."""
    strategies = {one.body.strategy_id: one.body.strategy for one in meetings}
    known = end_of(on)
    return {pk: len(open_decisions(one, on, known)) for pk, one in strategies.items()}
