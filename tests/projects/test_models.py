from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.models import Project, ProjectMeasure, ProjectTerritory
from projects.models.links import check_shares
from strategy.models import Precision
from tests.factories import MunicipalityFactory, OrganisationFactory, PriorityFactory, make_measure
from tests.projects.factories import (
    BudgetPartFactory,
    CallFactory,
    ExternalFactFactory,
    NeedResultFactory,
    ObstacleFactory,
    OutcomeFactory,
    ProjectActivityFactory,
    ProjectFactory,
    ProjectMeasureFactory,
    TimelineEventFactory,
)

pytestmark = pytest.mark.django_db


def refused(factory, **fields):
    """Say whether the database refuses the record, whatever the forms think of it."""
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**fields)
    return True


@pytest.mark.parametrize(
    ("factory", "fields"),
    [
        (ProjectFactory, {"state": "asleep"}),
        (ProjectFactory, {"territory": "moon"}),
        (ProjectFactory, {"start_precision": "hour"}),
        (ProjectFactory, {"end_precision": "hour"}),
        (ProjectFactory, {"state_precision": "hour"}),
        (ProjectFactory, {"start_date": date(2023, 2, 1), "end_date": date(2023, 1, 31)}),
        (ProjectFactory, {"is_start_uncertain": True}),
        (ProjectFactory, {"is_end_uncertain": True}),
        (ProjectFactory, {"registration_number": ""}),
        (ProjectMeasureFactory, {"share": 0}),
        (ProjectMeasureFactory, {"share": 101}),
        (BudgetPartFactory, {"kind": "luck"}),
        (BudgetPartFactory, {"stage": "hoped"}),
        (BudgetPartFactory, {"amount": -1}),
        (BudgetPartFactory, {"currency": "USD"}),
        (BudgetPartFactory, {"is_uncertain": True}),
        (TimelineEventFactory, {"precision": "year"}),
        (OutcomeFactory, {"qualifier": "roughly"}),
        (OutcomeFactory, {"counted": "wishes"}),
        (OutcomeFactory, {"is_uncertain": True}),
        (OutcomeFactory, {"value": 9, "value_to": 8}),
        (OutcomeFactory, {"value": None, "value_to": 8}),
        (OutcomeFactory, {"unit": ""}),
        (ProjectFactory, {"eu_rate": 101}),
        (NeedResultFactory, {"area": "weather"}),
        (NeedResultFactory, {"duration": "forever"}),
        (NeedResultFactory, {"identified": None}),
        (NeedResultFactory, {"identified": 5, "solved": 6}),
        (NeedResultFactory, {"solved_share": 101}),
        (NeedResultFactory, {"period_end": date(2024, 12, 31)}),
        (NeedResultFactory, {"period_start": None, "period_end": None}),
        (NeedResultFactory, {"is_uncertain": True}),
        (CallFactory, {"opens_on": date(2026, 2, 1), "deadline": date(2026, 1, 31)}),
        (CallFactory, {"applicants": ""}),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else value._meta.model.__name__,
)
def test_record_is_refused(factory, fields):
    assert refused(factory, **fields)


@pytest.mark.parametrize(
    ("factory", "names"),
    [
        (ProjectMeasureFactory, ["project", "measure"]),
        (BudgetPartFactory, ["project", "kind", "stage", "currency"]),
        (ProjectActivityFactory, ["project", "order"]),
        (TimelineEventFactory, ["project", "happened_on", "text"]),
        (OutcomeFactory, ["project", "key"]),
        (ObstacleFactory, ["project", "order"]),
        (ExternalFactFactory, ["project", "order"]),
        (NeedResultFactory, ["project"]),
        (CallFactory, ["slug"]),
    ],
    ids=lambda value: value if isinstance(value, list) else value._meta.model.__name__,
)
def test_second_of_a_kind_is_refused(factory, names):
    first = factory()
    assert refused(factory, **{name: getattr(first, name) for name in names})


def test_slug_and_registration_number_are_unique():
    project = ProjectFactory(registration_number="CZ.03.02.01/1")
    assert refused(ProjectFactory, slug=project.slug)
    assert refused(ProjectFactory, registration_number="CZ.03.02.01/1")


def test_unknown_registration_numbers_do_not_clash():
    assert ProjectFactory.create_batch(2, registration_number=None)


def test_project_is_no_part_of_itself():
    project = ProjectFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(parent=project)


def test_circle_of_parents_is_refused():
    top = ProjectFactory()
    middle = ProjectFactory(parent=top)
    top.parent = ProjectFactory(parent=middle)
    with pytest.raises(ValidationError, match="součástí sebe sama"):
        top.clean()


def test_project_that_ends_in_the_month_it_starts_in_is_taken():
    project = Project(
        start_date=date(2023, 2, 15),
        end_date=date(2023, 2, 1),
        end_precision=Precision.MONTH,
    )
    project.clean()
    assert project.end_date == date(2023, 2, 28)


def test_start_known_to_the_month_is_its_first_day():
    project = Project(start_date=date(2023, 2, 15), start_precision=Precision.MONTH)
    project.clean()
    assert project.start_date == date(2023, 2, 1)


def test_shares_above_the_whole_are_refused():
    check_shares([60, 40, None])
    check_shares([])
    with pytest.raises(ValidationError, match="víc než 100"):
        check_shares([60, 40.5, None])


# Reads


def test_projects_of_a_measure_know_their_link():
    measure, other = make_measure("1.1"), make_measure("1.2")
    link = ProjectMeasureFactory(measure=measure, share=40, is_ours=True)
    ProjectMeasureFactory(project=link.project, measure=other, share=60)
    ProjectMeasureFactory(measure=other)
    [found] = Project.objects.for_measure(measure)
    assert (found, found.link_share, found.is_link_ours) == (link.project, 40, True)


def test_projects_of_a_municipality_name_it():
    cheb, as_ = MunicipalityFactory(), MunicipalityFactory()
    project = ProjectFactory(municipalities=[cheb, as_], territory=ProjectTerritory.NAMED)
    wide = ProjectFactory(territory=ProjectTerritory.REGION)
    ProjectFactory()
    assert list(Project.objects.for_municipality(cheb)) == [project]
    assert list(Project.objects.region_wide()) == [wide]


def test_projects_of_a_priority():
    priority = PriorityFactory()
    project = ProjectFactory()
    project.priorities.add(priority)
    ProjectFactory()
    assert list(Project.objects.for_priority(priority)) == [project]


def test_words_are_found_in_the_name_and_the_recipient():
    rada = OrganisationFactory(name="Krajská rada dětí")
    project = ProjectFactory(name="Za jeden provaz", recipient=rada)
    ProjectFactory(name="Provaz bez příjemce")
    found = Project.objects.with_words
    assert list(found("provaz deti")) == [project]
    assert found("provaz").count() == 2
    assert found("").count() == 2
    assert not found("lano").exists()


def test_code_of_a_measure_finds_projects_of_all_strategies():
    first, second = (ProjectMeasureFactory(measure=make_measure("2.A")).project for _ in range(2))
    ProjectMeasureFactory(measure=make_measure("2.B"))
    assert set(Project.objects.carrying_out("2.a")) == {first, second}


def test_measures_of_a_project_stand_in_their_order():
    project = ProjectFactory()
    strategy = make_measure("1.9").strategy
    for code in ("4.10", "4.9"):
        ProjectMeasureFactory(project=project, measure=make_measure(code, strategy=strategy))
    codes = [link.measure.code for link in ProjectMeasure.objects.in_plan_order()]
    assert codes == ["4.9", "4.10"]
