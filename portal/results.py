"""Projects and indicators beside what they belong to: a measure, a priority, a municipality."""

from dataclasses import dataclass

from django.db.models import Q

from common.joined import joined, keep_list
from indicators.models import Indicator
from indicators.readings import Reading, readings, with_targets
from projects.models import Project, ProjectTerritory
from projects.money import Total, totals
from projects.shares import read_figures, share_line
from projects.wording import approved_text

SHOWN = 50
"""How many projects stand on a page that is not about them."""


@dataclass(frozen=True)
class Results:
    """The projects and the readings of indicators of one page."""

    projects: list[Project]
    readings: list[Reading]
    totals: list[Total]

    @property
    def shown(self):
        return self.projects[:SHOWN]

    @property
    def more(self):
        """How many projects are not shown."""
        return max(len(self.projects) - SHOWN, 0)


def results_of_measure(measure, known):
    """Return the Results of a measure as known before a moment, of each project what share of it
    belongs to the measure (`share_line`). At most four queries."""
    found = Project.objects.for_measure(measure).select_related("recipient", "region")
    projects = _with_places(found.in_czech_order())
    found = read_figures(projects)
    for project in projects:
        project.share_line = share_line(project.link_share, found[project.pk])
    shares = {project.pk: project.link_share for project in projects}
    return _results(
        projects, totals(projects, shares=shares), Indicator.objects.for_measure(measure), known
    )


def results_of_priority(priority, known):
    """Return the Results of a priority as known before a moment. At most four queries."""
    found = Project.objects.for_priority(priority).select_related("recipient", "region")
    projects = _with_places(found.in_czech_order())
    read_figures(projects)
    return _results(projects, totals(projects), Indicator.objects.for_priority(priority), known)


def readings_of_strategy(strategy, known):
    """Return the readings of the indicators of a strategy as known before a moment. Three
    queries."""
    return readings(Indicator.objects.for_strategy(strategy).for_list(), known)


def projects_around(municipality, pks):
    """Return the projects that name a municipality, and of those in `pks` the ones that name none
    and so may work there, each with the municipalities it names. One query."""
    named = Project.municipalities.through.objects.filter(municipality=municipality)
    everywhere = Q(pk__in=pks) & ~Q(territory=ProjectTerritory.NAMED)
    found = Project.objects.filter(Q(pk__in=named.values("project")) | everywhere)
    found = found.with_approved().select_related("recipient", "region").in_czech_order()
    projects = _with_places(found)
    for project in projects:
        project.approved = approved_text(project)
    return projects


def _with_places(found):
    """Return the projects of a queryset, each with the municipalities it names. One query."""
    pairs = joined(found, "municipalities")
    for project, places in pairs:
        places.sort(key=lambda place: (place.sort_key, place.code))
        keep_list(project, "municipalities", places)
    return [project for project, _ in pairs]


def _results(projects, sums, indicators, known):
    return Results(projects, readings(with_targets(indicators), known), sums)
