"""Resolutions about one measure are read in one query, as they were known at a moment."""

from datetime import date

import pytest

from meetings.about import resolutions_about
from tests.factories import make_measure, milestone, moment, plan, report, restate
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

MET = date(2026, 9, 10)
ON, KNOWN = date(2026, 9, 30), moment("2026-10-01")


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def measure(body):
    return make_measure("1.2", strategy=body.strategy)


@pytest.fixture
def resolve(body):
    """Return a function that records a resolution of the meeting of 10 September."""
    meeting = MeetingFactory(body=body, meeting_date=MET)
    return lambda **values: ResolutionFactory(
        **{"meeting": meeting, "recorded_at": moment("2026-09-11"), **values}
    )


def told(measure, known=KNOWN, numbers=()):
    """Return what is told of each resolution: (its number, [(kind, what is said), …])."""
    found = resolutions_about(measure, ON, known, numbers)
    return [(one.number, [(s.kind, s.said) for s in subjects]) for one, subjects in found.rows]


def test_subjects_of_the_measure_are_told_in_their_order(measure, resolve):
    first = milestone(measure, date(2026, 12, 31), title="Smlouva")
    second = milestone(measure, date(2026, 11, 30), title="Audit")
    asked = report(measure, date(2026, 9, 1), needs_decision=True, decision="Schválit.")
    other = make_measure("9.9", strategy=measure.strategy)
    one = resolve(number="RK 1")
    one.plan_links.create(plan=plan(measure))
    one.milestone_links.create(milestone=second.milestone)
    one.milestone_links.create(milestone=first.milestone)
    one.milestone_links.create(milestone=milestone(other, date(2026, 12, 31)).milestone)
    one.measure_links.create(measure=measure)
    one.measure_links.create(measure=other)
    one.decision_links.create(report=asked)
    assert told(measure) == [
        (
            "RK 1",
            [
                ("decision", "Schválit."),
                ("measure", ""),
                ("milestone", "Audit"),
                ("milestone", "Smlouva"),
                ("plan", ""),
            ],
        )
    ]


def test_milestone_is_called_as_it_was_known(measure, resolve):
    first = milestone(measure, date(2026, 12, 31), title="Smlouva")
    restate(first, title="Podepsaná smlouva", recorded_at=moment("2026-09-20"))
    restate(first, title="Smlouva s dodatkem", recorded_at=moment("2026-09-25"))
    resolve(number="RK 1").milestone_links.create(milestone=first.milestone)
    titles = [told(measure, moment(f"2026-09-{day}"))[0][1][0][1] for day in (20, 21, 26)]
    assert titles == ["Smlouva", "Podepsaná smlouva", "Smlouva s dodatkem"]


def test_resolution_that_was_corrected_settles_nothing_and_has_no_number(measure, resolve):
    asked = report(measure, date(2026, 9, 1), needs_decision=True, decision="Schválit.")
    old = resolve(number="RK 1")
    old.decision_links.create(report=asked)
    new = resolve(number="RK 2", corrects=old, recorded_at=moment("2026-09-20"))
    new.decision_links.create(report=asked)
    numbers = ["RK 1", " RK 2 ", ""]
    before = resolutions_about(measure, ON, moment("2026-09-20"), numbers)
    assert before.settled() == [(asked.pk, MET, old.pk)]
    assert [one.number for one in before.numbered] == ["RK 1"]
    after = resolutions_about(measure, ON, KNOWN, numbers)
    assert after.settled() == [(asked.pk, MET, new.pk)]
    assert [one.number for one in after.numbered] == ["RK 2"]
    assert [one.number for one, _ in after.rows] == ["RK 2", "RK 1"]


def test_number_of_another_strategy_is_not_meant(measure):
    ResolutionFactory(number="RK 1", adopted_on=MET, recorded_at=moment("2026-09-11"))
    assert resolutions_about(measure, ON, KNOWN, ["RK 1"]).numbered == []


@pytest.mark.parametrize("number", [1, 30])
def test_one_query_for_any_number(measure, resolve, number, django_assert_num_queries):
    for n in range(number):
        one = resolve(number=f"RK {n}")
        one.measure_links.create(measure=measure)
        one.plan_links.create(plan=plan(measure))
    with django_assert_num_queries(1):
        found = resolutions_about(measure, ON, KNOWN, [f"RK {n}" for n in range(number)])
        assert len([one.meeting.body.name for one, _ in found.rows]) == number
        assert len(found.numbered) == number
