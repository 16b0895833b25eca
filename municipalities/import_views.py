"""Pages of the import of the index: choose a file, look at what it changes, confirm or abandon."""

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
from municipalities import imports
from municipalities.import_forms import IndexFileForm
from municipalities.index_wording import COLUMNS, differences, summary

LIST, NEW = "Importy", "Soubor indexu"
DONE = "Index {year} je načtený."
UNCHANGED = "Všechno z tohoto souboru už je načtené, nic se nezměnilo."


def _import_page(view):
    """Let in the head and the administrator only, and let no browser keep the page."""
    guarded = permission_required("municipalities.import_index", raise_exception=True)(view)
    return wraps(view)(
        require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(guarded)))
    )


def _trail(*last):
    return [(LIST, reverse("portal:import_list")), *last]


@_import_page
def index_import_create(request):
    """Take a file, check it and compare it: then it waits on its own page."""
    form = IndexFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
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
    is_wrong = bool(form.errors or refusal)
    context = {"form": form, "refusal": refusal, "trail": _trail((NEW, ""))}
    return render(
        request, "municipalities/index_import_form.html", context, status=422 if is_wrong else 200
    )


def _previewed(request, run):
    if run.state == ImportState.PREVIEWED:
        return redirect("municipalities:index_import_detail", run.pk)
    messages.success(request, UNCHANGED)
    return redirect("portal:import_list")


@_import_page
def index_import_detail(request, pk):
    """What a file that waits would change; confirmed or thrown away by POST."""
    run = _waiting_or_404(pk)
    act = request.POST.get("akce")
    if act == "nacist":
        return _confirmed(request, run)
    if act == "zahodit":
        common_imports.finish(run, ImportState.ABANDONED)
        messages.success(request, "Soubor je zahozený, nic se nezměnilo.")
        return redirect("portal:import_list")
    context = {
        "run": run,
        "lines": summary(run.counts),
        "columns": COLUMNS,
        "first": run.counts[common_imports.WAITING]["first"],
        "trail": _trail((NEW, reverse("municipalities:index_import")), (run.file_name, "")),
    }
    return render(request, "municipalities/index_import_detail.html", context)


def _confirmed(request, run):
    try:
        imports.confirm(run=run, by=request.user)
    except ImportRefused as refusal:
        messages.error(request, " ".join(refusal.problems[:3]))
        return redirect("municipalities:index_import_detail", run.pk)
    messages.success(request, DONE.format(**run.counts))
    return redirect("portal:import_list")


@_import_page
def index_import_differences(request, pk):
    """All differences of a file that waits, old against new, as a table to download."""
    run = _waiting_or_404(pk)
    try:
        changes = imports.check(common_imports.waiting_file(run))
    except ImportRefused as refusal:
        raise Http404(str(refusal)) from None
    rows = chain([COLUMNS], differences(changes))
    response = StreamingHttpResponse(csv_files.lines(rows), content_type=csv_files.CONTENT_TYPE)
    name = f'attachment; filename="rozdily-index-{run.counts["year"]}-{run.pk}.csv"'
    response.headers["Content-Disposition"] = name
    return response


def _waiting_or_404(pk):
    return get_object_or_404(ImportRun, pk=pk, kind=imports.KIND, state=ImportState.PREVIEWED)
