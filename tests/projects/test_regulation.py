"""What article 49(3) asks for, counted by hand."""

from datetime import date

import pytest

from projects.models import Project
from projects.regulation import completeness_text, demands, missing
from tests.factories import MunicipalityFactory, OrganisationFactory, RegionFactory
from tests.projects.factories import BudgetPartFactory, OutcomeFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def read(project):
    return Project.objects.for_list().with_completeness().get(pk=project.pk)


def letters(rows):
    return "".join(one.letter for one in rows)


def test_region_wide_project_of_which_little_is_known():
    # As the regional project of OPZ+: recipient, name, fund, territory and nothing more.
    project = ProjectFactory(
        recipient=OrganisationFactory(region=RegionFactory()),
        fund="Evropský sociální fond plus",
        territory="region",
        goal="Vytvořit systém.",
    )
    found = read(project)
    assert letters(demands(found)) == "adefghijklmn"
    assert letters(missing(found)) == "efghjkn"
    assert completeness_text(found) == "chybí 7\u00a0ze\u00a012 údajů"
    assert missing(found)[0].name == "očekávané nebo dosažené výsledky"


def test_project_in_one_municipality_needs_no_seat():
    project = ProjectFactory(territory="named", municipalities=[MunicipalityFactory()])
    found = read(project)
    assert letters(demands(found)) == "adefghijkln"
    assert letters(missing(found)) == "aefghijkn"


def test_project_with_everything_is_complete():
    project = ProjectFactory(
        recipient=OrganisationFactory(region=None),
        fund="ESF+",
        territory="named",
        municipalities=[MunicipalityFactory()],
        goal="Účel.",
        start_date=date(2023, 1, 1),
        end_date=date(2024, 1, 1),
        specific_objective="k",
        intervention_type="163",
        eu_rate=85,
    )
    BudgetPartFactory(project=project, kind="total", amount=1)
    OutcomeFactory(project=project)
    assert completeness_text(read(project)) == "úplné"


def test_money_of_the_union_alone_is_no_total_cost():
    project = ProjectFactory()
    BudgetPartFactory(project=project, kind="eu", amount=1)
    assert "h" in letters(missing(read(project)))
