"""What the index says of one municipality: its value, its components and its surroundings."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import OuterRef, Q, Subquery

from common.joined import joined
from municipalities import development
from municipalities.change import EditionChange, share_changes
from municipalities.charts import NARROW, WIDE, component_bar, ruler
from municipalities.components import ComponentLine, component_lines
from municipalities.development import EditionValue
from municipalities.index import SMALL_POPULATION, band_of
from municipalities.likeness import Likeness, likenesses
from municipalities.models import (
    ComponentShare,
    ComponentValue,
    IndexEdition,
    IndexEntry,
    Municipality,
)
from municipalities.neighbours import Neighbours, boundary_codes, neighbours
from municipalities.overview import Overview
from municipalities.querysets import editions, read_around
from municipalities.sentences import comparison, drivers_sentence, position, trend_sentence
from municipalities.similar import features, similar


@dataclass(frozen=True)
class Profile:
    """The index of a municipality in the newest edition of its region, as far as known.

    `history` has its value in each edition of the region, the oldest first. `values` are the rows
    of components that were read, by year and code: all of the region for the newest edition, those
    of the municipality for the one before. Only what `lines`, `change` and `similar` make of them
    may be shown.
    """

    municipality: Municipality
    edition: IndexEdition | None
    history: tuple[EditionValue, ...]
    region: Overview
    near: Neighbours
    values: dict = field(default_factory=dict, repr=False)
    shares: dict = field(default_factory=dict, repr=False)
    sources: dict = field(default_factory=dict, repr=False)

    @cached_property
    def row(self):
        rows = self.region.municipalities
        return next((row for row in rows if row.code == self.municipality.code), None)

    @cached_property
    def orp(self):
        """The Overview of the ORP the municipality lies in, with the municipality itself."""
        return self.region.of_orp(self.municipality.orp.code)

    @property
    def others(self):
        """The other municipalities of the ORP, each with its band, in Czech order."""
        own = self.municipality.code
        return [(row, band) for row, band in self.orp.banded if row.code != own]

    @property
    def value(self):
        return self.row.index_value if self.row else None

    @property
    def band(self):
        return self.region.band(self.row) if self.row else None

    @property
    def orp_median(self):
        """The median of the ORP; None where the municipality is the only one with a value."""
        return self.orp.median if self.orp.known > 1 else None

    @property
    def comparison(self):
        name = self.municipality.orp.name
        return comparison(self.value, name, self.orp_median, self.region.median)

    @property
    def position(self):
        return position(self.value, self.orp_median, self.region.median)

    @property
    def drivers(self):
        return drivers_sentence(self.lines)

    @property
    def years(self):
        return tuple(one.year for one in self.history)

    @cached_property
    def lines(self) -> tuple[ComponentLine, ...]:
        """The five components; none where the edition has no entry of the municipality."""
        if self.value is None:
            return ()
        return tuple(component_lines(self.own_values(self.edition.year), self._shares_of_edition))

    @property
    def _shares_of_edition(self):
        return self.shares.get(self.edition.year, ())

    def own_values(self, year):
        """The rows of components of the municipality; `components.is_public` says which of their
        numbers may leave the server."""
        return self.values.get((year, self.municipality.code), ())

    @property
    def earlier_sources(self):
        """Pairs of the year and the source of each edition before the newest one."""
        return [(one.year, self.source(one.year)) for one in self.history[-2::-1]]

    def source(self, year):
        """The source of the edition of a year."""
        return self.sources.get(year, "")

    @property
    def trend(self):
        """Where the index goes, or why that cannot be told."""
        return trend_sentence(self.years) or development.trend_text(self.history)

    @cached_property
    def change(self):
        """The newest edition against the one before it in the region; None where there is none."""
        if len(self.history) < 2 or self.value is None:
            return None
        then = self.history[-2]
        nation = {row.component: row.share for row in self._shares_of_edition if not row.region_id}
        changes = share_changes(
            self.own_values(then.year), self.own_values(self.edition.year), nation
        )
        return EditionChange(then.year, then.value, self.value, tuple(changes))

    @cached_property
    def developments(self):
        """The chart of editions for wide and for narrow screens; none with fewer than two."""
        if len(self.history) < 2:
            return []
        return [
            development.development(
                frame,
                name=self.municipality.name,
                values=self.history,
                bands=self.region.bands,
            )
            for frame in (development.WIDE, development.NARROW)
        ]

    @property
    def neighbours(self):
        """Pairs of a neighbour and its band, in Czech order."""
        return [(row, band_of(row.index_value, self.region.bands)) for row in self.near.rows]

    @cached_property
    def similar(self) -> list[Likeness]:
        """The similar municipalities of the region, in Czech order."""
        if self.value is None:
            return []
        populations = {row.code: row.population for row in self.region.municipalities}
        values = (
            (code, value)
            for (year, code), rows in self.values.items()
            if year == self.edition.year
            for value in rows
        )
        found = similar(self.municipality.code, features(populations, values))
        return likenesses(found, self.region)

    @property
    def is_small(self):
        population = self.municipality.population
        return population is not None and population < SMALL_POPULATION

    @property
    def components(self):
        """Pairs of a component in words and its bar."""
        return [(line, component_bar(line)) for line in self.lines]

    @property
    def rulers(self):
        """The same ruler for wide and for narrow screens."""
        return [self.ruler(size) for size in (WIDE, NARROW)]

    def ruler(self, size):
        """Return the ruler of a known value, drawn in a Size."""
        return ruler(
            size,
            name=self.municipality.name,
            value=self.value,
            others=[row.index_value for row, _ in self.others if row.index_value is not None],
            bands=self.region.bands,
            medians=[
                (f"ORP {self.municipality.orp.name}", self.orp_median),
                ("kraje", self.region.median),
            ],
        )

    @property
    def compared_with(self):
        """Codes for a comparison: the municipality and the nearest of the similar ones."""
        nearest = sorted(self.similar, key=lambda one: (one.distance_number, one.row.code))
        return ",".join([self.municipality.code, *(one.row.code for one in nearest[:4])])


def profile(municipality):
    """Return the Profile of a counted municipality. Four queries, one more where its boundary was
    not read with it."""
    pairs = _with_own_value(municipality)
    found = [one for one, _ in pairs]
    edition = found[0] if found else None
    codes = boundary_codes(municipality) or ()
    region, abroad = read_around(municipality.region, codes, edition)
    return Profile(
        municipality=municipality,
        edition=edition,
        history=tuple(
            EditionValue(one.year, one.own_value, band_of(one.own_value, region.bands))
            for one in reversed(found)
        ),
        region=region,
        near=neighbours(municipality, region, abroad),
        values=_values(municipality, found[:2]),
        shares={edition.year: tuple(pairs[0][1])} if edition else {},
        sources={one.year: one.source for one in found},
    )


def _with_own_value(municipality):
    """Pairs of each edition of the region, the newest first, with the value of the municipality,
    and of the newest one the shares of the nation and the region. One query."""
    region = municipality.region
    own = IndexEntry.objects.filter(edition=OuterRef("pk"), municipality=municipality)
    with_value = editions(region).annotate(own_value=Subquery(own.values("value")[:1]))
    newest = Subquery(editions(region).values("pk")[:1])
    shares = ComponentShare.objects.public().filter(edition=newest)
    shares = shares.filter(Q(region=None) | Q(region=region))
    return joined(with_value, "shares", condition=Q(shares__in=Subquery(shares.values("pk"))))


def _values(municipality, two_newest):
    """Return the components of all municipalities of the region in the newest edition and of this
    one in the edition before, by year and code. One query."""
    if not two_newest:
        return {}
    newest, *before = two_newest
    wanted = Q(edition=newest, municipality__region=municipality.region)
    wanted |= Q(edition__in=before, municipality=municipality)
    found = ComponentValue.objects.filter(entry__in=IndexEntry.objects.counted().filter(wanted))
    own = ("component", "state", "count", "base", "share", "quotient")
    by_place = defaultdict(list)
    for row in found.values_list(
        "entry__edition__year", "entry__municipality__code", *own, named=True
    ):
        by_place[row[:2]].append(row)
    return dict(by_place)
