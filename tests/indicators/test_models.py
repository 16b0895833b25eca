from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from common.append_only import existing_triggers
from common.models import AppendOnlyError
from indicators.models import Indicator, Observation
from indicators.models.observation import OTHER_SERIES, TWICE
from tests.factories import GoalFactory, MunicipalityFactory, PriorityFactory, make_measure, moment
from tests.indicators.factories import IndicatorFactory, ObservationFactory, TargetFactory

pytestmark = pytest.mark.django_db


def refused(factory, **fields):
    """Say whether the database refuses the record, whatever the forms think of it."""
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**fields)
    return True


@pytest.mark.parametrize(
    "fields",
    [
        {"direction": "sideways"},
        {"accumulation": "product"},
        {"counted": "wishes"},
        {"decimals": 5},
        {"base_value": 1},
        {"base_date": date(2020, 1, 1)},
        {"tolerance": -1},
        {"periodicity_months": 0},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_indicator_is_refused(fields):
    assert refused(IndicatorFactory, **fields)


def test_slug_of_an_indicator_is_unique():
    IndicatorFactory(slug="exekuce")
    assert refused(IndicatorFactory, slug="exekuce")


def test_two_targets_for_one_day_are_refused():
    target = TargetFactory()
    assert refused(TargetFactory, indicator=target.indicator, due_date=target.due_date)


@pytest.mark.parametrize(
    "fields",
    [
        {"qualifier": "perhaps"},
        {"value": None},
        {"value": 1, "numerator": 1, "denominator": 2},
        {"value": None, "numerator": 1},
        {"value": None, "denominator": 1},
        {"value": None, "numerator": 0, "denominator": 0},
        {"value": None, "numerator": 3, "denominator": 2},
        {"period_start": date(2024, 1, 1)},
        {"period_end": None},
        {"period_start": None},
        {"period_start": None, "period_end": None},
        {"is_uncertain": True},
    ],
    ids=str,
)
def test_observation_is_refused(fields):
    assert refused(ObservationFactory, **fields)


def test_observation_of_a_region_and_a_municipality_at_once_is_refused():
    assert refused(ObservationFactory, municipality=MunicipalityFactory())


def test_observation_without_a_period_is_uncertain_and_says_why():
    row = ObservationFactory(
        period_start=None, period_end=None, is_uncertain=True, note="Rok není uveden."
    )
    row.full_clean(exclude=["series_key"])


def test_second_value_for_a_territory_and_period_is_refused():
    row = ObservationFactory(year=2023)
    twice = ObservationFactory.build(indicator=row.indicator, region=row.region, year=2023)
    with pytest.raises(ValidationError, match=TWICE):
        twice.full_clean()
    assert refused(ObservationFactory, indicator=row.indicator, region=row.region, year=2023)


def test_second_value_of_the_nation_without_a_period_is_refused():
    fields = {
        "indicator": IndicatorFactory(),
        "region": None,
        "period_start": None,
        "period_end": None,
        "is_uncertain": True,
        "note": "Rok není uveden.",
    }
    ObservationFactory(**fields)
    assert refused(ObservationFactory, **fields)


def test_correction_may_repeat_the_period_but_comes_once():
    row = ObservationFactory(value=10)
    ObservationFactory(indicator=row.indicator, value=11, corrects=row)
    assert refused(ObservationFactory, indicator=row.indicator, value=12, corrects=row)


def test_correction_of_another_indicator_is_refused():
    wrong = ObservationFactory.build(
        indicator=IndicatorFactory(), region=None, corrects=ObservationFactory()
    )
    with pytest.raises(ValidationError, match=OTHER_SERIES):
        wrong.full_clean()


def test_observation_is_append_only():
    row = ObservationFactory(value=10)
    row.value = 11
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        Observation.objects.update(value=11)


def test_database_guards_observations():
    names = existing_triggers(connection)
    assert "append_only_indicators_observation_update" in names
    assert "append_only_indicators_observation_delete" in names


def test_amount_of_a_ratio_is_a_percentage():
    row = ObservationFactory(value=None, numerator=3, denominator=8)
    assert row.amount == Decimal("37.5")
    assert ObservationFactory(value=12).amount == 12


def test_valid_knows_no_later_value_and_no_later_correction():
    row = ObservationFactory(value=10, recorded_at=moment("2026-09-01 10:00"))
    fixed = ObservationFactory(
        indicator=row.indicator, value=11, corrects=row, recorded_at=moment("2026-09-03 10:00")
    )
    at = Observation.objects.valid
    assert list(at(moment("2026-09-01 10:00"))) == []
    assert list(at(moment("2026-09-02"))) == [row]
    assert list(at(moment("2026-09-04"))) == [fixed]


def test_time_order_puts_what_has_no_period_first():
    indicator = IndicatorFactory()
    newer = ObservationFactory(indicator=indicator, year=2023)
    older = ObservationFactory(indicator=indicator, year=2020)
    undated = ObservationFactory(
        indicator=indicator, period_start=None, period_end=None, is_uncertain=True, note="?"
    )
    assert list(indicator.observations.in_time_order()) == [undated, older, newer]


def test_indicators_are_found_by_what_they_belong_to():
    priority = PriorityFactory()
    goal = GoalFactory(priority=priority)
    measure = make_measure("1.1", goal)
    by_priority, by_goal, by_measure = (
        IndicatorFactory(order=1, name=name) for name in ("A", "B", "C")
    )
    by_priority.priorities.add(priority)
    by_goal.goals.add(goal)
    by_measure.measures.add(measure)
    IndicatorFactory().priorities.add(PriorityFactory())
    rows = Indicator.objects.order_by("name")
    assert list(rows.for_priority(priority)) == [by_priority, by_goal]
    assert list(rows.for_measure(measure)) == [by_measure]


def test_indicator_with_two_links_to_a_priority_is_found_once():
    goal = GoalFactory()
    indicator = IndicatorFactory()
    indicator.goals.add(goal, GoalFactory(priority=goal.priority))
    indicator.priorities.add(goal.priority)
    assert list(Indicator.objects.for_priority(goal.priority)) == [indicator]


def test_indicators_of_a_municipality_have_a_value_there():
    municipality = MunicipalityFactory()
    row = ObservationFactory(region=None, municipality=municipality)
    ObservationFactory(region=None, municipality=MunicipalityFactory())
    assert list(Indicator.objects.for_municipality(municipality)) == [row.indicator]


def test_indicators_of_a_strategy():
    priority = PriorityFactory()
    indicator = IndicatorFactory(strategy=priority.strategy)
    IndicatorFactory()
    assert list(Indicator.objects.for_strategy(priority.strategy)) == [indicator]
