"""Coverage: need in a municipality against what is done there (rules.md, section Coverage).

`need()` and `cell()` are the rule, `coverage()` gathers what they ask about. What a page may show
follows the masking of the index: a masked or borrowed share makes the need unknown.

- An output that names a municipality happened there, whatever its measure says of its territory.
- A milestone counts where its measure names the municipality and the milestone was done within
  the twelve months: one that is only promised is no work yet.
- A project counts when it is known to run that day. One without a known end, last heard of more
  than a year ago, is neither running nor finished: it is counted apart.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Prefetch, Q

from measures.cycles import shifted
from measures.models import Measure, MilestoneState, Output, OutputMunicipality, Territory
from measures.models.report import ENDED
from measures.status import Facts, end_of, facts
from municipalities.components import is_public
from municipalities.models import (
    ComponentShare,
    ComponentValue,
    IndexEdition,
    Municipality,
)
from municipalities.querysets import newest_edition
from projects.models import Project, ProjectState, ProjectTerritory
from strategy.models import Goal, Priority, Strategy

MONTHS = 12
"""How far back an output or a finished milestone still counts as work in a municipality."""


class Need(models.TextChoices):
    """How high the share of a component is against the nation, the highest first."""

    HIGH = "vysoka", "vysoká"
    ABOVE = "nad-prumerem", "nad průměrem"
    BELOW = "pod-prumerem", "pod průměrem"
    UNKNOWN = "neznama", "potřeba neznámá"


class Cover(models.TextChoices):
    """What is done in a municipality for a priority, the most first."""

    HERE = "v-obci", "v obci"
    UNDETERMINED = "uzemi-neurceno", "území neurčeno"
    REGION = "jen-celokrajsky", "jen celokrajsky"
    NOTHING = "nic", "nic"


@dataclass(frozen=True)
class Threshold:
    """What the need for a priority is measured by: national share and 90th percentile, in %."""

    share: Decimal | None = None
    high: Decimal | None = None


def need(value, threshold):
    """Return the Need a ComponentValue (or None) shows against a Threshold.

    Unknown where the share is masked, borrowed or missing, or the nation's is not known.
    """
    is_known = value is not None and is_public(value) and value.share is not None
    if not is_known or threshold.share is None or threshold.high is None:
        return Need.UNKNOWN
    if value.share >= threshold.high:
        return Need.HIGH
    return Need.ABOVE if value.share > threshold.share else Need.BELOW


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

    `here` maps the primary key of a municipality to measures and projects there.
    """

    here: dict[int, tuple] = field(default_factory=dict)
    region_wide: tuple = ()
    undetermined: tuple = ()
    uncertain_projects: tuple = ()


@dataclass(frozen=True)
class Cell:
    """One municipality and one priority: the need, and what is done there."""

    need: Need
    cover: Cover
    works: tuple = ()
    share: Decimal | None = None

    @property
    def is_gap(self):
        """A gap in coverage: the need is high and nothing is done there. Where the territory of
        some measure is not determined, nobody can tell."""
        return self.need == Need.HIGH and self.cover in (Cover.NOTHING, Cover.REGION)


def cell(value, threshold, work, municipality_pk):
    """Return the Cell of a municipality: its ComponentValue (or None) against the Work."""
    works = work.here.get(municipality_pk, ())
    found = need(value, threshold)
    share = value.share if found != Need.UNKNOWN else None
    return Cell(found, _cover(works, work), works, share)


def _cover(works, work):
    if works:
        return Cover.HERE
    if work.undetermined:
        return Cover.UNDETERMINED
    return Cover.REGION if work.region_wide else Cover.NOTHING


@dataclass(frozen=True)
class Column:
    """One priority of the table, the component its need is read from, and its Work."""

    priority: Priority
    threshold: Threshold
    work: Work


@dataclass(frozen=True)
class Row:
    """One municipality with a Cell for each Column."""

    municipality: Municipality
    cells: tuple[Cell, ...]

    @property
    def gaps(self):
        return sum(one.is_gap for one in self.cells)


@dataclass(frozen=True)
class Coverage:
    """Need against coverage of a strategy on a day; no columns where no priority answers to a
    component, no edition where the region has no index."""

    strategy: Strategy
    on: date
    edition: IndexEdition | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def gaps(self):
        """Triples of a Column, a municipality and its Cell where coverage has a gap."""
        return [
            (column, row.municipality, one)
            for row in self.rows
            for column, one in zip(self.columns, row.cells, strict=True)
            if one.is_gap
        ]


def coverage(strategy, on, known=None, *, municipalities=None):
    """Return the Coverage of a strategy on a day as known before `known` (by default the end of
    `on`), for all counted municipalities of its region or those given. The number of queries
    does not depend on how many there are."""
    known = known or end_of(on)
    region = strategy.region
    edition = newest_edition(region)
    places = municipalities
    if places is None:
        counted = Municipality.objects.counted().filter(region=region)
        places = counted.select_related("orp").order_by("sort_key", "code")
    places = list(places)
    priorities = list(strategy.priorities.exclude(index_component="").order_by("code_key", "pk"))
    thresholds, values = _thresholds(edition), _values(edition, places, priorities)
    works = _works(strategy, priorities, on, known)
    columns = tuple(
        Column(one, thresholds.get(one.index_component, Threshold()), works[one.pk])
        for one in priorities
    )
    rows = tuple(
        Row(
            place,
            tuple(
                cell(
                    values.get((place.pk, column.priority.index_component)),
                    column.threshold,
                    column.work,
                    place.pk,
                )
                for column in columns
            ),
        )
        for place in places
    )
    return Coverage(strategy, on, edition, columns, rows)


def _thresholds(edition):
    shares = ComponentShare.objects.filter(edition=edition, region=None)
    return {row.component: Threshold(row.share, row.percentile_90) for row in shares}


def _values(edition, places, priorities):
    found = ComponentValue.objects.filter(
        entry__edition=edition,
        entry__municipality__in=places,
        component__in={priority.index_component for priority in priorities},
    ).select_related("entry")
    return {(value.entry.municipality_id, value.component): value for value in found}


def _works(strategy, priorities, on, known):
    """Return the Work for each priority by its primary key."""
    measures, of_priority = _measures(strategy, on, known)
    projects, project_priorities = _projects(strategy, priorities)
    return {
        priority.pk: _work(
            [one for one in measures if one.measure.pk in of_priority[priority.pk]],
            [one for one in projects if priority.pk in project_priorities[one.pk]],
            on,
        )
        for priority in priorities
    }


@dataclass(frozen=True)
class Activity:
    """A measure that has not ended: where it named an output of the last twelve months, and
    whether a milestone of it was done in them."""

    measure: Measure
    named: frozenset[int]
    output_places: frozenset[int]
    has_output: bool
    has_milestone: bool

    @property
    def places(self):
        """Primary keys of the municipalities the measure was at work in."""
        return self.output_places | (self.named if self.has_milestone else frozenset())

    @property
    def is_region_wide(self):
        is_active = self.has_output or self.has_milestone
        return is_active and self.measure.territory == Territory.REGION


def _measures(strategy, on, known):
    """Return the Activities of the measures of a strategy that have not ended, and the primary
    keys of the measures of each priority."""
    measures = Measure.objects.filter(strategy=strategy).in_plan_order()
    measures = measures.prefetch_related(
        "municipalities", Prefetch("goals", Goal.objects.only("priority_id"))
    )
    since = shifted(on, -MONTHS)
    places, active = _output_places(strategy, since, on, known)
    found, of_priority = [], defaultdict(set)
    for one in facts(measures, on, known):
        for goal in one.measure.goals.all():
            of_priority[goal.priority_id].add(one.measure.pk)
        if one.report is None or one.report.phase not in ENDED:
            found.append(_activity(one, places, active, since, on))
    return found, of_priority


def _activity(one: Facts, places, active, since, on):
    pk = one.measure.pk
    return Activity(
        measure=one.measure,
        named=frozenset(place.pk for place in one.measure.municipalities.all()),
        output_places=frozenset(places.get(pk, ())),
        has_output=pk in active,
        has_milestone=any(
            m.state == MilestoneState.DONE and since < m.closed_on <= on for m in one.milestones
        ),
    )


def _output_places(strategy, since, on, known):
    """Return the municipalities of outputs after `since` by measure, and the measures that had
    an output at all."""
    outputs = Output.objects.valid(known).filter(
        measure__strategy=strategy, happened_on__gt=since, happened_on__lte=on
    )
    places = defaultdict(set)
    for measure_pk, place_pk in OutputMunicipality.objects.filter(output__in=outputs).values_list(
        "output__measure", "municipality"
    ):
        places[measure_pk].add(place_pk)
    return places, set(outputs.values_list("measure", flat=True))


def _projects(strategy, priorities):
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


def _work(measures, projects, on):
    here = defaultdict(list)
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
            *(one.measure for one in measures if one.measure.territory == Territory.UNDETERMINED),
            *(one for one in running if one.territory == ProjectTerritory.UNDETERMINED),
        ),
        uncertain_projects=tuple(one for one in projects if is_running(one, on) is None),
    )
