"""The rule of the status, with every boundary day; its table stands in status_cases/."""

from datetime import date, timedelta

import pytest

from measures.status import POSITIVE, Cause, StatusKey, css, icon, status
from tests.measures.in_memory import done, known, plan, promise, said
from tests.measures.status_cases import TABLE
from tests.measures.status_cases.case import (
    AT_RISK,
    COMPLETED,
    CONTINUOUS,
    LATE,
    NOT_STARTED,
    OLD,
    ON,
    ON_TRACK,
    STALE,
    TOMORROW,
    UNDATED,
    YESTERDAY,
    case,
)


@pytest.mark.parametrize(("facts", "key", "cause", "day"), TABLE)
def test_status_follows_the_rule(facts, key, cause, day):
    found = status(facts, ON)
    assert (found.key, found.cause) == (key, cause)
    if day is not None:
        assert found.day == day
    assert found.days == ((ON - day).days if key == LATE else 0)


@pytest.mark.parametrize(
    "facts",
    [
        known(report=said("running", ""), milestones=[promise(TOMORROW)]),
        known(report=said("preparing", ""), plan=plan(end=TOMORROW)),
    ],
    ids=["milestone ahead", "end ahead"],
)
def test_status_of_unknown_health_is_never_positive(facts):
    found = status(facts, ON)
    assert found.key == UNDATED
    assert found.cause != Cause.NOTHING_DATED, "something dated is promised: the sentence would lie"


def test_status_of_a_strategy_not_monitored_is_none():
    assert status(known(monitored=False), ON) is None
    overdue = known(monitored=False, report=said(), milestones=[promise(YESTERDAY)])
    assert status(overdue, ON) is None


def test_status_late_says_by_how_many_days():
    found = status(known(report=said(), milestones=[promise(ON - timedelta(days=34))]), ON)
    assert (found.word, found.extra) == ("zpožděno", "o\u00a034\u00a0dní")
    assert found.is_late


def test_status_late_names_the_milestone():
    first, second = promise(date(2026, 8, 1)), promise(date(2026, 8, 2))
    assert status(known(report=said(), milestones=[second, first]), ON).milestone is first


def test_status_serious_trouble_reads_as_such():
    found = status(known(report=said(health="serious")), ON)
    assert (found.key, found.word) == (AT_RISK, "vážné potíže")
    assert status(known(report=said(health="minor")), ON).word == "ohroženo"


def test_status_unknown_phase_reads_as_such():
    assert status(known(report=said("", "")), ON).word == "fáze neuvedena"
    assert status(known(report=said()), ON).word == "probíhá bez termínů"


@pytest.mark.parametrize(
    ("on", "day", "key"),
    [
        (date(2028, 2, 29), date(2027, 2, 28), UNDATED),
        (date(2028, 2, 29), date(2027, 3, 1), CONTINUOUS),
        (date(2029, 2, 28), date(2028, 2, 28), UNDATED),
        (date(2029, 2, 28), date(2028, 2, 29), CONTINUOUS),
        (date(2027, 1, 31), date(2026, 1, 31), UNDATED),
        (date(2027, 1, 31), date(2026, 2, 1), CONTINUOUS),
    ],
)
def test_status_continuous_counts_twelve_months_by_the_calendar(on, day, key):
    report = said(as_of=on, cycle=date(on.year, 1, 1))
    facts = known(report=report, plan=plan(kind="continuous"), outputs=[day])
    assert status(facts, on).key == key


# Rule 6: neaktuální


@pytest.mark.parametrize(
    ("months", "on", "cycle", "is_stale"),
    [
        (3, date(2026, 9, 30), date(2026, 1, 1), False),
        (3, date(2026, 10, 1), date(2026, 1, 1), True),
        (3, date(2026, 10, 1), date(2026, 4, 1), False),
        (3, date(2026, 12, 31), date(2026, 4, 1), False),
        (3, date(2027, 1, 1), date(2026, 4, 1), True),
        (1, date(2026, 3, 31), date(2026, 1, 1), False),
        (1, date(2026, 4, 1), date(2026, 1, 1), True),
        (6, date(2026, 12, 31), date(2025, 7, 1), False),
        (6, date(2027, 1, 1), date(2025, 7, 1), True),
        (12, date(2026, 12, 31), date(2024, 1, 1), False),
        (12, date(2027, 1, 1), date(2024, 1, 1), True),
    ],
)
def test_status_stale_after_two_finished_cycles(months, on, cycle, is_stale):
    report = said(as_of=cycle, cycle=cycle)
    facts = known(report=report, milestones=[promise(date(2030, 1, 1))], months=months)
    assert (status(facts, on).key == STALE) is is_stale


def test_status_stale_asks_for_the_cycle_not_the_as_of_day():
    about_old = said(as_of=YESTERDAY, cycle=date(2025, 10, 1))
    assert status(known(report=about_old), ON).key == STALE
    about_new = said(as_of=date(2025, 12, 31), cycle=date(2026, 1, 1))
    assert status(known(report=about_new), ON).key == UNDATED


def test_status_stale_asks_for_any_report_of_the_cycles():
    about_old = said(as_of=YESTERDAY, cycle=date(2025, 10, 1))
    facts = known(report=about_old, latest_cycle=date(2026, 4, 1))
    assert status(facts, ON).key == UNDATED


AS_OF = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("facts", "key", "cause", "day"),
    [
        case("minor trouble", AT_RISK, None, report=said(health="minor", **OLD)),
        case("not started", NOT_STARTED, None, report=said("not_started", "", **OLD)),
        case("phase unknown", UNDATED, None, report=said("", "", **OLD)),
        case(
            "milestone that lay ahead then, done since",
            ON_TRACK,
            None,
            date(2026, 1, 15),
            report=said(**OLD),
            milestones=[done(date(2026, 1, 15), date(2026, 1, 10))],
        ),
        case(
            "milestone past due then, done since",
            LATE,
            None,
            date(2025, 12, 1),
            report=said(**OLD),
            milestones=[done(date(2025, 12, 1), date(2026, 1, 10))],
        ),
        case(
            "milestone due on the as-of day lay ahead",
            ON_TRACK,
            None,
            AS_OF,
            report=said(**OLD),
            milestones=[done(AS_OF, date(2026, 1, 1))],
        ),
        case(
            "milestone done on the as-of day",
            UNDATED,
            None,
            report=said(**OLD),
            milestones=[done(date(2026, 1, 15), AS_OF)],
        ),
        case(
            "planned end ahead",
            ON_TRACK,
            None,
            date(2027, 1, 1),
            report=said(**OLD),
            plan=plan(end=date(2027, 1, 1)),
        ),
        case(
            "continuous, output within the year before",
            CONTINUOUS,
            None,
            date(2025, 1, 1),
            report=said(**OLD),
            plan=plan(kind="continuous"),
            outputs=[date(2025, 1, 1), date(2026, 5, 1)],
        ),
        case(
            "continuous, outputs only a year before and after",
            UNDATED,
            None,
            report=said(**OLD),
            plan=plan(kind="continuous"),
            outputs=[date(2024, 12, 31), date(2026, 1, 1)],
        ),
    ],
)
def test_status_stale_keeps_the_last_known_of_the_as_of_day(facts, key, cause, day):
    found = status(facts, ON)
    assert found.key == STALE
    assert found.is_stale
    assert found.last_known.key == key
    if day is not None:
        assert found.last_known.day == day
    assert found.last_known.days == ((AS_OF - day).days if key == LATE else 0)


def test_status_stale_stands_before_trouble_and_promises():
    facts = known(report=said(health="serious", **OLD), milestones=[promise(TOMORROW)])
    assert status(facts, ON).key == STALE
    assert status(facts, ON).last_known.word == "vážné potíže"


# The statuses themselves


def test_status_keys_stand_worst_first():
    assert [key.label for key in StatusKey] == [
        "zpožděno",
        "ohroženo",
        "neaktuální",
        "bez hlášení",
        "probíhá bez termínů",
        "pozastaveno",
        "nezahájeno",
        "podle plánu",
        "plněno průběžně",
        "splněno",
        "zrušeno",
    ]


def test_status_positive_leaves_out_what_is_not_known():
    assert {ON_TRACK, CONTINUOUS, COMPLETED} == POSITIVE


@pytest.mark.parametrize("key", StatusKey)
def test_status_has_a_look(key):
    assert css(key).split()[0] in {"is-late", "is-risk", "is-ok", "is-done", "is-ns", "is-off"}
    assert icon(key)


def test_status_icons_differ_where_colours_do_not():
    shapes = [(css(key), icon(key)) for key in StatusKey if key != CONTINUOUS]
    assert len(set(shapes)) == len(shapes)
