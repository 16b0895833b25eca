"""Status of a measure (stav): said by nobody, derived by the rules of rules.md.

`facts()` gathers what is known of many measures in a few flat queries and `status()` holds the
rule. Both take the day asked about, `on`; `facts()` also the moment up to which records count,
`known`. Neither reads the clock, so any past day is shown as it was known then. Everybody who
needs a status, pages, filters, counts, exports and the form's „Stav bude“, asks these two.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db import models
from django.db.models import FilteredRelation, OuterRef, Q, Subquery, Value

from common import czech
from measures.cycles import shifted
from measures.freshness import is_stale
from measures.models import (
    Health,
    Measure,
    MeasureKind,
    MilestoneVersion,
    Output,
    Phase,
    PlanVersion,
    Report,
)
from measures.models.report import TROUBLE


class StatusKey(models.TextChoices):
    """The statuses, worst first; the words are this portal's own."""

    LATE = "zpozdeno", "zpožděno"
    AT_RISK = "ohrozeno", "ohroženo"
    STALE = "neaktualni", "neaktuální"
    UNREPORTED = "bez-hlaseni", "bez hlášení"
    UNDATED = "probiha-bez-terminu", "probíhá bez termínů"
    SUSPENDED = "pozastaveno", "pozastaveno"
    NOT_STARTED = "nezahajeno", "nezahájeno"
    ON_TRACK = "podle-planu", "podle plánu"
    CONTINUOUS = "plneno-prubezne", "plněno průběžně"
    COMPLETED = "splneno", "splněno"
    CANCELLED = "zruseno", "zrušeno"


POSITIVE = frozenset({StatusKey.ON_TRACK, StatusKey.CONTINUOUS, StatusKey.COMPLETED})
RANK = {key: rank for rank, key in enumerate(StatusKey)}
RANK[StatusKey.CONTINUOUS] = RANK[StatusKey.ON_TRACK]
"""Worst first; a move to a greater rank reads „zlepšilo se“."""

_LOOK = {
    StatusKey.LATE: ("is-late", "late"),
    StatusKey.AT_RISK: ("is-risk", "risk"),
    StatusKey.STALE: ("is-off is-gap", "stale"),
    StatusKey.UNREPORTED: ("is-off is-gap", "none"),
    StatusKey.UNDATED: ("is-ns", "undated"),
    StatusKey.SUSPENDED: ("is-off is-gap", "paused"),
    StatusKey.NOT_STARTED: ("is-ns", "ns"),
    StatusKey.ON_TRACK: ("is-ok", "ok"),
    StatusKey.CONTINUOUS: ("is-ok", "ok"),
    StatusKey.COMPLETED: ("is-done", "done"),
    StatusKey.CANCELLED: ("is-off is-gap", "x"),
}


def css(key):
    """Return the class of the family of colours a status belongs to."""
    return _LOOK[key][0]


def icon(key):
    """Return the name of the icon of a status."""
    return _LOOK[key][1]


class Cause(models.TextChoices):
    """Which part of the rule matched; the sentence on the page is made from it."""

    PHASE = "phase"
    MILESTONE_LATE = "milestone_late"
    REVIEW_LATE = "review_late"
    START_LATE = "start_late"
    END_LATE = "end_late"
    NO_REPORT = "no_report"
    START_AHEAD = "start_ahead"
    OLD_REPORT = "old_report"
    MINOR_TROUBLE = "minor_trouble"
    SERIOUS_TROUBLE = "serious_trouble"
    EXPECTED_LATE = "expected_late"
    MILESTONE_AHEAD = "milestone_ahead"
    END_AHEAD = "end_ahead"
    RECENT_OUTPUT = "recent_output"
    NOTHING_DATED = "nothing_dated"
    PHASE_UNKNOWN = "phase_unknown"
    HEALTH_UNKNOWN = "health_unknown"


@dataclass(frozen=True)
class Status:
    """A derived status with the reason it was derived from.

    `day` is the date the reason speaks of (the earliest overdue one when late), `days` the delay
    in days, `last_known` the status a stale measure had when it was last reported on.
    """

    key: StatusKey
    cause: Cause
    day: date | None = None
    days: int = 0
    milestone: MilestoneVersion | None = None
    last_known: "Status | None" = None

    @property
    def css(self):
        return css(self.key)

    @property
    def icon(self):
        return icon(self.key)

    @property
    def word(self):
        if self.cause == Cause.SERIOUS_TROUBLE:
            return "vážné potíže"
        if self.cause == Cause.HEALTH_UNKNOWN:
            return "průběh neuveden"
        return "fáze neuvedena" if self.cause == Cause.PHASE_UNKNOWN else self.key.label

    @property
    def extra(self):
        return czech.days_late(self.days) if self.key == StatusKey.LATE else ""

    @property
    def is_late(self):
        return self.key == StatusKey.LATE

    @property
    def is_stale(self):
        return self.key == StatusKey.STALE


@dataclass(frozen=True)
class Facts:
    """What is known of one measure: its plan, last report, milestones and days of outputs."""

    measure: Measure
    plan: PlanVersion | None = None
    report: Report | None = None
    latest_cycle: date | None = None
    milestones: tuple[MilestoneVersion, ...] = ()
    output_days: tuple[date, ...] = ()

    def open_milestones(self, on):
        """Return the milestones open on a day, the earliest due first."""
        return sorted(
            (m for m in self.milestones if m.is_open(on)), key=lambda m: (m.due_date, m.pk or 0)
        )

    @cached_property
    def is_continuous(self):
        return self.plan is not None and self.plan.kind == MeasureKind.CONTINUOUS


def end_of(on):
    """Return the moment a day ends in Prague: what came before it was known that day."""
    return datetime.combine(on + timedelta(days=1), time.min, tzinfo=czech.PRAGUE)


def facts(measures, on, known=None):
    """Return the Facts of each measure of a queryset, in its order, as known before `known`
    (by default the end of `on`). Three queries, however many measures."""
    return facts_at(measures, (on, known or end_of(on)))[0]


def facts_at(measures, *points):
    """Return for each of the points, pairs of `on` and `known`, the Facts of each measure of a
    queryset, in its order. Three queries, however many measures and points."""
    newest = {
        f"{name}_{n}": found
        for n, point in enumerate(points)
        for name, found in _newest(*point).items()
    }
    read = [name.format(n) for name in _READ_WITH_MEASURE for n in range(len(points))]
    rows = list(measures.annotate(**newest).select_related("strategy", *read))
    milestones, outputs = _milestones(rows, points), _output_days(rows, points)
    return [
        [
            Facts(
                measure=row,
                # A relation that found nothing leaves no attribute at all.
                plan=getattr(row, f"newest_plan_{n}", None),
                report=getattr(row, f"newest_report_{n}", None),
                latest_cycle=getattr(row, f"latest_cycle_{n}"),
                milestones=tuple(milestones.get((n, row.pk), ())),
                output_days=tuple(outputs.get((n, row.pk), ())),
            )
            for row in rows
        ]
        for n in range(len(points))
    ]


_READ_WITH_MEASURE = (
    "newest_report_{}__actor",
    "newest_plan_{}__department",
    "newest_plan_{}__owner",
    "newest_plan_{}__deputy",
)


def _newest(on, known):
    """The one report and the one plan that hold, joined to their measure by primary key."""
    reports = Report.objects.visible(on, known).filter(measure=OuterRef("pk"))
    plans = PlanVersion.objects.filter(measure=OuterRef("pk"), recorded_at__lt=known)
    report = Subquery(reports.latest_first().values("pk")[:1])
    plan = Subquery(plans.order_by("-recorded_at", "-id").values("pk")[:1])
    return {
        "newest_report": FilteredRelation("reports", condition=Q(reports__pk=report)),
        "newest_plan": FilteredRelation("plan_versions", condition=Q(plan_versions__pk=plan)),
        "latest_cycle": Subquery(reports.order_by("-cycle_start").values("cycle_start")[:1]),
    }


def _milestones(measures, points):
    """The newest version of each milestone by the number of the point and the measure."""
    versions = MilestoneVersion.objects.filter(milestone=OuterRef("milestone"))
    versions = versions.order_by("-recorded_at", "-id").values("pk")
    newest = Q()
    for _, known in points:
        newest |= Q(pk=Subquery(versions.filter(recorded_at__lt=known)[:1]))
    found = MilestoneVersion.objects.filter(newest, milestone__measure__in=measures)
    found = sorted(found.select_related("milestone"), key=lambda v: (v.recorded_at, v.pk))
    groups = {}
    for n, (_, known) in enumerate(points):
        last = {v.milestone_id: v for v in found if v.recorded_at < known}
        for version in last.values():
            groups.setdefault((n, version.milestone.measure_id), []).append(version)
    return groups


def _output_days(measures, points):
    """The days of outputs by the number of the point and the measure."""
    first, *others = (
        Output.objects.valid(known)
        .filter(measure__in=measures, happened_on__lte=on)
        .annotate(point=Value(n))
        .values_list("point", "measure_id", "happened_on")
        .distinct()
        for n, (on, known) in enumerate(points)
    )
    return _grouped(((n, pk), day) for n, pk, day in (first.union(*others) if others else first))


def _grouped(pairs):
    groups = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def status(facts, on):
    """Return the Status of a measure on the day `on` by rules.md, first match wins; None in a
    strategy that is not monitored here."""
    if not facts.measure.strategy.is_monitored:
        return None
    ended = _ended_or_suspended(facts, on)
    if ended:
        return ended
    late = _late(facts, on)
    if late:
        return late
    if facts.report is None:
        return _without_report(facts, on)
    if is_stale(facts.latest_cycle, facts.measure.strategy.cycle_months, on):
        return _stale(facts)
    return _reported(facts, on)


def _ended_or_suspended(facts, on):
    """Rules 1–3: what the last report ended or suspended."""
    report = facts.report
    if report is None:
        return None
    if report.phase == Phase.CANCELLED:
        return Status(StatusKey.CANCELLED, Cause.PHASE, report.as_of_date)
    if report.phase == Phase.SUSPENDED and not _is_past(report.review_date, on):
        return Status(StatusKey.SUSPENDED, Cause.PHASE, report.review_date)
    if report.phase == Phase.COMPLETED:
        return Status(StatusKey.COMPLETED, Cause.PHASE, report.as_of_date)
    return None


def _late(facts, on):
    """Rule 4: the earliest of the days that are overdue, if any."""
    report, plan = facts.report, facts.plan
    overdue = [
        (m.due_date, Cause.MILESTONE_LATE, m) for m in facts.open_milestones(on) if m.due_date < on
    ]
    if report and report.phase == Phase.SUSPENDED and _is_past(report.review_date, on):
        overdue.append((report.review_date, Cause.REVIEW_LATE, None))
    has_not_started = report is None or report.phase == Phase.NOT_STARTED
    if plan and has_not_started and _is_past(plan.start_date, on):
        overdue.append((plan.start_date, Cause.START_LATE, None))
    if plan and _is_past(plan.end_date, on):
        overdue.append((plan.end_date, Cause.END_LATE, None))
    if not overdue:
        return None
    day, cause, milestone = min(overdue, key=lambda item: item[0])
    return Status(StatusKey.LATE, cause, day, (on - day).days, milestone)


def _without_report(facts, on):
    """Rule 5."""
    if facts.plan and _is_ahead(facts.plan.start_date, on):
        return Status(StatusKey.NOT_STARTED, Cause.START_AHEAD, facts.plan.start_date)
    return Status(StatusKey.UNREPORTED, Cause.NO_REPORT)


def _stale(facts):
    """Rule 6, with the status the measure had on the day of its last report."""
    as_of = facts.report.as_of_date
    last_known = _late(facts, as_of) or _reported(facts, as_of)
    return Status(StatusKey.STALE, Cause.OLD_REPORT, as_of, last_known=last_known)


def _reported(facts, on):
    """Rules 7–10: what a fresh report of running work says."""
    report = facts.report
    if report.health in TROUBLE:
        serious = report.health == Health.SERIOUS
        cause = Cause.SERIOUS_TROUBLE if serious else Cause.MINOR_TROUBLE
        return Status(StatusKey.AT_RISK, cause, report.as_of_date)
    for milestone in facts.open_milestones(on):
        if milestone.expected_date and milestone.expected_date > milestone.due_date:
            return Status(
                StatusKey.AT_RISK, Cause.EXPECTED_LATE, milestone.expected_date, milestone=milestone
            )
    if report.phase == Phase.NOT_STARTED:
        return Status(StatusKey.NOT_STARTED, Cause.PHASE, report.as_of_date)
    if report.phase == Phase.UNKNOWN:
        return Status(StatusKey.UNDATED, Cause.PHASE_UNKNOWN)
    promised = _promised(facts, on) if report.phase in (Phase.PREPARING, Phase.RUNNING) else None
    if promised and report.health == Health.UNKNOWN:
        return Status(StatusKey.UNDATED, Cause.HEALTH_UNKNOWN)
    return promised or Status(StatusKey.UNDATED, Cause.NOTHING_DATED)


def _promised(facts, on):
    """Rule 9: something dated lies ahead or, for continuous work, happened within a year."""
    key = StatusKey.CONTINUOUS if facts.is_continuous else StatusKey.ON_TRACK
    for milestone in facts.open_milestones(on):
        if milestone.due_date >= on:
            return Status(key, Cause.MILESTONE_AHEAD, milestone.due_date, milestone=milestone)
    if facts.is_continuous:
        recent = [day for day in facts.output_days if shifted(on, -12) < day <= on]
        return Status(key, Cause.RECENT_OUTPUT, max(recent)) if recent else None
    if facts.plan and _is_ahead(facts.plan.end_date, on):
        return Status(key, Cause.END_AHEAD, facts.plan.end_date)
    return None


def with_report(facts, report, finished=()):
    """Return the Facts as they would be if `report` were published and the milestones whose
    primary keys are in `finished` were done: what the form's „Stav bude“ asks about."""
    left = [m for m in facts.milestones if m.milestone_id not in finished]
    left += filter(None, [m.following() for m in facts.milestones if m.milestone_id in finished])
    newest = max(filter(None, [facts.latest_cycle, report.cycle_start]))
    old = facts.report
    is_older = old and old.as_of_date > report.as_of_date and old.pk != report.corrects_id
    return replace(
        facts, report=old if is_older else report, latest_cycle=newest, milestones=tuple(left)
    )


def _is_past(day, on):
    return day is not None and day < on


def _is_ahead(day, on):
    return day is not None and day >= on
