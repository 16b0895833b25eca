from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from municipalities.charts import (
    CELL_DOTS,
    NARROW_DOTS,
    NARROW_REGION,
    WIDE_DOTS,
    WIDE_REGION,
    dot_strip,
)
from municipalities.filters import MunicipalityFilter
from municipalities.hexjson import write
from municipalities.maps import map_of
from municipalities.models import Orp, Region
from municipalities.overview import published_years
from municipalities.querysets import (
    for_list,
    newest_edition,
    published_counts,
    read_overview,
    tallies,
)
from municipalities.scope import Scope
from municipalities.sentences import (
    change_sentence,
    finding,
    median_change_sentence,
    medians_sentence,
    nation_sentence,
    share_finding,
    spread_sentence,
)
from municipalities.years import years

STRIPS = 2
"""How many editions have a dot strip, the newest ones."""

ORP_DOTS = (WIDE_DOTS, NARROW_DOTS)
REGION_DOTS = (WIDE_REGION, NARROW_REGION)


@require_safe
def municipality_list(request):
    """All municipalities of a region with their index or a component: a map, counts, a table."""
    scope = Scope(request.GET)
    rows = for_list(scope.region, scope.edition, scope.component)
    whole = read_overview(rows)
    chosen = MunicipalityFilter(request.GET, queryset=rows.counted(), overview=whole, scope=scope)
    table = _table(chosen)
    RequestConfig(request, paginate=False).configure(table)
    maps = _maps(chosen, table)
    context = {
        "scope": scope,
        "region": scope.region,
        "edition": scope.edition,
        "overview": whole,
        "finding": share_finding(chosen.shares) if scope.component else finding(whole),
        "filter": chosen,
        "table": table,
        "maps": maps,
        "map": maps.drawing,
    }
    return render(request, "municipalities/municipality_list.html", context)


def _table(chosen):
    """The table of what a filter chose."""
    known = {"overview": chosen.overview, "edition": chosen.scope.edition}
    if chosen.scale:
        known["scale"] = chosen.scale
    return chosen.table_class(chosen.qs, is_whole=not chosen.is_narrowed, **known)


def _maps(chosen, table):
    """The map of what a filter chose, and which others there are."""
    codes = {row.code for row in table.places} if chosen.is_narrowed else None
    return map_of(chosen.overview, codes, chosen.kind, scale=chosen.scale)


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
    found = list(tallies(orp.region))
    over_years = years(found, region.bands, orp=code)
    name = f"ORP {orp.name}"
    maps = map_of(region, {row.code for row in own.municipalities}, aside="")
    context = {
        "orp": orp,
        "trail": [*_trail(orp.region), (name, "")],
        "edition": edition,
        "overview": own,
        "finding": finding(own),
        "medians": medians_sentence(own.median, region.median),
        "years": over_years,
        "changes": _changes(over_years, "ORP"),
        "strips": list(_strips(over_years, name, ORP_DOTS, years(found, region.bands))),
        "maps": maps,
        "map": maps.drawing,
    }
    return render(request, "municipalities/orp_detail.html", context)


@require_safe
def region_detail(request):
    """The region: counts by band over the years, and its ORP with their values."""
    scope = Scope({"kraj": request.GET.get("kraj", "")})
    region, edition = scope.region, scope.edition
    published = list(published_counts(region))
    whole = read_overview(for_list(region, edition))
    own = published_years(row for row in published if row.region_id and region)
    over_years = years(tallies(region=region), whole.bands, own)
    national = published_years(row for row in published if row.region_id is None)
    context = {
        "scope": scope,
        "region": region,
        "trail": [*_trail(region)[:1], (region.name if region else "Kraj", "")],
        "edition": edition,
        "overview": whole,
        "finding": finding(whole),
        "years": over_years,
        "changes": _changes(over_years, "kraje"),
        "strips": list(_strips(over_years, "kraje", REGION_DOTS)),
        "nation": [nation_sentence(year, whole.bands) for year in national],
        "orps": [(tally, _strip(tally)) for tally in whole.orps],
    }
    return render(request, "municipalities/region_detail.html", context)


def _trail(region):
    """The way from all municipalities through their region."""
    if region is None:
        return [("Obce", reverse("municipalities:municipality_list"))]
    return [("Obce", region.list_url), (region.name, region.get_absolute_url())]


def _changes(over_years, of):
    """What changed since the year before, in sentences."""
    return [change_sentence(over_years), median_change_sentence(over_years, of)]


def _strips(over_years, name, sizes, region=None):
    """The newest editions, each with what its values say and its dot strips for wide and for
    narrow screens; those of an ORP show the median of the `region` (Years) too."""
    for one in over_years.counted[:STRIPS]:
        medians = [(name, one.median)]
        if region:
            medians.append(("kraje", region.median(one.year)))
        heard = f"{name if region else 'Kraj'} {one.year}"
        drawn = [dot_strip(size, one, name=heard, medians=medians) for size in sizes]
        yield one, spread_sentence(one), drawn


def _strip(tally):
    """The dot strip of an ORP in a cell of a table."""
    name = f"ORP {tally.orp.name}"
    medians = [(name, tally.overview.median)]
    return dot_strip(CELL_DOTS, tally.overview, name=name, medians=medians)
