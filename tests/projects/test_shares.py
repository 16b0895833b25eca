"""What of a project belongs to a measure, worked out by hand."""

from decimal import Decimal

import pytest
from django.utils import timezone

from portal.results import results_of_measure, results_of_priority
from tests.factories import PriorityFactory, make_measure
from tests.projects.factories import (
    BudgetPartFactory,
    OutcomeFactory,
    ProjectFactory,
    ProjectMeasureFactory,
)

pytestmark = pytest.mark.django_db
NB = "\u00a0"


def lines(measure):
    results = results_of_measure(measure, timezone.now())
    return [project.share_line for project in results.projects], results.totals


def test_share_of_money_and_outcomes_stands_under_the_measure():
    measure, other = make_measure("1.1"), make_measure("1.2")
    project = ProjectFactory()
    ProjectMeasureFactory(project=project, measure=measure, share=40)
    ProjectMeasureFactory(project=project, measure=other, share=Decimal("12.5"))
    BudgetPartFactory(project=project, amount=10_000_000)
    BudgetPartFactory(project=project, amount=8_000_000, kind="eu")
    OutcomeFactory(project=project, value=1296)
    OutcomeFactory(project=project, value=57, unit="%", counted="persons")
    OutcomeFactory(project=project, value=2758, is_uncertain=True, note="Dvojí čtení.")
    OutcomeFactory(project=project, value=22, counted="cooperations")
    [line], totals = lines(measure)
    assert line == (f"podíl 40{NB}%: schváleno 4{NB}000{NB}000{NB}Kč; asi 518{NB}osob")
    assert [(t.kind, t.amount) for t in totals] == [("total", 4_000_000), ("eu", 3_200_000)]
    [line], _ = lines(other)
    assert line == f"podíl 12,5{NB}%: schváleno 1{NB}250{NB}000{NB}Kč; 162{NB}osob"


def test_unknown_share_says_so_and_gives_no_number():
    measure, project = make_measure("1.1"), ProjectFactory()
    ProjectMeasureFactory(project=project, measure=measure)
    BudgetPartFactory(project=project, amount=10_000_000)
    [line], [total] = lines(measure)
    assert line == "podíl neznáme"
    assert total.amount is None


def test_project_of_two_measures_counts_once_under_their_priority():
    priority, project = PriorityFactory(), ProjectFactory()
    project.priorities.add(priority)
    for code in ("1.1", "1.2"):
        ProjectMeasureFactory(project=project, measure=make_measure(code), share=50)
    BudgetPartFactory(project=project, amount=10_000_000)
    [total] = results_of_priority(priority, timezone.now()).totals
    assert (total.amount, total.projects) == (10_000_000, 1)
