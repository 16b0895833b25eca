"""The unit's desk and the forms behind it; the rules are in actions.py and checks.py."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common import czech
from common.forms import refuse
from measures import actions
from measures.cycles import offered
from measures.desk import sections
from measures.drafts import correction_of, draft_of
from measures.forms import MilestoneDropForm, MilestoneFinishForm, MilestoneForm, ReportForm
from measures.models import Measure, Report
from measures.status import facts, status

SAVING = ("zverejnit", "koncept")
"""The buttons of the report form that write; the third one, „stav“, only counts."""


def desk_page(view):
    """Let in the unit and its head only, and let no browser keep the page."""
    guarded = permission_required("measures.open_desk", raise_exception=True)(view)
    return wraps(view)(
        require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(guarded)))
    )


@desk_page
def desk(request):
    """List the measures the person may report on, the most pressing ones first."""
    today = timezone.localdate()
    found = sections(request.user, today)
    tasks = [task for section in found for task in section.tasks]
    cycles = {task.freshness.cycle for task in tasks}
    context = {
        "sections": found,
        "number": len(tasks),
        "cycle": next(iter(cycles)) if len(cycles) == 1 else None,
        "today": today,
    }
    return render(request, "measures/desk.html", context)


@desk_page
def report_create(request, pk):
    """Show the form of a report; a draft is taken up where its author left it."""
    today = timezone.localdate()
    found = _facts(request, "measures.report_on", pk=pk)
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
    found = _facts(request, "measures.report_on", pk=report.measure_id)
    return _report_page(request, found, correction_of(report, request.user), today)


def _report_page(request, found, draft, today):
    form = ReportForm(_data(request), instance=draft, facts=found, today=today)
    act = request.POST.get("akce")
    if act == "zverejnit" and _publish(request, form):
        return redirect(found.measure)
    is_kept = act == "koncept" and not draft.corrects_id and _keep(request, form)
    if is_kept and not form.errors:
        return redirect(request.path)
    context = {
        "draft": draft,
        "preview": form.preview() if form.is_bound and act not in SAVING else None,
        "heading": "Koncept je uložený, jen toto se uložit nedalo:" if is_kept else "",
        "may_correct": _may_correct(request.user, found.report, draft),
        "status": status(found, today),
        "cycle": offered(today, found.measure.strategy.cycle_months),
        "open_milestones": found.open_milestones(today),
    }
    label = "Oprava hlášení" if draft.corrects_id else "Hlášení"
    return _render(request, "report_form", label, form, found, **context)


def _may_correct(user, report, draft):
    is_offered = report is not None and not draft.corrects_id
    return is_offered and user.has_perm("measures.correct_report", report)


def _publish(request, form):
    if not form.is_valid():
        form.refuse_incomplete()
        return False
    return _act(
        request,
        form,
        actions.publish_report,
        f"Hlášení k opatření {form.facts.measure.code} je zveřejněné.",
        measure=form.facts.measure,
        content=form.content(),
        finished=form.ticked(),
    )


def _keep(request, form):
    """Keep the draft whatever is there; values that make no sense stay on the page only."""
    done = "Koncept je uložený. Vidíte ho jen vy." if form.is_valid() else None
    return _act(
        request,
        form,
        actions.save_draft,
        done,
        measure=form.facts.measure,
        content=form.content(),
        finished=form.ticked(),
    )


@desk_page
def milestone_create(request, pk):
    """Promise a new milestone of a measure."""
    found = _facts(request, "measures.keep_milestones", pk=pk)
    form = MilestoneForm(_data(request))
    if form.is_valid() and _act(
        request,
        form,
        actions.add_milestone,
        f"Milník „{form.cleaned_data['title']}“ je přidaný.",
        measure=found.measure,
        **form.cleaned_data,
    ):
        return redirect(found.measure)
    return _render(request, "milestone_form", "Nový milník", form, found)


@desk_page
def milestone_finish(request, pk):
    """Record that a milestone was done; the day is today unless another is written."""
    found, version = _milestone(request, pk)
    form = MilestoneFinishForm(_data(request), initial={"done_on": timezone.localdate()})
    if form.is_valid() and _act(
        request,
        form,
        actions.finish_milestone,
        f"Milník „{version.title}“ je hotový.",
        milestone=version.milestone,
        **form.cleaned_data,
    ):
        return redirect(found.measure)
    return _render(request, "milestone_finish", "Milník hotov", form, found, milestone=version)


@desk_page
def milestone_drop(request, pk):
    """Ask for the reason and drop a milestone."""
    found, version = _milestone(request, pk)
    form = MilestoneDropForm(_data(request))
    if form.is_valid() and _act(
        request,
        form,
        actions.drop_milestone,
        f"Milník „{version.title}“ je zrušený.",
        milestone=version.milestone,
        **form.cleaned_data,
    ):
        return redirect(found.measure)
    return _render(request, "milestone_drop", "Zrušit milník", form, found, milestone=version)


def _facts(request, permission, **lookup):
    """Return the Facts of a monitored measure the person may work on; 404 and 403 otherwise."""
    measures = Measure.objects.monitored().filter(**lookup)
    found = next(iter(facts(measures, timezone.localdate())), None)
    if found is None:
        raise Http404
    if not request.user.has_perm(permission, found.plan):
        raise PermissionDenied
    return found


def _milestone(request, pk):
    found = _facts(request, "measures.keep_milestones", milestones__pk=pk)
    return found, next(v for v in found.milestones if v.milestone_id == pk)


def _data(request):
    return request.POST if request.method == "POST" else None


def _act(request, form, action, done, **arguments):
    """Carry an action out and say so, or show at the form why it was refused."""
    try:
        action(by=request.user, **arguments)
    except ValidationError as error:
        refuse(form, error)
        return False
    if done:
        messages.success(request, czech.typography(done))
    return True


def _render(request, name, label, form, found, **context):
    measure = found.measure
    trail = [
        ("Práce", reverse("measures:desk")),
        (str(measure), measure.get_absolute_url()),
        (label, ""),
    ]
    context |= {"form": form, "measure": measure, "facts": found, "trail": trail}
    return render(request, f"measures/{name}.html", context, status=422 if form.errors else 200)
