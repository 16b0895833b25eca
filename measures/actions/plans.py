"""The plan of a measure and the goals it leads to."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from common.history import recording
from measures import checks
from measures.actions.locks import lock
from measures.models import Measure, PlanVersion


@transaction.atomic
def change_plan(*, measure, by, **changes):
    """Record a new version of a measure's plan; what is not in `changes` stays as it is."""
    facts = lock(measure, by, "measures.change_plan")
    kept = ["start_date", "end_date", "kind", "owner", "deputy", "department"]
    values = {name: getattr(facts.plan, name) for name in kept} if facts.plan else {}
    plan = PlanVersion(measure=measure, author=by, **{**values, **changes})
    checks.check_plan(plan, facts.open_milestones(timezone.localdate()))
    plan.save()
    return plan


@transaction.atomic
def set_goals(*, measure, by, goals):
    """Say which goals of its strategy a measure leads to."""
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if not by.has_perm("measures.change_measure", locked):
        raise PermissionDenied
    checks.check_goals(locked, goals)
    with recording(by=by):
        locked.goals.set(goals)
