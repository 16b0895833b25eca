"""The report form: about a measure, or a correction of a report."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from measures import actions, tokens, typed
from measures.drafts import correction_of, draft_of
from measures.forms import ReportForm
from measures.models import DraftState, Report, ReportDraft
from measures.views import report_acts as acts
from measures.views import report_pages as pages
from measures.views.page import desk_page, facts_for
from measures.views.parking import keeps_typed, parked_for, unpark
from measures.views.posted import Unchosen, read_posted
from measures.views.sheet import Conflict, Sheet


@keeps_typed
@desk_page
def report_create(request, pk):
    """Show the form of a report; a draft is taken up where its author left it."""
    today = timezone.localdate()
    found = facts_for(request, "measures.report_on", pk=pk)
    return _answer(Sheet(request, found, draft_of(found.measure, request.user, today), today))


@keeps_typed
@desk_page
def report_correct(request, pk):
    """Show the form of a correction, which starts from what the report says."""
    reports = Report.objects.select_related("measure__strategy", "corrected_by")
    report = get_object_or_404(reports, pk=pk, measure__strategy__is_monitored=True)
    if not request.user.has_perm("measures.correct_report", report):
        raise PermissionDenied
    correction = getattr(report, "corrected_by", None)
    if correction and request.method != "POST":
        messages.info(request, "Hlášení už bylo opraveno; tady je jeho oprava.")
        return redirect("measures:report_correct", correction.pk)
    today = timezone.localdate()
    found = facts_for(request, "measures.report_on", pk=report.measure_id)
    return _answer(Sheet(request, found, correction_of(report, request.user), today))


@desk_page
def draft_discard(request, pk):
    """Ask and throw one's own draft away; nobody learns of drafts of others."""
    drafts = ReportDraft.objects.select_related("measure__strategy").filter(author=request.user)
    draft = get_object_or_404(drafts.exclude(state=DraftState.SUBMITTED), pk=pk)
    if request.method == "POST":
        actions.discard_draft(draft=draft, by=request.user)
        unpark(request, draft)
        messages.success(request, "Koncept je zahozený.")
        return redirect("measures:desk")
    trail = [("Práce", reverse("measures:desk")), ("Zahodit koncept", "")]
    context = {"draft": draft, "measure": draft.measure, "trail": trail}
    return render(request, "measures/draft_discard.html", context)


def _answer(sheet):
    if sheet.request.method != "POST":
        return pages.show_submitted(sheet) if sheet.is_submitted else _opened(sheet)
    if sheet.request.POST.get("akce") in ("vzit-zpet", "zahodit"):
        return acts.ACTS[sheet.request.POST["akce"]](sheet)
    try:
        token, values, act = read_posted(sheet.request.POST, sheet.draft)
        # Taking a file away keeps the draft: what is typed beside it stays.
        act = "koncept" if "odebrat" in sheet.request.POST else act
        sheet = replace(sheet, token=token, values=values, act=act)
        return acts.ACTS.get(act, acts.count)(sheet)
    except tokens.Refused:
        return acts.refused(sheet)
    except Unchosen as unchosen:
        return pages.show_choice(sheet, unchosen.parts, unchosen.chosen, unchosen.missing)
    except Conflict as found:
        return acts.conflict(found)


def _opened(sheet):
    """Open the form with what is kept, or with what was typed before the sign-in ended."""
    values, notice = typed.from_draft(sheet.draft), ""
    token = tokens.token_for(sheet.draft, sheet.found.report, values)
    aside = parked_for(sheet.request, sheet.draft)
    if aside:
        token, values, notice = aside["token"], aside["values"], aside["sentence"]
    form = ReportForm(instance=sheet.draft, facts=sheet.found, today=sheet.today, values=values)
    return pages.show_form(replace(sheet, token=token, values=values), form, notice=notice)
