"""Needs of a project: their public data, the grid of the unit, the import of a file."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from common import csv_files, czech, imports
from common.forms import refuse
from common.imports import ImportRefused, read_file
from common.models import ImportRun, ImportState
from measures.views.page import desk_page, posted, posted_with_files
from projects import need_file, need_import, need_sheet
from projects.models import NeedDuration, NeedResult, Project
from projects.need_actions import NeedsRefused, current, fingerprint, record_needs
from projects.need_forms import DURATIONS, NeedFileForm, NeedGridForm, starting

SAVED = "Uloženo: {count}. Předchozí čísla zůstávají v historii."
UNCHANGED = "Nic se nezměnilo: tato čísla už zapsaná jsou."
UNCHANGED_FILE = "Všechno z tohoto souboru už je zapsané, nic se nezměnilo."
ABANDONED = "Soubor je zahozený, nic se nezměnilo."


def valid_results(project):
    """Return the NeedResults of a project that hold now. One query."""
    return list(NeedResult.objects.filter(project=project).valid(timezone.now()).order_by("pk"))


def may_add_needs(request):
    """Say whether the reader may write needs down; nobody's session is opened to find out."""
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return is_signed_in and request.user.has_perm("projects.add_needresult")


@require_safe
def needs_csv(request, slug):
    """Needs of a project as a table for Czech spreadsheets, small counts masked."""
    project = get_object_or_404(Project, slug=slug)
    text = need_sheet.as_csv(valid_results(project))
    return _download(text, csv_files.CONTENT_TYPE, f"potreby-{slug}.csv")


@require_safe
def needs_json(request, slug):
    """Needs of a project with the dictionary of their columns, small counts masked."""
    project = get_object_or_404(Project, slug=slug)
    address = request.build_absolute_uri(project.get_absolute_url())
    found = need_sheet.as_json(project, valid_results(project), address)
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


@desk_page
def needs_desk(request, slug):
    """The grid of needs of one period and length of cooperation; what is written already below."""
    project = _project(request, slug)
    known = current(project)
    period = _chosen_period(request, known)
    duration = DURATIONS.get(request.GET.get("delka", ""), NeedDuration.ALL)
    initial = starting(period, known, duration) | {"seen": fingerprint(known)}
    form = NeedGridForm(posted(request), initial=initial, known=known, duration=duration)
    if form.is_valid() and _saved(request, project, form):
        return redirect(_address(project, form.cleaned_data, duration))
    context = {"project": project, "form": form, "trail": _trail(project)}
    context |= {"periods": _period_links(known, duration), "lengths": _length_links(request)}
    context |= {"duration": duration, "sheets": need_sheet.sheets(known.values(), is_public=False)}
    status = 422 if form.errors else 200
    return render(request, "projects/needs_desk.html", context, status=status)


@require_safe
@desk_page
def needs_export(request, slug, kind):
    """The whole table of needs with every number, in the layout it is imported in."""
    results = sorted(valid_results(_project(request, slug)), key=_in_file)
    if kind == "xlsx":
        body, content_type = need_file.as_xlsx(results), need_file.XLSX_TYPE
    else:
        body, content_type = csv_files.text(need_file.rows(results)), csv_files.CONTENT_TYPE
    return _download(body, content_type, f"potreby-{slug}-neverejne.{kind}")


@desk_page
def needs_import(request, slug):
    """Take a file of needs and check it: then it waits on its own page."""
    project = _project(request, slug)
    form, refusal = NeedFileForm(*posted_with_files(request)), None
    if form.is_valid():
        imports.abandon_old(timezone.now())
        upload = form.cleaned_data["file"]
        try:
            run = need_import.preview(
                project, read_file(upload.name, upload.chunks()), by=request.user
            )
            return _previewed(request, project, run)
        except ImportRefused as error:
            refusal = error
    context = {"project": project, "form": form, "refusal": refusal}
    context["trail"] = _trail(project, ("Načíst soubor", ""))
    status = 422 if form.errors or refusal else 200
    return render(request, "projects/needs_import.html", context, status=status)


@desk_page
def needs_import_detail(request, slug, pk):
    """What a file of needs that waits would change; confirmed or thrown away by POST."""
    project = _project(request, slug)
    run = get_object_or_404(ImportRun, pk=pk, kind=need_import.KIND, state=ImportState.PREVIEWED)
    if run.counts["project"] != project.pk:
        raise Http404
    act = request.POST.get("akce")
    if act == "nacist" and _confirmed(request, project, run):
        return redirect("needs:desk", slug)
    if act == "zahodit":
        imports.finish(run, ImportState.ABANDONED)
        messages.success(request, ABANDONED)
        return redirect("needs:desk", slug)
    return _waiting(request, project, run)


def _waiting(request, project, run):
    try:
        found = need_import.differences(project, run)
    except ImportRefused as refusal:
        messages.error(request, " ".join(refusal.problems[:3]))
        imports.finish(run, ImportState.REFUSED, refusal=refusal)
        return redirect("needs:import", project.slug)
    context = {"project": project, "run": run, "number": len(found)}
    context["rows"] = [_difference(*pair) for pair in found[: need_import.FIRST]]
    context["trail"] = _trail(project, (run.file_name, ""))
    return render(request, "projects/needs_import_detail.html", context)


def _difference(entry, old):
    """A row of the preview: what, and each figure before and after."""
    pairs = (("identified", "identified"), ("solved", "solved"), ("share", "solved_share"))
    before = [_plain(getattr(old, name)) if old else "" for _, name in pairs]
    after = [_plain(getattr(entry, name)) for name, _ in pairs]
    return {
        "period": f"{czech.date(entry.start)} – {czech.date(entry.end)}",
        "area": need_file.NeedArea(entry.area).label,
        "length": NeedDuration(entry.duration).label,
        "is_new": old is None,
        "figures": list(zip(before, after, strict=True)),
        "note": entry.note,
    }


def _plain(number):
    return "" if number is None else czech.decimal(number, 0 if number == int(number) else 2)


def _project(request, slug):
    if not request.user.has_perm("projects.add_needresult"):
        raise PermissionDenied
    return get_object_or_404(Project.objects.select_related("region"), slug=slug)


def _saved(request, project, form):
    try:
        made = record_needs(
            project=project,
            entries=form.entries(),
            by=request.user,
            seen=form.cleaned_data["seen"] or 0,
        )
    except NeedsRefused as refused:
        form.refuse(refused)
        return False
    except ValidationError as error:
        refuse(form, error)
        return False
    count = czech.count(len(made), "údaj", "údaje", "údajů")
    messages.success(request, SAVED.format(count=count) if made else UNCHANGED)
    return True


def _previewed(request, project, run):
    if run.state == ImportState.PREVIEWED:
        return redirect("needs:import_detail", project.slug, run.pk)
    messages.success(request, UNCHANGED_FILE)
    return redirect("needs:desk", project.slug)


def _confirmed(request, project, run):
    try:
        need_import.confirm(project=project, run=run, by=request.user)
    except ImportRefused as refusal:
        messages.error(request, " ".join(refusal.problems[:3]))
        return False
    messages.success(request, "Potřeby ze souboru jsou zapsané.")
    return True


def _chosen_period(request, known):
    """The period named in the address, else the newest one; None for a new one."""
    named = request.GET.get("obdobi", "")
    found = {_period_key(*key[:2]): key[:2] for key in known if key[0]}
    if named or not found:
        return found.get(named)
    return max(found.values())


def _period_links(known, duration):
    """Pairs of the words of each period and its address, the newest first."""
    found = sorted({key[:2] for key in known if key[0]}, reverse=True)
    return [
        (
            czech.typography(f"{czech.date(start)} – {czech.date(end)}"),
            f"?obdobi={_period_key(start, end)}&delka={_slug(duration)}",
        )
        for start, end in found
    ]


def _length_links(request):
    """The words of each length of cooperation, its address within the period, whether it is the
    chosen one."""
    period, chosen = request.GET.get("obdobi", ""), request.GET.get("delka", "") or "all"
    return [
        (one.label, f"?{urlencode({'delka': slug, 'obdobi': period})}", slug == chosen)
        for slug, one in DURATIONS.items()
    ]


def _address(project, data, duration):
    period = _period_key(data["start"], data["end"])
    url = reverse("needs:desk", args=[project.slug])
    return f"{url}?obdobi={period}&delka={_slug(duration)}"


def _slug(duration):
    return duration.value.replace("_", "-")


def _period_key(start, end):
    return f"{start.isoformat()}_{end.isoformat()}"


def _in_file(row):
    order = need_file.NeedArea.values.index(row.area), NeedDuration.values.index(row.duration)
    return (row.period_start is not None, row.period_start or row.pk, *order)


def _download(body, content_type, name):
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _trail(project, *last):
    own = reverse("needs:desk", args=[project.slug])
    way = [
        ("Práce", reverse("measures:desk")),
        (project.name, project.get_absolute_url()),
        ("Potřeby podle oblastí", own if last else ""),
    ]
    return [*way, *last]
