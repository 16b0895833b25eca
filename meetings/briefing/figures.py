"""Numbers beside the priorities: components of the index and indicators."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from common import czech
from indicators.models import Indicator
from indicators.readings import readings, with_targets
from meetings.content import ComponentSaid, IndicatorSaid
from municipalities.models import Component, ComponentShare


def components_said(region, edition):
    """Return the ComponentSaid of each component by its key; a share that would give a masked
    number away is left out. One query."""
    if edition is None:
        return {}
    places = Q(region=region) | Q(region=None)
    shares = ComponentShare.objects.public().filter(places, edition=edition)
    found = {(row.component, row.region_id): row.share for row in shares}
    source = _source(edition)
    return {
        component.value: ComponentSaid(
            name=str(component.label),
            region=_number(found.get((component.value, region.pk))),
            nation=_number(found.get((component.value, None))),
            source=source,
        )
        for component in Component
        if (component.value, region.pk) in found or (component.value, None) in found
    }


def _source(edition):
    """Return the source of an edition with its year, which most name themselves."""
    source = edition.source.rstrip(".")
    return source if str(edition.year) in source else f"index {edition.year}, {source}"


def _number(share):
    if share is None:
        return ""
    return f"{share.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"


def indicators_said(strategy, known):
    """Return the IndicatorSaid of each priority, or of its goals, by its primary key; four
    queries."""
    priorities = _priorities(strategy)
    found = Indicator.objects.filter(pk__in=list(priorities))
    said = defaultdict(list)
    for reading in readings(with_targets(found), known):
        for pk in priorities[reading.indicator.pk]:
            said[pk].append(_indicator(reading))
    return said


def _priorities(strategy):
    """The primary keys of the priorities each indicator is linked to, by itself or by a goal."""
    direct = Indicator.priorities.through.objects.filter(priority__strategy=strategy)
    by_goal = Indicator.goals.through.objects.filter(goal__strategy=strategy)
    pairs = [
        *direct.values_list("indicator_id", "priority_id"),
        *by_goal.values_list("indicator_id", "goal__priority_id"),
    ]
    found = defaultdict(set)
    for indicator, priority in pairs:
        found[indicator].add(priority)
    return found


def _indicator(reading):
    latest = reading.latest
    return IndicatorSaid(
        name=reading.indicator.name,
        url=reading.indicator.get_absolute_url(),
        value=czech.plain(reading.value) if latest else "",
        period=czech.plain(reading.period),
        nation=czech.plain(reading.nation_value),
        previous=czech.plain(reading.previous_text),
        is_uncertain=reading.is_uncertain,
        source=latest.source if latest else "",
        judgement=reading.judgement.value if reading.is_judged else "",
        judgement_word=str(reading.judgement.label) if reading.is_judged else "",
    )
