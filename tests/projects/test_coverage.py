"""The rule of coverage by hand-made cases; rules.md, section Coverage."""

from datetime import date
from decimal import Decimal

import pytest

from common.history import recording
from measures.models import Territory
from measures.status import end_of
from municipalities.models import Component, ComponentShare, ComponentValue
from municipalities.models.territory import MunicipalityKind
from projects.coverage import Cover, Need, Threshold, coverage, need
from projects.models import Project, ProjectState, ProjectTerritory
from projects.work import activities, is_running
from tests import factories
from tests.projects.factories import ProjectFactory, ProjectMeasureFactory

ON = date(2026, 11, 25)
HOUSING = Threshold(share=Decimal("2.71"), high=Decimal("2.90"))


def value(share, *, count=10, state="known"):
    return ComponentValue(
        component=Component.HOUSING_BENEFIT,
        state=state,
        count=count,
        share=None if share is None else Decimal(share),
    )


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("2.71", Need.BELOW),
        ("2.72", Need.ABOVE),
        ("2.8999", Need.ABOVE),
        ("2.90", Need.HIGH),
        ("11", Need.HIGH),
        ("0", Need.BELOW),
    ],
)
def test_need_is_the_share_against_the_nation(share, expected):
    assert need(value(share), HOUSING) == expected


@pytest.mark.parametrize(
    "shown",
    [
        None,
        value(None, count=None, state="unknown"),
        value(None, count=None, state="borrowed"),
        value("12", count=3, state="masked"),
        # The row calls itself known; the count decides.
        value("12", count=4),
    ],
)
def test_need_is_unknown_where_the_share_is_masked_borrowed_or_missing(shown):
    assert need(shown, HOUSING) == Need.UNKNOWN


def test_need_is_unknown_where_the_nation_is():
    assert need(value("12"), Threshold()) == Need.UNKNOWN
    assert need(value("12"), Threshold(share=Decimal("2.71"))) == Need.UNKNOWN


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"start_date": date(2026, 11, 25), "end_date": date(2026, 11, 25)}, True),
        ({"start_date": date(2026, 11, 26)}, False),
        ({"end_date": date(2026, 11, 24)}, False),
        ({"state": ProjectState.RUNNING, "state_date": date(2025, 11, 25)}, True),
        ({"state": ProjectState.RUNNING, "state_date": date(2025, 11, 24)}, None),
        ({"state": ProjectState.RUNNING}, None),
        ({"state": ProjectState.FINISHED}, False),
        ({"state": ProjectState.PREPARING}, False),
        ({"state": ProjectState.UNKNOWN}, None),
    ],
)
def test_project_runs_only_where_that_is_known(fields, expected):
    assert is_running(Project(**fields), ON) is expected


@pytest.fixture
def region():
    """A strategy with one priority on housing, one on nothing, and two municipalities."""
    strategy = factories.StrategyFactory()
    priority = factories.PriorityFactory(
        strategy=strategy, code="1", index_component=Component.HOUSING_BENEFIT
    )
    factories.PriorityFactory(strategy=strategy, code="4", index_component="")
    return factories.GoalFactory(priority=priority, code="1.A")


def place(goal, name, share, count=50):
    """A municipality with a share of housing benefit in the edition of 2023."""
    region = goal.strategy.region
    orp = factories.OrpFactory(region=region)
    one = factories.MunicipalityFactory(name=name, region=region, orp=orp)
    entry = factories.IndexEntryFactory(municipality=one)
    ComponentShare.objects.get_or_create(
        edition=entry.edition,
        region=None,
        component=Component.HOUSING_BENEFIT,
        defaults={"share": Decimal("2.71"), "percentile_90": Decimal("2.90")},
    )
    factories.ComponentValueFactory(
        entry=entry,
        component=Component.HOUSING_BENEFIT,
        state="known",
        count=count,
        base=1000,
        share=Decimal(share),
    )
    return one


def measure(goal, territory=Territory.NAMED, *places):
    one = factories.make_measure("1.1", goal, territory=territory)
    one.municipalities.set(places)
    return one


def output(of, day, *places, **fields):
    made = factories.OutputFactory(measure=of, happened_on=day, **fields)
    for one in places:
        factories.OutputMunicipalityFactory(output=made, municipality=one)
    return made


def covers(goal, on=ON):
    """Return what stands in the only column, by the name of the municipality."""
    found = coverage(goal.strategy, on)
    assert [column.priority for column in found.columns] == [goal.priority]
    return {row.municipality.name: row.cells[0] for row in found.rows}


@pytest.mark.django_db
def test_high_need_with_nothing_there_is_a_gap(region):
    place(region, "Aš", "3.4")
    place(region, "Cheb", "2.8")
    cells = covers(region)
    assert (cells["Aš"].need, cells["Aš"].cover, cells["Aš"].is_gap) == ("vysoka", "nic", True)
    assert cells["Aš"].share == Decimal("3.4")
    assert (cells["Cheb"].need, cells["Cheb"].is_gap) == ("nad-prumerem", False)
    found = coverage(region.strategy, ON)
    assert [(c.priority.code, m.name) for c, m, _ in found.gaps] == [("1", "Aš")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 11, 25), Cover.NOTHING),
        (date(2025, 11, 26), Cover.HERE),
        (ON, Cover.HERE),
        (date(2026, 11, 26), Cover.NOTHING),
    ],
)
def test_output_covers_its_municipality_for_twelve_months(region, day, expected):
    there = place(region, "Aš", "3.4")
    output(measure(region, Territory.NAMED, there), day, there)
    assert covers(region)["Aš"].cover == expected


@pytest.mark.django_db
def test_output_elsewhere_covers_nothing_here(region):
    here, there = place(region, "Aš", "3.4"), place(region, "Cheb", "3.4")
    output(measure(region, Territory.NAMED, here, there), date(2026, 6, 1), there)
    cells = covers(region)
    assert (cells["Aš"].is_gap, cells["Cheb"].is_gap) == (True, False)


@pytest.mark.django_db
def test_withdrawn_output_covers_nothing(region):
    there = place(region, "Aš", "3.4")
    made = output(measure(region, Territory.NAMED, there), date(2026, 6, 1), there)
    factories.OutputFactory(
        measure=made.measure, happened_on=made.happened_on, corrects=made, is_withdrawn=True
    )
    assert covers(region)["Aš"].is_gap


@pytest.mark.django_db
def test_done_milestone_covers_the_municipalities_its_measure_names(region):
    here = place(region, "Aš", "3.4")
    place(region, "Cheb", "3.4")
    one = measure(region, Territory.NAMED, here)
    promised = factories.milestone(one, date(2026, 12, 31))
    assert covers(region)["Aš"].is_gap
    factories.finish(promised, date(2026, 6, 1))
    cells = covers(region)
    assert (cells["Aš"].cover, cells["Cheb"].cover) == ("v-obci", "nic")


@pytest.mark.django_db
def test_measure_without_work_covers_nothing_and_an_ended_one_neither(region):
    here = place(region, "Aš", "3.4")
    one = measure(region, Territory.NAMED, here)
    assert covers(region)["Aš"].is_gap
    output(one, date(2026, 6, 1), here)
    factories.report(one, date(2026, 9, 1), phase="completed")
    assert covers(region)["Aš"].is_gap
    # Before it was completed it was at work there.
    assert covers(region, date(2026, 8, 1))["Aš"].cover == Cover.HERE


@pytest.mark.django_db
def test_region_wide_work_stands_apart_and_closes_no_gap(region):
    place(region, "Aš", "3.4")
    output(measure(region, Territory.REGION), date(2026, 6, 1))
    cell = covers(region)["Aš"]
    assert (cell.cover, cell.is_gap) == ("jen-celokrajsky", True)


@pytest.mark.django_db
def test_undetermined_territory_is_a_state_of_its_own_and_no_gap(region):
    there = place(region, "Aš", "3.4")
    one = measure(region, Territory.UNDETERMINED)
    cell = covers(region)["Aš"]
    assert (cell.cover, cell.is_gap) == ("uzemi-neurceno", False)
    # An output that names the municipality happened there all the same.
    output(one, date(2026, 6, 1), there)
    assert covers(region)["Aš"].cover == Cover.HERE


@pytest.mark.django_db
def test_running_project_covers_its_municipality_by_priority_or_by_measure(region):
    here, there = place(region, "Aš", "3.4"), place(region, "Cheb", "3.4")
    days = {"start_date": date(2026, 1, 1), "end_date": date(2026, 12, 31)}
    by_priority = ProjectFactory(territory=ProjectTerritory.NAMED, **days)
    by_priority.priorities.set([region.priority])
    by_priority.municipalities.set([here])
    by_measure = ProjectFactory(territory=ProjectTerritory.NAMED, **days)
    ProjectMeasureFactory(project=by_measure, measure=measure(region, Territory.NAMED))
    by_measure.municipalities.set([there])
    cells = covers(region)
    assert cells["Aš"].works == (by_priority,)
    assert cells["Cheb"].works == (by_measure,)
    assert covers(region, date(2027, 1, 1))["Aš"].is_gap


@pytest.mark.django_db
def test_project_of_unknown_state_is_told_apart(region):
    here = place(region, "Aš", "3.4")
    project = ProjectFactory(territory=ProjectTerritory.NAMED, state=ProjectState.UNKNOWN)
    project.priorities.set([region.priority])
    project.municipalities.set([here])
    found = coverage(region.strategy, ON)
    assert found.columns[0].work.uncertain_projects == (project,)
    assert found.rows[0].cells[0].is_gap


@pytest.mark.django_db
def test_past_day_knows_only_what_was_recorded(region):
    here = place(region, "Aš", "3.4")
    output(
        measure(region, Territory.NAMED, here),
        date(2026, 6, 1),
        here,
        recorded_at=factories.moment("2026-07-15 09:00"),
    )
    assert covers(region, date(2026, 7, 14))["Aš"].is_gap
    assert covers(region, date(2026, 7, 15))["Aš"].cover == Cover.HERE


@pytest.mark.django_db
def test_output_without_a_place_counts_where_its_measure_names(region):
    """As a done milestone does: neither has a place of its own."""
    here = place(region, "Aš", "3.4")
    place(region, "Cheb", "3.4")
    output(measure(region, Territory.NAMED, here), date(2026, 6, 1))
    cells = covers(region)
    assert (cells["Aš"].cover, cells["Cheb"].cover) == ("v-obci", "nic")


@pytest.mark.django_db
def test_past_day_knows_the_territory_it_had_then(region):
    """Named on 1. 3., changed to the whole region on 1. 9. by its history."""
    here = place(region, "Aš", "3.4")
    with recording(by=None, moment=factories.moment("2026-03-01 09:00")):
        one = measure(region, Territory.NAMED, here)
    output(one, date(2026, 2, 1))
    with recording(by=None, moment=factories.moment("2026-09-01 09:00")):
        one.territory = Territory.REGION
        one.save()
        one.municipalities.clear()
    assert covers(region, date(2026, 8, 31))["Aš"].cover == Cover.HERE
    assert covers(region, date(2026, 9, 1))["Aš"].cover == Cover.REGION


@pytest.mark.django_db
def test_strategy_that_is_not_monitored_shows_projects_and_no_gap(region):
    here, there = place(region, "Aš", "3.4"), place(region, "Cheb", "3.4")
    region.strategy.is_monitored = False
    region.strategy.save()
    output(measure(region, Territory.NAMED, here), date(2026, 6, 1), here)
    project = ProjectFactory(
        territory=ProjectTerritory.NAMED,
        start_date=date(2026, 1, 1),
        end_date=date(2026, 12, 31),
    )
    project.priorities.set([region.priority])
    project.municipalities.set([there])
    cells = covers(region)
    assert (cells["Aš"].cover, cells["Aš"].is_gap, cells["Aš"].is_untold) == (
        "nesleduje-se",
        False,
        True,
    )
    assert (cells["Cheb"].cover, cells["Cheb"].works) == ("v-obci", (project,))


@pytest.mark.django_db
def test_one_measure_in_one_municipality(region):
    here, named, other = (place(region, name, "3.4") for name in ("Aš", "Cheb", "Luby"))
    one = measure(region, Territory.NAMED, here, named)
    output(one, date(2026, 6, 1), here)
    for code, territory in (("1.2", Territory.REGION), ("1.3", Territory.UNDETERMINED)):
        factories.make_measure(code, region, territory=territory)
    found, _ = activities(region.strategy, ON, end_of(ON))
    assert [[row.presence(p.pk).value for p in (here, named, other)] for row in found] == [
        ["v-obci", "jmenuje", "nic"],
        ["cely-kraj", "cely-kraj", "cely-kraj"],
        ["neurceno", "neurceno", "neurceno"],
    ]


@pytest.mark.django_db
def test_number_of_queries_does_not_grow(region, django_assert_max_num_queries):
    for n in range(30):
        there = place(region, f"Obec {n}", "3.4")
        one = factories.make_measure(f"1.{n}", region, territory=Territory.NAMED)
        one.municipalities.set([there])
        output(one, date(2026, 6, 1), there)
    with django_assert_max_num_queries(12):
        assert len(coverage(region.strategy, ON).rows) == 30


@pytest.mark.django_db
def test_military_area_is_in_no_row(region):
    place(region, "Aš", "3.4")
    factories.MunicipalityFactory(
        name="Hradiště", kind=MunicipalityKind.MILITARY_AREA, region=region.strategy.region
    )
    assert list(covers(region)) == ["Aš"]
