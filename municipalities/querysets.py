"""Reads that join municipalities with an edition of the index."""

from collections import defaultdict

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery

from common.joined import joined
from municipalities.components import PUBLIC
from municipalities.index import in_order
from municipalities.models import (
    BandCount,
    Component,
    ComponentShare,
    ComponentValue,
    IndexBand,
    IndexEdition,
    IndexEntry,
    Municipality,
    Region,
)
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from municipalities.overview import overview
from municipalities.rows import IndexRow, OrpRow


def shown_regions():
    """Return the regions that have municipalities, in Czech order."""
    has_municipalities = Exists(Municipality.objects.filter(region=OuterRef("pk")))
    return Region.objects.filter(has_municipalities).order_by("sort_key", "code")


def for_profile(municipalities):
    """Read what the page of one municipality shows with it; the path of its boundary is not."""
    read = municipalities.select_related("orp", "district", "region", "boundary")
    return read.defer("boundary__path")


def editions(region):
    """Return the editions with an entry in the region, the newest first."""
    entries = IndexEntry.objects.filter(edition=OuterRef("pk"), municipality__region=region)
    return IndexEdition.objects.filter(Exists(entries)).order_by("-year")


def newest_edition(region):
    """Return the newest edition with an entry in the region, or None."""
    return editions(region).first()


def newest_with_shares(region):
    """Return the newest edition with an entry in the region and its ComponentShares of the
    nation; None and no share where there is none. One query."""
    newest = IndexEdition.objects.filter(pk=Subquery(editions(region).values("pk")[:1]))
    pairs = joined(newest, "shares", condition=Q(shares__region=None))
    return pairs[0] if pairs else (None, [])


def with_thresholds(editions, component):
    """Annotate editions with the share of a component in the nation and its 90th percentile."""
    nation = ComponentShare.objects.filter(edition=OuterRef("pk"), region=None, component=component)
    return editions.annotate(
        nation_share=Subquery(nation.values("share")[:1]),
        nation_high=Subquery(nation.values("percentile_90")[:1]),
    )


def values_by_year(region, editions):
    """Return the values of the index in editions: a dict of the years for each code of a
    municipality, None where an edition has none. One query."""
    entries = IndexEntry.objects.filter(edition__in=editions, municipality__region=region)
    blank = {edition.year: None for edition in editions}
    found = defaultdict(lambda: dict(blank))
    rows = entries.values_list("municipality__code", "edition__year", "value")
    for code, year, value in rows:
        found[code][year] = value
    return found


def with_index(municipalities, edition):
    """Annotate municipalities with `index_value` in an edition (None: unknown) and `is_borrowed`,
    whether the education component comes from another municipality."""
    borrowed = ComponentValue.objects.filter(
        entry__edition=edition,
        entry__municipality=OuterRef("pk"),
        component=Component.EARLY_LEAVERS,
        state=ValueState.BORROWED,
    )
    return municipalities.annotate(
        entry=FilteredRelation("index_entries", condition=Q(index_entries__edition=edition)),
        index_value=F("entry__value"),
        is_borrowed=Exists(borrowed),
    )


def with_share(municipalities, edition, component):
    """Annotate municipalities with the `share` of a component in an edition and `share_state`.

    The share is there only where it may be shown: no filter, order or output built on it can give
    a withheld one away.
    """
    value = ComponentValue.objects.filter(
        entry__edition=edition, entry__municipality=OuterRef("pk"), component=component
    )
    return municipalities.annotate(
        share=Subquery(value.filter(PUBLIC).values("share")[:1]),
        share_state=Subquery(value.values("state")[:1]),
    )


def for_list(region, edition, component=None):
    """Return the municipalities of a region as the list filters and orders them, with the share
    of a component where one is asked for."""
    found = with_index(Municipality.objects.filter(region=region), edition)
    return with_share(found, edition, component) if component else found


def index_rows(municipalities):
    """Return an IndexRow for each of the municipalities of `for_list`, in Czech order. One
    query."""
    own = ["code", "name", "search_key", "kind", "population", "population_date"]
    index = ["index_value", "is_borrowed", "hex_q", "hex_r", "boundary"]
    orp = ["orp__code", "orp__name", "orp__sort_key", "orp__search_key"]
    asked = municipalities.query.annotations
    more = [name for name in ("share", "share_state", "is_abroad") if name in asked]
    found = municipalities.in_czech_order().values_list(*own, *index, *orp, *more)
    width = len(own) + len(index)
    end = width + len(orp)
    return tuple(
        IndexRow(*row[:width], OrpRow(*row[width:end]), **dict(zip(more, row[end:], strict=True)))
        for row in found
    )


def read_overview(municipalities):
    """Return the Overview of the municipalities of `for_list`. Two queries."""
    return overview(index_rows(municipalities), in_order(IndexBand.objects.all()))


def read_around(region, codes, edition):
    """Return the Overview of a region, and the IndexRows of those of the codes that lie in other
    regions. Two queries."""
    both = Municipality.objects.filter(Q(region=region) | Q(code__in=codes))
    rows = index_rows(with_index(both, edition).annotate(is_abroad=~Q(region=region)))
    own = tuple(row for row in rows if not row.is_abroad)
    abroad = tuple(row for row in rows if row.is_abroad)
    return overview(own, in_order(IndexBand.objects.all())), abroad


def published_counts(region):
    """Return the published totals of a region and of the nation (without one), with their
    bands."""
    counts = BandCount.objects.filter(Q(region=region) | Q(region=None))
    return counts.select_related("band").order_by("-year", "pk")


def tallies(region):
    """Return year, source, code of the ORP, value and how many counted municipalities of a region
    had it, for each value of each edition. One query."""
    return (
        IndexEntry.objects.filter(municipality__region=region)
        .exclude(municipality__kind=MunicipalityKind.MILITARY_AREA)
        .values_list("edition__year", "edition__source", "municipality__orp__code", "value")
        .annotate(number=Count("pk"))
        .order_by("edition__year", "municipality__orp__code", "value")
    )
