"""What is new of indicators: values and their corrections recorded between two moments."""

from django.db.models import Q
from django.utils import timezone

from common import czech
from common.news import Group, Item
from indicators import wording
from indicators.models import Observation

TOLD = 3
"""Of how many values recorded on one day each is told; of more only how many there are."""


def observation_items(strategies, since, until):
    """Return an Item for each indicator of some strategies, or of their regions, and each day on
    which values of it were recorded from one moment until another. One query.

    What was recorded and corrected between the two is told as it reads in the end.
    """
    regions = [one.region_id for one in strategies]
    own = Q(indicator__strategy__in=strategies)
    own |= Q(indicator__strategy=None, indicator__region__in=regions)
    found = Observation.objects.valid(until).filter(own, recorded_at__gte=since)
    found = found.select_related("indicator", "region", "municipality", "corrects")
    of_one = {}
    for row in found.order_by("indicator__sort_key", "recorded_at", "pk"):
        day = timezone.localdate(row.recorded_at, czech.PRAGUE)
        of_one.setdefault((row.indicator_id, day), []).append(row)
    return [_item(day, rows, since) for (_, day), rows in of_one.items()]


def _item(day, rows, since):
    indicator = rows[0].indicator
    return Item(
        group=Group.DATA,
        name=indicator.name,
        url=indicator.get_absolute_url(),
        sentence=czech.typography(_sentence(rows, since)),
        moment=rows[-1].recorded_at,
        key=f"ukazatel/{indicator.pk}/{day.isoformat()}",
    )


def _sentence(rows, since):
    if len(rows) > TOLD:
        new = sum(not _is_mended(row, since) for row in rows)
        parts = [czech.count(new, "nová hodnota", "nové hodnoty", "nových hodnot")] if new else []
        mended = len(rows) - new
        if mended:
            parts.append(czech.count(mended, "oprava", "opravy", "oprav"))
        return f"Ukazatel má {' a '.join(parts)}."
    return " ".join(_value(row, since) for row in rows)


def _value(row, since):
    kind = "Opravená hodnota" if _is_mended(row, since) else "Nová hodnota"
    place, period = wording.territory_text(row), wording.period_text(row)
    return f"{kind}: {wording.value_text(row, row.indicator)} ({place}, {period})."


def _is_mended(row, since):
    """Say whether a value corrects one that was known before."""
    return row.corrects_id is not None and row.corrects.recorded_at < since
