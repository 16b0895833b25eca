"""The guide to grants: the public list with its calendar and data, and its keeping by the unit."""

from hashlib import sha256

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from common import csv_files, czech, icalendar
from common.forms import refuse
from measures.views.page import desk_page, posted
from projects import calls
from projects.call_actions import archive_call, newest, save_call
from projects.call_filters import CallFilter
from projects.call_forms import CallForm
from projects.models import Call

ARCHIVE = "archiv"


@require_safe
def call_list(request):
    """Calls that take applications, the nearest deadline first; with `?archiv=1` those that
    ended."""
    on = timezone.localdate()
    is_archive = request.GET.get(ARCHIVE) == "1"
    found = calls.for_list(Call.objects.past(on) if is_archive else Call.objects.not_past(on))
    chosen = CallFilter(request.GET, queryset=found)
    rows = calls.rows(chosen.qs, on)
    if is_archive:
        # The one that ended last is the likeliest to come again.
        rows.reverse()
    context = {"filter": chosen, "is_archive": is_archive, "number": len(rows)}
    context["open"] = [row for row in rows if row.state != calls.AHEAD]
    context["ahead"] = [row for row in rows if row.state == calls.AHEAD]
    return render(request, "projects/call_list.html", context)


@require_safe
def call_calendar(request):
    """The last days of calls, for calendars."""
    made = icalendar.calendar("Výzvy", calls.events(Call.objects.by_deadline()))
    response = HttpResponse(made, content_type=icalendar.CONTENT_TYPE)
    response["ETag"] = f'"{sha256(made).hexdigest()[:32]}"'
    response["Content-Disposition"] = 'attachment; filename="vyzvy.ics"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


@require_safe
def calls_csv(request):
    """All calls, past ones too, as a table for Czech spreadsheets."""
    response = HttpResponse(calls.as_csv(_all()), content_type=csv_files.CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="vyzvy.csv"'
    return response


@require_safe
def calls_json(request):
    """All calls with the dictionary of their columns, for programs."""
    found = calls.as_json(_all(), timezone.localdate())
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


@require_safe
@desk_page
def call_desk(request):
    """All calls as the unit keeps them: those to be checked again first."""
    rows = _all()
    open_rows = [row for row in rows if not row.is_past]
    context = {
        "stale": [row for row in open_rows if row.is_stale],
        "fresh": [row for row in open_rows if not row.is_stale],
        "past": [row for row in rows if row.is_past],
        "trail": _trail(),
    }
    return render(request, "projects/call_desk.html", context)


@desk_page
def call_create(request):
    """Add a call."""
    form = CallForm(posted(request))
    if form.is_valid() and (call := _saved(request, form)):
        messages.success(request, czech.typography(f"Výzva „{call.title}“ je zapsaná."))
        return redirect("calls:desk")
    return _form(request, form, "Nová výzva")


@desk_page
def call_edit(request, pk):
    """Edit a call; what it said before stays in its history."""
    call = get_object_or_404(Call, pk=pk)
    form = CallForm(posted(request), instance=call, initial={"seen": newest(call)})
    if form.is_valid() and _saved(request, form):
        messages.success(request, czech.typography(f"Výzva „{call.title}“ je uložená."))
        return redirect("calls:desk")
    return _form(request, form, "Úprava výzvy", call=call)


@desk_page
def call_archive(request, pk):
    """Ask and close a call before its time."""
    call = get_object_or_404(Call, pk=pk)
    form = forms.Form(posted(request))
    if form.is_valid():
        try:
            archive_call(call=call, by=request.user, today=timezone.localdate())
            messages.success(request, czech.typography(f"Výzva „{call.title}“ je v archivu."))
            return redirect("calls:desk")
        except ValidationError as error:
            refuse(form, error)
    context = {"form": form, "call": call, "trail": _trail(("Ukončit výzvu", ""))}
    status = 422 if form.errors else 200
    return render(request, "projects/call_archive.html", context, status=status)


def _saved(request, form):
    data = dict(form.cleaned_data)
    try:
        return save_call(
            call=form.instance,
            by=request.user,
            priorities=data["priorities"],
            measures=data["measures"],
            seen=data["seen"] if form.instance.pk else None,
        )
    except ValidationError as error:
        refuse(form, error)
        return None


def _form(request, form, heading, call=None):
    if not request.user.has_perm("projects.add_call"):
        raise PermissionDenied
    context = {"form": form, "heading": heading, "call": call, "trail": _trail((heading, ""))}
    status = 422 if form.errors else 200
    return render(request, "projects/call_form.html", context, status=status)


def _all():
    return calls.rows(calls.for_list(Call.objects.all()), timezone.localdate())


def _trail(*last):
    own = reverse("calls:desk")
    return [("Práce", reverse("measures:desk")), ("Výzvy", own if last else ""), *last]
