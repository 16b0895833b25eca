"""A page of a municipality with everything on it is read in the same few queries, however much of
everything there is; so are its data and its sheet."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures.models import Territory
from municipalities.models import Component, ComponentShare
from municipalities.models.index import ValueState
from projects.models import ProjectTerritory
from tests import factories as make
from tests.projects.factories import ProjectFactory, ProjectMeasureFactory

pytestmark = pytest.mark.django_db

MOST = 13
MOST_ON_PAGE = 14
"""Its page reads grant calls too."""
MONTH = timedelta(days=30)
ANSWERS = (Component.HOUSING_BENEFIT, Component.EARLY_LEAVERS, Component.EXECUTION)


@pytest.fixture
def place():
    """Cheb with two editions, five components each, national shares of 2 %, high from 5.5 %."""
    for lower in (0, 12):
        make.IndexBandFactory(lower=lower)
    cheb = make.MunicipalityFactory(name="Cheb", population=31920, population_date="2020-12-31")
    for year in (2021, 2023):
        edition = make.IndexEditionFactory(year=year)
        for name in Component:
            ComponentShare.objects.create(
                edition=edition, component=name, share=2, percentile_90=Decimal("5.5")
            )
        valued(cheb, edition)
    return cheb


def valued(place, edition):
    entry = make.IndexEntryFactory(municipality=place, edition=edition, value=13)
    for name in Component:
        make.ComponentValueFactory(
            entry=entry, component=name, state=ValueState.KNOWN, count=60, base=1000, share=6
        )


def add_strategy(place, slug, is_monitored=True):
    """A strategy of the region with three priorities that answer to a component and one that does
    not; return the goals of the three."""
    strategy = make.StrategyFactory(slug=slug, region=place.region, is_monitored=is_monitored)
    make.PriorityFactory(strategy=strategy, code="4", index_component="")
    priorities = [
        make.PriorityFactory(strategy=strategy, code=str(n), index_component=answer)
        for n, answer in enumerate(ANSWERS, 1)
    ]
    return [make.GoalFactory(priority=one, code=f"{one.code}.A") for one in priorities]


def add(place, goal, n):
    """A measure here with all that can be known of it, an output here, one elsewhere and one
    without a place, a project by priority and one by measure, one for the whole region."""
    day = timezone.localdate() - MONTH
    elsewhere = make.MunicipalityFactory(region=place.region, orp=place.orp)
    measure = make.make_measure(f"7.{n}", goal, territory=Territory.NAMED)
    measure.municipalities.set([place, elsewhere])
    department = make.OrganisationFactory(mailbox=f"odbor{n}@kraj.example")
    make.plan(measure, owner=make.UserFactory(), department=department)
    make.milestone(measure, day + 3 * MONTH)
    make.report(measure, day, actor=department)
    for where in ([place], [elsewhere], []):
        output = make.OutputFactory(measure=measure, happened_on=day, organiser=department)
        for one in where:
            make.OutputMunicipalityFactory(output=output, municipality=one)
    running = {"start_date": day, "end_date": day + 3 * MONTH, "recipient": department}
    named = {"territory": ProjectTerritory.NAMED, "municipalities": [place, elsewhere]}
    ProjectFactory(**running, **named).priorities.set([goal.priority])
    ProjectMeasureFactory(project=ProjectFactory(**running, **named), measure=measure)
    wide = ProjectFactory(**running, territory=ProjectTerritory.REGION)
    wide.priorities.set([goal.priority])


def add_neighbours(place, count):
    """Neighbours by boundary, as many here as in another region."""
    here = [make.MunicipalityFactory(region=place.region, orp=place.orp) for _ in range(count)]
    abroad = [make.MunicipalityFactory() for _ in range(count)]
    edition = make.IndexEditionFactory(year=2023)
    for one in (*here, *abroad):
        valued(one, edition)
    return [one.code for one in (*here, *abroad)]


def cost(client, path):
    with CaptureQueriesContext(connection) as found:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(found), answer


@pytest.mark.parametrize("part", ["", "data.json", "data.csv", "list.pdf"])
def test_everything_of_a_municipality_takes_the_same_few_queries(client, place, monkeypatch, part):
    # The document is made from what was read; setting it in type asks nothing of the database.
    monkeypatch.setattr("portal.views.municipality_sheet.pdf", lambda document: b"%PDF-")
    path = f"{place.get_absolute_url()}{part}"
    goals = add_strategy(place, "kk")
    add(place, goals[0], 1)
    boundary = make.BoundaryFactory(municipality=place, neighbours=add_neighbours(place, 1))
    few, _ = cost(client, path)
    for n in range(2, 31):
        add(place, goals[n % 3], n)
    add(place, add_strategy(place, "druha")[0], 31)
    add(place, add_strategy(place, "lk", is_monitored=False)[0], 32)
    boundary.neighbours = add_neighbours(place, 30)
    boundary.save()
    many, answer = cost(client, path)
    assert few == many == (MOST if part else MOST_ON_PAGE)
    if not part:
        page = answer.context["page"]
        assert (len(page.measures), len(page.outputs.rows), len(page.projects)) == (32, 32, 64)
        assert [len(found.needs) for found in page.needs] == [3, 3, 3]
        assert page.profile.change is not None
        assert len(page.profile.neighbours) == 60


def test_works_of_a_need_are_those_named_here(client, place):
    """One measure and two projects; the region-wide project closes nothing and is no work here."""
    goals = add_strategy(place, "kk")
    add(place, goals[0], 1)
    _, answer = cost(client, place.get_absolute_url())
    housing, leavers, execution = answer.context["page"].needs[0].needs
    assert len(housing.works) == 3
    assert housing.works[0][1] == "/strategie/kk/opatreni/7.1/"
    assert (leavers.cell.cover, execution.cell.cover) == ("nic", "nic")
    ProjectFactory(
        start_date=timezone.localdate() - MONTH,
        end_date=timezone.localdate() + MONTH,
        territory=ProjectTerritory.REGION,
    ).priorities.set([goals[1].priority])
    make.make_measure("9.1", goals[2], territory=Territory.UNDETERMINED)
    _, answer = cost(client, place.get_absolute_url())
    covers = [one.cell.cover for one in answer.context["page"].needs[0].needs]
    assert covers == ["v-obci", "jen-celokrajsky", "uzemi-neurceno"]


def test_output_without_a_place_works_where_its_measure_names(client, place):
    goals = add_strategy(place, "kk")
    day = timezone.localdate() - MONTH
    for n, (named, when) in enumerate([([place], day), ([], day), ([place], day - 12 * MONTH)], 1):
        measure = make.make_measure(f"1.{n}", goals[n - 1], territory=Territory.NAMED)
        measure.municipalities.set(named)
        make.OutputFactory(measure=measure, happened_on=when)
    _, answer = cost(client, place.get_absolute_url())
    covers = [one.cell.cover for one in answer.context["page"].needs[0].needs]
    assert covers == ["v-obci", "nic", "nic"]
    assert not answer.context["page"].outputs
