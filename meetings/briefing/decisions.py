"""Decisions the body is asked for, and resolutions recorded since it last met."""

from datetime import date

from django.db.models import Prefetch

from measures.wording import reported_by
from meetings.content import DecisionSaid, ResolutionSaid, Words
from meetings.decisions import open_decisions
from meetings.models import (
    Resolution,
    ResolutionDecision,
    ResolutionMeasure,
    ResolutionMilestone,
    ResolutionPlan,
)

_LINKS = {
    "measure_links": (ResolutionMeasure, "measure"),
    "milestone_links": (ResolutionMilestone, "milestone__measure"),
    "plan_links": (ResolutionPlan, "plan__measure"),
    "decision_links": (ResolutionDecision, "report__measure"),
}
"""What a resolution may speak of, and the way from there to the measure."""


def decisions_said(plan):
    """Return the decisions still open, those wanted soonest first. Two queries."""
    asked = open_decisions(plan.strategy, plan.on, plan.known)
    asked.sort(key=lambda one: one.report.act_by_date or date.max)
    known = plan.by_pk()
    return tuple(_decision(n, one, known) for n, one in enumerate(asked, start=1))


def _decision(number, asked, known):
    report = asked.report
    row = known[report.measure_id].row
    return DecisionSaid(
        number=number,
        report=report.pk,
        code=report.measure.code,
        short_name=report.measure.short_name,
        url=report.measure.get_absolute_url(),
        text=Words(report.decision),
        why=Words(report.obstacle),
        who=Words(reported_by(row.plan)),
        by=report.act_by_date,
        asked_on=asked.asked_on,
    )


def resolutions_said(plan, since):
    """Return what any body of the strategy resolved and was recorded since, the newest first;
    nothing where there is no meeting before. Five queries at most."""
    if since is None:
        return ()
    found = Resolution.objects.valid(plan.known).filter(
        meeting__body__strategy=plan.strategy,
        adopted_on__lte=plan.on,
        recorded_at__gte=since.known,
    )
    links = [
        Prefetch(name, model.objects.select_related(path)) for name, (model, path) in _LINKS.items()
    ]
    rows = found.with_public().select_related("meeting__body").prefetch_related(*links)
    return tuple(_resolution(row) for row in rows.order_by("-adopted_on", "-recorded_at", "-pk"))


def _resolution(row):
    links = [
        (link, path) for name, (_, path) in _LINKS.items() for link in getattr(row, name).all()
    ]
    measures = {_measure(link, path) for link, path in links}
    ordered = sorted(measures, key=lambda measure: measure.code_key)
    return ResolutionSaid(
        number=row.number,
        body=row.meeting.body.name,
        day=row.adopted_on,
        text=Words(row.text),
        codes=tuple(measure.code for measure in ordered),
        url=row.link or (row.meeting.get_absolute_url() if row.is_public else ""),
    )


def _measure(link, path):
    for name in path.split("__"):
        link = getattr(link, name)
    return link
