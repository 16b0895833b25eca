"""The unit's desk: which measures a person may report on, the most pressing ones first."""

from dataclasses import dataclass
from datetime import date, datetime

from measures.freshness import Freshness, freshness
from measures.models import Measure, MilestoneVersion, ReportDraft
from measures.status import Facts, Status, StatusKey, facts, status

UNKNOWN = (StatusKey.STALE, StatusKey.UNREPORTED)


@dataclass(frozen=True)
class Task:
    """One measure on the desk; `draft_saved_at` is when the person last kept a draft of it."""

    measure: Measure
    status: Status
    freshness: Freshness
    milestone: MilestoneVersion | None
    is_milestone_late: bool
    has_owner: bool
    draft_saved_at: datetime | None


@dataclass(frozen=True)
class Section:
    """A part of the desk under its heading."""

    key: str
    heading: str
    tasks: list[Task]


def sections(user, on: date):
    """Return the Sections of a person's desk on a day, empty ones left out; six queries."""
    tasks = _tasks(user, on)
    late = [task for task in tasks if task.status.is_late]
    unknown = [task for task in tasks if task.status.key in UNKNOWN]
    others = [task for task in tasks if task not in late and task not in unknown]
    late.sort(key=lambda task: -task.status.days)
    found = [
        Section("po-terminu", "Po termínu", late),
        Section("nevime", "Neaktuální a bez hlášení", unknown),
        Section("ostatni", "Ostatní", others),
    ]
    return [section for section in found if section.tasks]


def _tasks(user, on):
    monitored = Measure.objects.monitored().order_by("strategy__slug", "code_key", "pk")
    drafts = dict(
        ReportDraft.objects.filter(author=user, corrects=None).values_list("measure", "saved_at")
    )
    return [
        _task(found, on, drafts.get(found.measure.pk))
        for found in facts(monitored, on)
        if user.has_perm("measures.report_on", found.plan)
    ]


def _task(found: Facts, on, draft_saved_at):
    milestone = next(iter(found.open_milestones(on)), None)
    return Task(
        measure=found.measure,
        status=status(found, on),
        freshness=freshness(found, on),
        milestone=milestone,
        is_milestone_late=milestone is not None and milestone.due_date < on,
        has_owner=found.plan is not None and found.plan.owner_id is not None,
        draft_saved_at=draft_saved_at,
    )
