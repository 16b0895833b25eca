"""Organisations: which there are, and what each has to do with measures and projects."""

from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from measures.models import Measure, Output, PlanVersion
from projects.models import Project
from strategy.models import GoverningBody, Organisation, OrganisationKind
from strategy.models.bodies import BodyKind

MOST_OUTPUTS = 20
"""How many of its outputs the page of an organisation lists; the number of all stands beside."""


@dataclass(frozen=True)
class OrganisationPage:
    """What one organisation has to do with strategies and projects."""

    organisation: Organisation
    answers_for: list[Measure]
    partner_of: list[Measure]
    projects: list[Project]
    outputs: list[Output]
    output_number: int

    @property
    def mailbox(self):
        """The mailbox of a department of the office; addresses of others are not ours to show."""
        is_office = self.organisation.kind == OrganisationKind.DEPARTMENT
        return self.organisation.mailbox if is_office else ""

    @property
    def has_contact(self):
        return bool(self.organisation.contact_role or self.mailbox or self.organisation.website)

    @property
    def is_empty(self):
        return not (self.answers_for or self.partner_of or self.projects or self.output_number)


def newest_plans():
    """Return the newest PlanVersion of each measure."""
    later = PlanVersion.objects.filter(measure=OuterRef("measure")).filter(
        Q(recorded_at__gt=OuterRef("recorded_at"))
        | Q(recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk"))
    )
    return PlanVersion.objects.filter(~Exists(later))


def for_list(organisations):
    """Read with organisations what one row shows: `answers`, `partners`, `carries_out`."""
    partners = Measure.partners.through.objects.filter(organisation=OuterRef("pk"))
    return organisations.select_related("region").annotate(
        answers=_number(newest_plans().filter(department=OuterRef("pk")), "department"),
        partners=_number(partners, "organisation"),
        carries_out=_number(Project.objects.filter(recipient=OuterRef("pk")), "recipient"),
    )


def organisation_page(organisation, known):
    """Return the OrganisationPage of an organisation as known before a moment. Five queries."""
    plans = newest_plans().filter(department=organisation)
    outputs = Output.objects.valid(known).filter(organiser=organisation)
    outputs = outputs.select_related("measure__strategy").order_by("-happened_on", "-pk")
    newest = list(outputs[: MOST_OUTPUTS + 1])
    number = outputs.count() if len(newest) > MOST_OUTPUTS else len(newest)
    return OrganisationPage(
        organisation,
        answers_for=_measures(Measure.objects.filter(pk__in=plans.values("measure"))),
        partner_of=_measures(Measure.objects.filter(partners=organisation)),
        projects=list(Project.objects.filter(recipient=organisation).for_list().in_czech_order()),
        outputs=newest[:MOST_OUTPUTS],
        output_number=number,
    )


def other_actors():
    """Return pairs of a strategy and the bodies and actors it names beside organisations. One
    query."""
    rows = GoverningBody.objects.select_related("strategy").exclude(kind=BodyKind.MONITORING)
    found = {}
    order = BodyKind.values.index
    for row in sorted(
        rows, key=lambda one: (one.strategy.slug, order(one.kind), one.order, one.pk)
    ):
        found.setdefault(row.strategy, []).append(row)
    return list(found.items())


def _measures(measures):
    rows = measures.select_related("strategy")
    return list(rows.order_by("-strategy__is_monitored", "strategy__slug", "code_key", "pk"))


def _number(rows, owner):
    counts = rows.order_by().values(owner).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)
