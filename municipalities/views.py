from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from municipalities.charts import CELL_DOTS, NARROW_DOTS, WIDE_DOTS, dot_strip
from municipalities.filters import MunicipalityFilter
from municipalities.hexjson import write
from municipalities.maps import map_of
from municipalities.models import Orp, Region
from municipalities.overview import published_years
from municipalities.querysets import (
    default_region,
    for_list,
    newest_edition,
    published_counts,
    read_overview,
)
from municipalities.sentences import (
    change_sentence,
    finding,
    medians_sentence,
    nation_sentence,
    spread_sentence,
)
from municipalities.tables import MunicipalityTable


@require_safe
def municipality_list(request):
    """All municipalities of a region with their index: a map, counts, and a table."""
    region = default_region()
    edition = newest_edition(region)
    rows = for_list(region, edition)
    whole = read_overview(rows)
    chosen = MunicipalityFilter(request.GET, queryset=rows.counted(), overview=whole)
    table = MunicipalityTable(
        chosen.qs, overview=whole, edition=edition, is_whole=not chosen.is_narrowed
    )
    RequestConfig(request, paginate=False).configure(table)
    maps = map_of(
        whole, {row.code for row in table.places} if chosen.is_narrowed else None, chosen.kind
    )
    context = {
        "region": region,
        "edition": edition,
        "overview": whole,
        "finding": finding(whole),
        "filter": chosen,
        "table": table,
        "maps": maps,
        "map": maps.drawing,
    }
    return render(request, "municipalities/municipality_list.html", context)


@require_safe
def hexes(request, code):
    """The layout of the map of a region as HexJSON, to be taken away."""
    region = get_object_or_404(Region, code=code)
    text = write(region)
    if text is None:
        raise Http404
    name = f'attachment; filename="{region.slug}.hexjson"'
    return HttpResponse(text, "application/json", headers={"Content-Disposition": name})


@require_safe
def orp_detail(request, code, slug):
    """One ORP: how many of its municipalities are in which band, their values, and a list."""
    orp = get_object_or_404(Orp.objects.select_related("region"), code=code)
    if slug != orp.slug:
        return redirect(orp, permanent=True)
    edition = newest_edition(orp.region)
    region = read_overview(for_list(orp.region, edition))
    own = region.of_orp(code)
    maps = map_of(region, {row.code for row in own.municipalities}, aside="")
    context = {
        "orp": orp,
        "trail": [*_trail(orp.region), (f"ORP {orp.name}", "")],
        "edition": edition,
        "overview": own,
        "finding": finding(own),
        "medians": medians_sentence(own.median, region.median),
        "spread": spread_sentence(own),
        "strips": _strips(own, f"ORP {orp.name}", region),
        "maps": maps,
        "map": maps.drawing,
    }
    return render(request, "municipalities/orp_detail.html", context)


@require_safe
def region_detail(request):
    """The region: counts by band beside the published ones, and its ORP with their values."""
    region = default_region()
    edition = newest_edition(region)
    year = edition and edition.year
    published = published_years(published_counts(region), but=year)
    national = published_years(published_counts(None), but=year)
    whole = read_overview(for_list(region, edition), published)
    context = {
        "region": region,
        "trail": [*_trail(region)[:1], (region.name if region else "Kraj", "")],
        "edition": edition,
        "overview": whole,
        "finding": finding(whole),
        "change": change_sentence(whole, year),
        "nation": [nation_sentence(year, whole.bands) for year in national],
        "orps": [(tally, _strip(tally)) for tally in whole.orps],
    }
    return render(request, "municipalities/region_detail.html", context)


def _trail(region):
    """The way from all municipalities through their region."""
    places = ("Obce", reverse("municipalities:municipality_list"))
    return [places, (region and region.name, reverse("municipalities:region_detail"))]


def _strips(own, name, region):
    """The dot strip of an ORP for wide and for narrow screens."""
    medians = [(name, own.median), ("kraje", region.median)]
    sizes = (WIDE_DOTS, NARROW_DOTS)
    return [dot_strip(size, own, name=name, medians=medians) for size in sizes]


def _strip(tally):
    """The dot strip of an ORP in a cell of a table."""
    name = f"ORP {tally.orp.name}"
    medians = [(name, tally.overview.median)]
    return dot_strip(CELL_DOTS, tally.overview, name=name, medians=medians)
