"""The map of a region: hexagons or boundaries, whichever there is and the reader asks for."""

from dataclasses import dataclass

from municipalities.boundarymap import Outline, boundary_map
from municipalities.hexmap import hex_map
from municipalities.models import Boundary, BoundarySet

HEXAGONS, BOUNDARIES = "", "hranice"
"""Kinds of maps, as addresses have them."""


@dataclass(frozen=True)
class MapChoice:
    """The map that is shown (None: there is none), and which others could be."""

    drawing: object
    kind: str = HEXAGONS
    has_hexagons: bool = False
    has_boundaries: bool = False
    sources: tuple = ()

    @property
    def is_boundaries(self):
        return self.kind == BOUNDARIES

    @property
    def has_choice(self):
        return self.has_hexagons and self.has_boundaries


def map_of(overview, chosen=None, kind=HEXAGONS, *, aside=", mimo výběr", scale=None):
    """Return the MapChoice of an Overview: hexagons unless boundaries are asked for, and what
    there is where only one of them is. Boundaries are shown when every place has one. Two queries
    for boundaries, none for hexagons.
    """
    rows = (*overview.municipalities, *overview.military_areas)
    has_hexagons = any(row.hex_q is not None for row in rows)
    has_boundaries = bool(rows) and all(row.boundary for row in rows)
    if has_boundaries and (kind == BOUNDARIES or not has_hexagons):
        fields = ("path", "left", "top", "right", "bottom", "label_x", "label_y")
        boundaries = Boundary.objects.filter(pk__in=[row.boundary for row in rows])
        found = boundaries.values_list("municipality__code", *fields)
        drawing = boundary_map(
            overview, [Outline(*row) for row in found], chosen, aside=aside, scale=scale
        )
        sources = BoundarySet.objects.filter(boundaries__in=boundaries).distinct().order_by("pk")
        return MapChoice(drawing, BOUNDARIES, has_hexagons, True, tuple(sources))
    drawing = hex_map(overview, chosen, aside=aside, scale=scale)
    return MapChoice(drawing, HEXAGONS, has_hexagons, has_boundaries)
