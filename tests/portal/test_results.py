"""Projects and indicators stand beside what they belong to, and stay within the queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.indicators.factories import IndicatorFactory, ObservationFactory
from tests.projects.factories import ProjectFactory, ProjectMeasureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    priority = make.PriorityFactory(strategy=make.StrategyFactory(slug="kk"), code="1")
    return make.make_measure("1.2", make.GoalFactory(priority=priority, code="1.A"))


@pytest.fixture
def cheb(measure):
    region = measure.strategy.region
    return make.MunicipalityFactory(code="554481", name="Cheb", region=region)


def carry_out(measure, municipality, count):
    """Add projects that carry the measure out in the municipality, and indicators of it."""
    priority = measure.goals.get().priority
    for number in range(count):
        project = ProjectFactory(name=f"Za jeden provaz {number}", territory="named")
        project.municipalities.add(municipality)
        project.priorities.add(priority)
        ProjectMeasureFactory(project=project, measure=measure, is_ours=True)
        indicator = IndicatorFactory(name=f"Lidé v exekuci {number}")
        indicator.measures.add(measure)
        indicator.priorities.add(priority)
        ObservationFactory(
            indicator=indicator,
            region=indicator.region,
            period_start=date(2023, 1, 1),
            period_end=date(2023, 12, 31),
            value=4321,
        )


def asked(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def text(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def test_measure_shows_its_projects_and_indicators(client, measure, cheb):
    carry_out(measure, cheb, 1)
    page = text(client, measure.get_absolute_url())
    assert "Za jeden provaz 0" in page
    assert "přiřazení je naše" in page
    assert "Lidé v exekuci 0" in page
    assert "4 321" in page


def test_measure_without_projects_says_so(client, measure):
    page = text(client, measure.get_absolute_url())
    assert "Žádný projekt přiřazen není." in page
    assert "Ukazatele</h2>" not in page


def test_priority_shows_its_projects_and_indicators(client, measure, cheb):
    carry_out(measure, cheb, 1)
    page = text(client, "/strategie/kk/priorita/1/")
    assert "Za jeden provaz 0" in page
    assert "Lidé v exekuci 0" in page


def test_municipality_shows_projects_that_name_it(client, measure, cheb):
    carry_out(measure, cheb, 1)
    assert "Za jeden provaz 0" in text(client, cheb.get_absolute_url())
    other = make.MunicipalityFactory(code="560286", name="Sokolov", region=cheb.region)
    assert "Za jeden provaz 0" not in text(client, other.get_absolute_url())


def test_pages_with_results_cost_the_same_for_one_and_for_thirty(client, measure, cheb):
    paths = [measure.get_absolute_url(), "/strategie/kk/priorita/1/", cheb.get_absolute_url()]
    carry_out(measure, cheb, 1)
    for few in (first := [asked(client, path) for path in paths]):
        assert few <= 14
    carry_out(measure, cheb, 29)
    assert [asked(client, path) for path in paths] == first
