"""Minimal valid projects and their parts; a test states every value it depends on."""

from datetime import date

import factory

from projects import models
from tests.factories import EARLY, Factory, MeasureFactory, RegionFactory


class ProjectFactory(Factory):
    """A project; `municipalities=[…]` names places."""

    class Meta:
        model = models.Project

    slug = factory.Sequence(lambda n: f"projekt-{n}")
    name = factory.Sequence(lambda n: f"Projekt {n}")
    region = factory.SubFactory(RegionFactory)
    source = "zpráva"

    @factory.post_generation
    def municipalities(self, create, places, **kwargs):
        self.municipalities.set(places or [])


class ProjectMeasureFactory(Factory):
    class Meta:
        model = models.ProjectMeasure

    project = factory.SubFactory(ProjectFactory)
    measure = factory.SubFactory(MeasureFactory)


class BudgetPartFactory(Factory):
    class Meta:
        model = models.BudgetPart

    project = factory.SubFactory(ProjectFactory)
    kind = models.BudgetSource.TOTAL
    stage = models.BudgetStage.APPROVED
    amount = 1


class ProjectActivityFactory(Factory):
    class Meta:
        model = models.ProjectActivity

    project = factory.SubFactory(ProjectFactory)
    order = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"Činnost {n}")


class TimelineEventFactory(Factory):
    class Meta:
        model = models.TimelineEvent

    project = factory.SubFactory(ProjectFactory)
    happened_on = date(2023, 1, 1)
    text = factory.Sequence(lambda n: f"Událost {n}")


class OutcomeFactory(Factory):
    class Meta:
        model = models.Outcome

    project = factory.SubFactory(ProjectFactory)
    key = factory.Sequence(lambda n: f"vysledek-{n}")
    order = factory.Sequence(lambda n: n)
    value = 17
    unit = "osoba, osoby, osob, osoby"
    counted = models.OutcomeCounted.PERSONS
    text = factory.Sequence(lambda n: f"Výsledek {n}")


class ObstacleFactory(Factory):
    class Meta:
        model = models.Obstacle

    project = factory.SubFactory(ProjectFactory)
    order = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"Překážka {n}")


class ExternalFactFactory(Factory):
    class Meta:
        model = models.ExternalFact

    project = factory.SubFactory(ProjectFactory)
    order = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"Údaj {n}")
    url = "https://example.cz/"
    publisher = "Deník"


class NeedResultFactory(Factory):
    class Meta:
        model = models.NeedResult

    project = factory.SubFactory(ProjectFactory)
    period_start = date(2025, 1, 1)
    period_end = date(2025, 12, 31)
    area = models.NeedArea.HOUSING
    identified = 20
    source = "zpráva"
    recorded_at = EARLY


class CallFactory(Factory):
    class Meta:
        model = models.Call

    slug = factory.Sequence(lambda n: f"vyzva-{n}")
    title = factory.Sequence(lambda n: f"Výzva {n}")
    provider = "ministerstvo"
    applicants = "obce"
    link = "https://example.cz/vyzva"
