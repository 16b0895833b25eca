"""Geometry of the map: hexagons in rows, every municipality the same size.

The layout is odd-r: columns q grow to the east, rows r to the north, and odd rows stand half a
hexagon further east. All coordinates are whole numbers: a hexagon is 52 wide and 60 high, which
differs from a regular one by less than 0.1 %.
"""

from typing import NamedTuple

HALF = 26
"""Half the width of a hexagon; the centres in one row are two of them apart."""

QUARTER = 15
"""A quarter of its height; rows are three of them apart."""

ROW = 3 * QUARTER


class Cell(NamedTuple):
    """A place in the grid."""

    q: int
    r: int


class Point(NamedTuple):
    """A place in the picture; y grows to the south."""

    x: int
    y: int


def centre(cell):
    """Return the middle of a cell; cell 0, 0 has it at 0, 0."""
    return Point(HALF * (2 * cell.q + cell.r % 2), -ROW * cell.r)


def corners(cell):
    """Return the corners of a cell, clockwise from the northern one."""
    x, y = centre(cell)
    return [
        Point(x, y - 2 * QUARTER),
        Point(x + HALF, y - QUARTER),
        Point(x + HALF, y + QUARTER),
        Point(x, y + 2 * QUARTER),
        Point(x - HALF, y + QUARTER),
        Point(x - HALF, y - QUARTER),
    ]


def adjacent(cell):
    """Return the six cells that share an edge with a cell."""
    east = cell.r % 2
    return [
        Cell(cell.q - 1, cell.r),
        Cell(cell.q + 1, cell.r),
        *(Cell(cell.q - 1 + east + n, cell.r + up) for up in (-1, 1) for n in (0, 1)),
    ]


def hexagon(cell, half=HALF, quarter=QUARTER):
    """Return the path of a cell, or of a smaller hexagon in its middle."""
    x, y = centre(cell)
    h, k = half, quarter
    return f"M{x} {y - 2 * k}l{h} {k}v{2 * k}l{-h} {k} {-h} {-k}v{-2 * k}z"


def outline(cells):
    """Return the path around a set of cells: each edge that only one of them has."""
    edges = set()
    for cell in cells:
        points = corners(cell)
        edges.update(zip(points, [*points[1:], points[0]], strict=True))
    return "".join(_loops({start: end for start, end in edges if (end, start) not in edges}))


def _loops(following):
    """Walk the edges of a border, each loop from its northernmost, westernmost corner.

    Three cells meet at a corner, so only one edge of a border begins there.
    """
    while following:
        start = point = min(following, key=lambda point: (point.y, point.x))
        path = [f"M{start.x} {start.y}"]
        while (point := following.pop(point)) != start:
            path.append(f"L{point.x} {point.y}")
        yield "".join([*path, "Z"])
