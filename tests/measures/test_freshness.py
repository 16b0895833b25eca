"""Freshness: every state on each of its boundary days, what is expected, and the two rates."""

from datetime import date

import pytest
from django.utils import timezone

from measures.cycles import Cycle
from measures.freshness import FreshnessKey, freshness, is_expected, reporting_rates
from measures.models import Measure
from measures.status import facts
from tests.factories import document_report, make_measure, moment, plan, report
from tests.measures.in_memory import known, said
from tests.measures.in_memory import plan as planned

CURRENT = FreshnessKey.CURRENT
WAITING = FreshnessKey.WAITING
DUE_SOON = FreshnessKey.DUE_SOON
TOLERATED = FreshnessKey.TOLERATED
OVERDUE = FreshnessKey.OVERDUE
STALE = FreshnessKey.STALE
NEVER = FreshnessKey.NEVER


def reported_for(cycle, months=3, **fields):
    return known(report=said(as_of=cycle, cycle=cycle), months=months, **fields)


# The third quarter ends on 30 September 2026 and is due on 15 October.
QUARTER = [
    (date(2026, 7, 1), WAITING),
    (date(2026, 9, 30), OVERDUE),
    (date(2026, 10, 1), WAITING),
    (date(2026, 10, 7), WAITING),
    (date(2026, 10, 8), DUE_SOON),
    (date(2026, 10, 15), DUE_SOON),
    (date(2026, 10, 16), TOLERATED),
    (date(2026, 10, 22), TOLERATED),
    (date(2026, 10, 23), OVERDUE),
    (date(2026, 12, 31), OVERDUE),
    (date(2027, 1, 1), STALE),
]


@pytest.mark.parametrize(("on", "key"), QUARTER)
def test_freshness_of_a_quarter_changes_on_its_days(on, key):
    newest = date(2026, 1, 1) if on < date(2026, 10, 1) else date(2026, 4, 1)
    assert freshness(reported_for(newest), on).key == key


@pytest.mark.parametrize(
    ("months", "newest", "on", "key"),
    [
        # February 2026 ends on the 28th and is due on 15 March.
        (1, date(2026, 1, 1), date(2026, 3, 7), WAITING),
        (1, date(2026, 1, 1), date(2026, 3, 8), DUE_SOON),
        (1, date(2026, 1, 1), date(2026, 3, 15), DUE_SOON),
        (1, date(2026, 1, 1), date(2026, 3, 16), TOLERATED),
        (1, date(2026, 1, 1), date(2026, 3, 22), TOLERATED),
        (1, date(2026, 1, 1), date(2026, 3, 23), OVERDUE),
        (1, date(2026, 1, 1), date(2026, 3, 31), OVERDUE),
        (1, date(2026, 1, 1), date(2026, 4, 1), STALE),
        # January ends on the 31st: the due day is still the 15th of the next month.
        (1, date(2025, 12, 1), date(2026, 2, 15), DUE_SOON),
        (1, date(2025, 12, 1), date(2026, 2, 16), TOLERATED),
        (6, date(2025, 7, 1), date(2026, 7, 7), WAITING),
        (6, date(2025, 7, 1), date(2026, 7, 8), DUE_SOON),
        (6, date(2025, 7, 1), date(2026, 7, 22), TOLERATED),
        (6, date(2025, 7, 1), date(2026, 7, 23), OVERDUE),
        (6, date(2025, 7, 1), date(2027, 1, 1), STALE),
        (12, date(2024, 1, 1), date(2026, 1, 7), WAITING),
        (12, date(2024, 1, 1), date(2026, 1, 23), OVERDUE),
        (12, date(2024, 1, 1), date(2026, 12, 31), OVERDUE),
        (12, date(2024, 1, 1), date(2027, 1, 1), STALE),
    ],
)
def test_freshness_of_other_cycles_changes_on_their_days(months, newest, on, key):
    assert freshness(reported_for(newest, months), on).key == key


@pytest.mark.parametrize("newest", [date(2026, 7, 1), date(2026, 10, 1)])
@pytest.mark.parametrize("on", [date(2026, 10, 1), date(2026, 10, 23), date(2026, 12, 31)])
def test_freshness_is_current_once_the_last_finished_cycle_or_a_later_one_is_reported(newest, on):
    assert freshness(reported_for(newest), on).key == CURRENT


@pytest.mark.parametrize("on", [date(2026, 10, 1), date(2026, 10, 23)])
def test_freshness_without_any_report_is_never(on):
    found = freshness(known(), on)
    assert (found.key, found.as_of, found.days) == (NEVER, None, None)


def test_freshness_of_a_strategy_not_monitored_is_none():
    assert freshness(reported_for(date(2026, 7, 1), monitored=False), date(2026, 10, 1)) is None


def test_freshness_asks_for_the_cycle_not_the_as_of_day():
    report_of_old = said(as_of=date(2026, 10, 1), cycle=date(2026, 1, 1))
    assert freshness(known(report=report_of_old), date(2026, 10, 2)).key == STALE


def test_freshness_counts_its_age_from_the_as_of_day():
    found = freshness(known(report=said(as_of=date(2026, 9, 1))), date(2026, 10, 7))
    assert (found.as_of, found.days) == (date(2026, 9, 1), 36)


def test_freshness_words_are_those_of_the_rules():
    assert [key.label for key in FreshnessKey] == [
        "aktuální",
        "čeká se",
        "blíží se termín",
        "v toleranci",
        "po termínu",
        "neaktuální",
        "bez hlášení",
    ]


# Expected


Q3 = Cycle(date(2026, 7, 1), 3)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), True),
        (date(2026, 7, 2), False),
        (date(2026, 9, 30), False),
        (date(2027, 1, 1), False),
    ],
)
def test_report_is_expected_from_the_first_full_cycle_after_the_start(start, expected):
    loaded = moment("2026-01-01 10:00")
    assert is_expected(known(plan=planned(start=start), loaded_at=loaded), Q3) is expected


@pytest.mark.parametrize(
    ("loaded_at", "expected"),
    [
        ("2026-06-30 23:30", True),
        ("2026-07-02 00:10", False),
        ("2026-09-01 10:00", False),
    ],
)
@pytest.mark.parametrize("dates", [None, planned(end=date(2027, 1, 1))])
def test_report_is_expected_from_the_first_full_cycle_after_loading(dates, loaded_at, expected):
    found = is_expected(known(plan=dates, loaded_at=moment(loaded_at)), Q3)
    assert found is expected


def test_loading_day_is_of_prague_whatever_zone_a_reader_has():
    """Ten minutes after midnight in Prague it is still the day before in New York."""
    with timezone.override("America/New_York"):
        assert not is_expected(known(loaded_at=moment("2026-07-02 00:10")), Q3)


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("completed", False),
        ("cancelled", False),
        ("suspended", True),
        ("not_started", True),
        ("running", True),
        ("", True),
    ],
)
def test_report_is_expected_of_all_but_ended_measures(phase, expected):
    loaded = moment("2026-01-01 10:00")
    assert is_expected(known(report=said(phase), loaded_at=loaded), Q3) is expected


# Rates

ON = date(2026, 11, 30)
KNOWN = moment("2026-12-01")


def rates(on=ON, known_at=KNOWN):
    found = facts(Measure.objects.in_plan_order(), on, known_at)
    return reporting_rates(found, Q3, on, known_at)


def counted(on=ON, known_at=KNOWN):
    found = rates(on, known_at)
    return found.expected, found.reported, found.on_time


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("published", "counts"),
    [
        ("2026-09-20 10:00", (1, 1, 1)),
        ("2026-10-15 23:59", (1, 1, 1)),
        ("2026-10-16 00:00", (1, 1, 0)),
        ("2026-10-22 10:00", (1, 1, 0)),
        ("2026-11-30 23:59", (1, 1, 0)),
        ("2026-12-01 00:00", (1, 0, 0)),
    ],
)
def test_rates_count_what_came_and_what_came_by_the_due_day(published, counts):
    measure = make_measure("1.1")
    report(measure, date(2026, 9, 15), published_at=moment(published))
    assert counted() == counts


@pytest.mark.django_db
def test_rates_count_measures_not_reports():
    measure = make_measure("1.1")
    make_measure("1.2", strategy=measure.strategy)
    for day in ("2026-10-14 10:00", "2026-10-20 10:00"):
        report(measure, date(2026, 9, 15), published_at=moment(day))
    assert counted() == (2, 1, 1)


@pytest.mark.django_db
def test_rates_count_the_cycle_a_report_names():
    measure = make_measure("1.1")
    report(measure, date(2026, 10, 5), cycle=date(2026, 7, 1))
    other = make_measure("1.2", strategy=measure.strategy)
    report(other, date(2026, 9, 30), cycle=date(2026, 10, 1))
    assert counted() == (2, 1, 1)


@pytest.mark.django_db
def test_rates_leave_out_ended_measures_and_those_not_yet_started():
    running = make_measure("1.1")
    report(running, date(2026, 9, 15))
    for code, phase in (("1.2", "completed"), ("1.3", "cancelled")):
        ended = make_measure(code, strategy=running.strategy)
        report(ended, date(2026, 9, 15), phase=phase)
    plan(make_measure("1.4", strategy=running.strategy), start=date(2026, 8, 1))
    assert counted() == (1, 1, 1)


@pytest.mark.django_db
def test_rates_a_late_correction_does_not_undo_a_timely_report():
    measure = make_measure("1.1")
    first = report(measure, date(2026, 9, 15), published_at=moment("2026-10-01 10:00"))
    report(measure, date(2026, 9, 15), published_at=moment("2026-11-15 10:00"), corrects=first)
    assert counted() == (1, 1, 1)


@pytest.mark.django_db
def test_rates_of_a_document_of_another_cycle_are_zero():
    document_report(make_measure("1.1"), date(2023, 4, 14), published_at=moment("2026-10-01"))
    assert counted() == (1, 0, 0)
