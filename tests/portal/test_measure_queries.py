"""The page of a measure with everything that may stand on it keeps to its queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.history import recording
from measures import moment as moments
from tests import factories as make
from tests.factories import moment, noon
from tests.indicators.factories import IndicatorFactory, ObservationFactory, TargetFactory
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory, SnapshotFactory
from tests.municipalities.pages import text_of
from tests.projects.factories import (
    BudgetPartFactory,
    CallFactory,
    OutcomeFactory,
    ProjectFactory,
    ProjectMeasureFactory,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def measure():
    kk = make.StrategyFactory(slug="kk", short_name="Strategie kraje")
    priority = make.PriorityFactory(strategy=kk, code="1", name="Dostupnost bydlení")
    goal = make.GoalFactory(priority=priority, code="1.A", name="Sociální bydlení")
    with recording(by=None, moment=moment("2026-01-01 08:00")):
        return make.make_measure("1.2", goal)


@pytest.fixture
def meeting(measure):
    body = BodyFactory(slug="rada", name="Rada kraje", strategy=measure.strategy)
    meeting = MeetingFactory(body=body, meeting_date=date(2026, 8, 20))
    SnapshotFactory(meeting=meeting)
    return meeting


def grow(measure, meeting, numbers):
    """Add one of everything the page shows for each number."""
    for n in numbers:
        describe(measure, n)
        resolve(meeting, n, *happen(measure, n))
        support(measure, n)


def describe(measure, n):
    priority = make.PriorityFactory(strategy=measure.strategy, name=f"Priorita {n}.")
    make.ActivityFactory(measure=measure, text=f"Aktivita {n}.")
    with recording(by=None, moment=moment(f"2026-03-01 10:{n:02}")):
        measure.note = f"Znění {n}."
        measure.save()
    measure.goals.add(make.GoalFactory(priority=priority, name=f"Cíl {n}."))
    measure.partners.add(make.OrganisationFactory(name=f"Partner {n}."))
    measure.municipalities.add(make.MunicipalityFactory(name=f"Působí {n}."))


def happen(measure, n):
    """Record a plan, a milestone, a report that asks and an output; return the first three."""
    plan = make.plan(measure, recorded_at=moment("2026-01-02 10:00"), resolution=f"ZK {n}")
    made = make.milestone(measure, date(2026, 12, 31), title=f"Milník {n}.", resolution=f"RK {n}")
    report = make.report(
        measure,
        date(2026, 6, 1),
        actor=make.OrganisationFactory(),
        needs_decision=True,
        decision=f"Schválit {n}.",
    )
    file = make.AttachmentFactory(measure=measure, name=f"zapis-{n}.pdf")
    make.ReportAttachmentFactory(report=report, attachment=file)
    organiser = make.OrganisationFactory(name=f"Pořadatel {n}.")
    output = make.output(measure, date(2026, 6, 1), organiser=organiser)
    for name in ("V", "A"):
        place = make.MunicipalityFactory(name=f"{name}{n}ov")
        make.OutputMunicipalityFactory(output=output, municipality=place)
    return plan, made.milestone, report


def resolve(meeting, n, plan, milestone, report):
    """Adopt resolutions: of everything, of a number that stands in the plan, a corrected one."""
    one = ResolutionFactory(
        meeting=meeting,
        number=f"RK {n}",
        text=f"Rada rozhodla {n}.",
        recorded_at=noon(meeting.meeting_date),
    )
    one.decision_links.create(report=report)
    one.measure_links.create(measure=plan.measure)
    one.milestone_links.create(milestone=milestone)
    one.plan_links.create(plan=plan)
    ResolutionFactory(meeting=meeting, number=f"ZK {n}", recorded_at=noon(meeting.meeting_date))
    old = ResolutionFactory(meeting=meeting, number=f"X {n}", recorded_at=moment("2026-08-21"))
    old.measure_links.create(measure=plan.measure)
    ResolutionFactory(meeting=meeting, corrects=old, recorded_at=moment("2026-08-22"))


def support(measure, n):
    project = ProjectFactory(name=f"Projekt {n}.", territory="named")
    project.municipalities.set(
        [make.MunicipalityFactory(name=f"{name}{n}ice") for name in ("Z", "B")]
    )
    ProjectMeasureFactory(project=project, measure=measure, share=40)
    BudgetPartFactory(project=project, amount=1_000_000)
    OutcomeFactory(project=project)
    indicator = IndicatorFactory(
        name=f"Ukazatel {n}.",
        region=measure.strategy.region,
        direction="up",
        base_value=0,
        base_date=date(2020, 1, 1),
    )
    indicator.measures.add(measure)
    for year in (2026, 2023):
        TargetFactory(indicator=indicator, due_date=date(year, 12, 31), value=year)
    ObservationFactory(indicator=indicator, value=5)
    call = CallFactory(title=f"Výzva {n}.", deadline=date(2026, 12, 1))
    call.measures.add(measure)


def read(client, measure, query=""):
    """Return the number of queries of the page and its text."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"{measure.get_absolute_url()}{query}")
    assert answer.status_code == 200
    return len(captured), text_of(answer)


SHOWN = [
    "Cíl {n}. – Priorita {n}.",
    "Aktivita {n}.",
    "Znění {n}.",
    "Partner {n}.",
    "Působí {n}.",
    "Milník {n}.",
    "zapis-{n}.pdf",
    "A{n}ov, V{n}ov · pořádá Pořadatel {n}.",
    "20. 8. 2026 · usnesení RK {n}, Rada kraje Rada rozhodla {n}. "
    "Rozhodlo o: Schválit {n}. Milník: Milník {n}. Plán: verze z 2. 1. 2026",
    "Projekt {n}.",
    "B{n}ice, Z{n}ice · podíl 40 %: schváleno 400 000 Kč",
    "Ukazatel {n}.",
    "Výzva {n}.",
]


def test_page_with_everything_costs_14_queries_for_one_and_for_thirty(client, measure, meeting):
    for numbers in (range(1), range(1, 30)):
        grow(measure, meeting, numbers)
        count, text = read(client, measure)
        assert count == 14
        shown = [said.format(n=n) for n in (numbers[0], numbers[-1]) for said in SHOWN]
        assert [said for said in shown if said not in text] == []


def test_page_with_everything_costs_a_person_signed_in_two_queries_more(
    client_as, measure, meeting
):
    grow(measure, meeting, range(3))
    assert read(client_as("unit"), measure)[0] == 16


def test_page_with_everything_of_a_past_day_costs_no_more(client, measure, meeting):
    grow(measure, meeting, range(3))
    assert read(client, measure, "?k=2026-09-11")[0] <= 14


def test_page_of_a_strategy_that_is_not_monitored_costs_no_more(client, measure, meeting):
    grow(measure, meeting, range(3))
    measure.strategy.is_monitored = False
    measure.strategy.save()
    count, text = read(client, measure)
    # No history: reports, plans, milestones, outputs and files.
    assert count == 9
    assert "usnesení RK 2, Rada kraje Rada rozhodla 2." in text
