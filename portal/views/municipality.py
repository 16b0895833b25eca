from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.models import Measure
from measures.outputs import Outputs, outputs_in
from measures.status import facts, status
from municipalities.models import Municipality
from municipalities.profile import profile
from portal.results import projects_in
from strategy.models import Strategy


@require_safe
def municipality_detail(request, code, slug):
    """One municipality: its index, the components, its ORP, the measures that name it."""
    municipality = get_object_or_404(
        Municipality.objects.select_related("orp", "district", "region"), code=code
    )
    if slug != municipality.slug:
        return redirect(municipality, permanent=True)
    today = timezone.localdate()
    context = {
        "municipality": municipality,
        "trail": _trail(municipality),
        "profile": profile(municipality) if municipality.is_counted else None,
        "measures": _measures(municipality, today),
        "outputs": Outputs(outputs_in(municipality, today), today),
        "projects": projects_in(municipality),
        "strategies": Strategy.objects.filter(region=municipality.region).order_by("slug"),
    }
    return render(request, "portal/municipality_detail.html", context)


def _trail(municipality):
    orp = municipality.orp
    return [
        ("Obce", municipality.region.list_url),
        (f"ORP {orp.name}", orp.get_absolute_url()),
        (municipality.name, ""),
    ]


def _measures(municipality, on):
    """The measures that name the municipality, each with its status on a day."""
    named = Measure.objects.filter(municipalities=municipality).order_by(
        "strategy__slug", "code_key", "pk"
    )
    return [{"measure": row.measure, "status": status(row, on)} for row in facts(named, on)]
