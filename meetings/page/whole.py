"""The whole page of a meeting, put together from a Briefing."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from common import czech
from meetings.content import Briefing
from meetings.page.parts import Part, parts_of
from meetings.page.region import Region, region_of
from meetings.page.shapes import Bar, Look, Text, bar, look, status_look, told
from meetings.report import words
from strategy.validity import Gauge, gauge

HEADINGS = {
    "zhorsilo-se": "Zhoršilo se",
    "zlepsilo-se": "Zlepšilo se",
    "terminy": "Termíny",
    "data": "Nová data",
    "zneni": "Znění",
}
"""Groups of changes in their order; what a frozen briefing has besides stands under „Další“."""


MOST, FIRST = 10, 8
"""So many rows of one kind stand open; of more than that only the first."""


@dataclass(frozen=True)
class Decision:
    """What the body is asked for, with how the measure stands."""

    number: int
    code: str
    short_name: str
    url: str
    status: Look | None
    text: Text
    why: Text
    facts: str


@dataclass(frozen=True)
class Change:
    code: str
    name: str
    url: str
    word: str
    text: Text
    day: date


@dataclass(frozen=True)
class Folded:
    """Rows of which the first stand open; where there are many, the others unfold."""

    rows: tuple
    more: tuple = ()

    @property
    def number(self):
        return len(self.rows) + len(self.more)


@dataclass(frozen=True)
class ChangeGroup:
    heading: str
    changes: Folded


@dataclass(frozen=True)
class Late:
    """A late measure: why, what next, who and by when."""

    code: str
    short_name: str
    url: str
    days: str
    why: Text
    next_step: Text
    who: str
    until: date | None


@dataclass(frozen=True)
class Resolution:
    number: str
    body: str
    day: date
    text: Text
    codes: str
    url: str


@dataclass(frozen=True)
class Term:
    css: str
    icon: str
    word: str
    text: str


@dataclass(frozen=True)
class Stale:
    """A measure of which nothing recent is known."""

    code: str
    short_name: str
    url: str
    word: str
    why: str


@dataclass(frozen=True)
class MeetingPage:
    """What stands on the page of a meeting; `said` is the Briefing for what needs no dressing."""

    said: Briefing
    title: str
    state: str
    asked_heading: str
    decisions: tuple[Decision, ...]
    empty: str
    not_monitored: str
    size: str
    bar: Bar
    chips_url: str
    mosaic_url: str
    changes_heading: str
    no_changes: str
    changes: tuple[ChangeGroup, ...]
    late: tuple[Late, ...]
    parts: tuple[Part, ...]
    outputs_heading: str
    region: Region | None
    resolutions: tuple[Resolution, ...]
    glossary: tuple[Term, ...]
    stale: Folded
    time: Gauge | None


def meeting_page(briefing: Briefing) -> MeetingPage:
    """Return the MeetingPage of a Briefing."""
    meeting, strategy = briefing.meeting, briefing.strategy
    query = f"k={briefing.on.isoformat()}"
    return MeetingPage(
        said=briefing,
        title=czech.typography(f"{meeting.body} {czech.date(meeting.day)}"),
        state=words.state_of(briefing),
        asked_heading=words.asked(meeting.kind, len(briefing.decisions)).rstrip("."),
        decisions=tuple(_decisions(briefing)),
        empty="" if briefing.measures else words.EMPTY,
        not_monitored="" if strategy.is_monitored else words.NOT_MONITORED,
        size=words.measures(len(briefing.measures)),
        bar=bar("Opatření podle stavu", briefing.rollup, f"&{query}"),
        chips_url=strategy.url,
        mosaic_url=f"{strategy.url}?{query}",
        changes_heading=words.changes_heading(briefing),
        no_changes=words.no_changes(briefing),
        changes=tuple(_changes(briefing.changes)),
        late=tuple(_late(one) for one in briefing.late),
        parts=parts_of(briefing),
        outputs_heading=words.outputs_heading(briefing),
        region=region_of(briefing.region),
        resolutions=tuple(_resolution(one) for one in briefing.resolutions),
        glossary=tuple(
            Term(look(one.key), one.icon, one.word, one.text) for one in briefing.glossary
        ),
        stale=_folded(_stale(briefing)),
        time=gauge(strategy.valid_from, strategy.valid_to, briefing.on),
    )


def _decisions(briefing):
    statuses = {one.code: one.status for one in briefing.measures}
    for one in briefing.decisions:
        facts = (
            one.who and f"předkládá {one.who}",
            one.by and f"potřebné do {czech.date(one.by)}",
            f"žádá se od {czech.date(one.asked_on)}",
        )
        yield Decision(
            number=one.number,
            code=one.code,
            short_name=one.short_name,
            url=one.url,
            status=status_look(statuses.get(one.code)),
            text=told(one.text),
            why=told(one.why),
            facts=" · ".join(fact for fact in facts if fact),
        )


def _changes(changes):
    order = list(dict.fromkeys([*HEADINGS, *(one.group for one in changes)]))
    ordered = sorted(changes, key=lambda one: order.index(one.group))
    for group, own in groupby(ordered, lambda one: one.group):
        is_told = group in ("zhorsilo-se", "zlepsilo-se")  # by its heading
        rows = tuple(
            Change(
                one.code, one.name, one.url, "" if is_told else one.word, told(one.text), one.day
            )
            for one in own
        )
        yield ChangeGroup(HEADINGS.get(group, "Další"), _folded(rows))


def _folded(rows):
    rows = tuple(rows)
    return Folded(rows[:FIRST], rows[FIRST:]) if len(rows) > MOST else Folded(rows)


def _late(one):
    return Late(
        code=one.code,
        short_name=one.short_name,
        url=one.url,
        days=czech.count(one.days, "den", "dny", "dní"),
        why=told(one.why or one.fact),
        next_step=told(one.next_step),
        who=one.who,
        until=one.until,
    )


def _stale(briefing):
    urls = {one.code: one.url for one in briefing.measures}
    for one in briefing.stale:
        yield Stale(one.code, one.short_name, urls.get(one.code, ""), one.word, one.why)


def _resolution(one):
    codes = ", ".join(one.codes)
    return Resolution(one.number, one.body, one.day, told(one.text), codes, one.url)
