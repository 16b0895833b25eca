from django.core.exceptions import PermissionDenied
from django.db import transaction

from common.history import recording
from strategy.models import Strategy


@transaction.atomic
def save_goal(*, goal, by):
    """Save a goal under a priority of its own strategy.

    Raises ValidationError with Czech sentences by field, PermissionDenied for those who may not.
    """
    if not by.has_perm("strategy.change_goal"):
        raise PermissionDenied
    Strategy.objects.select_for_update().get(pk=goal.strategy_id)
    goal.full_clean()
    with recording(by=by):
        goal.save()
