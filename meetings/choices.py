"""What a resolution can be said to speak of: the decisions asked for, measures by priority, and
of each measure its open milestones and its plan."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from common import czech
from measures.models import Measure, MilestoneVersion, PlanVersion
from measures.status import facts
from meetings.decisions import AskedDecision, open_decisions

CROSS_CUTTING = "Průřezová opatření"


@dataclass(frozen=True)
class Choice:
    """One box to be ticked; `note` stands under what it says."""

    value: int
    text: str
    note: str
    is_picked: bool


@dataclass
class MeasureChoice:
    """A measure with its milestones and its plan."""

    measure: Choice
    milestones: list[Choice] = field(default_factory=list)
    plans: list[Choice] = field(default_factory=list)

    @property
    def is_picked(self):
        return any(one.is_picked for one in (self.measure, *self.milestones, *self.plans))


@dataclass
class GroupChoice:
    """The measures of one priority; `picked` says how many of them have something ticked."""

    name: str
    measures: list[MeasureChoice]

    @property
    def picked(self):
        number = sum(one.is_picked for one in self.measures)
        return czech.count(number, "vybrané", "vybraná", "vybraných") if number else ""


def decision_choices(form, strategy, on, corrects=None):
    """Return the Choices of decisions open on a day; that which the corrected resolution settled
    is open to its correction. Two queries."""
    asked = open_decisions(strategy, on, timezone.now(), without=corrects)
    picked = form.picked("decisions")
    return [_decision(one, picked) for one in asked]


def former_of(resolution):
    """Return what a form shows of a resolution that is to be corrected. Four queries."""
    said = {name: getattr(resolution, name) for name in ("number", "adopted_on", "text", "link")}
    return said | {
        "decisions": [link.report_id for link in resolution.decision_links.all()],
        "measures": [link.measure_id for link in resolution.measure_links.all()],
        "milestones": [link.milestone_id for link in resolution.milestone_links.all()],
        "plans": [link.plan_id for link in resolution.plan_links.all()],
    }


def _decision(one: AskedDecision, picked):
    measure = one.report.measure
    note = f"{measure.code} {measure.short_name} · žádost ze dne {czech.date(one.asked_on)}"
    is_picked = any(str(pk) in picked for pk in one.reports)
    return Choice(one.report.pk, one.text, note, is_picked)


def measure_choices(form, strategy, on):
    """Return the GroupChoices of the measures of a strategy: milestones open on a day and those
    already picked, and the newest plan and those picked. Six queries at most."""
    measures = Measure.objects.filter(strategy=strategy).in_plan_order()
    known = timezone.now()
    found = facts(measures.prefetch_related("goals__priority"), on, known)
    plans = _picked_plans(form, found)
    groups = defaultdict(list)
    for one in found:
        groups[_priority(one.measure)].append(_measure(one, form, on, plans))
    ordered = sorted(groups.items(), key=lambda pair: pair[0])
    return [GroupChoice(name, own) for (_, name), own in ordered]


def _priority(measure):
    """The first priority of a measure with its place in the order."""
    priorities = [goal.priority for goal in measure.goals.all()]
    if not priorities:
        return "~", CROSS_CUTTING
    first = min(priorities, key=lambda priority: (priority.code_key, priority.pk))
    return first.code_key, first.short_name


def _measure(one, form, on, plans):
    measure = one.measure
    picked = form.picked("milestones")
    chosen = MeasureChoice(
        Choice(
            measure.pk,
            f"{measure.code} {measure.short_name}",
            "",
            str(measure.pk) in form.picked("measures"),
        )
    )
    shown = [m for m in one.milestones if m.is_open(on) or str(m.milestone_id) in picked]
    for version in sorted(shown, key=lambda m: (m.due_date, m.pk)):
        chosen.milestones.append(_milestone(version, picked))
    for plan in plans.get(measure.pk, ()):
        chosen.plans.append(_plan(plan, form.picked("plans")))
    return chosen


def _milestone(version: MilestoneVersion, picked):
    is_picked = str(version.milestone_id) in picked
    note = f"termín {czech.date(version.due_date)}"
    return Choice(version.milestone_id, f"Milník: {version.title}", note, is_picked)


def _plan(plan, picked):
    days = [
        f"{word} {czech.date(day)}"
        for word, day in (("začátek", plan.start_date), ("konec", plan.end_date))
        if day
    ]
    day = czech.date(timezone.localdate(plan.recorded_at, czech.PRAGUE))
    said = f"Plán zapsaný {day}" + (f": {', '.join(days)}" if days else "")
    return Choice(plan.pk, said, "", str(plan.pk) in picked)


def _picked_plans(form, found):
    """The plans to choose from by measure: the newest, and older ones already picked."""
    newest = {one.plan.pk: one.plan for one in found if one.plan}
    older = {int(pk) for pk in form.picked("plans") if pk.isascii() and pk.isdigit()} - set(newest)
    measures = [one.measure.pk for one in found]
    others = PlanVersion.objects.filter(pk__in=older, measure__in=measures) if older else []
    by_measure = defaultdict(list)
    for plan in sorted((*newest.values(), *others), key=lambda plan: plan.pk):
        by_measure[plan.measure_id].append(plan)
    return by_measure
