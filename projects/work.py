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
from django.db.models import CharField, OuterRef, Subquery, Value

from common.history import history_model, tracked_lists
from measures.cycles import shifted
from measures.models import Measure, MilestoneState, Output, Territory
from measures.models.report import ENDED
from measures.status import Facts, facts
from projects.models import Project, ProjectMeasure, ProjectState, ProjectTerritory

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


@dataclass(frozen=True)
class Belonging:
    """Primary keys of the measures and the projects that are for each priority, by its own."""

    measures: dict[int, set[int]]
    projects: dict[int, set[int]]

    @property
    def measure_pks(self):
        return set().union(*self.measures.values())

    @property
    def project_pks(self):
        return set().union(*self.projects.values())


def works(priorities, belonging, activities, projects, on):
    """Return the Work for each priority by its primary key, from what was read: the Belonging of
    the priorities, the Activities of their measures, the projects with their municipalities.

    The priorities may be of more than one strategy, which was read with them. No query.
    """
    found = {}
    for priority in priorities:
        is_watched = priority.strategy.is_monitored
        own = belonging.measures[priority.pk] if is_watched else ()
        found[priority.pk] = _work(
            [one for one in activities if one.measure.pk in own],
            [one for one in projects if one.pk in belonging.projects[priority.pk]],
            is_watched,
            on,
        )
    return found


def read_works(strategy, priorities, on, known, found=None):
    """Return the `works` of priorities of a strategy. Eight queries; five where the Facts of the
    measures of the priorities were found before."""
    belonging = read_belonging(priorities)
    if found is None and strategy.is_monitored:
        measures = Measure.objects.filter(strategy=strategy, pk__in=belonging.measure_pks)
        found = facts(measures.in_plan_order(), on, known)
    projects = Project.objects.filter(pk__in=belonging.project_pks).in_czech_order()
    return works(
        priorities,
        belonging,
        read_activities(found or [], on, known),
        list(projects.prefetch_related("municipalities")),
        on,
    )


def read_belonging(priorities):
    """Return the Belonging of priorities: a measure is for those of its goals, a project for its
    own and for those of the measures it carries out. One query, none for no priority."""
    pks = [priority.pk for priority in priorities]
    if not pks:
        return Belonging({}, {})
    kind = {name: Value(name, CharField()) for name in ("measure", "project")}
    rows = (
        Measure.goals.through.objects.filter(goal__priority__in=pks)
        .values_list(kind["measure"], "goal__priority", "measure")
        .union(
            Project.priorities.through.objects.filter(priority__in=pks).values_list(
                kind["project"], "priority", "project"
            ),
            ProjectMeasure.objects.filter(measure__goals__priority__in=pks).values_list(
                kind["project"], "measure__goals__priority", "project"
            ),
        )
    )
    found = {name: {pk: set() for pk in pks} for name in kind}
    for name, priority_pk, pk in rows:
        found[name][priority_pk].add(pk)
    return Belonging(found["measure"], found["project"])


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
    the measures of each priority. Six queries, one more where a history does not reach so far."""
    measures = Measure.objects.filter(strategy=strategy).in_plan_order()
    of_priority = defaultdict(set)
    goals = Measure.goals.through.objects.filter(measure__strategy=strategy)
    for priority_pk, pk in goals.values_list("goal__priority", "measure"):
        of_priority[priority_pk].add(pk)
    return read_activities(facts(measures, on, known), on, known), of_priority


def read_activities(found, on, known, outputs=None):
    """Return the Activity of each of the Facts as known before a moment. Two queries, one more
    where a history does not reach so far; none for no Facts.

    `outputs` may have been read: pairs of an output and the primary keys of the municipalities it
    names, all those that name none and those in the municipalities asked about.
    """
    pks = [one.measure.pk for one in found]
    if not pks:
        return []
    territories = _territories(found, known)
    if outputs is None:
        outputs = _outputs(pks, on, known)
    placed = defaultdict(list)
    for output, places in outputs:
        if shifted(on, -MONTHS) < output.happened_on <= on:
            placed[output.measure_id].append(places)
    return [
        _activity(one, territories[one.measure.pk], placed[one.measure.pk], on) for one in found
    ]


def _activity(one: Facts, territory, placed, on):
    since = shifted(on, -MONTHS)
    is_milestone_done = any(
        m.state == MilestoneState.DONE and since < m.closed_on <= on for m in one.milestones
    )
    return Activity(
        measure=one.measure,
        territory=territory[0],
        named=frozenset(territory[1]),
        output_places=frozenset().union(*placed),
        has_output=any(since < day <= on for day in one.output_days),
        is_active_where_named=is_milestone_done or not all(placed),
        is_ended=one.report is not None and one.report.phase in ENDED,
    )


def _territories(found, known):
    """Return the territory and the municipalities of each measure as its history knew them before
    a moment; as they are now where the history does not reach that far."""
    measures = {one.measure.pk: one.measure for one in found}
    territories = _past_territories(list(measures), known)
    young = [pk for pk in measures if pk not in territories]
    territories |= {pk: (measures[pk].territory, set()) for pk in young}
    named = Measure.municipalities.through.objects.filter(measure__in=young)
    for pk, place_pk in named.values_list("measure", "municipality"):
        territories[pk][1].add(place_pk)
    return territories


def _past_territories(pks, known):
    """One query: the rows of history that held, each as often as it names a municipality."""
    history = history_model(Measure)
    last = history.objects.filter(id=OuterRef("id"), history_date__lt=known)
    rows = history.objects.filter(
        id__in=pks, pk=Subquery(last.order_by("-history_date", "-pk").values("pk")[:1])
    )
    links = next(model for field, model in tracked_lists(Measure) if field.name == "municipalities")
    place = f"{links._meta.get_field('history').remote_field.name}__municipality"
    found = {}
    for pk, territory, place_pk in rows.values_list("id", "territory", place):
        _, named = found.setdefault(pk, (territory, set()))
        named |= {place_pk} - {None}
    return found


def _outputs(pks, on, known):
    """Return pairs of each output of the last twelve months and the municipalities it names. One
    query."""
    valid = Output.objects.valid(known).filter(
        measure__in=pks, happened_on__gt=shifted(on, -MONTHS), happened_on__lte=on
    )
    found = {}
    names = ("pk", "measure_id", "happened_on", "places__municipality")
    for row in valid.values_list(*names, named=True):
        found.setdefault(row.pk, (row, set()))[1].update({row.places__municipality} - {None})
    return list(found.values())


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
