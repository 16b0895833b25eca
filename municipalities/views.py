from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from municipalities.filters import MunicipalityFilter
from municipalities.index import finding, in_order, overview, published_years
from municipalities.models import IndexBand
from municipalities.querysets import default_region, for_list, newest_edition, published_counts
from municipalities.tables import MunicipalityTable


@require_safe
def municipality_list(request):
    """All municipalities of a region with their index: counts by band, by ORP, and a table."""
    region = default_region()
    edition = newest_edition(region)
    year = edition and edition.year
    published = published_years(published_counts(region), but=year)
    rows = for_list(region, edition).in_czech_order()
    whole = overview(rows, in_order(IndexBand.objects.all()), published)
    chosen = MunicipalityFilter(request.GET, queryset=rows.counted(), overview=whole)
    table = MunicipalityTable(chosen.qs, overview=whole, year=year)
    RequestConfig(request, paginate=False).configure(table)
    context = {
        "region": region,
        "edition": edition,
        "overview": whole,
        "finding": finding(whole),
        "filter": chosen,
        "table": table,
    }
    return render(request, "municipalities/municipality_list.html", context)
