from datetime import date

import pytest
from django.core.exceptions import ValidationError
from factory.django import DjangoModelFactory

from strategy import models
from tests import factories
from tests.refusals import assert_refused, constraint_names

pytestmark = pytest.mark.django_db


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = models.GoverningBody


class InstrumentFactory(DjangoModelFactory):
    class Meta:
        model = models.Instrument


class TextFactory(DjangoModelFactory):
    class Meta:
        model = models.StrategyText


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = models.RelatedDocument


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Correction


BODY = {"kind": "team", "name": "Mikrotým", "order": 1}
INSTRUMENT = {"group": "Práce", "name": "Sociální práce", "order": 1}
TEXT = {"key": "uvod", "text": "Text.", "source": "s. 1", "order": 1}
DOCUMENT = {"title": "Memorandum", "source": "s. 1", "order": 1}
CORRECTION = {
    "place": "1.2",
    "printed": "a",
    "corrected": "b",
    "reason": "překlep",
    "source": "s. 1",
    "order": 1,
}

CHECKS = [
    (
        factories.StrategyFactory,
        "strategy_strategy_validity",
        {"valid_from": date(2027, 1, 1), "valid_to": date(2026, 12, 31)},
    ),
    (factories.StrategyFactory, "strategy_strategy_cycle", {"cycle_months": 5}),
    (factories.StrategyFactory, "strategy_strategy_precision", {"adopted_precision": "year"}),
    (factories.PriorityFactory, "strategy_priority_tier", {"tier": "C"}),
    (factories.PriorityFactory, "strategy_priority_component", {"index_component": "smog"}),
    (factories.OrganisationFactory, "strategy_organisation_kind", {"kind": "club"}),
]

# The same row twice; the strategy is added.
TWICE = [
    (factories.PriorityFactory, "strategy_priority_code", {"code": "1"}),
    (BodyFactory, "strategy_governingbody_once", BODY),
    (InstrumentFactory, "strategy_instrument_once", INSTRUMENT),
    (TextFactory, "strategy_strategytext_key", TEXT),
    (DocumentFactory, "strategy_relateddocument_title", DOCUMENT),
    (CorrectionFactory, "strategy_correction_once", CORRECTION),
]

ELSEWHERE = {
    "strategy_goal_code",
    "strategy_governingbody_kind",
    "Strategy.slug",
    "Organisation.name",
}


def test_every_constraint_has_its_refusal_here():
    assert constraint_names("strategy") == {name for _, name, _ in CHECKS + TWICE} | ELSEWHERE


@pytest.mark.parametrize(("factory", "name", "values"), CHECKS)
def test_value_is_refused(factory, name, values):
    assert_refused(factory, name, values)


@pytest.mark.parametrize(("factory", "name", "values"), TWICE)
def test_same_record_is_refused_in_one_strategy_only(factory, name, values):
    strategy, other = factories.StrategyFactory(), factories.StrategyFactory()
    factory(strategy=strategy, **values)
    factory(strategy=other, **values)
    assert_refused(factory, name, {"strategy": strategy, **values})


def test_unknown_kind_of_body_is_refused():
    values = {**BODY, "kind": "choir", "strategy": factories.StrategyFactory()}
    assert_refused(BodyFactory, "strategy_governingbody_kind", values)


def test_two_goals_share_no_code():
    priority = factories.PriorityFactory()
    factories.GoalFactory(priority=priority, code="1.A")
    assert_refused(
        factories.GoalFactory, "strategy_goal_code", {"priority": priority, "code": "1.A"}
    )


def test_two_strategies_share_no_slug_and_two_organisations_no_name():
    factories.StrategyFactory(slug="kk")
    assert_refused(factories.StrategyFactory, "Strategy.slug", {"slug": "kk"})
    factories.OrganisationFactory(name="Člověk v tísni")
    assert_refused(factories.OrganisationFactory, "Organisation.name", {"name": "Člověk v tísni"})


def test_goal_under_a_priority_of_another_strategy_is_refused():
    goal = factories.GoalFactory.build(
        strategy=factories.StrategyFactory(), priority=factories.PriorityFactory()
    )
    with pytest.raises(ValidationError) as refusal:
        goal.full_clean(exclude=["code_key"])
    assert refusal.value.message_dict == {"priority": ["Priorita patří jiné strategii."]}
