"""Reads that join municipalities with an edition of the index."""

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from municipalities.models import (
    BandCount,
    Component,
    ComponentValue,
    IndexEdition,
    IndexEntry,
    Municipality,
    Region,
)
from municipalities.models.index import ValueState


def default_region():
    """Return the region shown where none is chosen: the first in Czech order that has
    municipalities; None in an empty portal."""
    has_municipalities = Exists(Municipality.objects.filter(region=OuterRef("pk")))
    return Region.objects.filter(has_municipalities).order_by("sort_key", "code").first()


def newest_edition(region):
    """Return the newest edition with an entry in the region, or None."""
    entries = IndexEntry.objects.filter(edition=OuterRef("pk"), municipality__region=region)
    return IndexEdition.objects.filter(Exists(entries)).order_by("-year").first()


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
    """Return the municipalities of a region as the list shows them, with their index and ORP."""
    rows = Municipality.objects.filter(region=region).select_related("orp")
    lean = ["code", "name", "search_key", "kind", "population", "population_date"]
    orp = ["orp__code", "orp__name", "orp__sort_key", "orp__search_key"]
    return with_index(rows, edition).only(*lean, *orp)


def published_counts(region):
    """Return the published totals of a region, with their bands."""
    return BandCount.objects.filter(region=region).select_related("band").order_by("-year", "pk")
