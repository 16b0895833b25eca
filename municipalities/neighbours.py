"""Neighbours of a municipality: those that share its boundary, or its edge of the map.

Where boundaries were imported they decide. Without them the cells of the map stand in: a layout of
equal hexagons keeps most neighbours, not all, and the page says which of the two it goes by.
"""

from dataclasses import dataclass

from common.czech import sort_key
from municipalities.hexgrid import Cell, adjacent
from municipalities.models import Boundary


@dataclass(frozen=True)
class Neighbours:
    """The neighbours as rows (IndexRow) in Czech order, military areas among them."""

    rows: tuple
    by_boundary: bool


def neighbours(municipality, overview, abroad=()):
    """Return the Neighbours of a municipality. `overview` is that of its region, `abroad` are the
    rows of those its boundary names in other regions. One query where the boundary was not read
    with the municipality."""
    in_region = (*overview.municipalities, *overview.military_areas)
    codes = boundary_codes(municipality)
    if codes is None:
        return Neighbours(_in_order(in_region, _around(municipality, in_region)), False)
    return Neighbours(_in_order((*in_region, *abroad), set(codes)), True)


def boundary_codes(municipality):
    """Return the codes its boundary names; None where no boundary was imported."""
    try:
        return municipality.boundary.neighbours
    except Boundary.DoesNotExist:
        return None


def _around(municipality, rows):
    """Codes of the municipalities whose cells share an edge with that of a municipality."""
    if municipality.hex_q is None:
        return set()
    cells = set(adjacent(Cell(municipality.hex_q, municipality.hex_r)))
    return {row.code for row in rows if (row.hex_q, row.hex_r) in cells}


def _in_order(rows, codes):
    near = [row for row in rows if row.code in codes]
    return tuple(sorted(near, key=lambda row: (sort_key(row.name), row.code)))
