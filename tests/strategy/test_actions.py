import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from strategy import actions
from tests import factories

pytestmark = pytest.mark.django_db


def test_save_goal_keeps_the_wording(make_user):
    goal = factories.GoalFactory()
    goal.name = "Nové znění"
    actions.save_goal(goal=goal, by=make_user("head"))
    goal.refresh_from_db()
    assert goal.name == "Nové znění"


def test_save_goal_refuses_a_priority_of_another_strategy(make_user):
    goal = factories.GoalFactory()
    kept = goal.priority
    goal.priority = factories.PriorityFactory()
    with pytest.raises(ValidationError) as refusal:
        actions.save_goal(goal=goal, by=make_user("head"))
    assert refusal.value.message_dict == {"priority": ["Priorita patří jiné strategii."]}
    goal.refresh_from_db()
    assert goal.priority == kept


@pytest.mark.parametrize("role", ["unit", "councillor"])
def test_save_goal_is_for_head_and_admin(make_user, role):
    with pytest.raises(PermissionDenied):
        actions.save_goal(goal=factories.GoalFactory(), by=make_user(role))
