"""Resolutions on the desk: the head records them, corrects and withdraws them."""

from django.forms import Form
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from measures.forms import RedactionForm
from measures.views.page import carry_out, desk_page, posted
from meetings.actions.redactions import redact_resolution
from meetings.actions.resolutions import (
    correct_resolution,
    record_resolution,
    withdraw_resolution,
)
from meetings.choices import decision_choices, former_of, measure_choices
from meetings.forms import ResolutionForm
from meetings.models import Resolution
from meetings.redactions import removables_of, words_of
from meetings.views.desk import meeting_at, require, show


@desk_page
def resolution_create(request, pk):
    """Record what a meeting resolved; the form opens again for the next resolution."""
    require(request, "meetings.record_resolution")
    meeting = meeting_at(pk)
    form = _form(request, meeting, {"adopted_on": meeting.meeting_date})
    done = "Usnesení je zapsané."
    if form.is_valid() and carry_out(
        request, form, record_resolution, done, meeting=meeting, **form.cleaned_data
    ):
        return redirect("meetings:desk_detail", pk)
    return _show_form(request, meeting, form, "Zápis usnesení")


@desk_page
def resolution_correct(request, pk):
    """Record a resolution anew in place of a record that is wrong."""
    require(request, "meetings.record_resolution")
    resolution = _standing(pk)
    meeting = meeting_at(resolution.meeting_id)
    form = _form(request, meeting, former_of(resolution))
    if form.is_valid() and carry_out(
        request,
        form,
        correct_resolution,
        "Oprava je zapsaná.",
        resolution=resolution,
        **form.cleaned_data,
    ):
        return redirect("meetings:desk_detail", meeting.pk)
    return _show_form(request, meeting, form, "Oprava usnesení", resolution)


@desk_page
def resolution_withdraw(request, pk):
    """Ask and then record that a resolution was not adopted."""
    require(request, "meetings.record_resolution")
    resolution = _standing(pk)
    meeting = meeting_at(resolution.meeting_id)
    form = Form(posted(request))
    done = "Zápis usnesení je zrušený."
    if form.is_valid() and carry_out(
        request, form, withdraw_resolution, done, resolution=resolution
    ):
        return redirect("meetings:desk_detail", meeting.pk)
    context = {
        "form": form,
        "resolution": resolution,
        "settled": resolution.decision_links.select_related("report__measure").order_by("pk"),
    }
    return show(request, "resolution_withdraw", meeting, context, "Zrušení zápisu")


@desk_page
def resolution_redact(request, pk):
    """Show the text of a resolution, any record of it, and remove it once that is confirmed."""
    require(request, "meetings.redact_resolution")
    found = Resolution.objects.select_related("meeting__body__strategy")
    resolution = get_object_or_404(found, pk=pk)
    meeting = meeting_at(resolution.meeting_id)
    form = RedactionForm(posted(request), removables=removables_of(resolution))
    done = "Osobní údaje jsou odstraněné."
    if form.is_valid() and _redacted(request, form, resolution, done):
        return redirect("meetings:desk_detail", meeting.pk)
    context = {"form": form, "record": words_of(resolution)}
    return show(request, "resolution_redact", meeting, context, "Odstranění osobních údajů")


def _redacted(request, form, resolution, done):
    said = {name: form.cleaned_data[name] for name in ("texts", "reference")}
    return carry_out(request, form, redact_resolution, done, resolution=resolution, **said)


def _standing(pk):
    """Return a resolution; one that was corrected or withdrawn has no pages of its own."""
    found = Resolution.objects.standing().select_related("meeting__body__strategy")
    return get_object_or_404(found, pk=pk)


def _form(request, meeting, initial):
    return ResolutionForm(posted(request), strategy=meeting.body.strategy, initial=initial)


def _show_form(request, meeting, form, label, corrects=None):
    strategy, on = meeting.body.strategy, _day_of(form, meeting)
    context = {
        "form": form,
        "corrects": corrects,
        "decisions": decision_choices(form, strategy, on, corrects),
        "groups": measure_choices(form, strategy, on),
        "is_ahead": meeting.meeting_date > timezone.localdate(),
    }
    return show(request, "resolution_form", meeting, context, label)


def _day_of(form, meeting):
    """Return the day as of which the form offers: the one typed, if it is one, or the meeting's."""
    day = form.cleaned_data.get("adopted_on") if form.is_bound else form.initial["adopted_on"]
    day = day or meeting.meeting_date
    return min(max(day, meeting.meeting_date), timezone.localdate())
