"""How reports come: rates of the last two finished cycles and how long writing one takes."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from common import czech
from measures.cycles import last_finished
from measures.freshness import reporting_rates
from measures.models import Report
from measures.status import end_of

WRITING_DAYS = 90
"""Over how many days back the time of writing is measured."""


@dataclass(frozen=True)
class Rate:
    """How many of the expected reports of a cycle came, and came by the due day: „4 ze 5“."""

    strategy: str
    cycle: str
    due: str
    expected: int
    reported: str
    on_time: str


def rates(all_facts, on):
    """Return the Rates of the last finished cycle and the one before of each monitored strategy;
    two queries a strategy."""
    by_strategy = {}
    for found in all_facts:
        by_strategy.setdefault(found.measure.strategy, []).append(found)
    return [
        _rate(strategy, found, cycle, on)
        for strategy, found in by_strategy.items()
        for cycle in _cycles(strategy, on)
    ]


def writing_time(now):
    """Return the median time from opening a form to publishing in words, and of how many reports
    of the last 90 days; one query. None where no report says."""
    seconds = list(
        Report.objects.filter(
            published_at__gte=now - timedelta(WRITING_DAYS),
            published_at__lte=now,
            writing_seconds__isnull=False,
        ).values_list("writing_seconds", flat=True)
    )
    return (in_words(round(median(seconds))), len(seconds)) if seconds else None


def in_words(seconds):
    """Return a length of time: „48 s“, „1 min 12 s“."""
    minutes, rest = divmod(seconds, 60)
    words = [f"{czech.integer(minutes)}{czech.NBSP}min"] if minutes else []
    if rest or not minutes:
        words.append(f"{rest}{czech.NBSP}s")
    return " ".join(words)


def _cycles(strategy, on):
    last = last_finished(on, strategy.cycle_months)
    return last, last.previous


def _rate(strategy, found, cycle, on):
    counted = reporting_rates(found, cycle, on, end_of(on))
    return Rate(
        strategy.short_name,
        str(cycle),
        czech.date(cycle.due),
        counted.expected,
        czech.k_of_n(counted.reported, counted.expected),
        czech.k_of_n(counted.on_time, counted.expected),
    )
