"""Freshness (aktuálnost): how old the last word on a measure is, against its cycle.

The rule is in rules.md, section Freshness, and on the page /metodika/aktualnost/.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from common.czech import PRAGUE
from measures.cycles import SOON_DAYS, TOLERANCE_DAYS, Cycle, last_finished
from measures.models import Report
from measures.models.report import ENDED


class FreshnessKey(models.TextChoices):
    CURRENT = "aktualni", "aktuální"
    WAITING = "ceka-se", "čeká se"
    DUE_SOON = "blizi-se-termin", "blíží se termín"
    TOLERATED = "v-toleranci", "v toleranci"
    OVERDUE = "po-terminu", "po termínu"
    STALE = "neaktualni", "neaktuální"
    NEVER = "bez-hlaseni", "bez hlášení"


@dataclass(frozen=True)
class Freshness:
    """The freshness of one measure on a day; `cycle` is the last finished one, by then expected."""

    key: FreshnessKey
    cycle: Cycle
    as_of: date | None
    days: int | None

    @property
    def word(self):
        return self.key.label


def is_stale(latest_cycle, months, on):
    """Say whether nothing was reported for the last two finished cycles (or later ones)."""
    return latest_cycle < last_finished(on, months).previous.start


def freshness(facts, on):
    """Return the Freshness of a measure on the day `on`, or None where nothing is monitored."""
    strategy = facts.measure.strategy
    if not strategy.is_monitored:
        return None
    cycle = last_finished(on, strategy.cycle_months)
    as_of = facts.report.as_of_date if facts.report else None
    days = (on - as_of).days if as_of else None
    return Freshness(_key(facts.latest_cycle, cycle, on), cycle, as_of, days)


def _key(latest_cycle, cycle, on):
    if latest_cycle is None:
        return FreshnessKey.NEVER
    if latest_cycle >= cycle.start:
        return FreshnessKey.CURRENT
    if is_stale(latest_cycle, cycle.months, on):
        return FreshnessKey.STALE
    if on < cycle.due - timedelta(days=SOON_DAYS):
        return FreshnessKey.WAITING
    if on <= cycle.due:
        return FreshnessKey.DUE_SOON
    if on <= cycle.due + timedelta(days=TOLERANCE_DAYS):
        return FreshnessKey.TOLERATED
    return FreshnessKey.OVERDUE


def is_expected(facts, cycle):
    """Say whether a report for `cycle` is expected of a measure: neither completed nor cancelled,
    from the first full cycle after its planned start or, if that is unknown, its loading."""
    if facts.report and facts.report.phase in ENDED:
        return False
    start = facts.plan.start_date if facts.plan else None
    return cycle.start >= (start or timezone.localdate(facts.measure.loaded_at, PRAGUE))


@dataclass(frozen=True)
class ReportingRates:
    """How many of the expected reports of a cycle came, and how many of them in time."""

    expected: int
    reported: int
    on_time: int


def reporting_rates(all_facts, cycle, on, known):
    """Return the ReportingRates of a cycle over the facts of many measures; one query."""
    expected = {f.measure.pk for f in all_facts if is_expected(f, cycle)}
    # Corrected reports count too: a correction does not undo that the first one came in time.
    moments = Report.objects.filter(
        measure__in=expected,
        cycle_start=cycle.start,
        as_of_date__lte=on,
        published_at__lt=known,
    ).values_list("measure_id", "published_at")
    reported, on_time = set(), set()
    for measure_id, published_at in moments:
        reported.add(measure_id)
        if timezone.localdate(published_at, PRAGUE) <= cycle.due:
            on_time.add(measure_id)
    return ReportingRates(len(expected), len(reported), len(on_time))
