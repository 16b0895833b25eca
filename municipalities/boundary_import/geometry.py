"""Geometry of boundaries: checked, made to fit each other, simplified and written as paths.

The only module that needs shapely and pyproj; the command imports it when it runs.
"""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from pyproj import Transformer

from common import czech
from municipalities.boundary_import.reading import DEGREES, METRES, point_text

UNIT = 10
"""Metres of one unit of the map."""

TOLERANCES = (300, 420, 600, 850)
"""Metres: roots of the areas of corners that may go. The first with paths short enough is used."""

BYTES = 200
"""How long a path may be on average: a region of 134 municipalities then takes 27 kB."""

GAP = 30
"""Metres: a narrower gap between two municipalities is a fault of drawing, and is closed."""

SNAP = 2
"""Metres: corners nearer to each other are the same one."""

CHANGE = 0.02
"""What part of its area a municipality may lose by making it fit its neighbours."""

FAR = 2_000
"""Metres from a municipality's own point to its boundary, beyond which the code is wrong."""


class Drawn(NamedTuple):
    """A boundary as it is stored: whole units of the Krovak projection, y to the south."""

    code: str
    path: str
    left: int
    top: int
    right: int
    bottom: int
    label_x: int
    label_y: int
    neighbours: list


def draw(shapes, crs, points):
    """Return a Drawn for each Shape, and the problems found on the way.

    `points` are longitude and latitude of municipalities by their code. With any problem nothing
    is drawn.
    """
    polygons = np.array([_polygon(shape) for shape in shapes], dtype=object)
    problems = list(_invalid(shapes, polygons))
    if problems:
        return [], problems
    if crs == DEGREES:
        polygons = shapely.transform(polygons, _to_metres)
    fitted = shapely.coverage_clean(polygons, gap_width=GAP, snapping_distance=SNAP)
    problems = [*_overlapping(shapes, polygons, fitted), *_far(shapes, polygons, points)]
    if problems:
        return [], problems
    neighbours = _neighbours([shape.code for shape in shapes], fitted)
    rings = _simplified(fitted)
    return [
        _drawn(shape.code, polygon, rings, sorted(neighbours[shape.code]))
        for shape, polygon, rings in zip(shapes, fitted, rings, strict=True)
    ], []


def _polygon(shape):
    return shapely.MultiPolygon([(rings[0], rings[1:]) for rings in shape.polygons])


def _to_metres(points):
    return np.column_stack(_transformer().transform(points[:, 0], points[:, 1]))


@lru_cache(maxsize=1)
def _transformer():
    return Transformer.from_crs(DEGREES, METRES, always_xy=True)


def _invalid(shapes, polygons):
    for shape, polygon in zip(shapes, polygons, strict=True):
        if not polygon.is_valid:
            yield f"{shape.place}: {_why_invalid(polygon)}."
        elif not polygon.area:
            yield f"{shape.place}: hranice nemá žádnou plochu."


def _why_invalid(polygon):
    reason = shapely.is_valid_reason(polygon)
    found = re.fullmatch(r"(.*)\[(\S+) (\S+?)(?: \S+)?\]", reason)
    where = f" u bodu {point_text((float(found[2]), float(found[3])))}" if found else ""
    if "Self-intersection" in reason or "Nested" in reason:
        return f"hranice protíná sama sebe{where}"
    if "Hole" in reason:
        return f"otvor v hranici leží mimo ni{where}"
    return f"hranice je vadná{where} ({reason.split('[')[0]})"


def _overlapping(shapes, polygons, fitted):
    """Who would lose a part of its area because another one claims it too."""
    lost = shapely.area(polygons) - shapely.area(fitted)
    for number in np.flatnonzero(lost > CHANGE * shapely.area(polygons)):
        shared = shapely.area(shapely.intersection(polygons[number], polygons))
        shared[number] = 0
        other = shapes[int(shared.argmax())].place
        size = czech.decimal(float(shared.max()) / 1e6, 2)
        yield (
            f"{shapes[number].place}: hranice se o {size} km² překrývá s hranicí, kterou má"
            f" {other[0].lower()}{other[1:]}."
        )


def _far(shapes, polygons, points):
    for shape, polygon in zip(shapes, polygons, strict=True):
        if shape.code not in points:
            continue
        own = shapely.Point(_transformer().transform(*points[shape.code]))
        if (distance := polygon.distance(own)) > FAR:
            yield (
                f"{shape.place}: obec s tímto kódem leží {czech.decimal(distance / 1000, 0)} km"
                " od této hranice, kód nejspíš patří jiné obci."
            )


def _neighbours(codes, polygons):
    """Return the codes that share an edge with each code; a common point alone is none."""
    owners = defaultdict(set)
    for code, polygon in zip(codes, polygons, strict=True):
        for ring in _rings(polygon):
            for edge in pairwise(map(tuple, ring)):
                owners[min(edge), max(edge)].add(code)
    found = defaultdict(set)
    for sharing in owners.values():
        for code in sharing if len(sharing) > 1 else ():
            found[code] |= sharing - {code}
    return found


def _rings(polygon):
    """Return the coordinates of all rings, the outer ones clockwise on the map."""
    for part in shapely.get_parts(shapely.orient_polygons(polygon)):
        for ring in (part.exterior, *part.interiors):
            yield shapely.get_coordinates(ring)


def _simplified(polygons):
    """Return the rings of each polygon in whole units, with edges still shared."""
    for tolerance in TOLERANCES:
        simple = shapely.coverage_simplify(polygons, tolerance)
        rings = [[*map(_whole, _rings(polygon))] for polygon in simple]
        if sum(len(path(own)) for own in rings) <= BYTES * len(rings):
            break
    return [[ring for ring in own if len(ring) > 3] or own[:1] for own in rings]


def _whole(ring):
    """Return a ring in whole units, y to the south, without points that fell together."""
    units = np.round(ring / UNIT * (1, -1)).astype(int)
    moved = np.any(np.diff(units, axis=0) != 0, axis=1)
    return units[np.concatenate([[True], moved])]


def path(rings):
    """Return closed rings as a path of relative steps, without a needless sign."""
    return "".join(_ring_path(ring) for ring in rings)


def _ring_path(ring):
    (x, y), steps = ring[0], np.diff(ring[:-1], axis=0)
    line = " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")
    return f"M{x} {y}l{line}z"


def _drawn(code, polygon, rings, neighbours):
    """Put together what is stored; the number stands where most room is around it."""
    points = np.concatenate(rings)
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    largest = max(shapely.get_parts(polygon), key=shapely.area)
    middle = shapely.maximum_inscribed_circle(largest, tolerance=UNIT).coords[0]
    x, y = (round(value / UNIT * sign) for value, sign in zip(middle, (1, -1), strict=True))
    return Drawn(code, path(rings), left, top, right, bottom, x, y, neighbours)
