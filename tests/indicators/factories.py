"""Minimal valid indicators and values; a test states every value it depends on."""

from datetime import date

import factory

from indicators import models
from tests.factories import EARLY, Factory, RegionFactory


class IndicatorFactory(Factory):
    class Meta:
        model = models.Indicator

    slug = factory.Sequence(lambda n: f"ukazatel-{n}")
    name = factory.Sequence(lambda n: f"Ukazatel {n}")
    unit = "osoba, osoby, osob, osoby"
    counted = models.Counted.PERSONS
    group = "Skupina"
    region = factory.SubFactory(RegionFactory)


class TargetFactory(Factory):
    class Meta:
        model = models.Target

    indicator = factory.SubFactory(IndicatorFactory)
    due_date = date(2026, 12, 31)
    value = 10


class ObservationFactory(Factory):
    """A value of the indicator's own region for a year; `year=2023` sets the period."""

    class Meta:
        model = models.Observation

    class Params:
        year = 2023

    indicator = factory.SubFactory(IndicatorFactory)
    region = factory.SelfAttribute("indicator.region")
    period_start = factory.LazyAttribute(lambda row: date(row.year, 1, 1))
    period_end = factory.LazyAttribute(lambda row: date(row.year, 12, 31))
    value = 10
    source = "zdroj"
    recorded_at = EARLY
