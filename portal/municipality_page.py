"""What stands on the page of a municipality, read once for the page and for its data."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from common.joined import joined
from measures.models import Measure
from measures.outputs import Outputs, outputs_around
from measures.status import Facts, Status, end_of, facts, status
from municipalities.models import Municipality
from municipalities.profile import Profile, profile
from portal.needs import StrategyNeeds, needs_in
from portal.results import projects_around
from projects.coverage import Shares, thresholds
from projects.models import Project
from projects.work import read_activities, read_belonging, works
from strategy.models import Strategy


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
    """Return the MunicipalityPage of a municipality on a day.

    Everything is read once, for all strategies of its region together, and the needs are worked
    out from it; a military area has none.
    """
    strategies = _strategies(municipality)
    answering = [pair for pair in strategies if municipality.is_counted and pair[1]]
    belonging = read_belonging([one for _, priorities in answering for one in priorities])
    found = _facts(municipality, belonging, on)
    outputs = outputs_around(municipality, belonging.measure_pks, on)
    projects = projects_around(municipality, belonging.project_pks)
    here = profile(municipality) if municipality.is_counted else None
    work = _work(answering, belonging, found, outputs, projects, on)
    return MunicipalityPage(
        municipality=municipality,
        on=on,
        profile=here,
        measures=[MeasureHere(row, status(row, on)) for row in found if row.measure.is_here],
        outputs=Outputs([one for one in outputs if municipality.pk in _places(one)], on),
        projects=[one for one in projects if municipality in one.municipalities.all()],
        strategies=[strategy for strategy, _ in strategies],
        needs=needs_in(municipality, answering, on, _shares(here), work) if answering else [],
    )


def _strategies(municipality):
    """Pairs of each strategy of the region and those of its priorities that answer to a component,
    in their order. One query."""
    strategies = Strategy.objects.filter(region=municipality.region).select_related("region")
    does_answer = ~Q(priorities__index_component="")
    pairs = joined(strategies.order_by("slug"), "priorities", condition=does_answer)
    for strategy, priorities in pairs:
        priorities.sort(key=lambda one: (one.code_key, one.pk))
        for priority in priorities:
            priority.strategy = strategy
    return pairs


def _facts(municipality, belonging, on):
    """Facts of the measures that name the municipality (`is_here`), and of those of a monitored
    strategy that are for its needs."""
    named = Measure.municipalities.through.objects.filter(
        measure=OuterRef("pk"), municipality=municipality
    )
    needed = Q(pk__in=belonging.measure_pks, strategy__is_monitored=True)
    measures = Measure.objects.annotate(is_here=Exists(named)).filter(Q(is_here=True) | needed)
    return facts(measures.order_by("strategy__slug", "code_key", "pk"), on)


def _work(answering, belonging, found, outputs, projects, on):
    """The Work of each priority, from what was read."""
    asked = [row for row in found if row.measure.pk in belonging.measure_pks]
    placed = [(one, _places(one)) for one in outputs]
    activities = read_activities(asked, on, end_of(on), placed)
    priorities = [one for _, priorities in answering for one in priorities]
    return works(priorities, belonging, activities, projects, on)


def _places(output):
    return {place.municipality_id for place in output.places.all()}


def _shares(here):
    """What the profile has read of the index, as the rule of coverage asks for it."""
    edition, place = here.edition, here.municipality
    year = edition.year if edition else None
    values = {(place.pk, one.component): one for one in here.own_values(year)}
    return Shares(edition, thresholds(here.shares.get(year, ())), values)
