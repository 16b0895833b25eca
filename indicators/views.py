from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common import csv_files
from indicators import exports
from indicators.filters import IndicatorForm, page_of
from indicators.models import Indicator
from indicators.page import indicator_page, places
from indicators.readings import grouped, readings
from measures.moment import moment_of

LIST = "Ukazatele"


@require_safe
def indicator_list(request):
    """All indicators by region and group, each with its newest value and its judgement."""
    moment = moment_of(request)
    form = IndicatorForm(request.GET, regions=Indicator.objects.regions())
    found = form.rows(Indicator.objects.for_list())
    if form.cleaned_data.get("hodnoceni"):
        # What is derived can be chosen from only when all of it was derived.
        page = page_of(form.readings(readings(found, moment.known)), request.GET.get("strana"))
        rows = page.object_list
    else:
        page = page_of(found, request.GET.get("strana"))
        rows = readings(page.object_list, moment.known)
    context = {"regions": grouped(rows), "form": form, "moment": moment, "page": page}
    return render(request, "indicators/indicator_list.html", context)


@require_safe
def indicator_detail(request, slug):
    """One indicator: value, judgement and how it was worked out, all values, definition sheet."""
    indicator = get_object_or_404(Indicator.objects.for_page(), slug=slug)
    moment = moment_of(request)
    page = indicator_page(indicator, moment, request.GET.get("uzemi", "").strip())
    context = {
        "indicator": indicator,
        "moment": moment,
        "page": page,
        "places": places(indicator, moment, request.GET.get("strana")),
        "trail": _trail(indicator, moment),
        "region_url": moment.keep(indicator.get_absolute_url()),
        **page.definition,
    }
    return render(request, "indicators/indicator_detail.html", context)


def _trail(indicator, moment):
    listed = moment.keep(reverse("indicators:indicator_list"))
    region = indicator.region
    return [
        (LIST, listed),
        (region.name, f"{listed}#kraj-{region.code}"),
        (indicator.name, ""),
    ]


@require_safe
def indicator_list_csv(request):
    """All indicators with their newest values as a table."""
    rows = exports.overview(moment_of(request))
    return _csv([exports.OVERVIEW, *(row.values() for row in rows)], "ukazatele")


@require_safe
def indicator_list_json(request):
    """All indicators with their newest values, and what the columns mean."""
    return _json(exports.OVERVIEW, exports.overview(moment_of(request)), "ukazatele")


@require_safe
def values_csv(request, slug):
    """All values of an indicator, corrected ones too, as a table."""
    indicator = get_object_or_404(Indicator.objects.select_related("region"), slug=slug)
    rows = exports.values(indicator, moment_of(request))
    return _csv(_with_header(exports.VALUES, rows), f"{slug}-hodnoty")


@require_safe
def values_json(request, slug):
    """All values of an indicator, corrected ones too, and what the columns mean."""
    indicator = get_object_or_404(Indicator.objects.select_related("region"), slug=slug)
    return _json(exports.VALUES, exports.values(indicator, moment_of(request)), f"{slug}-hodnoty")


def _with_header(header, rows):
    yield header
    for row in rows:
        yield row.values()


def _csv(rows, name):
    response = StreamingHttpResponse(csv_files.lines(rows), content_type=csv_files.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _json(dictionary, rows, name):
    found = {
        "slovnik": dictionary,
        "radky": [{key: csv_files.plain(value) for key, value in row.items()} for row in rows],
    }
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = f'inline; filename="{name}.json"'
    return response
