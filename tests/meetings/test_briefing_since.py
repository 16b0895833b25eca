"""What a body last saw, and what changed since then."""

from datetime import date

import pytest

from meetings.briefing import briefing
from tests.factories import (
    GoalFactory,
    PriorityFactory,
    StrategyFactory,
    drop,
    finish,
    make_measure,
    milestone,
    moment,
    plan,
    report,
    restate,
)
from tests.meetings.factories import BodyFactory, MeetingFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 14)
KNOWN = moment("2026-11-15")
SEPTEMBER = date(2026, 9, 10)


@pytest.fixture
def goal():
    return GoalFactory(priority=PriorityFactory(strategy=StrategyFactory()))


@pytest.fixture
def meeting(goal):
    body = BodyFactory(strategy=goal.strategy, name="Rada kraje", slug="rada")
    return MeetingFactory(body=body, meeting_date=date(2026, 11, 26))


@pytest.fixture
def previous(meeting):
    return MeetingFactory(body=meeting.body, meeting_date=SEPTEMBER)


def said_of(meeting):
    return briefing(meeting, ON, KNOWN)


def told(found):
    return [(one.group, one.code, one.text) for one in found.changes]


def trouble(day):
    return f"Podle hlášení ke dni {day} má opatření"


def measure_with_plan(code, goal):
    measure = make_measure(code, goal, short_name=f"Krátce {code}")
    plan(measure, end=date(2027, 6, 30))
    report(measure, date(2026, 8, 1))
    return measure


def freeze(meeting, on, frozen_at, number=0, corrects=None):
    reason = "Oprava." if number else ""
    return SnapshotFactory(
        meeting=meeting,
        on_date=on,
        frozen_at=frozen_at,
        number=number,
        corrects=corrects,
        reason=reason,
    )


def test_meeting_before_is_the_latest_of_the_same_body(meeting, previous):
    MeetingFactory(body=meeting.body, meeting_date=date(2026, 3, 5))
    MeetingFactory(body=BodyFactory(strategy=meeting.body.strategy), meeting_date=ON)

    found = said_of(meeting)

    assert (found.previous.day, found.previous.body) == (SEPTEMBER, "Rada kraje")
    assert found.previous.url == "/zasedani/2026-09-10-rada/"
    assert found.since == SEPTEMBER


def test_meeting_before_that_has_not_come_counts_only_when_frozen(meeting, previous):
    coming = MeetingFactory(body=meeting.body, meeting_date=date(2026, 11, 20))

    assert said_of(meeting).since == SEPTEMBER

    freeze(coming, date(2026, 11, 10), moment("2026-11-11"))

    assert said_of(meeting).previous.day == date(2026, 11, 20)
    assert said_of(meeting).since == date(2026, 11, 10)


def test_changes_count_from_the_end_of_the_day_of_a_meeting_that_was_not_frozen(
    goal, meeting, previous
):
    measure = measure_with_plan("1.1", goal)
    report(measure, date(2026, 9, 9), health="minor", published_at=moment("2026-09-10 23:59"))
    other = measure_with_plan("1.2", goal)
    report(other, date(2026, 9, 9), health="minor", published_at=moment("2026-09-11 00:00"))

    text = f"podle plánu → ohroženo: {trouble('9. 9. 2026')} menší potíže."
    assert told(said_of(meeting)) == [("zhorsilo-se", "1.2", text)]


def test_changes_count_from_the_snapshot_the_meeting_had(goal, meeting, previous):
    first = freeze(previous, date(2026, 9, 1), moment("2026-09-02 12:00"))
    second = freeze(previous, date(2026, 9, 3), moment("2026-09-04 12:00"), 1, first)
    # A correction after the meeting was not before the body.
    freeze(previous, date(2026, 9, 3), moment("2026-09-30 12:00"), 2, second)
    seen, new = measure_with_plan("1.1", goal), measure_with_plan("1.2", goal)
    report(seen, date(2026, 9, 3), health="minor", published_at=moment("2026-09-04 11:00"))
    report(new, date(2026, 9, 3), health="minor", published_at=moment("2026-09-04 13:00"))

    found = said_of(meeting)

    assert found.since == date(2026, 9, 3)
    assert [one.code for one in found.changes] == ["1.2"]


def test_worse_stands_before_better_and_both_are_counted(goal, meeting, previous):
    better, worse = measure_with_plan("1.1", goal), measure_with_plan("1.2", goal)
    measure_with_plan("1.3", goal)
    report(better, date(2026, 9, 1), health="minor")
    report(better, date(2026, 10, 1))
    report(worse, date(2026, 10, 1), health="serious")

    found = said_of(meeting)

    assert told(found) == [
        (
            "zhorsilo-se",
            "1.2",
            f"podle plánu → vážné potíže: {trouble('1. 10. 2026')} vážné potíže.",
        ),
        (
            "zlepsilo-se",
            "1.1",
            "ohroženo → podle plánu: Práce jdou bez potíží a opatření má skončit 30. 6. 2027.",
        ),
    ]
    assert found.change_summary == "1 zhoršení, 1 zlepšení"
    assert [one.word for one in found.changes] == ["zhoršení", "zlepšení"]
    assert (found.changes[0].name, found.changes[0].url) == (
        "Krátce 1.2",
        worse.get_absolute_url(),
    )


def test_moved_new_done_and_dropped_milestones_are_told(goal, meeting, previous):
    measure = measure_with_plan("1.1", goal)
    moved = milestone(measure, date(2026, 12, 1), title="statut")
    restate(moved, recorded_at=moment("2026-10-01"), due_date=date(2027, 1, 31))
    milestone(measure, date(2027, 2, 28), title="smlouva", recorded_at=moment("2026-10-01"))
    milestone(measure, date(2027, 3, 31), title="beze změny")
    done = milestone(measure, date(2026, 12, 1), title="hotový", recorded_at=moment("2026-10-01"))
    finish(done, date(2026, 11, 1))
    drop(milestone(measure, date(2026, 12, 2), title="zrušený"), date(2026, 11, 1))

    found = said_of(meeting)

    assert told(found) == [
        (
            "terminy",
            "1.1",
            "Nový milník „hotový“, termín 1. 12. 2026. Milník „hotový“ byl splněn 1. 11. 2026.",
        ),
        ("terminy", "1.1", "Milník „zrušený“ byl zrušen 1. 11. 2026."),
        ("terminy", "1.1", "Milník „statut“: termín 1. 12. 2026 → 31. 1. 2027 (+61 dní)."),
        ("terminy", "1.1", "Nový milník „smlouva“, termín 28. 2. 2027."),
    ]
    assert found.change_summary == "4 změny termínů"


def test_first_meeting_tells_no_changes(goal, meeting):
    measure = measure_with_plan("1.1", goal)
    report(measure, date(2026, 10, 1), health="minor")

    found = said_of(meeting)

    assert (found.changes, found.change_summary, found.since) == ((), "", None)
