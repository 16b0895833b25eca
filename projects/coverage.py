"""Coverage: need in a municipality against what is done there (rules.md, section Coverage).

`need()` and `cell()` are the rule, `table()` holds every municipality to it; both work on what was
read. `coverage()` reads what they ask about; who is at work where stands in work.py. What a page
may show follows the masking of the index: a masked or borrowed share makes the need unknown.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from measures.status import end_of
from municipalities.components import is_public
from municipalities.models import (
    ComponentValue,
    IndexEdition,
    Municipality,
)
from municipalities.querysets import newest_with_shares
from projects.work import Work, read_works
from strategy.models import Priority, Strategy


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
    UNWATCHED = "nesleduje-se", "nesleduje se"


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

    @property
    def is_untold(self):
        """The need is high and whether there is a gap cannot be told."""
        return self.need == Need.HIGH and self.cover in (Cover.UNDETERMINED, Cover.UNWATCHED)


def cell(value, threshold, work, municipality_pk):
    """Return the Cell of a municipality: its ComponentValue (or None) against the Work."""
    works = work.here.get(municipality_pk, ())
    found = need(value, threshold)
    share = value.share if found != Need.UNKNOWN else None
    return Cell(found, _cover(works, work), works, share)


def _cover(works, work):
    if works:
        return Cover.HERE
    if not work.is_watched:
        return Cover.UNWATCHED
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
    def is_watched(self):
        """Whether it is known what measures do: those of a monitored strategy."""
        return self.strategy.is_monitored

    @property
    def gaps(self):
        """Triples of a Column, a municipality and its Cell where coverage has a gap."""
        return [
            (column, row.municipality, one)
            for row in self.rows
            for column, one in zip(self.columns, row.cells, strict=True)
            if one.is_gap
        ]


@dataclass(frozen=True)
class Shares:
    """What the need is read from: the thresholds of an edition by component, the ComponentValues
    by the primary key of the municipality and the component."""

    edition: IndexEdition | None
    thresholds: dict[str, Threshold]
    values: dict[tuple[int, str], ComponentValue]


def coverage(strategy, on, known=None, *, priorities=None, facts=None):
    """Return the Coverage of a strategy on a day as known before `known` (by default the end of
    `on`), for all counted municipalities of its region, for all its priorities or those given.
    `facts` are those of the measures of the priorities, if they were read. The number of queries
    does not depend on how many there are."""
    if priorities is None:
        priorities = strategy.priorities.order_by("code_key", "pk")
    answering = [one for one in priorities if one.index_component]
    places = list(_counted(strategy.region))
    edition, shares = newest_with_shares(strategy.region)
    found = Shares(edition, thresholds(shares), _values(edition, places, answering))
    works = read_works(strategy, answering, on, known or end_of(on), facts)
    return table(strategy, on, places, answering, found, works)


def table(strategy, on, places, priorities, shares, works):
    """Return the Coverage of municipalities from what was read: the Shares of the index and the
    Work by the primary key of each priority. No query."""
    columns = tuple(
        Column(one, shares.thresholds.get(one.index_component, Threshold()), works[one.pk])
        for one in priorities
    )
    rows = tuple(Row(place, tuple(_cells(place, columns, shares.values))) for place in places)
    return Coverage(strategy, on, shares.edition, columns, rows)


def thresholds(shares):
    """Return the Threshold of each component from the ComponentShares of one edition."""
    nation = (row for row in shares if row.region_id is None)
    return {row.component: Threshold(row.share, row.percentile_90) for row in nation}


def _counted(region):
    counted = Municipality.objects.counted().filter(region=region)
    return counted.select_related("orp").in_czech_order()


def _cells(place, columns, values):
    for column in columns:
        value = values.get((place.pk, column.priority.index_component))
        yield cell(value, column.threshold, column.work, place.pk)


def _values(edition, places, priorities):
    found = ComponentValue.objects.filter(
        entry__edition=edition,
        entry__municipality__in=places,
        component__in={priority.index_component for priority in priorities},
    ).select_related("entry")
    return {(value.entry.municipality_id, value.component): value for value in found}
