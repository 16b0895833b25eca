"""Meetings of two bodies over the made-up time, most of them frozen, and what they resolved."""

from dataclasses import dataclass
from datetime import timedelta

from meetings.actions.freeze import correct_snapshot, freeze
from meetings.decisions import open_decisions
from meetings.models import (
    Body,
    BodyKind,
    Meeting,
    Resolution,
    ResolutionDecision,
    ResolutionMeasure,
)
from portal.demo.days import Round, Today

COUNCIL = "rada"
COMMISSION = "komise-zaclenovani"
FROZEN_BEFORE, RECORDED_AFTER = 7, 4
"""Days before a meeting when its briefing is frozen, and after it when resolutions are written."""


@dataclass(frozen=True)
class Told:
    """A meeting: of which body, when, and whether a mistake in its briefing was mended."""

    body: str
    at: Round | Today
    correction: str = ""


MEETINGS = (
    Told(COUNCIL, Round(-3, 52)),
    Told(COMMISSION, Round(-2, 40)),
    Told(COUNCIL, Round(-1, 52), correction="Doplněno hlášení, které přišlo po zmrazení."),
    Told(COUNCIL, Today(9)),
    Told(COMMISSION, Today(23)),
)


def make(stage):
    """Freeze the briefings of meetings that are near or past, in the order of time, and record
    what the bodies resolved. The next meeting of the council waits for being frozen."""
    bodies = _bodies(stage)
    for told in sorted(MEETINGS, key=lambda one: stage.calendar.day(one.at)):
        day = stage.calendar.day(told.at)
        meeting = Meeting.objects.create(body=bodies[told.body], meeting_date=day)
        if day < stage.calendar.today:
            _freeze(stage, meeting, told)
            _resolve(stage, meeting)


def _bodies(stage):
    commission, _ = Body.objects.get_or_create(
        slug=COMMISSION,
        defaults={
            "strategy": stage.strategy,
            "kind": BodyKind.COMMISSION,
            "name": "Komise pro sociální začleňování (ukázková)",
        },
    )
    return {COMMISSION: commission, COUNCIL: Body.objects.get(slug=COUNCIL)}


def _freeze(stage, meeting, told):
    day = stage.calendar.workday(meeting.meeting_date - timedelta(days=FROZEN_BEFORE))
    moment = stage.calendar.at(day, meeting.slug)
    freeze(meeting=meeting, by=stage.head, now=moment)
    if told.correction:
        later = stage.calendar.at(stage.calendar.workday(day + timedelta(days=4)), meeting.slug)
        correct_snapshot(meeting=meeting, by=stage.head, reason=told.correction, now=later)


def _resolve(stage, meeting):
    """Settle the decisions that were open on the day; without any the body takes note."""
    day = meeting.meeting_date
    moment = stage.calendar.at(
        stage.calendar.workday(day + timedelta(days=RECORDED_AFTER)), meeting.slug, "usnesení"
    )
    asked = open_decisions(stage.strategy, day, moment)
    for one in asked:
        code = one.report.measure.code
        text = f"K žádosti u opatření {code} („{one.text}“): schvaluje se."
        resolution = _resolution(stage, meeting, moment, code, text)
        ResolutionDecision.objects.create(resolution=resolution, report=one.report)
        ResolutionMeasure.objects.create(resolution=resolution, measure=one.report.measure)
    if not asked:
        text = f"{meeting.body.name} bere zprávu o plnění strategie na vědomí."
        _resolution(stage, meeting, moment, meeting.slug, text)


def _resolution(stage, meeting, moment, salt, text):
    return Resolution.objects.create(
        meeting=meeting,
        number=stage.resolution(meeting.meeting_date, salt),
        text=text,
        adopted_on=meeting.meeting_date,
        recorded_at=moment,
        author=stage.head,
    )
