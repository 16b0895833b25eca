"""Keeping the guide to grants: adding, editing and closing calls."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from common.czech import search_key
from common.history import history_model, recording
from projects.calls import yesterday
from projects.models import Call

MEANWHILE = (
    "Výzvu mezitím změnil někdo jiný, nic se neuložilo. Co jste napsali, tu zůstalo; otevřete si "
    "ji vedle znovu, porovnejte a uložte."
)
NOT_BEGUN = "Výzva ještě nezačala. Nejdřív upravte dny příjmu."
ENDED = "Výzva už je ukončená."


def newest(call):
    """Return what tells one state of a call from another."""
    rows = history_model(Call).objects.filter(id=call.pk)
    return rows.aggregate(newest=Max("history_id"))["newest"] or 0


@transaction.atomic
def save_call(*, call, by, priorities, measures, seen=None, reason=""):
    """Save a new or edited call with its lists.

    `seen` is what `newest` said when the person began. Raises ValidationError with Czech sentences
    by field, PermissionDenied for those who may not.
    """
    is_new = call.pk is None
    _check(by, "add" if is_new else "change")
    if not is_new:
        Call.objects.select_for_update().get(pk=call.pk)
        if seen is not None and seen != newest(call):
            raise ValidationError(MEANWHILE)
    else:
        call.slug = _slug(call.title)
    call.set_keys()
    call.full_clean()
    with recording(by=by, reason=reason):
        call.save()
        call.priorities.set(priorities)
        call.measures.set(measures)
    return call


@transaction.atomic
def archive_call(*, call, by, today):
    """Close a call before its time: the last day of applications becomes yesterday."""
    _check(by, "change")
    call = Call.objects.select_for_update().get(pk=call.pk)
    last = yesterday(today)
    if call.deadline is not None and call.deadline <= last:
        raise ValidationError(ENDED)
    if call.opens_on is not None and call.opens_on > last:
        raise ValidationError(NOT_BEGUN)
    call.deadline = last
    with recording(by=by, reason="výzva ukončena"):
        call.save()
    return call


def _check(by, act):
    if not by.has_perm(f"projects.{act}_call"):
        raise PermissionDenied


def _slug(title):
    """Return a free name for addresses: of the title, numbered where it is taken."""
    base = slugify(search_key(title))[:70].strip("-") or "vyzva"
    taken = set(Call.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (base, *numbered) if one not in taken)
