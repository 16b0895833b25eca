from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from indicators.actions import record_observations
from indicators.entries import EntriesRefused, Entry
from indicators.models import Observation
from tests.indicators.factories import IndicatorFactory, ObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(make_user):
    return make_user("unit")


def entry(indicator, row=1, year=2023, value=5, **fields):
    told = {"region": indicator.region, "source": "z"} | fields
    days = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
    return Entry(row, indicator, value=Decimal(value), **days, **told)


def told(found):
    return [(problem.row, problem.field) for problem in found.value.problems]


def test_new_values_are_recorded_with_their_author(unit):
    indicator = IndicatorFactory()
    found = record_observations(entries=[entry(indicator), entry(indicator, 2, 2024)], by=unit)
    assert (len(found.new), len(found.corrections)) == (2, 0)
    rows = Observation.objects.order_by("period_end")
    assert [(row.value, row.author) for row in rows] == [(5, unit)] * 2


def test_correction_is_a_new_row_and_the_old_one_stays(unit):
    old = ObservationFactory(value=10, source="z")
    fixed = entry(old.indicator, value=11, is_correction=True)
    record_observations(entries=[fixed], by=unit)
    [valid] = Observation.objects.valid(timezone.now())
    assert (valid.value, valid.corrects) == (11, old)
    assert Observation.objects.get(pk=old.pk).value == 10


def test_correction_of_a_correction_follows_the_newest(unit):
    indicator = ObservationFactory(value=10, source="z").indicator
    for value in (11, 12):
        fixed = entry(indicator, value=value, is_correction=True)
        record_observations(entries=[fixed], by=unit)
    assert [row.value for row in Observation.objects.valid(timezone.now())] == [12]


def test_value_that_is_there_is_not_written_again(unit):
    old = ObservationFactory(value=5, source="z")
    found = record_observations(entries=[entry(old.indicator)], by=unit)
    assert len(found.same) == 1
    assert Observation.objects.count() == 1


def test_period_twice_in_one_sheet_is_refused_and_nothing_is_written(unit):
    indicator = IndicatorFactory()
    entries = [entry(indicator), entry(indicator, 2, 2024), entry(indicator, 3, value=6)]
    with pytest.raises(EntriesRefused, match="na řádku 1") as refused:
        record_observations(entries=entries, by=unit)
    assert told(refused) == [(3, "obdobi_od")]
    assert not Observation.objects.exists()


def test_period_that_is_there_is_refused_unless_it_is_a_correction(unit):
    old = ObservationFactory(value=10)
    entries = [entry(old.indicator, 1, 2024), entry(old.indicator, 2)]
    with pytest.raises(EntriesRefused, match="napište do sloupce oprava") as refused:
        record_observations(entries=entries, by=unit)
    assert told(refused) == [(2, "oprava")]
    assert Observation.objects.count() == 1


def test_correction_of_nothing_is_refused(unit):
    with pytest.raises(EntriesRefused, match="není co opravit"):
        record_observations(entries=[entry(IndicatorFactory(), is_correction=True)], by=unit)


def test_value_somebody_recorded_meanwhile_is_not_overwritten(unit):
    old = ObservationFactory(value=10)
    blind = entry(old.indicator, is_correction=True, knows_seen=True, seen=None)
    with pytest.raises(EntriesRefused, match="Mezitím") as refused:
        record_observations(entries=[blind], by=unit)
    assert told(refused) == [(1, "hodnota")]


@pytest.mark.parametrize("role", ["councillor", "admin"])
def test_others_may_not_record(make_user, role):
    with pytest.raises(PermissionDenied):
        record_observations(entries=[entry(IndicatorFactory())], by=make_user(role))


def test_recording_takes_the_same_queries_for_many(unit, django_assert_max_num_queries):
    indicator = IndicatorFactory()
    many = [entry(indicator, number, 1990 + number) for number in range(1, 31)]
    unit.has_perm("indicators.add_observation")
    with django_assert_max_num_queries(6):
        record_observations(entries=many, by=unit)
