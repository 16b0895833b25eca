"""The queue of the unit's desk: what is asked of a person, the most pressing first.

What puts a measure into which part of the queue stands in asks.py. The queue holds the measures a
person owns or deputises and those nobody owns; the head may look at those of others too. Within
each part one's own come first, then those without an owner, then those of others; among them the
day that matters decides, then the order of the plan.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db import models

from accounts.roles import is_head
from measures.actions.locks import has_ended
from measures.asks import QUIET, Ask, Part, ask
from measures.checks import offers_no_change
from measures.models import DraftState, Measure, PlanVersion, ReportDraft, ReportSource
from measures.status import Status, facts, status


class Scope(models.TextChoices):
    """Whose measures are listed."""

    MINE = "moje", "Jen moje"
    QUEUE = "fronta", "Moje a bez odpovědného"
    ALL = "vsechna", "I opatření ostatních"


@dataclass(frozen=True)
class Task:
    """One measure on a person's desk; `whose` is the narrowest Scope it belongs to and `draft` the
    person's own draft about it."""

    measure: Measure
    status: Status
    ask: Ask
    whose: Scope
    owner: str
    draft: ReportDraft | None
    offers_no_change: bool

    @property
    def is_asked(self):
        return self.ask.part not in QUIET

    @property
    def returned(self):
        """The draft that came back with a comment, if it did."""
        return self.draft if self.draft and self.draft.state == DraftState.RETURNED else None

    @property
    def writing(self):
        """The draft being written, if there is one."""
        return self.draft if self.draft and self.draft.state == DraftState.WRITING else None

    @property
    def partner(self):
        """The draft a partner's answer made, if it still waits for the person."""
        is_answer = self.writing and self.writing.source == ReportSource.PARTNER
        return self.writing if is_answer else None

    @property
    def submitted(self):
        """The report that waits for approval, if there is one."""
        return self.draft if self.draft and self.draft.state == DraftState.SUBMITTED else None


@dataclass(frozen=True)
class Section:
    """A part of the desk under its heading; folded where nothing is asked. `note` is what would
    stand at each of its tasks alike."""

    key: str
    heading: str
    tasks: list[Task]
    is_folded: bool = False
    note: str = ""


def sections(user, on: date):
    """Return the Sections of a person's queue on a day, empty ones left out; six queries."""
    return in_sections(in_scope(tasks(user, on), Scope.QUEUE))


def queue(user, on: date):
    """Return the Tasks of a person's queue that ask for something on a day, in its order; six
    queries. The next in the queue after publishing comes from here."""
    return asked(sections(user, on))


def asked(found):
    """Return the Tasks of Sections that ask for something, in their order."""
    return [task for section in found for task in section.tasks if task.is_asked]


def tasks(user, on: date):
    """Return a Task for each measure the person may report on, in the order of the plan."""
    monitored = Measure.objects.monitored().order_by("strategy__slug", "code_key", "pk")
    drafts = own_drafts(user)
    return [
        _task(found, drafts.get(found.measure.pk), user, on)
        for found in facts(monitored, on)
        if user.has_perm("measures.report_on", found.plan)
    ]


def own_drafts(user):
    """Return the drafts a person has, by the primary key of their measure; one query."""
    mine = ReportDraft.objects.filter(author=user, corrects=None).select_related("returned_by")
    return {draft.measure_id: draft for draft in mine}


def in_scope(found, scope):
    """Return the Tasks, or whatever has a `whose`, that belong to a Scope."""
    widest = _SCOPES.index(scope)
    return [task for task in found if _SCOPES.index(task.whose) <= widest]


def in_sections(found):
    """Return Tasks in the Sections of the desk, empty ones left out."""
    ordered = sorted(found, key=lambda task: (_SCOPES.index(task.whose), task.ask.day))
    parts = [(part, [task for task in ordered if task.ask.part == part]) for part in Part]
    return [_section(part, held) for part, held in parts if held]


def whose(plan: PlanVersion | None, user):
    """Return the narrowest Scope a measure with this plan belongs to for a person."""
    if plan is None or plan.owner_id is None:
        return Scope.QUEUE
    return Scope.MINE if user.pk in (plan.owner_id, plan.deputy_id) else Scope.ALL


def offered_no_change(facts, on):
    """Say whether „beze změny“ is offered about a measure on a day: where checks.py allows it and
    the measure has not ended."""
    months = facts.measure.strategy.cycle_months
    return not has_ended(facts) and offers_no_change(facts.report, months, on)


def approvals(user):
    """Return the reports of others that wait for the head's approval, the oldest first; none for
    anybody else. One query for the head."""
    if not is_head(user):
        return []
    waiting = ReportDraft.objects.filter(
        state=DraftState.SUBMITTED, measure__strategy__is_monitored=True
    ).exclude(author=user)
    read = waiting.select_related("measure__strategy", "author")
    return list(read.order_by("submitted_at", "pk"))


_SCOPES = list(Scope)
MANY = 3
"""From so many tasks on, what all of a part say alike is said once above them."""


def _section(part, held):
    shared = []
    if len(held) >= MANY:
        first, *others = [task.ask.sentences for task in held]
        shared = [text for text in first if all(text in other for other in others)]
        held = [replace(task, ask=task.ask.without(shared)) for task in held]
    return Section(part.value, part.label, held, part in QUIET, " ".join(shared))


def _task(found, draft, user, on):
    wanted = ask(found, draft, on)
    is_asked = wanted.part not in QUIET
    return Task(
        measure=found.measure,
        status=status(found, on),
        ask=wanted,
        whose=whose(found.plan, user),
        owner=_owner(found.plan, user),
        draft=draft,
        # Publishing drops the draft: what was written would be lost.
        offers_no_change=is_asked and not draft and offered_no_change(found, on),
    )


def _owner(plan, user):
    """Say who answers for a measure unless the person does."""
    if plan is None or plan.owner_id is None:
        return "Opatření nemá odpovědného."
    return "" if plan.owner_id == user.pk else f"Odpovídá {plan.owner}."
