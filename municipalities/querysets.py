"""Reads that join municipalities with an edition of the index."""

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from municipalities.index import in_order
from municipalities.models import (
    BandCount,
    Component,
    ComponentValue,
    IndexBand,
    IndexEdition,
    IndexEntry,
    Municipality,
    Region,
)
from municipalities.models.index import ValueState
from municipalities.overview import overview
from municipalities.rows import IndexRow, OrpRow


def default_region():
    """Return the region shown where none is chosen: the first in Czech order that has
    municipalities; None in an empty portal."""
    has_municipalities = Exists(Municipality.objects.filter(region=OuterRef("pk")))
    return Region.objects.filter(has_municipalities).order_by("sort_key", "code").first()


def editions(region):
    """Return the editions with an entry in the region, the newest first."""
    entries = IndexEntry.objects.filter(edition=OuterRef("pk"), municipality__region=region)
    return IndexEdition.objects.filter(Exists(entries)).order_by("-year")


def newest_edition(region):
    """Return the newest edition with an entry in the region, or None."""
    return editions(region).first()


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


def for_list(region, edition):
    """Return the municipalities of a region as the list filters and orders them."""
    return with_index(Municipality.objects.filter(region=region), edition)


def index_rows(municipalities):
    """Return an IndexRow for each of the municipalities of `for_list`, in Czech order. One
    query."""
    own = ["code", "name", "search_key", "kind", "population", "population_date"]
    index = ["index_value", "is_borrowed", "hex_q", "hex_r"]
    orp = ["orp__code", "orp__name", "orp__sort_key", "orp__search_key"]
    found = municipalities.in_czech_order().values_list(*own, *index, *orp)
    width = len(own) + len(index)
    return tuple(IndexRow(*row[:width], OrpRow(*row[width:])) for row in found)


def read_overview(municipalities, published=()):
    """Return the Overview of the municipalities of `for_list`. Two queries."""
    return overview(index_rows(municipalities), in_order(IndexBand.objects.all()), published)


def published_counts(region):
    """Return the published totals of a region, with their bands."""
    return BandCount.objects.filter(region=region).select_related("band").order_by("-year", "pk")
