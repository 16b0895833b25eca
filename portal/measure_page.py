"""How one monitored measure stands, as known at the end of a day, ready for its page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from common import czech
from measures.cycles import Cycle
from measures.freshness import FreshnessKey, freshness, is_expected
from measures.history import history_of
from measures.models import Measure, MilestoneState, MilestoneVersion
from measures.models.report import ENDED
from measures.outputs import Outputs
from measures.sentences import rule_sentence
from measures.slippage import former_days, slippage
from measures.status import Cause, Status, StatusKey, end_of, status
from measures.timeline import timeline
from measures.wording import actor
from meetings.about import resolutions_about
from meetings.resolved import decision_of, numbered, resolution_events

NEAREST = 3
"""How many milestones ahead stand on the page before all of them are asked for."""


@dataclass(frozen=True)
class MilestoneRow:
    """One milestone; `former` are the due days it had before, `status` is there when it is late,
    `resolutions` are pairs of a number its versions name and the page of that resolution."""

    version: MilestoneVersion
    is_open: bool
    former: tuple[date, ...]
    status: Status | None = None
    resolutions: tuple[tuple[str, str], ...] = ()

    @property
    def days(self):
        """The due days the milestone has had, the first promise first."""
        return (*self.former, self.version.due_date)

    @property
    def state(self):
        """The state in words: „otevřený“, „hotovo 9. 7. 2026“."""
        if self.is_open:
            return MilestoneState.OPEN.label
        return f"{self.version.get_state_display()} {czech.date(self.version.closed_on)}"

    @property
    def sub(self):
        """Earlier due days and the expected one, if any: „původně … · očekáváme …“."""
        parts = []
        if self.former:
            parts.append(former_days(self.days))
        if self.is_open and self.version.expected_date:
            parts.append(f"očekáváme {czech.date(self.version.expected_date)}")
        if self.version.evidence:
            parts.append(f"doklad: {self.version.evidence}")
        return " · ".join(parts)


class Standing:
    """Status, freshness, milestones and line of time of one measure on a day.

    Reads the history of the measure once: six queries, however long it is, five for the history
    and one for resolutions. `edits` are the changes of its wording, for the line of time.
    """

    def __init__(self, measure, on, edits=()):
        self.on, self.edits = on, edits
        self.history = history_of(measure, end_of(on))
        self.facts = self.history.facts(on)
        self.status = status(self.facts, on)
        self.freshness = freshness(self.facts, on)

    @property
    def sentence(self):
        return rule_sentence(self.status, self.facts)

    @property
    def trouble(self):
        """What the last report says of trouble and of what comes next, labelled."""
        report = self.facts.report
        if report is None:
            return []
        said = [
            ("co brání", report.obstacle),
            ("kdo jedná", actor(report)),
            ("další krok", report.next_step),
            ("o čem rozhodne rada", report.decision),
        ]
        return [(label, text) for label, text in said if text]

    @cached_property
    def decision(self):
        """What became of a decision the measure asks for (meetings.resolved.Decision), or None."""
        reports = [one for one in self.history.reports if one.as_of_date <= self.on]
        return decision_of(reports, self.resolutions)

    @cached_property
    def plan_resolutions(self):
        """Pairs of a number the versions of the plan name and the page of that resolution."""
        return self._numbered(self.history.plans)

    @property
    def age(self):
        """How long ago the last report was: „před 36 dny“."""
        return czech.days_ago(self.freshness.days)

    @property
    def report_cycle(self):
        """The cycle of the last report."""
        months = self.facts.measure.strategy.cycle_months
        return Cycle(self.facts.report.cycle_start, months)

    @property
    def next_report(self):
        """What is said of the next report: by when it is due, or was; empty if none is due."""
        report = self.facts.report
        if report and report.phase in ENDED:
            return ""
        cycle = self.freshness.cycle
        if self.freshness.key == FreshnessKey.CURRENT:
            cycle = cycle.next
        while not is_expected(self.facts, cycle):
            cycle = cycle.next
        due = czech.date(cycle.due)
        if cycle.due < self.on:
            return f"hlášení za {cycle} mělo přijít do {due}"
        return f"{'další' if report else 'první'} hlášení za {cycle} se čeká do {due}"

    @cached_property
    def milestones(self):
        """All milestones, the earliest due first."""
        versions = sorted(self.facts.milestones, key=lambda m: (m.due_date, m.pk))
        return [self._milestone(version) for version in versions]

    @cached_property
    def nearest(self):
        """The milestones that are late and the next ones ahead."""
        late = [row for row in self.milestones if row.status]
        ahead = [row for row in self.milestones if row.is_open and not row.status]
        return [*late, *ahead[:NEAREST]]

    @property
    def others(self):
        """The milestones that are not among the nearest."""
        return [row for row in self.milestones if row not in self.nearest]

    @property
    def progress(self):
        """How many milestones are done and how their days moved: „hotovo 2 z 5 · …“."""
        kept = [row for row in self.milestones if row.version.state != MilestoneState.DROPPED]
        if not kept:
            return ""
        done = [row for row in kept if not row.is_open]
        return " · ".join(
            part
            for part in (
                f"hotovo {czech.k_of_n(len(done), len(kept))}",
                slippage(row.days for row in kept),
            )
            if part
        )

    @cached_property
    def end_moves(self):
        """How the planned end moved and which days it had before; empty if it never moved."""
        days = self.history.end_dates()
        return " · ".join(part for part in (former_days(days), slippage([days])) if part)

    @cached_property
    def outputs(self):
        """The outputs known that day."""
        return Outputs(self.history.valid_outputs(end_of(self.on)), self.on)

    @property
    def data_age(self):
        """How old the last report is, for the footer."""
        if self.facts.report is None:
            return "K tomuto opatření zatím není žádné hlášení."
        day = czech.date(self.facts.report.as_of_date)
        return czech.typography(f"Poslední hlášení o opatření je ke dni {day}.")

    @cached_property
    def events(self):
        return timeline(self.history, self.on, self.edits, resolution_events(self.resolutions))

    @cached_property
    def resolutions(self):
        """The resolutions about the measure and those that versions of its promises name."""
        versions = (*self.history.milestones, *self.history.plans)
        numbers = [version.resolution for version in versions]
        return resolutions_about(self.facts.measure, self.on, end_of(self.on), numbers)

    @cached_property
    def _pages(self):
        """The pages of resolutions by the numbers that versions of promises name."""
        return numbered(self.resolutions)

    def _numbered(self, versions):
        named = dict.fromkeys(version.resolution.strip() for version in versions)
        return tuple((number, self._pages[number]) for number in named if number in self._pages)

    def _milestone(self, version):
        is_open, late = version.is_open(self.on), None
        if is_open and version.due_date < self.on and self.status.key not in _ENDED:
            days = (self.on - version.due_date).days
            late = Status(StatusKey.LATE, Cause.MILESTONE_LATE, version.due_date, days, version)
        former = tuple(self.history.due_dates(version.milestone_id)[:-1])
        own = [one for one in self.history.milestones if one.milestone_id == version.milestone_id]
        return MilestoneRow(version, is_open, former, late, self._numbered(own))


def with_neighbours(slug, code):
    """Return a measure of a strategy with those before and after it in the order of the plan,
    None at its ends. One query; raises Http404 where there is no such measure."""
    known = Measure.objects.filter(strategy__slug=slug).select_related("strategy").in_plan_order()
    around = [None, *known, None]
    for previous, measure, following in zip(around, around[1:], around[2:], strict=False):
        if measure and measure.code == code:
            return measure, previous, following
    raise Http404


def trail(measure, goals, moment):
    """Return the way to a measure, over its priority and goal where it has just one goal."""
    strategy = measure.strategy
    way = [
        ("Strategie", reverse("portal:strategy_list")),
        (strategy.short_name, strategy.get_absolute_url()),
    ]
    if len(goals) == 1:
        goal, priority = goals[0], goals[0].priority
        way += [
            (
                priority.short_name,
                reverse("portal:priority_detail", args=[strategy.slug, priority.code]),
            ),
            (f"Cíl {goal.code}", reverse("portal:goal_detail", args=[strategy.slug, goal.code])),
        ]
    return [(label, moment.keep(url)) for label, url in way] + [(measure.code, "")]


_ENDED = (StatusKey.COMPLETED, StatusKey.CANCELLED)
