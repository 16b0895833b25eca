"""What every action begins with: the measure locked, its facts read, the right to act seen to."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from measures.models import Measure
from measures.models.report import ENDED
from measures.status import facts as facts_of


def lock(measure, by, permission):
    """Lock the measure, so that its facts stay as they are read, and see that `by` may act."""
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    found = facts_of(Measure.objects.filter(pk=locked.pk), timezone.localdate())[0]
    if not found.measure.strategy.is_monitored:
        raise ValidationError("Plnění této strategie se na portálu nesleduje.")
    if not by.has_perm(permission, found.plan):
        raise PermissionDenied
    return found


def has_ended(facts):
    return facts.report is not None and facts.report.phase in ENDED


def lock_all(strategy):
    """Lock every measure of a strategy and return (code, primary key) of each: what is being
    written about them is waited for, and what comes later has a later moment."""
    measures = Measure.objects.select_for_update().filter(strategy=strategy).order_by("pk")
    return list(measures.values_list("code", "pk"))
