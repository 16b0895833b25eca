from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from common import csv_files
from measures.moment import moment_of
from portal.coverage_export import DICTIONARY, as_csv, as_json
from portal.coverage_filters import BY_MEASURES, CoverageForm, MeasuresForm
from portal.coverage_page import apart, priority_gaps
from portal.coverage_presence import presence_sentence, read_presence
from portal.coverage_tables import (
    ORP,
    PLACE,
    CoverageTable,
    MeasuresTable,
    measure_name,
    priority_name,
)
from portal.coverage_words import NO_INDEX, NO_PRIORITY, finding, unanswered
from portal.outline import numbered
from portal.views.strategy import before_first
from projects.coverage import coverage as coverage_of
from strategy.models import Strategy


@require_safe
def coverage(request, slug):
    """Where need is high and nothing is done: municipalities against priorities or measures."""
    strategies = Strategy.objects.select_related("region")
    strategy, moment = get_object_or_404(strategies, slug=slug), moment_of(request)
    trail = [
        ("Strategie", moment.keep(reverse("portal:strategy_list"))),
        (strategy.short_name, moment.keep(strategy.get_absolute_url())),
        ("Mezery v pokrytí", ""),
    ]
    if moment.is_before_first:
        return before_first(request, moment, trail)
    context = {"strategy": strategy, "moment": moment, "trail": trail}
    context["priorities"] = list(strategy.priorities.order_by("code_key", "pk"))
    if request.GET.get("podle") == BY_MEASURES and context["priorities"]:
        return _by_measures(request, context)
    return _by_priorities(request, context)


def _by_priorities(request, context):
    strategy, moment = context["strategy"], context["moment"]
    found = coverage_of(strategy, moment.on, priorities=context["priorities"])
    names = [priority_name(column.priority) for column in found.columns]
    form = CoverageForm(request.GET, found=found, moment=moment, orders=[PLACE, ORP, *names])
    rows = form.rows
    table = CoverageTable(rows, columns=form.columns, keep=moment.keep)
    RequestConfig(request, paginate=False).configure(table)
    context |= {"found": found, "form": form, "table": table, "number": len(rows)}
    context |= {"gaps": priority_gaps(found), "apart": apart(found), "dictionary": DICTIONARY}
    context["finding"] = _finding(found)
    context["unanswered"] = unanswered([column.priority for column in found.columns])
    return render(request, "portal/coverage.html", context)


def _finding(found):
    if not found.columns:
        return NO_PRIORITY
    return finding(found) if found.edition else NO_INDEX


def _by_measures(request, context):
    strategy, moment, priorities = (context[n] for n in ("strategy", "moment", "priorities"))
    found = read_presence(strategy, moment)
    form = MeasuresForm(
        request.GET,
        moment=moment,
        priorities=priorities,
        places=found.places,
        orders=[PLACE, ORP, *(measure_name(one.measure) for one in found.activities)],
    )
    codes = {one.code: one for one in priorities}
    priority = codes.get(form.values.get("priorita"), priorities[0])
    columns = found.columns(priority)
    rows = found.rows(columns, form.is_near)
    table = MeasuresTable(rows, columns=columns, keep=moment.keep)
    RequestConfig(request, paginate=False).configure(table)
    context |= {"form": form, "table": table, "columns": columns, "name": numbered(priority)}
    context["finding"] = presence_sentence(columns)
    context |= {"number": len(rows), "total": len(found.places), "ended": found.ended(priority)}
    return render(request, "portal/coverage_measures.html", context)


@require_safe
def coverage_csv(request, slug):
    """Need against coverage as a table for calculation."""
    return _download(
        request,
        slug,
        "csv",
        lambda found: HttpResponse(as_csv(found), content_type=csv_files.CONTENT_TYPE),
    )


@require_safe
def coverage_json(request, slug):
    """Need against coverage with its dictionary, for programs."""
    return _download(
        request,
        slug,
        "json",
        lambda found: JsonResponse(as_json(found), json_dumps_params={"ensure_ascii": False}),
    )


def _download(request, slug, ending, answer):
    """Answer with a file; what a program asks for is never replaced by another day."""
    strategies = Strategy.objects.select_related("region")
    strategy, moment = get_object_or_404(strategies, slug=slug), moment_of(request)
    if moment.error:
        return HttpResponseBadRequest(moment.error, content_type="text/plain; charset=utf-8")
    if moment.is_before_first:
        raise Http404
    response = answer(coverage_of(strategy, moment.on))
    name = f"pokryti-{strategy.slug}-{moment.on.isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
