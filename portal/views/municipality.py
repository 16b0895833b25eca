from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common import csv_files
from municipalities.models import Municipality
from municipalities.querysets import for_profile
from portal.municipality_data import as_csv, as_json
from portal.municipality_page import read
from projects.calls import for_municipalities


@require_safe
def municipality_detail(request, code, slug):
    """One municipality: its index and why, its surroundings, what is needed and done there."""
    municipality = _municipality(code)
    if slug != municipality.slug:
        return redirect(municipality, permanent=True)
    page = read(municipality, timezone.localdate())
    context = {
        "municipality": municipality,
        "trail": _trail(municipality),
        "page": page,
        "profile": page.profile,
        "measures": page.measures,
        "outputs": page.outputs,
        "projects": page.projects,
        "strategies": page.strategies,
        "calls": for_municipalities(municipality.region, page.on),
    }
    return render(request, "portal/municipality_detail.html", context)


@require_safe
def municipality_csv(request, code, slug):
    """Every figure of the page as a table for Czech spreadsheets."""
    page = read(_municipality(code), timezone.localdate())
    return HttpResponse(as_csv(page), content_type=csv_files.CONTENT_TYPE)


@require_safe
def municipality_json(request, code, slug):
    """Every figure of the page with the dictionary of its columns, for programs."""
    page = read(_municipality(code), timezone.localdate())
    address = request.build_absolute_uri(page.municipality.get_absolute_url())
    return JsonResponse(as_json(page, address), json_dumps_params={"ensure_ascii": False})


def _municipality(code):
    return get_object_or_404(for_profile(Municipality.objects.all()), code=code)


def _trail(municipality):
    orp = municipality.orp
    return [
        ("Obce", municipality.region.list_url),
        (f"ORP {orp.name}", orp.get_absolute_url()),
        (municipality.name, ""),
    ]
