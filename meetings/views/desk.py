"""Meetings on the desk: the unit sees which there are and what their briefings lack, the head
keeps them, freezes briefings and corrects what was frozen."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from rules import has_perm

from measures.views.page import carry_out, desk_page, posted
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.actions.meetings import add_meeting, change_meeting, delete_meeting
from meetings.briefing import briefing
from meetings.checklist import checklist, lacking
from meetings.desk import countdown, snapshot_rows
from meetings.forms import CorrectionForm, MeetingForm
from meetings.models import Meeting
from meetings.resolved import resolutions_of

PER_PAGE = 30


@desk_page
@require_safe
def desk_list(request):
    """All meetings, the latest first."""
    today = timezone.localdate()
    page = Paginator(Meeting.objects.for_list(), PER_PAGE).get_page(request.GET.get("strana"))
    context = {
        "page": page,
        "rows": [(meeting, countdown(meeting, today)) for meeting in page],
        "may_keep": has_perm("meetings.keep_meetings", request.user),
        "trail": [_desk(), ("Zasedání", "")],
    }
    return render(request, "meetings/desk_list.html", context)


@desk_page
@require_safe
def desk_detail(request, pk):
    """„Je podklad hotov?“: the checklist, and what was frozen."""
    meeting = meeting_at(pk)
    now = timezone.now()
    today = timezone.localdate(now)
    checks = [] if meeting.is_frozen else _checks(request, meeting, today, now)
    context = {
        "checks": checks,
        "lacking": lacking(checks),
        "countdown": countdown(meeting, today),
        "briefing_url": meeting.get_absolute_url(),
        "snapshots": snapshot_rows(meeting),
        "resolutions": resolutions_of(meeting, now),
        "may_keep": has_perm("meetings.keep_meetings", request.user),
        "may_freeze": has_perm("meetings.freeze", request.user),
        "may_resolve": has_perm("meetings.record_resolution", request.user),
        "was_held": meeting.meeting_date <= today,
    }
    return show(request, "desk_detail", meeting, context)


@desk_page
def meeting_create(request):
    """Add a meeting."""
    require(request, "meetings.keep_meetings")
    form = MeetingForm(posted(request))
    done = "Zasedání je zapsané."
    if form.is_valid() and carry_out(request, form, add_meeting, done, **form.cleaned_data):
        return redirect("meetings:desk_list")
    context = {"form": form, "trail": [_desk(), _list(), ("Nové zasedání", "")]}
    return render(request, "meetings/meeting_form.html", context, status=_status(form))


@desk_page
def meeting_edit(request, pk):
    """Change whose an open meeting is and when."""
    meeting = _kept(request, pk)
    initial = {"body": meeting.body, "meeting_date": meeting.meeting_date}
    form = MeetingForm(posted(request), initial=initial)
    if form.is_valid() and carry_out(
        request, form, change_meeting, "Uloženo.", meeting=meeting, **form.cleaned_data
    ):
        return redirect("meetings:desk_detail", pk)
    return show(request, "meeting_form", meeting, {"form": form}, "Změna zasedání")


@desk_page
def meeting_delete(request, pk):
    """Ask and then delete an open meeting."""
    meeting = _kept(request, pk)
    form = Form(posted(request))
    done = "Zasedání je smazané."
    if form.is_valid() and carry_out(request, form, delete_meeting, done, meeting=meeting):
        return redirect("meetings:desk_list")
    return show(request, "meeting_delete", meeting, {"form": form}, "Smazání")


@desk_page
def meeting_freeze(request, pk):
    """Say what freezing means and, once it is confirmed, freeze the briefing."""
    require(request, "meetings.freeze")
    meeting = meeting_at(pk)
    form = Form(posted(request))
    done = "Podklad je zmrazený. Každý si ho teď může přečíst."
    if form.is_valid() and carry_out(request, form, freeze, done, meeting=meeting):
        return redirect("meetings:desk_detail", pk)
    now = timezone.now()
    checks = _checks(request, meeting, timezone.localdate(now), now)
    context = {"form": form, "lacking": lacking(checks), "today": timezone.localdate(now)}
    return show(request, "meeting_freeze", meeting, context, "Zmrazení")


@desk_page
def meeting_correct(request, pk):
    """Freeze a correction with a reason."""
    require(request, "meetings.freeze")
    meeting = meeting_at(pk)
    form = CorrectionForm(posted(request))
    if form.is_valid() and carry_out(
        request, form, correct_snapshot, "Oprava je zmrazená.", meeting=meeting, **form.cleaned_data
    ):
        return redirect("meetings:desk_detail", pk)
    rows = snapshot_rows(meeting)
    newest = rows[0].snapshot if rows else None
    return show(request, "meeting_correct", meeting, {"form": form, "newest": newest}, "Oprava")


def meeting_at(pk):
    """Return a meeting; 404 where there is none."""
    return get_object_or_404(Meeting.objects.for_list(), pk=pk)


def _kept(request, pk):
    require(request, "meetings.keep_meetings")
    return meeting_at(pk)


def require(request, permission):
    """Turn away who may not do what a page is for."""
    if not has_perm(permission, request.user):
        raise PermissionDenied


def _checks(request, meeting, on, known):
    said = briefing(meeting, on, known)
    return checklist(said, meeting.body.strategy, request.user, on)


def show(request, name, meeting, context, label=""):
    """Show a page of one meeting; `label` is its last step on the way to it."""
    here = (str(meeting), reverse("meetings:desk_detail", args=[meeting.pk]) if label else "")
    trail = [_desk(), _list(), here, *([(label, "")] if label else [])]
    context |= {"meeting": meeting, "trail": trail}
    status = _status(context.get("form"))
    return render(request, f"meetings/{name}.html", context, status=status)


def _status(form):
    return 422 if form is not None and form.errors else 200


def _desk():
    return "Práce", reverse("measures:desk")


def _list():
    return "Zasedání", reverse("meetings:desk_list")
