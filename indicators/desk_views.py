"""Pages of the desk: which values are waited for, and the grid to type them in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common import csv_files, czech
from indicators import actions, exports, layout
from indicators.entries import EntriesRefused
from indicators.grid import REGION, GridForm, fill, grid_of
from indicators.models import Indicator
from indicators.readings import readings
from indicators.sheet import workbook
from indicators.wording import unit_text
from measures.views.page import desk_page

DESK, VALUES = "Práce", "Hodnoty ukazatelů"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNCHANGED = "Nic se nezměnilo: všechno už v portálu tak je."


@require_safe
@desk_page
def entry_list(request):
    """All indicators, first those whose next value is overdue or comes next."""
    rows = readings(Indicator.objects.for_list(), timezone.now())
    rows.sort(key=lambda row: (row.due.day is None, row.due.day or timezone.localdate()))
    context = {
        "rows": rows,
        "overdue": sum(row.due.is_overdue for row in rows),
        "trail": _trail((VALUES, "")),
    }
    return render(request, "indicators/entry_list.html", context)


@desk_page
def entry_grid(request, slug):
    """Values of one indicator by period and territory, saved all or nothing."""
    indicator = get_object_or_404(Indicator.objects.select_related("region"), slug=slug)
    form = GridForm(request.GET)
    grid, status = _grid(indicator, form), 200
    if request.method == "POST":
        if grid and _saved(request, grid):
            return redirect(request.get_full_path())
        status = 422
    context = {
        "indicator": indicator,
        "unit": unit_text(indicator),
        "form": form,
        "grid": grid,
        "qualifiers": list(layout.QUALIFIERS),
        "trail": _trail((VALUES, reverse("indicators:entry_list")), (indicator.name, "")),
    }
    return render(request, "indicators/entry_grid.html", context, status=status)


def _grid(indicator, form):
    """The Grid chosen in the address; None where what was chosen is wrong, said at the form."""
    if not form.is_valid():
        return None
    chosen = form.cleaned_data
    try:
        return grid_of(indicator, chosen["obdobi"], chosen["uzemi"] or REGION)
    except ValueError as error:
        form.add_error("obdobi", ValidationError(czech.typography(str(error))))
        return None


def _saved(request, grid):
    entries = fill(grid, request.POST)
    if grid.problems:
        return False
    try:
        found = actions.record_observations(entries=entries, by=request.user)
    except EntriesRefused as refused:
        grid.show(refused.problems)
        return False
    messages.success(request, czech.typography(done(len(found.new), len(found.corrections))))
    return True


def done(new, corrections):
    """Return the sentence that says what was recorded."""
    parts = [czech.count(new, "nová hodnota", "nové hodnoty", "nových hodnot")] if new else []
    if corrections:
        parts.append(czech.count(corrections, "oprava", "opravy", "oprav"))
    return f"Zapsáno: {', '.join(parts)}." if parts else UNCHANGED


@require_safe
@desk_page
def entry_export(request, kind):
    """Valid values of all indicators, or of one, in the layout they are read back from."""
    slug = request.GET.get("ukazatel", "")[:80].replace("\0", "")
    chosen = Indicator.objects.filter(slug=slug) if slug else Indicator.objects.all()
    rows = exports.sheet(chosen, timezone.now())
    if kind == "xlsx":
        content, content_type = workbook(rows), XLSX
    else:
        content = csv_files.text([list(layout.COLUMNS), *rows])
        content_type = csv_files.CONTENT_TYPE
    response = HttpResponse(content, content_type=content_type)
    name = f'attachment; filename="hodnoty-ukazatelu.{kind}"'
    response.headers["Content-Disposition"] = name
    return response


def _trail(*last):
    return [(DESK, reverse("measures:desk")), *last]
