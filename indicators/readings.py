"""The newest values of many indicators at once, as rows for lists: three queries for any number."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from common import czech
from common.joined import joined, keep_list
from indicators import wording
from indicators.due import Due, next_due
from indicators.judging import Judged, judged, movement
from indicators.models import Indicator, Observation
from indicators.progress import Judgement, progress, task_of


@dataclass(frozen=True)
class Reading:
    """An indicator with its values in one territory, the oldest first; there may be none.

    `nation` is the value of the whole country for the period of the newest one. The judgement is
    that of the indicator's region: base and targets are set for it, so a municipality has none.
    """

    indicator: Indicator
    series: tuple = ()
    nation: Observation | None = None
    judgement: Judgement | None = None
    judged: Judged | None = None
    due: Due = field(default_factory=Due)

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
    def is_judged(self):
        """Whether there is anything to say of progress; without base and target there is not."""
        return self.judgement not in (None, Judgement.UNKNOWN)

    @property
    def moves(self):
        """Which way it goes and what that means: („klesá“, „zlepšuje se“)."""
        return movement(self.indicator, self.series)

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


def with_targets(indicators):
    """Return the indicators of a queryset in the order of lists, each with its targets. One query;
    for a few indicators."""
    pairs = joined(indicators.in_list_order(), "targets")
    for indicator, targets in pairs:
        keep_list(indicator, "targets", sorted(targets, key=lambda target: target.due_date))
    return [indicator for indicator, _ in pairs]


def readings(indicators, known, *, municipality=None):
    """Return a Reading for each of the indicators, read with their targets, in their order.

    `known` is the moment up to which values count, the day that just ends with it the one asked
    about. Values are those of the indicator's region, or of a municipality if one is given.
    """
    rows = list(indicators)
    series = _series([row.pk for row in rows], known, municipality) if rows else {}
    return [reading(row, series[row.pk], known, municipality=municipality) for row in rows]


def reading(indicator, observations, known, *, municipality=None):
    """Return the Reading of an indicator, its targets read with it, from its observations valid
    before the moment `known`, in the order of time."""
    place = (None, municipality.pk) if municipality else (indicator.region_id, None)
    here = tuple(row for row in observations if (row.region_id, row.municipality_id) == place)
    periods = {(row.period_start, row.period_end) for row in here[-1:]}
    nation = [
        row
        for row in observations
        if row.is_national and (row.period_start, row.period_end) in periods
    ]
    found = {"series": here, "nation": nation[-1] if nation else None}
    if municipality is None:
        on = last_day(known)
        step = progress(task_of(indicator), here, on, known)
        found |= {"judgement": step.judgement, "judged": judged(indicator, step)}
        found["due"] = next_due(indicator, here, on)
    return Reading(indicator, **found)


def last_day(known):
    """Return the day on which the moment before `known` lay in Prague."""
    return timezone.localdate(known - timedelta(microseconds=1), czech.PRAGUE)


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
