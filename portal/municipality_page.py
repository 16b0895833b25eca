"""What stands on the page of a municipality, read once for the page and for its data."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef

from measures.models import Measure
from measures.outputs import Outputs, outputs_in
from measures.status import Facts, Status, facts, status
from municipalities.models import Municipality
from municipalities.profile import Profile, profile
from portal.needs import StrategyNeeds, needs_in
from portal.results import projects_in
from projects.models import Project
from strategy.models import Priority, Strategy


@dataclass(frozen=True)
class MeasureHere:
    """A measure that names the municipality, with its status on the day; None where the strategy
    is not monitored here."""

    facts: Facts
    status: Status | None

    @property
    def measure(self):
        return self.facts.measure


@dataclass(frozen=True)
class MunicipalityPage:
    """A municipality on a day; a military area has no profile and no needs."""

    municipality: Municipality
    on: date
    profile: Profile | None
    measures: list[MeasureHere]
    outputs: Outputs
    projects: list[Project]
    strategies: list[Strategy]
    needs: list[StrategyNeeds]

    @cached_property
    def contacts(self):
        """The departments responsible for the measures here that have a mailbox of the office."""
        plans = [row.facts.plan for row in self.measures if row.facts.plan]
        found = {plan.department for plan in plans if plan.department and plan.department.mailbox}
        return sorted(found, key=lambda one: (one.sort_key, one.pk))


def read(municipality, on):
    """Return the MunicipalityPage of a municipality on a day. The number of queries depends on
    how many strategies its region has, on nothing else."""
    strategies = list(_strategies(municipality))
    answering = [one for one in strategies if one.answers_needs]
    is_counted = municipality.is_counted
    return MunicipalityPage(
        municipality=municipality,
        on=on,
        profile=profile(municipality) if is_counted else None,
        measures=_measures(municipality, on),
        outputs=Outputs(outputs_in(municipality, on), on),
        projects=projects_in(municipality),
        strategies=strategies,
        needs=needs_in(municipality, answering, on) if is_counted else [],
    )


def _strategies(municipality):
    """The strategies of the region, and whether a priority of theirs answers to a component."""
    answering = Priority.objects.filter(strategy=OuterRef("pk")).exclude(index_component="")
    return (
        Strategy.objects.filter(region=municipality.region)
        .annotate(answers_needs=Exists(answering))
        .select_related("region")
        .order_by("slug")
    )


def _measures(municipality, on):
    named = Measure.objects.filter(municipalities=municipality).order_by(
        "strategy__slug", "code_key", "pk"
    )
    return [MeasureHere(row, status(row, on)) for row in facts(named, on)]
