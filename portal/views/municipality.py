from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.models import Measure
from measures.status import facts, status
from municipalities.components import component_lines
from municipalities.index import SMALL_POPULATION, band_of, in_order, orp_slug
from municipalities.models import ComponentShare, IndexBand, Municipality
from municipalities.querysets import newest_edition
from strategy.models import Strategy


@require_safe
def municipality_detail(request, code, slug):
    """One municipality: its index and band, the five components, the measures that name it."""
    municipality = get_object_or_404(
        Municipality.objects.select_related("orp", "district", "region"), code=code
    )
    if slug != municipality.slug:
        return redirect(municipality, permanent=True)
    context = {
        "municipality": municipality,
        "trail": _trail(municipality),
        "measures": _measures(municipality, timezone.localdate()),
        "strategies": Strategy.objects.filter(region=municipality.region).order_by("slug"),
    }
    if municipality.is_counted:
        context |= _index(municipality)
    return render(request, "portal/municipality_detail.html", context)


def _trail(municipality):
    places = reverse("municipalities:municipality_list")
    orp = municipality.orp
    return [
        ("Obce", places),
        (f"ORP {orp.name}", f"{places}?orp={orp_slug(orp)}#tabulka"),
        (municipality.name, ""),
    ]


def _measures(municipality, on):
    """The measures that name the municipality, each with its status on a day."""
    named = Measure.objects.filter(municipalities=municipality).order_by(
        "strategy__slug", "code_key", "pk"
    )
    return [{"measure": row.measure, "status": status(row, on)} for row in facts(named, on)]


def _index(municipality):
    """The value, band and components in the newest edition of the region, as far as known."""
    edition = newest_edition(municipality.region)
    entry = municipality.index_entries.filter(edition=edition).first()
    if entry is None:
        return {"edition": edition}
    region = municipality.region
    shares = ComponentShare.objects.filter(edition=edition)
    shares = shares.filter(region=None) | shares.filter(region=region)
    return {
        "edition": edition,
        "entry": entry,
        "band": band_of(entry.value, in_order(IndexBand.objects.all())),
        "components": component_lines(entry.components.all(), shares),
        "is_small": municipality.population is not None
        and municipality.population < SMALL_POPULATION,
    }
