"""Pages of the import of values: choose a file, look at what it changes, confirm or abandon."""

from itertools import chain

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common import csv_files, czech
from common import imports as common_imports
from common.imports import ImportRefused, read_file
from common.models import ImportRun, ImportState
from indicators import imports
from indicators.import_forms import ValuesFileForm
from indicators.layout import COLUMNS
from measures.views.page import desk_page

LIST, NEW = "Hodnoty ukazatelů", "Soubor hodnot"
UNCHANGED = "Všechno z tohoto souboru už v portálu je, nic se nezměnilo."


def _trail(*last):
    desk = ("Práce", reverse("measures:desk"))
    return [desk, (LIST, reverse("indicators:entry_list")), *last]


@desk_page
def values_import_create(request):
    """Take a file, check it and compare it: then it waits on its own page."""
    form = ValuesFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
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
    return render(request, "indicators/values_import_form.html", context, status=status)


def _previewed(request, run):
    if run.state == ImportState.PREVIEWED:
        return redirect("indicators:values_import_detail", run.pk)
    messages.success(request, czech.typography(UNCHANGED))
    return redirect("indicators:entry_list")


@desk_page
def values_import_detail(request, pk):
    """What a file that waits would change; confirmed or thrown away by POST."""
    run = _waiting_or_404(pk)
    act = request.POST.get("akce")
    if act == "nacist":
        return _confirmed(request, run)
    if act == "zahodit":
        common_imports.finish(run, ImportState.ABANDONED)
        messages.success(request, "Soubor je zahozený, nic se nezměnilo.")
        return redirect("indicators:entry_list")
    context = {
        "run": run,
        "lines": imports.summary(run.counts),
        "columns": imports.DIFFERENCES,
        "first": run.counts[common_imports.WAITING]["first"],
        "trail": _trail((NEW, reverse("indicators:values_import")), (run.file_name, "")),
    }
    return render(request, "indicators/values_import_detail.html", context)


def _confirmed(request, run):
    try:
        imports.confirm(run=run, by=request.user)
    except ImportRefused as refusal:
        messages.error(request, " ".join(refusal.problems[:3]))
        return redirect("indicators:values_import_detail", run.pk)
    messages.success(request, "Hodnoty ze souboru jsou zapsané.")
    return redirect("indicators:entry_list")


@desk_page
def values_import_differences(request, pk):
    """All differences of a file that waits, old against new, as a table to download."""
    run = _waiting_or_404(pk)
    try:
        changes = imports.check(common_imports.waiting_file(run))
    except ImportRefused as refusal:
        raise Http404(str(refusal)) from None
    rows = chain([imports.DIFFERENCES], imports.differences(changes))
    response = StreamingHttpResponse(csv_files.lines(rows), content_type=csv_files.CONTENT_TYPE)
    name = f'attachment; filename="rozdily-ukazatele-{run.pk}.csv"'
    response.headers["Content-Disposition"] = name
    return response


def _waiting_or_404(pk):
    """The run that waits; nobody else's import of the same kind is hidden from the unit."""
    return get_object_or_404(ImportRun, pk=pk, kind=imports.KIND, state=ImportState.PREVIEWED)
