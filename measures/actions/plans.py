"""The plan of a measure, who answers for it and the goals it leads to."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from common.history import recording
from measures import checks
from measures.actions.locks import lock
from measures.models import Measure, PlanVersion
from measures.status import facts as facts_of

KEPT = ("start_date", "end_date", "kind", "owner", "deputy", "department")
"""What a plan says; a new version takes it over from the one before it unless it changes it."""


@transaction.atomic
def change_plan(*, measure, by, seen=None, **changes):
    """Record a new version of a measure's plan; what is not in `changes` stays as it is.

    `seen` is the primary key of the version the person had before their eyes, 0 where there was
    none; where another one holds by now, nothing is changed. None asks for no such check.
    """
    facts = lock(measure, by, "measures.change_plan")
    if seen is not None and seen != (facts.plan.pk if facts.plan else 0):
        raise ValidationError(
            "Plán mezitím někdo změnil. Podívejte se, jak zní teď, a odešlete znovu."
        )
    plan = _next_plan(facts, by, changes)
    if facts.plan and _is_same(facts.plan, plan):
        raise ValidationError("V plánu se nic nezměnilo, není co uložit.")
    plan.save()
    return plan


@transaction.atomic
def assign_plans(*, measures, by, **changes):
    """Set the owner, deputy or department of many measures at once: of all of them, or of none.

    A measure where nothing changes gets no new version. Errors carry the primary key of their
    measure as `code`. Returns the new versions.
    """
    keys = [measure.pk for measure in measures]
    locked = list(Measure.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    found = facts_of(Measure.objects.filter(pk__in=[m.pk for m in locked]), timezone.localdate())
    plans, errors = [], []
    for facts in sorted(found, key=lambda one: (one.measure.code_key, one.measure.pk)):
        if not by.has_perm("measures.change_plan", facts.plan):
            raise PermissionDenied
        try:
            plans.append((facts.plan, _next_plan(facts, by, changes)))
        except ValidationError as error:
            errors += _of_measure(facts.measure, error)
    if errors:
        raise ValidationError(errors)
    changed = [new for old, new in plans if old is None or not _is_same(old, new)]
    for plan in changed:
        plan.save()
    return changed


def _next_plan(facts, by, changes):
    """Return the checked, not saved version of the plan that `changes` would make."""
    if not facts.measure.strategy.is_monitored:
        raise ValidationError("Plnění této strategie se na portálu nesleduje.")
    old = facts.plan
    values = {name: getattr(old, name) for name in KEPT} if old else {}
    plan = PlanVersion(measure=facts.measure, author=by, **{**values, **changes})
    checks.check_plan(plan, facts.open_milestones(timezone.localdate()))
    checks.check_plan_moved(old, plan)
    checks.check_people(old, plan)
    return plan


def _is_same(old, new):
    return all(getattr(old, name) == getattr(new, name) for name in KEPT)


def _of_measure(measure, error):
    return [
        ValidationError(f"Opatření {measure.code}: {text}", code=str(measure.pk))
        for text in error.messages
    ]


@transaction.atomic
def set_goals(*, measure, by, goals):
    """Say which goals of its strategy a measure leads to."""
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if not by.has_perm("measures.change_measure", locked):
        raise PermissionDenied
    checks.check_goals(locked, goals)
    with recording(by=by):
        locked.goals.set(goals)
