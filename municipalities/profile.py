"""What the index says of one municipality: its value, its components and its surroundings."""

from dataclasses import dataclass
from functools import cached_property

from municipalities.charts import NARROW, WIDE, component_bar, ruler
from municipalities.components import ComponentLine, component_lines
from municipalities.index import SMALL_POPULATION
from municipalities.models import ComponentShare, ComponentValue, IndexEdition, Municipality
from municipalities.overview import Overview
from municipalities.querysets import editions, for_list, read_overview
from municipalities.sentences import comparison, drivers_sentence, position, trend_sentence


@dataclass(frozen=True)
class Profile:
    """The index of a municipality in the newest edition of its region, as far as known.

    `lines` are the five components, none where the edition has no entry of the municipality.
    """

    municipality: Municipality
    edition: IndexEdition | None
    years: tuple[int, ...]
    region: Overview
    lines: tuple[ComponentLine, ...]

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
    def trend(self):
        return trend_sentence(self.years)

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


def profile(municipality):
    """Return the Profile of a counted municipality. Five queries."""
    found = list(editions(municipality.region))
    edition = found[0] if found else None
    region = read_overview(for_list(municipality.region, edition))
    one = Profile(municipality, edition, tuple(item.year for item in found), region, ())
    if one.value is None:
        return one
    values = ComponentValue.objects.filter(entry__edition=edition, entry__municipality=municipality)
    shares = ComponentShare.objects.filter(edition=edition)
    shares = shares.filter(region=None) | shares.filter(region=municipality.region)
    lines = tuple(component_lines(values, shares))
    return Profile(municipality, edition, one.years, region, lines)
