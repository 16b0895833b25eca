"""The newest values of many indicators at once, as rows for lists: two queries for any number."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from common import czech
from indicators import wording
from indicators.models import Indicator, Observation


@dataclass(frozen=True)
class Reading:
    """An indicator with its values in one territory, the oldest first; there may be none.

    `nation` is the value of the whole country for the period of the newest one.
    """

    indicator: Indicator
    series: tuple = ()
    nation: Observation | None = None

    @property
    def latest(self):
        return self.series[-1] if self.series else None

    @property
    def previous(self):
        return self.series[-2] if len(self.series) > 1 else None

    @property
    def value(self):
        if self.latest is None:
            return "bez hodnoty"
        return wording.value_text(self.latest, self.indicator)

    @property
    def period(self):
        return "" if self.latest is None else wording.period_text(self.latest)

    @property
    def is_uncertain(self):
        return self.latest is not None and self.latest.is_uncertain

    @property
    def nation_value(self):
        """The value of the whole country for the same period; empty if unknown."""
        return wording.value_text(self.nation, self.indicator) if self.nation else ""

    @property
    def previous_text(self):
        """The value before the newest one with its period: „18 obcí (2020)“; empty if there is
        none."""
        if self.previous is None:
            return ""
        value = wording.value_text(self.previous, self.indicator)
        return f"{value} ({wording.period_text(self.previous)})"


def readings(indicators, known, *, municipality=None):
    """Return a Reading for each indicator of a queryset, in its order.

    `known` is the moment up to which values count. Values are those of the indicator's region, or
    of a municipality if one is given.
    """
    rows = list(indicators)
    series = _series([row.pk for row in rows], known, municipality) if rows else {}
    return [reading(row, series[row.pk], municipality=municipality) for row in rows]


def reading(indicator, observations, *, municipality=None):
    """Return the Reading of an indicator from its valid observations in the order of time."""
    place = (None, municipality.pk) if municipality else (indicator.region_id, None)
    here = tuple(row for row in observations if (row.region_id, row.municipality_id) == place)
    periods = {(row.period_start, row.period_end) for row in here[-1:]}
    nation = [
        row
        for row in observations
        if row.is_national and (row.period_start, row.period_end) in periods
    ]
    return Reading(indicator, series=here, nation=nation[-1] if nation else None)


def grouped(rows):
    """Return (region, [(group, [Reading, …]), …]) for readings, in the order they first come."""
    regions = {}
    for row in rows:
        region = row.indicator.region
        groups = regions.setdefault(region.pk, (region, defaultdict(list)))[1]
        groups[row.indicator.group].append(row)
    return [(region, list(groups.items())) for region, groups in regions.values()]


def summary(row):
    """Return what a Reading says, as sentences: the value with place and period, comparisons."""
    if row.latest is None:
        return ["Žádnou hodnotu neznáme."]
    sentences = [f"{_place(row)} {row.value} ({row.period})."]
    if row.nation:
        sentences.append(f"V celém Česku {row.nation_value}.")
    if row.previous_text:
        sentences.append(f"Předchozí hodnota: {row.previous_text}.")
    return [czech.typography(sentence) for sentence in sentences]


def _place(row):
    if row.latest.municipality_id:
        return f"{wording.territory_text(row.latest)}:"
    region = row.indicator.region
    return f"V {region.name_locative}" if region.name_locative else f"{region.name}:"


def _series(indicator_pks, known, municipality):
    """The valid observations of each indicator: of regions and the nation, or a municipality and
    the nation."""
    place = Q(municipality=None)
    if municipality is not None:
        place = Q(municipality=municipality) | Q(municipality=None, region=None)
    found = Observation.objects.valid(known).filter(place, indicator__in=indicator_pks)
    series = defaultdict(list)
    for observation in found.select_related("municipality").in_time_order():
        series[observation.indicator_id].append(observation)
    return series
