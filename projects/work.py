"""Who is at work where: the measures and projects of a strategy on a day, by municipality.

- An output that names a municipality happened there, whatever its measure says of its territory.
- A milestone, or an output that names no municipality, counts where its measure names one; the
  milestone must be done within the twelve months: one that is only promised is no work yet.
- A measure that has ended is at work nowhere. Where a strategy is not monitored nobody reports, so
  its measures say nothing and its projects alone are read.
- A project counts when it is known to run that day. One without a known end, last heard of more
  than a year ago, is neither running nor finished: it is counted apart.
- The territory of a measure is the one known that day; projects are as they stand today.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery

from common.history import history_model, tracked_lists
from measures.cycles import shifted
from measures.models import Measure, MilestoneState, Output, OutputMunicipality, Territory
from measures.models.report import ENDED
from measures.status import Facts, facts
from projects.models import Project, ProjectState, ProjectTerritory
from strategy.models import Goal

MONTHS = 12
"""How far back an output or a finished milestone still counts as work in a municipality."""


class Presence(models.TextChoices):
    """What one measure does in one municipality, the most first."""

    HERE = "v-obci", "v obci"
    NAMED = "jmenuje", "jmenuje, bez výstupu"
    REGION = "cely-kraj", "celý kraj"
    UNDETERMINED = "neurceno", "neurčeno"
    NOTHING = "nic", "nic"


def is_running(project, on):
    """Say whether a project runs on a day: True, False, or None where that is not known."""
    if project.start_date and project.start_date > on:
        return False
    if project.end_date and project.end_date < on:
        return False
    if project.start_date and project.end_date:
        return True
    if project.state != ProjectState.RUNNING:
        return None if project.state == ProjectState.UNKNOWN else False
    heard = project.state_date
    return True if heard and shifted(heard, MONTHS) >= on else None


@dataclass(frozen=True)
class Work:
    """What is done for one priority: in which municipality by which measures and projects,
    what is done for the whole region, and what cannot be placed.

    `here` maps the primary key of a municipality to measures and projects there; `is_watched` says
    whether measures are read at all.
    """

    here: dict[int, tuple] = field(default_factory=dict)
    region_wide: tuple = ()
    undetermined: tuple = ()
    uncertain_projects: tuple = ()
    is_watched: bool = True


def works(strategy, priorities, on, known):
    """Return the Work for each priority by its primary key."""
    measures, of_priority = activities(strategy, on, known) if strategy.is_monitored else ([], {})
    projects, project_priorities = _projects(priorities)
    return {
        priority.pk: _work(
            [one for one in measures if one.measure.pk in of_priority.get(priority.pk, ())],
            [one for one in projects if priority.pk in project_priorities[one.pk]],
            strategy.is_monitored,
            on,
        )
        for priority in priorities
    }


@dataclass(frozen=True)
class Activity:
    """A measure on a day: its territory and the municipalities it named as known then, where an
    output of the last twelve months was, and whether it did anything that has no place of its own.
    """

    measure: Measure
    territory: str
    named: frozenset[int]
    output_places: frozenset[int] = frozenset()
    has_output: bool = False
    is_active_where_named: bool = False
    is_ended: bool = False

    @property
    def places(self):
        """Primary keys of the municipalities the measure was at work in."""
        return self.output_places | (self.named if self.is_active_where_named else frozenset())

    @property
    def is_region_wide(self):
        is_active = self.has_output or self.is_active_where_named
        return is_active and self.territory == Territory.REGION

    @property
    def is_undetermined(self):
        return self.territory == Territory.UNDETERMINED

    def presence(self, municipality_pk):
        """Return the Presence of the measure in a municipality."""
        if municipality_pk in self.places:
            return Presence.HERE
        if municipality_pk in self.named:
            return Presence.NAMED
        if self.territory == Territory.REGION:
            return Presence.REGION
        return Presence.UNDETERMINED if self.is_undetermined else Presence.NOTHING


def activities(strategy, on, known):
    """Return the Activities of all measures of a strategy in its order, and the primary keys of
    the measures of each priority. Ten queries at most."""
    measures = Measure.objects.filter(strategy=strategy).in_plan_order()
    measures = measures.prefetch_related(
        "municipalities", Prefetch("goals", Goal.objects.only("priority_id"))
    )
    found = facts(measures, on, known)
    past = _past_territories([one.measure.pk for one in found], known)
    since = shifted(on, -MONTHS)
    outputs = _outputs(strategy, since, on, known)
    of_priority = defaultdict(set)
    for one in found:
        for goal in one.measure.goals.all():
            of_priority[goal.priority_id].add(one.measure.pk)
    return [_activity(one, past, outputs, since, on) for one in found], of_priority


def _activity(one: Facts, past, outputs, since, on):
    measure, places = one.measure, outputs.get(one.measure.pk, {})
    today = measure.territory, frozenset(place.pk for place in measure.municipalities.all())
    territory, named = past.get(measure.pk, today)
    is_milestone_done = any(
        m.state == MilestoneState.DONE and since < m.closed_on <= on for m in one.milestones
    )
    return Activity(
        measure=measure,
        territory=territory,
        named=named,
        output_places=frozenset(pk for found in places.values() for pk in found),
        has_output=bool(places),
        is_active_where_named=is_milestone_done or not all(places.values()),
        is_ended=one.report is not None and one.report.phase in ENDED,
    )


def _past_territories(pks, known):
    """Return the territory and the municipalities of measures as their history knew them before a
    moment; a measure whose history does not reach that far is left out. Two queries."""
    history = history_model(Measure)
    last = history.objects.filter(id=OuterRef("id"), history_date__lt=known)
    rows = history.objects.filter(
        id__in=pks, pk=Subquery(last.order_by("-history_date", "-pk").values("pk")[:1])
    )
    territories = dict(rows.values_list("id", "territory"))
    links = next(model for field, model in tracked_lists(Measure) if field.name == "municipalities")
    named = defaultdict(set)
    for pk, place_pk in links.objects.filter(history__in=rows).values_list(
        "history__id", "municipality_id"
    ):
        named[pk].add(place_pk)
    return {pk: (territory, frozenset(named[pk])) for pk, territory in territories.items()}


def _outputs(strategy, since, on, known):
    """Return the outputs after `since` of each measure, with the municipalities they name. Two
    queries."""
    valid = Output.objects.valid(known).filter(
        measure__strategy=strategy, happened_on__gt=since, happened_on__lte=on
    )
    found = defaultdict(dict)
    for pk, measure_pk in valid.values_list("pk", "measure"):
        found[measure_pk][pk] = set()
    for pk, measure_pk, place_pk in OutputMunicipality.objects.filter(output__in=valid).values_list(
        "output", "output__measure", "municipality"
    ):
        found[measure_pk][pk].add(place_pk)
    return found


def _projects(priorities):
    """Return the projects for any of the priorities, and the primary keys of theirs: said by the
    project itself or through a measure it carries out."""
    pks = [priority.pk for priority in priorities]
    linked = Q(measure_links__measure__goals__priority__in=pks)
    projects = list(
        Project.objects.filter(Q(priorities__in=pks) | linked)
        .distinct()
        .in_czech_order()
        .prefetch_related("municipalities", "priorities")
    )
    found = defaultdict(set)
    for project in projects:
        found[project.pk] |= {one.pk for one in project.priorities.all()}
    pairs = Project.objects.filter(linked, pk__in=list(found)).values_list(
        "pk", "measure_links__measure__goals__priority"
    )
    for project_pk, priority_pk in pairs:
        found[project_pk].add(priority_pk)
    return projects, found


def _work(measures, projects, is_watched, on):
    here = defaultdict(list)
    measures = [one for one in measures if not one.is_ended]
    for one in measures:
        for pk in one.places:
            here[pk].append(one.measure)
    running = [one for one in projects if is_running(one, on)]
    for project in running:
        if project.territory == ProjectTerritory.NAMED:
            for place in project.municipalities.all():
                here[place.pk].append(project)
    return Work(
        here={pk: tuple(works) for pk, works in here.items()},
        region_wide=(
            *(one.measure for one in measures if one.is_region_wide),
            *(one for one in running if one.territory == ProjectTerritory.REGION),
        ),
        undetermined=(
            *(one.measure for one in measures if one.is_undetermined),
            *(one for one in running if one.territory == ProjectTerritory.UNDETERMINED),
        ),
        uncertain_projects=tuple(one for one in projects if is_running(one, on) is None),
        is_watched=is_watched,
    )
