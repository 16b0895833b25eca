"""What is new of the index: editions loaded between two moments."""

from django.urls import reverse

from common import czech
from common.news import Group, Item
from municipalities.models import IndexEdition


def edition_items(since, until):
    """Return an Item for each edition of the index loaded from one moment until another. One
    query; no value of a municipality is among the words."""
    found = IndexEdition.objects.filter(imported_at__gte=since, imported_at__lt=until)
    return [_item(edition) for edition in found.order_by("year")]


def _item(edition):
    return Item(
        group=Group.DATA,
        name="Index sociálního vyloučení",
        url=f"{reverse('municipalities:municipality_list')}?rok={edition.year}",
        sentence=czech.typography(f"Přibylo vydání {edition.year}."),
        moment=edition.imported_at,
        key=f"vydani-indexu/{edition.year}",
    )
