from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from measures import actions
from measures.cycles import offered
from measures.drafts import correction_of, draft_of
from measures.forms import ReportForm
from measures.models import Report
from measures.status import status
from measures.views.files import attached, keep_files
from measures.views.page import carry_out, desk_page, facts_for, posted_with_files, show

SAVING = ("zverejnit", "koncept")
"""The buttons of the report form that write; the third one, „stav“, only counts."""


@desk_page
def report_create(request, pk):
    """Show the form of a report; a draft is taken up where its author left it."""
    today = timezone.localdate()
    found = facts_for(request, "measures.report_on", pk=pk)
    return _report_page(request, found, draft_of(found.measure, request.user, today), today)


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
    return _report_page(request, found, correction_of(report, request.user), today)


def _report_page(request, found, draft, today):
    form = ReportForm(*posted_with_files(request), instance=draft, facts=found, today=today)
    act = "koncept" if "odebrat" in request.POST else request.POST.get("akce")
    # Files come with any button that saves: they are kept with the draft before all else.
    is_kept = act == "koncept" or (act == "zverejnit" and bool(request.FILES))
    is_kept = is_kept and not draft.corrects_id and _keep(request, form, act)
    if act == "zverejnit" and _publish(request, form):
        return redirect(found.measure)
    if is_kept and not form.errors:
        return redirect(request.path)
    context = {
        "draft": draft,
        "preview": form.preview() if form.is_bound and act not in SAVING else None,
        "heading": "Koncept je uložený, jen toto se uložit nedalo:" if is_kept else "",
        "may_correct": _may_correct(request.user, found.report, draft),
        "attached": attached(found.measure, request.user),
        "status": status(found, today),
        "cycle": offered(today, found.measure.strategy.cycle_months),
        "open_milestones": found.open_milestones(today),
    }
    label = "Oprava hlášení" if draft.corrects_id else "Hlášení"
    return show(request, "report_form", label, form, found, **context)


def _may_correct(user, report, draft):
    is_offered = report is not None and not draft.corrects_id
    return is_offered and user.has_perm("measures.correct_report", report)


def _publish(request, form):
    if not form.is_valid():
        form.refuse_incomplete()
        return False
    return carry_out(
        request,
        form,
        actions.publish_report,
        f"Hlášení k opatření {form.facts.measure.code} je zveřejněné.",
        measure=form.facts.measure,
        content=form.content(),
        finished=form.ticked(),
    )


def _keep(request, form, act):
    """Keep the draft whatever is there; values that make no sense stay on the page only."""
    is_whole = form.is_valid() and act == "koncept"
    is_kept = carry_out(
        request,
        form,
        actions.save_draft,
        "Koncept je uložený. Vidíte ho jen vy." if is_whole else None,
        measure=form.facts.measure,
        content=form.content(),
        finished=form.ticked(),
    )
    if is_kept:
        keep_files(request, form)
    return is_kept
