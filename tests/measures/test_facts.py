"""What is known of measures: which records count on a day and up to a moment."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from measures.models import Measure
from measures.status import StatusKey, end_of, facts, status, with_report
from tests.factories import (
    GoalFactory,
    MeasureFactory,
    StrategyFactory,
    document_report,
    drop,
    finish,
    make_measure,
    milestone,
    moment,
    output,
    plan,
    report,
    restate,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)
KNOWN = moment("2026-09-13")


def known_of(measure, on=ON, known=None):
    return facts(Measure.objects.filter(pk=measure.pk), on, known)[0]


# Known: the moment up to which records count


@pytest.mark.parametrize(
    ("on", "end"),
    [
        (ON, "2026-09-13T00:00+02:00"),
        (date(2026, 12, 31), "2027-01-01T00:00+01:00"),
        (date(2026, 3, 28), "2026-03-29T00:00+01:00"),
        (date(2026, 3, 29), "2026-03-30T00:00+02:00"),
        (date(2026, 10, 24), "2026-10-25T00:00+02:00"),
        (date(2026, 10, 25), "2026-10-26T00:00+01:00"),
    ],
)
def test_end_of_day_is_midnight_in_prague(on, end):
    assert end_of(on) == datetime.fromisoformat(end)


def test_end_of_day_is_of_prague_whatever_zone_a_reader_has():
    with timezone.override("America/New_York"):
        assert end_of(ON) == moment("2026-09-13")


RECORDED = [
    ("2026-09-12 23:30", True),
    ("2026-09-12 23:59:59.999999", True),
    ("2026-09-13 00:00", False),
    ("2026-09-13 00:10", False),
]
DST = [
    ("2026-03-29", "2026-03-29 23:30", True),
    ("2026-03-29", "2026-03-30 00:00", False),
    ("2026-03-28", "2026-03-29 00:00", False),
    ("2026-03-28", "2026-03-28 23:59", True),
    ("2026-10-25", "2026-10-25 23:30", True),
    ("2026-10-25", "2026-10-26 00:00", False),
    ("2026-10-24", "2026-10-24 23:30", True),
    ("2026-10-24", "2026-10-25 00:10", False),
]
MOMENTS = [("2026-09-12", text, counts) for text, counts in RECORDED] + DST


@pytest.mark.parametrize(("day", "recorded", "counts"), MOMENTS)
def test_facts_know_what_was_recorded_by_the_end_of_the_day(day, recorded, counts):
    on, at = date.fromisoformat(day), moment(recorded)
    measure = make_measure("1.1")
    report(measure, on - timedelta(days=1), published_at=at)
    plan(measure, recorded_at=at)
    milestone(measure, on, recorded_at=at)
    output(measure, on, recorded_at=at)
    found = known_of(measure, on)
    seen = [found.report, found.latest_cycle, found.plan, found.milestones, found.output_days]
    assert [bool(part) for part in seen] == [counts] * 5


@pytest.mark.parametrize(("seconds", "counts"), [(1, True), (0, False), (-1, False)])
def test_facts_leave_out_what_was_recorded_at_known_itself(seconds, counts):
    at = moment("2026-09-12 10:00")
    measure = make_measure("1.1")
    report(measure, date(2026, 9, 1), published_at=at)
    plan(measure, recorded_at=at)
    milestone(measure, ON, recorded_at=at)
    output(measure, date(2026, 9, 1), recorded_at=at)
    found = known_of(measure, ON, at + timedelta(seconds=seconds))
    seen = [found.report, found.latest_cycle, found.plan, found.milestones, found.output_days]
    assert [bool(part) for part in seen] == [counts] * 5


def test_facts_of_a_past_day_may_know_what_was_recorded_later():
    measure = make_measure("1.1")
    late = report(measure, date(2026, 6, 30), published_at=moment("2026-07-10 09:00"))
    assert known_of(measure, date(2026, 6, 30)).report is None
    assert known_of(measure, date(2026, 6, 30), KNOWN).report == late


# The last report


def test_facts_last_report_has_the_greatest_as_of_day():
    measure = make_measure("1.1")
    newer = report(measure, date(2026, 9, 1), published_at=moment("2026-09-01 08:00"))
    report(measure, date(2026, 8, 1), published_at=moment("2026-09-10 08:00"))
    assert known_of(measure).report == newer


def test_facts_last_report_is_as_of_the_day_asked_about_or_before():
    measure = make_measure("1.1")
    older = report(measure, date(2026, 9, 1))
    today = report(measure, ON)
    assert known_of(measure, ON).report == today
    assert known_of(measure, date(2026, 9, 11), KNOWN).report == older


def test_facts_last_report_of_one_day_was_published_last():
    measure = make_measure("1.1")
    later = report(measure, ON, published_at=moment("2026-09-12 11:00"))
    report(measure, ON, published_at=moment("2026-09-12 10:00"))
    assert known_of(measure).report == later


def test_facts_last_report_of_one_moment_has_the_greatest_number():
    measure = make_measure("1.1")
    report(measure, ON, published_at=moment("2026-09-12 10:00"))
    second = report(measure, ON, published_at=moment("2026-09-12 10:00"))
    assert known_of(measure).report == second


def test_facts_leave_out_a_corrected_report_once_the_correction_is_known():
    measure = make_measure("1.1")
    wrong = report(measure, date(2026, 9, 1), health="serious")
    right = report(
        measure, date(2026, 9, 1), published_at=moment("2026-09-05 10:00"), corrects=wrong
    )
    assert known_of(measure, date(2026, 9, 4)).report == wrong
    assert known_of(measure, ON, moment("2026-09-05 10:00")).report == wrong
    assert known_of(measure, date(2026, 9, 5)).report == right


def test_facts_follow_a_correction_of_a_correction():
    measure = make_measure("1.1")
    first = report(measure, date(2026, 9, 1))
    second = report(measure, date(2026, 9, 1), published_at=moment("2026-09-02"), corrects=first)
    third = report(measure, date(2026, 9, 1), published_at=moment("2026-09-03"), corrects=second)
    assert known_of(measure).report == third


def test_facts_correction_of_an_older_report_stays_behind_the_last():
    measure = make_measure("1.1")
    old = report(measure, date(2026, 6, 30))
    last = report(measure, date(2026, 9, 1))
    report(measure, date(2026, 6, 30), published_at=moment("2026-09-10 10:00"), corrects=old)
    assert known_of(measure).report == last


def test_facts_newest_cycle_may_be_of_another_report_than_the_last():
    measure = make_measure("1.1")
    report(measure, date(2026, 8, 1), cycle=date(2026, 7, 1))
    last = report(measure, date(2026, 9, 1), cycle=date(2025, 10, 1))
    found = known_of(measure)
    assert (found.report, found.latest_cycle) == (last, date(2026, 7, 1))


# Versions and outputs


def test_facts_plan_is_the_version_recorded_last():
    measure = make_measure("1.1")
    later = plan(measure, end=date(2027, 1, 1), recorded_at=moment("2026-09-02 10:00"))
    plan(measure, end=date(2026, 1, 1), recorded_at=moment("2026-09-01 10:00"))
    assert known_of(measure).plan == later
    second = plan(measure, recorded_at=moment("2026-09-02 10:00"))
    assert known_of(measure).plan == second


def test_facts_milestone_is_as_its_version_recorded_last_says():
    measure = make_measure("1.1")
    first = milestone(measure, date(2026, 8, 1), recorded_at=moment("2026-07-01 10:00"))
    done = finish(first, date(2026, 8, 3))
    reopened = restate(done, recorded_at=moment("2026-08-10 10:00"), state="open", closed_on=None)
    assert known_of(measure, date(2026, 8, 2)).milestones == (first,)
    assert known_of(measure, date(2026, 8, 3)).milestones == (done,)
    assert known_of(measure, ON).milestones == (reopened,)
    assert status(known_of(measure, ON), ON).days == 42


def test_facts_milestone_of_one_moment_is_as_written_last():
    measure = make_measure("1.1")
    first = milestone(measure, date(2026, 8, 1), recorded_at=moment("2026-07-01 10:00"))
    second = restate(first, due_date=date(2026, 9, 20), recorded_at=moment("2026-07-01 10:00"))
    assert known_of(measure).milestones == (second,)


def test_facts_milestone_done_is_open_until_its_done_day():
    measure = make_measure("1.1")
    done = finish(
        milestone(measure, date(2026, 9, 1)),
        date(2026, 9, 10),
        recorded_at=moment("2026-09-11 10:00"),
    )
    dropped = drop(milestone(measure, date(2026, 9, 2)), date(2026, 9, 11))
    of_day = {
        day: known_of(measure, date(2026, 9, day), KNOWN).open_milestones(date(2026, 9, day))
        for day in (9, 10, 11)
    }
    assert of_day == {9: [done, dropped], 10: [dropped], 11: []}


def test_facts_leave_out_an_output_withdrawn_or_moved_by_a_correction():
    measure = make_measure("1.1")
    never = output(measure, date(2026, 8, 1))
    output(
        measure,
        date(2026, 8, 1),
        corrects=never,
        is_withdrawn=True,
        recorded_at=moment("2026-08-10 10:00"),
    )
    moved = output(measure, date(2026, 8, 2))
    output(measure, date(2026, 8, 20), corrects=moved, recorded_at=moment("2026-08-21 10:00"))
    assert sorted(known_of(measure, date(2026, 8, 9)).output_days) == [
        date(2026, 8, 1),
        date(2026, 8, 2),
    ]
    assert known_of(measure, ON).output_days == (date(2026, 8, 20),)
    assert known_of(measure, date(2026, 8, 10), KNOWN).output_days == ()
    at_withdrawal = known_of(measure, ON, moment("2026-08-10 10:00"))
    assert sorted(at_withdrawal.output_days) == [date(2026, 8, 1), date(2026, 8, 2)]


# Many measures at once


def test_facts_of_many_measures_keep_their_order_and_do_not_mix():
    strategy = StrategyFactory()
    first, second, third = (make_measure(code, strategy=strategy) for code in ("4.9", "4.10", "1"))
    report(first, date(2026, 9, 1))
    report(second, date(2026, 9, 1), health="serious")
    milestone(first, date(2026, 9, 1))
    plan(third, start=date(2026, 10, 1))
    found = facts(Measure.objects.in_plan_order(), ON)
    assert [f.measure for f in found] == [third, first, second]
    keys = [status(f, ON).key for f in found]
    assert keys == [StatusKey.NOT_STARTED, StatusKey.LATE, StatusKey.AT_RISK]


@pytest.mark.parametrize("many", [1, 30])
def test_facts_and_status_cost_three_queries(django_assert_num_queries, many):
    goal = GoalFactory()
    for number in range(many):
        measure = make_measure(f"1.{number}", goal)
        report(measure, date(2026, 9, 1))
        plan(measure)
        milestone(measure, ON)
        output(measure, ON)
    with django_assert_num_queries(3):
        for found in facts(Measure.objects.in_plan_order(), ON):
            assert status(found, ON).key == StatusKey.ON_TRACK


def test_facts_of_nothing_are_nothing():
    assert facts(Measure.objects.none(), ON) == []


def test_status_of_a_strategy_not_monitored_is_none_whatever_is_recorded():
    measure = MeasureFactory(strategy=StrategyFactory(is_monitored=False))
    milestone(measure, date(2026, 1, 1))
    document_report(measure, date(2026, 1, 1))
    assert status(known_of(measure), ON) is None


def test_status_of_a_document_of_2023_is_stale_with_its_last_known():
    measure = make_measure("1.1")
    loaded = moment("2026-07-01 09:00")
    document_report(measure, date(2023, 4, 14), phase="running", published_at=loaded)
    found = status(known_of(measure), ON)
    assert found.key == StatusKey.STALE
    assert found.last_known.key == StatusKey.UNDATED
    assert status(known_of(measure, date(2026, 6, 30)), date(2026, 6, 30)).key == (
        StatusKey.UNREPORTED
    )


# „Stav bude“: what a report would change


@pytest.mark.parametrize("as_of", [date(2026, 9, 12), date(2026, 8, 1)], ids=["newest", "older"])
@pytest.mark.parametrize("corrects", [False, True], ids=["new", "correction"])
@pytest.mark.parametrize("health", ["on_track", "serious"])
@pytest.mark.parametrize("finishes", [False, True])
def test_with_report_foretells_the_status_after_publishing(as_of, corrects, health, finishes):
    measure = make_measure("1.1")
    corrected = report(measure, as_of, health="minor", published_at=moment("2026-09-12 08:00"))
    report(measure, date(2026, 9, 2))
    overdue = milestone(measure, date(2026, 9, 1))
    before = known_of(measure)
    new = {
        "as_of": as_of,
        "published_at": moment("2026-09-12 20:00"),
        "health": health,
        "phase": "running",
        "corrects": corrected if corrects else None,
    }
    published = report(measure, **new)
    if finishes:
        finish(overdue, ON)
    after = known_of(measure)
    ticked = [overdue.milestone_id] if finishes else []
    foretold, found = status(with_report(before, published, ticked), ON), status(after, ON)
    assert (foretold.key, foretold.cause, foretold.day) == (found.key, found.cause, found.day)


def test_with_report_opens_the_next_of_a_repeating_milestone_that_is_ticked():
    measure = make_measure("1.1")
    repeats = {"repeat_months": 1, "repeat_until": date(2027, 1, 1)}
    ticked = milestone(measure, date(2026, 9, 1), **repeats)
    left = milestone(measure, date(2026, 9, 20), **repeats)
    foretold = with_report(known_of(measure), report(measure, ON), [ticked.milestone_id])
    found = status(foretold, ON)
    assert (found.key, found.milestone) == (StatusKey.ON_TRACK, left)
    due = [m.due_date for m in foretold.open_milestones(ON)]
    assert due == [date(2026, 9, 20), date(2026, 10, 1)]


@pytest.mark.parametrize(
    ("until", "due"),
    [(date(2026, 10, 1), [date(2026, 10, 1)]), (date(2026, 9, 30), [])],
)
def test_with_report_opens_no_milestone_after_the_end_of_repeating(until, due):
    measure = make_measure("1.1")
    last = milestone(measure, date(2026, 9, 1), repeat_months=1, repeat_until=until)
    foretold = with_report(known_of(measure), report(measure, ON), [last.milestone_id])
    assert [m.due_date for m in foretold.open_milestones(ON)] == due


def test_with_report_of_the_first_report_ends_the_silence():
    measure = make_measure("1.1")
    before = known_of(measure)
    assert status(before, ON).key == StatusKey.UNREPORTED
    first = report(measure, ON, phase="not_started", health="")
    assert status(with_report(before, first), ON).key == StatusKey.NOT_STARTED
