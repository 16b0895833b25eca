"""The roll-up: counts of distinct measures by status, worst first, and „vykázáno k z n“."""

from datetime import date

import pytest

from common import czech
from measures.models import Measure
from measures.rollup import rollup
from measures.status import POSITIVE, RANK, Cause, Status, StatusKey, facts, status
from tests.factories import GoalFactory, document_report, make_measure, milestone, plan, report

ON = date(2026, 9, 12)


def of(*keys):
    """Return the roll-up of as many measures, each with a status."""
    return rollup([(pk, Status(key, Cause.PHASE)) for pk, key in enumerate(keys)])


def test_rollup_counts_every_status_worst_first():
    found = of(*reversed(StatusKey), StatusKey.LATE, StatusKey.UNREPORTED)
    assert [(count.word, count.number) for count in found.counts] == [
        ("zpožděno", 2),
        ("ohroženo", 1),
        ("neaktuální", 1),
        ("bez hlášení", 2),
        ("probíhá bez termínů", 1),
        ("pozastaveno", 1),
        ("nezahájeno", 1),
        ("podle plánu", 1),
        ("plněno průběžně", 1),
        ("splněno", 1),
        ("zrušeno", 1),
    ]
    assert found.total == 13


def test_rollup_leaves_out_statuses_nobody_has():
    found = of(StatusKey.COMPLETED, StatusKey.AT_RISK, StatusKey.COMPLETED)
    assert [(count.key, count.number) for count in found.counts] == [
        (StatusKey.AT_RISK, 1),
        (StatusKey.COMPLETED, 2),
    ]
    assert found.number(StatusKey.LATE) == 0


@pytest.mark.parametrize(
    ("key", "reported", "expected"),
    [
        (StatusKey.LATE, 1, 1),
        (StatusKey.AT_RISK, 1, 1),
        (StatusKey.STALE, 0, 1),
        (StatusKey.UNREPORTED, 0, 1),
        (StatusKey.UNDATED, 1, 1),
        (StatusKey.SUSPENDED, 1, 1),
        (StatusKey.NOT_STARTED, 1, 1),
        (StatusKey.ON_TRACK, 1, 1),
        (StatusKey.CONTINUOUS, 1, 1),
        (StatusKey.COMPLETED, 0, 0),
        (StatusKey.CANCELLED, 0, 0),
    ],
)
def test_rollup_reported_of_expected_by_status(key, reported, expected):
    found = of(key)
    assert (found.reported, found.expected) == (reported, expected)


def test_rollup_of_the_whole_strategy_says_reported_k_of_n():
    found = of(*[StatusKey.STALE] * 9, *[StatusKey.UNREPORTED] * 22)
    assert (found.reported, found.expected, found.total, found.positive) == (0, 31, 31, 0)
    assert czech.k_of_n(found.reported, found.expected) == "0\u00a0z\u00a031"


@pytest.mark.parametrize("key", StatusKey)
def test_rollup_positive_leaves_out_what_is_not_known(key):
    good = {StatusKey.ON_TRACK, StatusKey.CONTINUOUS, StatusKey.COMPLETED}
    assert of(key).positive == (1 if key in good else 0)
    assert {StatusKey.STALE, StatusKey.UNREPORTED, StatusKey.UNDATED}.isdisjoint(POSITIVE)


def test_rollup_counts_a_measure_of_two_goals_once():
    late = Status(StatusKey.LATE, Cause.END_LATE)
    done = Status(StatusKey.COMPLETED, Cause.PHASE)
    found = rollup([(7, late), (8, done), (7, late)])
    assert (found.total, found.number(StatusKey.LATE), found.expected) == (2, 1, 1)


def test_rollup_of_measures_without_statuses_is_empty():
    found = rollup([(1, None), (2, None)])
    assert (found.counts, found.total, found.reported, found.expected) == ((), 0, 0, 0)


def test_rollup_of_nothing_is_empty():
    found = rollup([])
    assert (found.counts, found.total, found.reported, found.expected) == ((), 0, 0, 0)


def test_rollup_counts_lead_to_the_list_of_that_status():
    assert [count.query for count in of(StatusKey.LATE, StatusKey.UNDATED).counts] == [
        "stav=zpozdeno",
        "stav=probiha-bez-terminu",
    ]


def test_rank_tells_worse_from_better_and_holds_going_well_together():
    order = sorted(StatusKey, key=RANK.get)
    assert order == list(StatusKey)
    assert RANK[StatusKey.ON_TRACK] == RANK[StatusKey.CONTINUOUS]
    others = [RANK[key] for key in StatusKey if key != StatusKey.CONTINUOUS]
    assert len(set(others)) == len(others)


@pytest.mark.django_db
def test_rollup_of_goals_counts_what_the_records_say():
    first = GoalFactory()
    second = GoalFactory(priority=first.priority)
    both = make_measure("1.1", first, second)
    milestone(both, date(2026, 9, 1))
    stale = make_measure("1.2", first)
    document_report(stale, date(2023, 4, 14), phase="running")
    done = make_measure("1.3", second)
    report(done, date(2026, 9, 1), phase="completed", health="")
    make_measure("1.4", second)
    crossing = make_measure("1.5", strategy=first.strategy, is_cross_cutting=True)
    plan(crossing, start=date(2026, 10, 1))

    def of_measures(measures):
        found = facts(measures.order_by("code_key"), ON)
        return rollup([(f.measure.pk, status(f, ON)) for f in found])

    one, two = (of_measures(Measure.objects.filter(goals=goal)) for goal in (first, second))
    assert [count.key for count in one.counts] == [StatusKey.LATE, StatusKey.STALE]
    assert [count.key for count in two.counts] == [
        StatusKey.LATE,
        StatusKey.UNREPORTED,
        StatusKey.COMPLETED,
    ]
    assert [(r.reported, r.expected) for r in (one, two)] == [(1, 2), (1, 2)]
    joined = of_measures(Measure.objects.filter(goals__priority=first.priority))
    assert (joined.total, joined.reported, joined.expected) == (4, 1, 3)
    whole = of_measures(Measure.objects.filter(strategy=first.strategy))
    assert (whole.total, whole.reported, whole.expected) == (5, 2, 4)
