"""The public pages of meetings: which there are, and the briefing of one."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from meetings.briefing import briefing
from meetings.filters import MeetingFilter
from meetings.listing import grouped, rows_of
from meetings.models import Meeting, Snapshot
from meetings.page import meeting_page
from meetings.papers import drafts, frozen
from meetings.readers import readable, sees_open
from meetings.resolved import resolutions_of
from meetings.snapshots import read

PER_PAGE = 50


@require_safe
def meeting_list(request):
    """The meetings a reader may see: those to come first, the others by body and year."""
    today = timezone.localdate()
    is_insider = sees_open(request)
    chosen = MeetingFilter(request.GET, queryset=readable(is_insider))
    coming = chosen.qs.filter(meeting_date__gte=today).order_by("meeting_date", "body__slug", "pk")
    held = chosen.qs.filter(meeting_date__lt=today).order_by("body__name", "-meeting_date", "pk")
    page = Paginator(held, PER_PAGE).get_page(request.GET.get("strana"))
    next_rows, rows = rows_of([list(coming), list(page)], today)
    context = {
        "filter": chosen,
        "coming": next_rows,
        "page": page,
        "bodies": grouped(rows),
        "is_insider": is_insider,
    }
    return render(request, "meetings/meeting_list.html", context)


@require_safe
def meeting_detail(request, slug):
    """The briefing of a meeting: the newest snapshot, or the draft for those who may see it."""
    meeting = _meeting(slug)
    snapshots = list(Snapshot.objects.of_meeting(meeting))
    if snapshots:
        return _frozen(request, meeting, snapshots, snapshots[0])
    if not sees_open(request):
        raise Http404
    now = timezone.now()
    page = meeting_page(briefing(meeting, timezone.localdate(now), now))
    may_check = request.user.has_perm("meetings.see_checklist")
    context = {"papers": drafts(meeting), "frozen": None, "may_check": may_check}
    answer = _show(request, meeting, page, context)
    add_never_cache_headers(answer)
    return answer


@require_safe
def correction_detail(request, slug, number):
    """One snapshot of a meeting, also one that was corrected; 0 is the first."""
    meeting = _meeting(slug)
    snapshots = list(Snapshot.objects.of_meeting(meeting))
    shown = next((one for one in snapshots if one.number == int(number)), None)
    if shown is None:
        raise Http404
    return _frozen(request, meeting, snapshots, shown)


def _meeting(slug):
    return get_object_or_404(Meeting.objects.at(slug).select_related("body__strategy"))


def _frozen(request, meeting, snapshots, shown):
    found = frozen(meeting, snapshots, shown)
    context = {"papers": found.papers, "frozen": found, "may_check": False}
    return _show(request, meeting, meeting_page(read(shown)), context)


def _show(request, meeting, page, context):
    trail = [("Zasedání", reverse("meetings:meeting_list")), (page.title, "")]
    # Recorded after the briefing: whatever is frozen, these are as they are known now.
    resolved = {"resolutions": resolutions_of(meeting, timezone.now()), "may_resolve": False}
    context |= {"meeting": meeting, "page": page, "trail": trail, **resolved}
    return render(request, "meetings/meeting_detail.html", context)
