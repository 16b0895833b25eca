"""A whole briefing: what it holds for strategies of all kinds, and how much it asks."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.briefing import briefing
from meetings.content import Briefing, MeetingSaid
from meetings.models import Meeting, Resolution
from tests.factories import (
    ActivityFactory,
    GoalFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrganisationFactory,
    OutputMunicipalityFactory,
    PriorityFactory,
    RegionFactory,
    StrategyFactory,
    UserFactory,
    make_measure,
    milestone,
    moment,
    noon,
    output,
    plan,
    report,
)
from tests.indicators.factories import IndicatorFactory, ObservationFactory
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 14)
KNOWN = moment("2026-11-15")


@pytest.fixture
def strategy():
    region = RegionFactory(name="Karlovarský kraj", name_genitive="Karlovarského kraje")
    return StrategyFactory(
        slug="kk", title="Strategie začleňování", short_name="Začleňování", region=region
    )


@pytest.fixture
def meeting(strategy):
    body = BodyFactory(strategy=strategy, name="Rada kraje", slug="rada")
    return MeetingFactory(body=body, meeting_date=date(2026, 11, 26))


def said_of(meeting, on=ON, known=KNOWN):
    return briefing(meeting, on, known)


def test_empty_strategy_says_so(meeting):
    found = said_of(meeting)

    assert found.lead == "Strategie zatím nemá žádné opatření."
    assert (found.rollup.counts, found.rollup.text) == ((), "")
    assert (found.priorities, found.apart, found.decisions, found.late) == ((), (), (), ())
    assert found.region is None
    assert found.meeting == MeetingSaid(
        "Rada kraje", "rada", date(2026, 11, 26), "/zasedani/2026-11-26-rada/"
    )
    assert (found.previous, found.since) == (None, None)
    assert (found.changes, found.change_summary) == ((), "")
    assert found.strategy.region_genitive == "Karlovarského kraje"


def test_strategy_that_is_not_monitored_has_no_statuses():
    strategy = StrategyFactory(slug="lk", is_monitored=False)
    priority = PriorityFactory(strategy=strategy, code="P1")
    make_measure("1.1", GoalFactory(priority=priority, code="1"), name="Byty")
    body = BodyFactory(strategy=strategy)
    MeetingFactory(body=body, meeting_date=date(2026, 9, 10))

    found = said_of(MeetingFactory(body=body, meeting_date=date(2026, 11, 26)))

    assert found.lead == "Strategie má 1 opatření. Hlášení se zde nevedou."
    assert found.methods == ("Hlášení se zde nevedou.",)
    (measure,) = found.priorities[0].measures
    assert (measure.name, measure.status, measure.freshness) == ("Byty", None, "")
    assert (found.rollup.total, found.rollup.text) == (0, "")
    assert (found.glossary, found.stale, found.changes) == ((), (), ())


def test_measure_in_several_goals_counts_once(strategy, meeting):
    bydleni = PriorityFactory(strategy=strategy, code="1")
    skola = PriorityFactory(strategy=strategy, code="2")
    goals = [
        GoalFactory(priority=bydleni, code="1.A"),
        GoalFactory(priority=bydleni, code="1.B"),
        GoalFactory(priority=skola, code="2.A"),
    ]
    measure = make_measure("1.1", *goals)
    output(measure, date(2026, 10, 1), title="Seminář o bydlení")

    found = said_of(meeting)

    assert [len(priority.measures) for priority in found.priorities] == [1, 1]
    assert [len(goal.measures) for goal in found.priorities[0].goals] == [1, 1]
    assert [priority.rollup.total for priority in found.priorities] == [1, 1]
    assert found.rollup.total == 1
    assert len(found.measures) == 1
    assert [len(priority.outputs) for priority in found.priorities] == [1, 1]


def test_cross_cutting_measures_stand_apart(strategy, meeting):
    measure = make_measure("1.1", strategy=strategy, is_cross_cutting=True)
    output(measure, date(2026, 10, 1), title="Školení")
    make_measure("1.2", strategy=strategy)

    found = said_of(meeting)

    assert [part.title for part in found.apart] == ["Průřezová opatření", "Opatření bez cíle"]
    assert [one.code for part in found.apart for one in part.measures] == ["1.1", "1.2"]
    assert [row.title for row in found.apart[0].outputs] == ["Školení"]
    assert [one.code for one in found.measures] == ["1.1", "1.2"]


def test_report_published_after_known_is_not_seen(strategy, meeting):
    goal = GoalFactory(priority=PriorityFactory(strategy=strategy))
    measure = make_measure("1.1", goal)
    plan(measure, end=date(2027, 6, 30))
    report(measure, date(2026, 10, 1), note="První zpráva.")
    report(
        measure,
        date(2026, 11, 10),
        published_at=moment("2026-11-14 09:00"),
        note="Druhá zpráva.",
        health="minor",
        needs_decision=True,
        decision="Schválit.",
    )

    before = said_of(meeting, known=moment("2026-11-14 09:00"))
    after = said_of(meeting, known=moment("2026-11-14 09:01"))

    assert before.measures[0].note == "První zpráva."
    assert before.measures[0].status.key == "podle-planu"
    assert before.decisions == ()
    assert after.measures[0].note == "Druhá zpráva."
    assert after.measures[0].status.key == "ohrozeno"
    assert [one.text for one in after.decisions] == ["Schválit."]


def world(strategy, number):
    """Measures with all that a briefing tells of them, and a meeting before."""
    person = UserFactory(name="Jana Tajná", email="jana.tajna@kraj.example")
    office = OrganisationFactory(name="odbor sociálních věcí", kind="department")
    goal = GoalFactory(priority=PriorityFactory(strategy=strategy))
    body = BodyFactory(strategy=strategy)
    resolved = MeetingFactory(body=body, meeting_date=date(2026, 9, 10))
    for n in range(number):
        measure = make_measure(f"1.{n + 1}", goal)
        plan(measure, owner=person, department=office, recorded_at=moment("2026-01-01"))
        ActivityFactory(measure=measure)
        milestone(measure, date(2026, 10, 1), title=f"Milník {n}")
        OutputMunicipalityFactory(output=output(measure, date(2026, 10, 2)))
        report(measure, date(2026, 10, 5), author=person, needs_decision=True, decision="Schválit.")
        resolution = ResolutionFactory(meeting=resolved, recorded_at=moment("2026-10-01"))
        resolution.measure_links.create(measure=measure)
    return MeetingFactory(body=body, meeting_date=date(2026, 11, 26))


def beside(strategy, number):
    """The index of the region, indicators and promises, in a strategy with measures."""
    priority = strategy.priorities.get()
    edition = IndexEditionFactory(year=2023)
    for n in range(number):
        municipality = MunicipalityFactory(region=strategy.region)
        IndexEntryFactory(edition=edition, municipality=municipality, value=n)
        indicator = IndicatorFactory(region=strategy.region)
        indicator.priorities.set([priority])
        ObservationFactory(indicator=indicator)
    for resolution in Resolution.objects.all():
        measure = resolution.measure_links.get().measure
        resolution.plan_links.create(plan=measure.plan_versions.get())
        resolution.milestone_links.create(milestone=measure.milestones.get())
        past = report(measure, date(2026, 7, 1))
        resolution.decision_links.create(report=past)


@pytest.mark.parametrize("number", [1, 30])
def test_briefing_asks_the_same_for_any_number_of_measures(strategy, number):
    meeting = world(strategy, number)
    beside(strategy, number)
    meeting = Meeting.objects.get(pk=meeting.pk)

    with CaptureQueriesContext(connection) as queries:
        found = said_of(meeting)

    assert len(found.late) == len(found.decisions) == len(found.resolutions) == number
    assert len(queries) == 40


def test_nothing_private_is_said(strategy):
    found = said_of(world(strategy, 2))

    texts = "\n".join(words(found))
    assert "odbor sociálních věcí" in texts
    assert "Tajn" not in texts
    assert "@" not in texts


def test_everything_said_is_plain(strategy):
    found = said_of(world(strategy, 2))

    assert not [text for text in words(found) if "\u00a0" in text or "\u2060" in text]
    assert {type(value) for value in values(found)} <= {
        *(str, bool, int, date, datetime, type(None)),
        type(found.measures[0].note),
    }


def values(said):
    if is_dataclass(said):
        for one in fields(said):
            yield from values(getattr(said, one.name))
    elif isinstance(said, tuple):
        for one in said:
            yield from values(one)
    else:
        yield said


def words(said):
    return [value for value in values(said) if isinstance(value, str)]


def test_briefing_is_of_the_day_and_the_moment_asked_for(meeting):
    found = said_of(meeting, on=date(2026, 10, 1), known=noon(date(2026, 10, 1)))

    assert isinstance(found, Briefing)
    assert (found.on, found.known) == (date(2026, 10, 1), noon(date(2026, 10, 1)))
    assert found.is_demo is False
