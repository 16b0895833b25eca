"""Pages of the import of projects: choose a file, look at what it changes, confirm or abandon."""

from functools import wraps
from itertools import chain

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common import csv_files
from common import imports as common_imports
from common.imports import ImportRefused, read_file
from common.models import ImportRun, ImportState
from projects import imports
from projects.import_forms import ProjectFileForm
from projects.layout import COLUMNS

NEW = "Načíst projekty"
DONE = "Projekty jsou načtené."
UNCHANGED = "Všechno z tohoto souboru už v portálu je, nic se nezměnilo."
DIFFERENCES = ["radek", "co_s_nim", "projekt", "sloupec", "bylo", "bude"]


def _import_page(view):
    """Let in the unit and its head only, and let no browser keep the page."""
    guarded = permission_required("projects.import_projects", raise_exception=True)(view)
    return wraps(view)(
        require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(guarded)))
    )


def _trail(*last):
    return [
        ("Práce", reverse("measures:desk")),
        ("Projekty", reverse("project_desk:project_list")),
        *last,
    ]


@_import_page
def import_create(request):
    """Take a file, check it and compare it: then it waits on its own page."""
    form = ProjectFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    refusal = None
    if form.is_valid():
        common_imports.abandon_old(timezone.now())
        upload = form.cleaned_data["file"]
        file = read_file(upload.name, upload.chunks())
        try:
            run = imports.preview(file, imports.check(file), by=request.user)
        except ImportRefused as error:
            refusal = error
            imports.refuse(file, refusal, by=request.user)
        else:
            return _previewed(request, run)
    context = {"form": form, "refusal": refusal, "trail": _trail((NEW, "")), "columns": COLUMNS}
    status = 422 if form.errors or refusal else 200
    return render(request, "projects/import_form.html", context, status=status)


def _previewed(request, run):
    if run.state == ImportState.PREVIEWED:
        return redirect("project_desk:import_detail", run.pk)
    messages.success(request, UNCHANGED)
    return redirect("project_desk:project_list")


@_import_page
def import_detail(request, pk):
    """What a file that waits would change; confirmed or thrown away by POST."""
    run = _waiting_or_404(pk)
    act = request.POST.get("akce")
    if act == "nacist":
        return _confirmed(request, run)
    if act == "zahodit":
        common_imports.finish(run, ImportState.ABANDONED)
        messages.success(request, "Soubor je zahozený, nic se nezměnilo.")
        return redirect("project_desk:project_list")
    first = run.counts[common_imports.WAITING]["first"]
    context = {
        "run": run,
        "lines": imports.summary(run.counts),
        "rows": first,
        "is_cut": len(first) == imports.SHOWN,
        "trail": _trail((NEW, reverse("project_desk:import_create")), (run.file_name, "")),
    }
    return render(request, "projects/import_detail.html", context)


def _confirmed(request, run):
    try:
        imports.confirm(run=run, by=request.user)
    except ImportRefused as refusal:
        messages.error(request, " ".join(refusal.problems[:3]))
        return redirect("project_desk:import_detail", run.pk)
    messages.success(request, DONE)
    return redirect("project_desk:project_list")


@_import_page
def import_differences(request, pk):
    """All rows of a file that waits, old against new, as a table to download."""
    run = _waiting_or_404(pk)
    try:
        changes = imports.check(common_imports.waiting_file(run))
    except ImportRefused as refusal:
        raise Http404(str(refusal)) from None
    lines = csv_files.lines(chain([DIFFERENCES], _differences(changes)))
    response = StreamingHttpResponse(lines, content_type=csv_files.CONTENT_TYPE)
    name = f'attachment; filename="rozdily-projekty-{run.pk}.csv"'
    response.headers["Content-Disposition"] = name
    return response


def _differences(changes):
    for row in changes.rows:
        head = [row.number, imports.WORDS[row.kind], row.values["nazev"]]
        for column, old, new in row.differences or [("", "", "")]:
            yield [*head, column, old, new]


def _waiting_or_404(pk):
    return get_object_or_404(ImportRun, pk=pk, kind=imports.KIND, state=ImportState.PREVIEWED)
