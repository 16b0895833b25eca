"""Minimal valid objects. A test states every value it depends on; what stands here is only what
the database asks for.

Moments never come from the clock: what has a moment of recording was recorded `EARLY`, long
before any day the tests ask about, unless a test says otherwise. The functions below the
factories write histories in one line each.
"""

from datetime import date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from accounts.models import Absence, User
from common.models import ImportRun, Redaction
from measures import models as measures
from municipalities import models as places
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from portal.models import ErrorReport
from strategy import models as strategies

PRAGUE = ZoneInfo("Europe/Prague")
EARLY = datetime(2022, 10, 1, 12, tzinfo=PRAGUE)


def moment(text):
    """Return a moment in Prague from „2026-09-12 14:30“; a day alone is its midnight."""
    return datetime.fromisoformat(text).replace(tzinfo=PRAGUE)


def noon(day):
    """Return the noon of a day in Prague."""
    return datetime.combine(day, time(12), tzinfo=PRAGUE)


class Factory(DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


class LoadedFactory(Factory):
    """Of what the database stamps itself: `loaded_at` is written after it."""

    class Meta:
        abstract = True

    loaded_at = EARLY

    @classmethod
    def _create(cls, model_class, *args, loaded_at, **kwargs):
        created = super()._create(model_class, *args, **kwargs)
        model_class._base_manager.filter(pk=created.pk).update(loaded_at=loaded_at)
        created.loaded_at = loaded_at
        return created


# accounts


class UserFactory(Factory):
    """A person; `roles=["unit"]` puts them into groups, `password=` lets them sign in."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"osoba{n}@example.cz")
    name = factory.Sequence(lambda n: f"Osoba {n}")
    password = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)

    @factory.post_generation
    def roles(self, create, names, **kwargs):
        for name in names or []:
            self.groups.add(Group.objects.get_or_create(name=name)[0])


class AbsenceFactory(Factory):
    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    start_date = date(2026, 7, 1)
    end_date = date(2026, 7, 14)


# municipalities


class RegionFactory(Factory):
    class Meta:
        model = places.Region

    code = factory.Sequence(lambda n: f"CZ{n:03}")
    name = factory.Sequence(lambda n: f"Kraj {n}")


class DistrictFactory(Factory):
    class Meta:
        model = places.District

    code = factory.Sequence(lambda n: f"CZ{n:05}")
    name = factory.Sequence(lambda n: f"Okres {n}")
    region = factory.SubFactory(RegionFactory)


class OrpFactory(Factory):
    class Meta:
        model = places.Orp

    code = factory.Sequence(lambda n: f"{n:04}")
    name = factory.Sequence(lambda n: f"ORP {n}")
    region = factory.SubFactory(RegionFactory)


class MunicipalityFactory(Factory):
    class Meta:
        model = places.Municipality

    code = factory.Sequence(lambda n: f"{900_000 + n}")
    name = factory.Sequence(lambda n: f"Obec {n}")
    kind = MunicipalityKind.MUNICIPALITY
    region = factory.SubFactory(RegionFactory)
    district = factory.SubFactory(DistrictFactory, region=factory.SelfAttribute("..region"))
    orp = factory.SubFactory(OrpFactory, region=factory.SelfAttribute("..region"))


class IndexBandFactory(Factory):
    class Meta:
        model = places.IndexBand
        django_get_or_create = ["lower"]

    lower = 0
    name = factory.LazyAttribute(lambda band: f"Pásmo od {band.lower}")
    sentence = "Co hodnota znamená."


class IndexEditionFactory(Factory):
    class Meta:
        model = places.IndexEdition
        django_get_or_create = ["year"]

    year = 2023
    source = "Agentura pro sociální začleňování"


class IndexEntryFactory(Factory):
    class Meta:
        model = places.IndexEntry

    edition = factory.SubFactory(IndexEditionFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    value = 0
    has_own_school = True


class ComponentValueFactory(Factory):
    class Meta:
        model = places.ComponentValue

    entry = factory.SubFactory(IndexEntryFactory)
    component = places.Component.EXECUTION
    state = ValueState.UNKNOWN


class BandCountFactory(Factory):
    class Meta:
        model = places.BandCount

    region = factory.SubFactory(RegionFactory)
    year = 2020
    band = factory.SubFactory(IndexBandFactory)
    count = 0
    source = "brožura"


# strategy


class StrategyFactory(LoadedFactory):
    class Meta:
        model = strategies.Strategy

    slug = factory.Sequence(lambda n: f"s{n}")
    title = factory.Sequence(lambda n: f"Strategie {n}")
    short_name = factory.Sequence(lambda n: f"Strategie {n}")
    region = factory.SubFactory(RegionFactory)
    is_monitored = True
    cycle_months = 3


class PriorityFactory(Factory):
    class Meta:
        model = strategies.Priority

    strategy = factory.SubFactory(StrategyFactory)
    code = factory.Sequence(lambda n: f"{n + 1}")
    name = factory.LazyAttribute(lambda item: f"Priorita {item.code}")
    short_name = factory.LazyAttribute(lambda item: f"Priorita {item.code}")


class GoalFactory(Factory):
    class Meta:
        model = strategies.Goal

    priority = factory.SubFactory(PriorityFactory)
    strategy = factory.SelfAttribute("priority.strategy")
    code = factory.Sequence(lambda n: f"1.{n + 1}")
    name = factory.LazyAttribute(lambda item: f"Cíl {item.code}")
    short_name = factory.LazyAttribute(lambda item: f"Cíl {item.code}")


class OrganisationFactory(Factory):
    class Meta:
        model = strategies.Organisation

    name = factory.Sequence(lambda n: f"Organizace {n}")
    kind = strategies.OrganisationKind.PARTNER


# measures


class MeasureFactory(LoadedFactory):
    """A measure; `goals=[…]` puts it under goals."""

    class Meta:
        model = measures.Measure

    strategy = factory.SubFactory(StrategyFactory)
    code = factory.Sequence(lambda n: f"1.{n + 1}")
    name = factory.LazyAttribute(lambda item: f"Opatření {item.code}")
    short_name = factory.LazyAttribute(lambda item: f"Opatření {item.code}")

    @factory.post_generation
    def goals(self, create, goals, **kwargs):
        self.goals.set(goals or [])


class ActivityFactory(Factory):
    class Meta:
        model = measures.Activity

    measure = factory.SubFactory(MeasureFactory)
    order = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"Aktivita {n}")


class PlanVersionFactory(Factory):
    class Meta:
        model = measures.PlanVersion

    measure = factory.SubFactory(MeasureFactory)
    recorded_at = EARLY


class MilestoneFactory(Factory):
    class Meta:
        model = measures.Milestone

    measure = factory.SubFactory(MeasureFactory)


class MilestoneVersionFactory(Factory):
    class Meta:
        model = measures.MilestoneVersion

    milestone = factory.SubFactory(MilestoneFactory)
    title = factory.Sequence(lambda n: f"Milník {n}")
    due_date = date(2026, 12, 31)
    recorded_at = EARLY


class OutputFactory(Factory):
    class Meta:
        model = measures.Output

    measure = factory.SubFactory(MeasureFactory)
    kind = measures.OutputKind.SEMINAR
    title = factory.Sequence(lambda n: f"Seminář {n}")
    happened_on = date(2026, 6, 1)
    recorded_at = EARLY


class OutputMunicipalityFactory(Factory):
    class Meta:
        model = measures.OutputMunicipality

    output = factory.SubFactory(OutputFactory)
    municipality = factory.SubFactory(MunicipalityFactory)


class ReportFactory(Factory):
    class Meta:
        model = measures.Report

    measure = factory.SubFactory(MeasureFactory)
    cycle_start = factory.LazyAttribute(lambda item: quarter_start(item.as_of_date))
    as_of_date = date(2026, 9, 1)
    kind = measures.ReportKind.PROGRESS
    phase = measures.Phase.RUNNING
    health = measures.Health.ON_TRACK
    author = factory.SubFactory(UserFactory)
    submission = factory.LazyFunction(uuid4)
    published_at = factory.LazyAttribute(lambda item: noon(item.as_of_date))


class ReportDraftFactory(Factory):
    class Meta:
        model = measures.ReportDraft

    measure = factory.SubFactory(MeasureFactory)
    author = factory.SubFactory(UserFactory)
    cycle_start = factory.LazyAttribute(lambda item: quarter_start(item.as_of_date))
    as_of_date = date(2026, 9, 1)
    kind = measures.ReportKind.PROGRESS


class AttachmentFactory(Factory):
    class Meta:
        model = measures.Attachment

    measure = factory.SubFactory(MeasureFactory)
    name = "zapis.pdf"
    kind = measures.AttachmentKind.PDF
    size = 1
    sha256 = 64 * "0"
    stored_name = factory.Sequence(lambda n: f"soubor{n}")
    uploaded_at = EARLY


class ReportAttachmentFactory(Factory):
    class Meta:
        model = measures.ReportAttachment

    report = factory.SubFactory(ReportFactory)
    attachment = factory.SubFactory(AttachmentFactory)


class MilestoneAttachmentFactory(Factory):
    class Meta:
        model = measures.MilestoneAttachment

    version = factory.SubFactory(MilestoneVersionFactory)
    attachment = factory.SubFactory(AttachmentFactory)


class PartnerRequestFactory(Factory):
    class Meta:
        model = measures.PartnerRequest

    measure = factory.SubFactory(MeasureFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    email = "partner@example.cz"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = EARLY
    expires_at = datetime(2022, 10, 15, 12, tzinfo=PRAGUE)
    digest = factory.Sequence(lambda n: f"{n:064}")


class ReminderFactory(Factory):
    class Meta:
        model = measures.Reminder

    person = factory.SubFactory(UserFactory)
    measure = factory.SubFactory(MeasureFactory)
    subject = "hlaseni:2026-07-01"
    stage_date = date(2026, 10, 8)
    sent_at = EARLY


class RefusedMailFactory(Factory):
    class Meta:
        model = measures.RefusedMail

    address = factory.Sequence(lambda n: f"adresa{n}@example.cz")
    reason = "550 taková schránka není"
    refused_at = EARLY


# common


class RedactionFactory(Factory):
    class Meta:
        model = Redaction

    record_table = "measures_report"
    record_id = 1
    fields = ["note"]
    digests = {"note": 64 * "0"}
    reference = "DPO 1/2026"
    made_at = EARLY
    made_by = factory.SubFactory(UserFactory)


class ImportRunFactory(Factory):
    class Meta:
        model = ImportRun

    kind = "index"
    file_name = "index.xlsx"
    sha256 = 64 * "0"
    size = 1
    state = "done"
    started_at = EARLY


class BoundarySetFactory(Factory):
    class Meta:
        model = places.BoundarySet

    source = "Zkušební hranice"
    file_name = "hranice.geojson"
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    imported_at = EARLY


class BoundaryFactory(Factory):
    class Meta:
        model = places.Boundary

    municipality = factory.SubFactory(MunicipalityFactory)
    boundary_set = factory.SubFactory(BoundarySetFactory)
    path = "M0 0h10v10h-10z"
    left, top, right, bottom = 0, 0, 10, 10
    label_x, label_y = 5, 5


class ErrorReportFactory(Factory):
    class Meta:
        model = ErrorReport

    text = "Počet obyvatel nesedí."
    reported_at = EARLY


# Histories in one line a record


def quarter_start(day):
    """Return the first day of the calendar quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def make_measure(code="1.1", *goals, **fields):
    """Return a measure under goals, of their strategy unless another is named."""
    if goals:
        fields.setdefault("strategy", goals[0].strategy)
    return MeasureFactory(code=code, goals=goals, **fields)


def plan(measure, *, start=None, end=None, recorded_at=EARLY, **fields):
    """Record a version of a measure's plan; dates not named are unknown."""
    return PlanVersionFactory(
        measure=measure, start_date=start, end_date=end, recorded_at=recorded_at, **fields
    )


def milestone(measure, due, *, recorded_at=EARLY, **fields):
    """Promise a milestone and return its first version."""
    return MilestoneVersionFactory(
        milestone=MilestoneFactory(measure=measure),
        due_date=due,
        recorded_at=recorded_at,
        **fields,
    )


def restate(version, *, recorded_at, **changes):
    """Record a new version of a milestone: like an earlier one but for `changes`."""
    kept = ["milestone", "title", "due_date", "expected_date", "state", "closed_on"]
    values = {name: getattr(version, name) for name in kept}
    return MilestoneVersionFactory(recorded_at=recorded_at, **{**values, **changes})


def finish(version, day, *, recorded_at=None):
    """Record a milestone as done on a day, at its noon unless another moment is named."""
    state = measures.MilestoneState.DONE
    return restate(version, state=state, closed_on=day, recorded_at=recorded_at or noon(day))


def drop(version, day, *, recorded_at=None):
    """Record a milestone as dropped on a day, at its noon unless another moment is named."""
    return restate(
        version,
        state=measures.MilestoneState.DROPPED,
        closed_on=day,
        reason="Není potřeba.",
        recorded_at=recorded_at or noon(day),
    )


def report(measure, as_of, *, cycle=None, published_at=None, **fields):
    """Publish a report of running work without trouble: at noon of its as-of day and for the
    quarter that day lies in, unless the test says otherwise."""
    if fields.get("phase") == measures.Phase.CANCELLED:
        fields.setdefault("reason", "Není potřeba.")
    return ReportFactory(
        measure=measure,
        as_of_date=as_of,
        cycle_start=cycle or quarter_start(as_of),
        published_at=published_at or noon(as_of),
        **fields,
    )


def document_report(measure, as_of, **fields):
    """Publish a report taken from a document: it has no author, phase and health if not named."""
    values = {"phase": "", "health": "", "author": None, **fields}
    return report(measure, as_of, source=measures.ReportSource.DOCUMENT, **values)


def output(measure, day, *, recorded_at=None, **fields):
    """Record an output that happened on a day, at its noon unless another moment is named."""
    return OutputFactory(
        measure=measure, happened_on=day, recorded_at=recorded_at or noon(day), **fields
    )
