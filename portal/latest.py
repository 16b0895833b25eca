"""What was recorded last of the monitored measures: reports, milestones, plans and outputs.

Nothing that was only loaded with the strategy is news: the first version of a plan is not.
No name of a member of staff is among the words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from common import czech
from measures import wording
from measures.models import Measure, MilestoneVersion, Output, PlanVersion, Report, ReportSource
from measures.status import Status, end_of
from measures.wording import Change

SHOWN = 5
"""How many changes stand on the first page."""


@dataclass(frozen=True)
class LatestChange:
    """One act: what was said or changed of a measure, and how the measure stands now."""

    moment: datetime
    measure: Measure
    status: Status
    heading: str
    changes: tuple[Change, ...] = ()

    @property
    def day(self) -> date:
        return timezone.localdate(self.moment, czech.PRAGUE)


def latest_changes(on, statuses):
    """Return the newest LatestChanges recorded by the end of `on`, newest first. Six queries.

    `statuses` are those of the monitored measures by primary key.
    """
    known = end_of(on)
    found = [
        *_reports(on, known),
        *_milestones(known),
        *_plans(known),
        *_outputs(known),
    ]
    # A version may differ in its note alone, which is no news.
    found = [item for item in found if item[3] is None or item[3]]
    found.sort(key=lambda item: (item[0], item[1].pk), reverse=True)
    return [
        LatestChange(moment, measure, statuses[measure.pk], heading, tuple(changes or ()))
        for moment, measure, heading, changes in found[:SHOWN]
    ]


def _reports(on, known):
    reports = Report.objects.visible(on, known).filter(measure__strategy__is_monitored=True)
    reports = reports.select_related("measure__strategy")
    for report in reports.order_by("-published_at", "-as_of_date", "-pk")[:SHOWN]:
        yield report.published_at, report.measure, _heading(report), None


def _heading(report):
    if report.source == ReportSource.DOCUMENT:
        return f"hlášení z dokumentu ke dni {czech.date(report.as_of_date)}"
    who = "hlášení partnera" if report.source == ReportSource.PARTNER else "hlášení"
    return f"{who}: {report.get_kind_display()}"


def _milestones(known):
    """Yield versions of milestones that were not ticked by a report, with what they changed."""
    earlier = MilestoneVersion.objects.filter(
        milestone=OuterRef("milestone"), recorded_at__lt=OuterRef("recorded_at")
    ).order_by("-recorded_at", "-id")
    by_report = Report.objects.filter(
        measure=OuterRef("milestone__measure"), published_at=OuterRef("recorded_at")
    )
    versions = (
        MilestoneVersion.objects.filter(
            ~Exists(by_report),
            recorded_at__lt=known,
            milestone__measure__strategy__is_monitored=True,
        )
        .annotate(before_pk=Subquery(earlier.values("pk")[:1]))
        .select_related("milestone__measure__strategy")
        .order_by("-recorded_at", "-pk")[:SHOWN]
    )
    before = MilestoneVersion.objects.in_bulk([v.before_pk for v in versions if v.before_pk])
    for version in versions:
        changes = list(wording.milestone_changes(before.get(version.before_pk), version, True))
        heading = "změna milníku" if version.before_pk else "nový milník"
        heading = wording.with_resolution(heading, version.resolution)
        yield version.recorded_at, version.milestone.measure, heading, changes


def _plans(known):
    """Yield versions of plans that followed another one, with what they changed."""
    earlier = PlanVersion.objects.filter(
        measure=OuterRef("measure"), recorded_at__lt=OuterRef("recorded_at")
    ).order_by("-recorded_at", "-id")
    versions = (
        PlanVersion.objects.filter(recorded_at__lt=known, measure__strategy__is_monitored=True)
        .annotate(before_pk=Subquery(earlier.values("pk")[:1]))
        .filter(before_pk__isnull=False)
        .select_related("measure__strategy", "department")
        .order_by("-recorded_at", "-pk")[:SHOWN]
    )
    before = PlanVersion.objects.select_related("department")
    before = before.in_bulk([version.before_pk for version in versions])
    for version in versions:
        heading = wording.with_resolution("změna plánu", version.resolution)
        changes = list(wording.plan_changes(before[version.before_pk], version))
        yield version.recorded_at, version.measure, heading, changes


def _outputs(known):
    outputs = Output.objects.valid(known).filter(measure__strategy__is_monitored=True)
    outputs = outputs.select_related("measure__strategy")
    for output in outputs.order_by("-recorded_at", "-pk")[:SHOWN]:
        yield output.recorded_at, output.measure, f"výstup: {output.title}", None
