from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.history_page import WRONG_PLACE, HistoryFilter, page_of, place_of
from portal.records import kind_of, kinds_for
from portal.versions import read_versions

LIST = "Historie změn"


def _staff_page(view):
    """Let in those who may see the history, and let no browser keep the page."""
    guarded = permission_required("portal.view_history", raise_exception=True)(view)
    return wraps(view)(require_safe(never_cache(login_required(guarded))))


@_staff_page
def history_list(request):
    """The latest changes of everything that is tracked: who, when, what and why."""
    chosen = HistoryFilter(request.GET, kinds=kinds_for(request.user))
    place, sentences = _place(request)
    conditions = [
        (kind, chosen.condition & _visible(kind, request.user)) for kind in chosen.chosen_kinds
    ]
    context = {
        "chosen": chosen,
        "sentences": [*chosen.sentences, *sentences],
        "page": page_of(conditions, place),
        "is_first": place is None,
        "trail": [(LIST, "")],
    }
    return render(request, "portal/history_list.html", context)


@_staff_page
def history_record(request, kind, key):
    """All versions of one record and of its parts, the newest first."""
    found, own, newest = _newest_or_404(kind, key, request.user)
    place, sentences = _place(request)
    parts = [(part, Q(**{part.whole.attname: key})) for part in found.parts]
    live = found.model._base_manager.filter(pk=key).first()
    context = {
        "newest": newest,
        "address": live.get_absolute_url() if hasattr(live, "get_absolute_url") else "",
        "sentences": sentences,
        "page": page_of([(found, own), *parts], place),
        "is_first": place is None,
        "trail": [(LIST, reverse("portal:history_list")), (newest.name, "")],
    }
    return render(request, "portal/history_record.html", context)


def _newest_or_404(key_of_kind, key, user):
    """Return the Kind of a record, the condition of its rows and its newest Version."""
    kind = kind_of(key_of_kind)
    if kind is None or not key.isdecimal() or len(key) > 18:
        raise Http404
    if kind not in kinds_for(user):
        raise PermissionDenied
    own = Q(**{kind.pk: key}) & _visible(kind, user)
    last = kind.rows._base_manager.filter(own).order_by("-history_date", "-history_id").first()
    if last is None:
        raise Http404
    return kind, own, read_versions([(kind, last.history_id)])[0]


def _place(request):
    """Return where the page begins and what was wrong with its address."""
    written = request.GET.get("pred", "")
    if not written:
        return None, []
    try:
        return place_of(written), []
    except ValueError:
        return None, [WRONG_PLACE]


def _visible(kind, user):
    """Keep the technical administrator to themselves, as the administration does."""
    if kind.is_of_people and not user.is_superuser:
        return Q(is_superuser=False)
    return Q()
