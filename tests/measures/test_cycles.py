"""Reporting cycles of every length and the days that follow from them."""

from datetime import date, timedelta

import pytest

from measures.cycles import Cycle, cycle_of, last_finished, offered, shifted


@pytest.mark.parametrize(
    ("months", "day", "start", "end"),
    [
        (3, date(2026, 7, 1), date(2026, 7, 1), date(2026, 9, 30)),
        (3, date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (3, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (3, date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (1, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (1, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (2, date(2026, 4, 30), date(2026, 3, 1), date(2026, 4, 30)),
        (4, date(2026, 5, 1), date(2026, 5, 1), date(2026, 8, 31)),
        (6, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (6, date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        (12, date(2026, 9, 12), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_cycle_of_a_day_is_whole_months_of_the_calendar(months, day, start, end):
    cycle = cycle_of(day, months)
    assert (cycle.start, cycle.end) == (start, end)


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12])
def test_cycles_follow_one_another_without_gaps(months):
    cycle = cycle_of(date(2025, 1, 1), months)
    for _ in range(24):
        assert cycle.next.start == cycle.end + timedelta(days=1)
        assert cycle.next.previous == cycle
        cycle = cycle.next


@pytest.mark.parametrize(
    ("months", "start", "due"),
    [
        (3, date(2026, 7, 1), date(2026, 10, 15)),
        (3, date(2026, 10, 1), date(2027, 1, 15)),
        (1, date(2026, 2, 1), date(2026, 3, 15)),
        (6, date(2026, 1, 1), date(2026, 7, 15)),
        (12, date(2026, 1, 1), date(2027, 1, 15)),
    ],
)
def test_cycle_is_due_fifteen_days_after_its_end(months, start, due):
    assert Cycle(start, months).due == due


@pytest.mark.parametrize(
    ("months", "on", "start"),
    [
        (3, date(2026, 9, 30), date(2026, 4, 1)),
        (3, date(2026, 10, 1), date(2026, 7, 1)),
        (3, date(2027, 1, 1), date(2026, 10, 1)),
        (1, date(2026, 1, 31), date(2025, 12, 1)),
        (1, date(2026, 2, 1), date(2026, 1, 1)),
        (6, date(2026, 7, 1), date(2026, 1, 1)),
        (12, date(2026, 12, 31), date(2025, 1, 1)),
    ],
)
def test_last_finished_cycle_ended_before_the_day(months, on, start):
    assert last_finished(on, months) == Cycle(start, months)


@pytest.mark.parametrize(
    ("months", "on", "start"),
    [
        (3, date(2026, 10, 1), date(2026, 7, 1)),
        (3, date(2026, 10, 22), date(2026, 7, 1)),
        (3, date(2026, 10, 23), date(2026, 10, 1)),
        (3, date(2026, 12, 31), date(2026, 10, 1)),
        (3, date(2027, 1, 22), date(2026, 10, 1)),
        (3, date(2027, 1, 23), date(2027, 1, 1)),
        (1, date(2026, 3, 22), date(2026, 2, 1)),
        (1, date(2026, 3, 23), date(2026, 3, 1)),
        (6, date(2026, 7, 22), date(2026, 1, 1)),
        (6, date(2026, 7, 23), date(2026, 7, 1)),
        (12, date(2027, 1, 22), date(2026, 1, 1)),
        (12, date(2027, 1, 23), date(2027, 1, 1)),
    ],
)
def test_offered_cycle_changes_seven_days_after_the_due_day(months, on, start):
    assert offered(on, months) == Cycle(start, months)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 9, 12), -12, date(2025, 9, 12)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 31), 3, date(2027, 1, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_shifted_day_stays_in_its_month(day, months, result):
    assert shifted(day, months) == result


@pytest.mark.parametrize(
    ("months", "start", "label"),
    [
        (1, date(2026, 7, 1), "červenec 2026"),
        (3, date(2026, 7, 1), "3.\u00a0čtvrtletí 2026"),
        (6, date(2026, 7, 1), "2.\u00a0pololetí 2026"),
        (12, date(2026, 1, 1), "rok 2026"),
    ],
)
def test_cycle_reads_as_people_say_it(months, start, label):
    assert str(Cycle(start, months)) == label
