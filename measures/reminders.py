"""Who is to be reminded of what on a day: the schedule, without sending anything.

A report for the last finished cycle and every open milestone are due on a day. They are recalled
seven days before, on the day and every week after it, to the owner, else the deputy, else the
heads; from fourteen days after it to the heads as well. Only the newest stage reached counts: a
run that was missed catches up with one letter, never with several.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from accounts.models import Absence, User
from measures import checks
from measures.cycles import last_finished
from measures.freshness import is_expected
from measures.models import DraftState, Measure, MilestoneVersion, Reminder, ReportDraft
from measures.status import Facts, StatusKey, facts, status

BEFORE_DAYS = 7
EVERY_DAYS = 7
ESCALATED_DAYS = 14
QUIET = (StatusKey.SUSPENDED, StatusKey.COMPLETED, StatusKey.CANCELLED)
"""In these nobody is expected to work, so open milestones are not recalled."""


def stage(due, on):
    """Return the newest day of the schedule that `on` has reached, or None before the first."""
    if on < due - timedelta(days=BEFORE_DAYS):
        return None
    if on < due:
        return due - timedelta(days=BEFORE_DAYS)
    return due + timedelta(days=(on - due).days // EVERY_DAYS * EVERY_DAYS)


@dataclass(frozen=True)
class Matter:
    """One thing that is due: a report of a measure (`milestone` is None) or a milestone.

    `subject` is its name in the records of reminders. `awaits` is the draft that was submitted and
    waits for approval, if there is one.
    """

    facts: Facts
    subject: str
    due: date
    stage: date
    milestone: MilestoneVersion | None = None
    awaits: ReportDraft | None = None

    @property
    def measure(self):
        return self.facts.measure

    @property
    def is_escalated(self):
        return self.stage >= self.due + timedelta(days=ESCALATED_DAYS)


@dataclass(frozen=True)
class Reminding:
    """All that one person is reminded of in one letter."""

    person: User
    on: date
    matters: list[Matter] = field(default_factory=list)


@dataclass(frozen=True)
class Staff:
    """Who can act: the unit and its heads by primary key, active ones, and who of them is away."""

    people: dict[int, User]
    away: frozenset[int]

    def present_heads(self):
        return [p for p in self.people.values() if p.in_head and p.pk not in self.away]

    def responsible(self, plan):
        """Return who answers for a measure that day: the owner, the deputy of one who is away,
        else the heads; nobody while all of them are away."""
        named = [plan.owner_id, plan.deputy_id] if plan else []
        line = [self.people[pk] for pk in named if pk in self.people]
        if not line:
            return self.present_heads()
        return [person for person in line if person.pk not in self.away][:1]


def remindings(on):
    """Return the Remindings of a day that were not sent yet, one a person, in a steady order;
    nine queries, however many measures and people."""
    found = facts(Measure.objects.monitored().order_by("strategy__slug", "code_key", "pk"), on)
    submitted = _submitted(found)
    matters = [m for one in found for m in matters_of(one, on, submitted.get(one.measure.pk))]
    staff = _staff(on)
    sent = _sent(matters)
    letters = defaultdict(list)
    for matter in matters:
        for person in addressees(matter, staff):
            if (person.pk, matter.measure.pk, matter.subject, matter.stage) not in sent:
                letters[person].append(matter)
    return [
        Reminding(person, on, letters[person]) for person in sorted(letters, key=lambda p: p.pk)
    ]


def matters_of(found, on, awaits=None):
    """Return the Matters of one measure that have reached a stage of the schedule by a day."""
    matters = [_report_matter(found, on, awaits)]
    if status(found, on).key not in QUIET:
        matters += [
            Matter(
                facts=found,
                subject=f"milnik:{milestone.milestone_id}",
                due=milestone.due_date,
                stage=stage(milestone.due_date, on),
                milestone=milestone,
            )
            for milestone in found.open_milestones(on)
        ]
    return [matter for matter in matters if matter and matter.stage]


def _report_matter(found, on, awaits):
    cycle = last_finished(on, found.measure.strategy.cycle_months)
    is_reported = found.latest_cycle is not None and found.latest_cycle >= cycle.start
    if is_reported or not is_expected(found, cycle):
        return None
    if awaits and awaits.cycle_start < cycle.start:
        awaits = None
    subject = f"hlaseni:{cycle.start.isoformat()}"
    return Matter(found, subject, cycle.due, stage(cycle.due, on), awaits=awaits)


def addressees(matter, staff):
    """Return who is to be reminded of a matter, each once. What was submitted waits for a head,
    other than its author."""
    if matter.awaits:
        return [head for head in staff.present_heads() if head.pk != matter.awaits.author_id]
    people = staff.responsible(matter.facts.plan)
    if matter.is_escalated:
        people = people + [head for head in staff.present_heads() if head not in people]
    return people


def offers_no_change(matter, on):
    """Say whether the report of a matter may be one without a change."""
    months = matter.measure.strategy.cycle_months
    return (
        matter.milestone is None
        and matter.awaits is None
        and checks.offers_no_change(matter.facts.report, months, on)
    )


def _submitted(all_facts):
    """Return the draft that waits for approval of each measure, the one for the latest cycle."""
    drafts = ReportDraft.objects.filter(
        state=DraftState.SUBMITTED,
        corrects=None,
        measure__in=[found.measure.pk for found in all_facts],
    )
    return {draft.measure_id: draft for draft in drafts.order_by("cycle_start", "pk")}


def _staff(on):
    acting = User.objects.filter(is_active=True).with_roles()
    acting = acting.filter(Q(in_unit=True) | Q(in_head=True) | Q(is_superuser=True))
    people = {person.pk: person for person in acting.order_by("pk")}
    away = Absence.objects.on(on).filter(user__in=people).values_list("user", flat=True)
    return Staff(people, frozenset(away))


def _sent(matters):
    reminders = Reminder.objects.filter(
        measure__in={matter.measure.pk for matter in matters},
        subject__in={matter.subject for matter in matters},
    )
    return set(reminders.values_list("person", "measure", "subject", "stage_date"))
