"""Actions on milestones and plans: whoever calls them is held to the same rules as the pages."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from measures import actions
from measures.models import Measure, Milestone
from measures.status import facts, status
from tests import factories
from tests.measures.acting import refused
from tests.measures.days import TODAY, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    return factories.make_measure("1.2")


@pytest.fixture
def unit(make_user):
    return make_user("unit")


@pytest.fixture
def head(make_user):
    return make_user("head")


# Milestones


@pytest.mark.parametrize("phase", ["completed", "cancelled"])
def test_add_milestone_is_refused_on_an_ended_measure(measure, unit, phase):
    factories.report(measure, days(-1), phase=phase)
    found = refused(
        actions.add_milestone, measure=measure, by=unit, title="Studie", due_date=days(5)
    )
    assert found == {"": ["Opatření je ukončené, milník k němu přidat nelze."]}


def test_add_milestone_takes_a_day_that_has_passed(measure, unit):
    version = actions.add_milestone(measure=measure, by=unit, title="Studie", due_date=days(-34))
    assert (version.title, version.due_date, version.state) == ("Studie", days(-34), "open")
    found = status(facts(Measure.objects.all(), TODAY)[0], TODAY)
    assert (found.word, found.extra) == ("zpožděno", "o\u00a034\u00a0dní")


def test_add_milestone_is_refused_before_the_start_of_the_plan(measure, unit):
    factories.plan(measure, start=date(2026, 3, 1))
    found = refused(
        actions.add_milestone,
        measure=measure,
        by=unit,
        title="Studie",
        due_date=date(2026, 2, 28),
    )
    assert found == {
        "due_date": ["Termín je před plánovaným začátkem opatření 1.\u00a03.\u00a02026."]
    }


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"due_date": None}, "due_date", "Uveďte termín."),
        ({"title": ""}, "title", "Pole nemůže být prázdné."),
        ({"repeat_months": 3}, "repeat_until", "Uveďte, do kdy se má milník opakovat."),
        (
            {"repeat_until": days(90)},
            "repeat_months",
            "Uveďte, po kolika měsících se má opakovat.",
        ),
        (
            {"repeat_months": 3, "repeat_until": days(4)},
            "repeat_until",
            "Opakování končí dřív, než je první termín.",
        ),
    ],
)
def test_add_milestone_is_refused(measure, unit, changes, field, sentence):
    said = {"title": "Studie", "due_date": days(5), **changes}
    found = refused(actions.add_milestone, measure=measure, by=unit, **said)
    assert found == {field: [sentence]}


def test_finish_milestone_keeps_day_and_evidence(measure, unit):
    milestone = factories.milestone(measure, days(5), title="Studie").milestone
    version = actions.finish_milestone(
        milestone=milestone, by=unit, done_on=days(-2), evidence="čj. 12/2026"
    )
    assert (version.state, version.closed_on) == ("done", days(-2))
    assert (version.title, version.due_date, version.evidence) == (
        "Studie",
        days(5),
        "čj. 12/2026",
    )
    assert milestone.versions.count() == 2


@pytest.mark.parametrize(
    ("done_on", "sentence"),
    [
        (None, "Uveďte den, kdy byl milník hotov."),
        (days(1), "Den splnění nemůže být v budoucnosti."),
    ],
)
def test_finish_milestone_is_refused_without_a_day_that_was(measure, unit, done_on, sentence):
    milestone = factories.milestone(measure, days(5)).milestone
    found = refused(actions.finish_milestone, milestone=milestone, by=unit, done_on=done_on)
    assert found == {"done_on": [sentence]}


def test_closed_milestone_is_neither_finished_nor_dropped(measure, unit):
    version = factories.milestone(measure, days(5))
    factories.drop(version, days(-1))
    for action, said in [
        (actions.finish_milestone, {"done_on": TODAY}),
        (actions.drop_milestone, {"reason": "Není potřeba."}),
    ]:
        found = refused(action, milestone=version.milestone, by=unit, **said)
        assert found == {"": ["Milník už je uzavřený."]}


def test_finishing_a_repeating_milestone_opens_the_next(measure, unit):
    milestone = factories.milestone(
        measure, date(2026, 1, 31), repeat_months=1, repeat_until=date(2026, 2, 28)
    ).milestone
    actions.finish_milestone(milestone=milestone, by=unit, done_on=date(2026, 1, 30))
    following = Milestone.objects.get(follows=milestone)
    version = following.versions.get()
    assert (version.due_date, version.state, version.author) == (
        date(2026, 2, 28),
        "open",
        unit,
    )
    actions.finish_milestone(milestone=following, by=unit, done_on=date(2026, 3, 1))
    assert Milestone.objects.count() == 2


def test_drop_milestone_needs_a_reason(measure, unit):
    milestone = factories.milestone(measure, days(5)).milestone
    found = refused(actions.drop_milestone, milestone=milestone, by=unit, reason=" ")
    assert found == {"reason": ["Napište, proč se milník ruší."]}


def test_dropping_a_repeating_milestone_ends_the_series(measure, unit):
    milestone = factories.milestone(
        measure, days(5), repeat_months=1, repeat_until=days(100)
    ).milestone
    version = actions.drop_milestone(milestone=milestone, by=unit, reason="Není potřeba.")
    assert (version.state, version.closed_on, version.reason) == (
        "dropped",
        TODAY,
        "Není potřeba.",
    )
    assert Milestone.objects.count() == 1


# Plans


def test_change_plan_keeps_what_is_not_changed(measure, head, unit):
    factories.plan(measure, start=date(2026, 1, 1), kind="continuous")
    plan = actions.change_plan(measure=measure, by=head, owner=unit)
    assert (plan.start_date, plan.kind, plan.owner) == (date(2026, 1, 1), "continuous", unit)


def test_change_plan_is_refused_with_an_end_before_the_start(measure, head):
    found = refused(
        actions.change_plan,
        measure=measure,
        by=head,
        start_date=date(2026, 5, 1),
        end_date=date(2026, 4, 30),
    )
    assert found == {"__all__": ["Plánovaný konec je dřív než začátek."]}


def test_change_plan_is_refused_when_a_milestone_is_due_before_the_start(measure, head):
    factories.milestone(measure, date(2027, 1, 31), title="Studie")
    found = refused(actions.change_plan, measure=measure, by=head, start_date=date(2027, 2, 1))
    assert found == {"start_date": ["Milník „Studie“ má termín už 31.\u00a01.\u00a02027."]}


def test_change_plan_is_for_the_head(measure, unit):
    with pytest.raises(PermissionDenied):
        actions.change_plan(measure=measure, by=unit, owner=unit)
