import pytest

from strategy.models import Goal
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = [
    "strategy",
    "priority",
    "goal",
    "organisation",
    "strategytext",
    "relateddocument",
    "correction",
    "governingbody",
    "instrument",
]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("role", "status"), [("unit", 403), ("head", 200), ("councillor", 302), ("admin", 200)]
)
def test_wording_is_for_head_and_admin(client_as, role, status, model):
    client = client_as(role)
    assert client.get(f"/admin/strategy/{model}/").status_code == status
    assert client.get(f"/admin/strategy/{model}/add/").status_code == status


def goal_values(goal, **changes):
    values = {
        "strategy": goal.strategy_id,
        "priority": goal.priority_id,
        "code": goal.code,
        "name": goal.name,
        "short_name": goal.short_name,
    }
    return {**values, **changes}


@pytest.mark.parametrize("page", ["add/", "{}/change/"])
def test_goal_under_a_priority_of_another_strategy_is_refused(client_as, page):
    goal = factories.GoalFactory()
    foreign = factories.PriorityFactory()
    values = goal_values(goal, priority=foreign.pk, code="9.Z")
    response = client_as("head").post(f"/admin/strategy/goal/{page.format(goal.pk)}", values)
    assert response.context["adminform"].form.errors == {
        "priority": ["Priorita patří jiné strategii."]
    }
    assert not Goal.objects.filter(code="9.Z").exists()


def test_wording_of_a_goal_is_changed_and_its_strategy_stays(client_as):
    goal = factories.GoalFactory()
    other = factories.StrategyFactory()
    values = goal_values(goal, name="Nové znění", strategy=other.pk)
    client_as("admin").post(f"/admin/strategy/goal/{goal.pk}/change/", values)
    changed = Goal.objects.get(pk=goal.pk)
    assert (changed.name, changed.strategy) == ("Nové znění", goal.strategy)


def test_goal_with_measures_is_not_deleted_with_its_priority(client_as):
    goal = factories.GoalFactory()
    page = f"/admin/strategy/priority/{goal.priority_id}/delete/"
    client_as("head").post(page, {"post": "yes"})
    assert Goal.objects.filter(pk=goal.pk).exists()
