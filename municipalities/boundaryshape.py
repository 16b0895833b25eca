"""Plane geometry of stored paths: their edges, borders between parts, room for a number.

A path is what the import writes: rings of whole numbers, `M` and relative steps of `l`, closed
by `z`. Neighbours share their corners exactly.
"""

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

NUMBERS = re.compile(r"-?[0-9]+")


class Box(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x, y, width, height):
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def x(self):
        return round((self.left + self.right) / 2)

    @property
    def y(self):
        return round((self.top + self.bottom) / 2)

    def overlap(self, other):
        """Return the area two boxes have in common."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)


def rings(path):
    """Return the rings of a path as closed lists of points."""
    for text in path.split("z"):
        numbers = [int(number) for number in NUMBERS.findall(text)]
        if not numbers:
            continue
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        yield [*points, points[0]]


def edges(path):
    """Return the edges of a path as pairs of points."""
    return [edge for ring in rings(path) for edge in pairwise(ring)]


def borders(parts, lines):
    """Return the path of all edges that lie between two parts or on the outer side, each once.

    `parts` name the part of each place, `lines` are its edges.
    """
    owners = defaultdict(list)
    for part, own in zip(parts, lines, strict=True):
        for start, end in own:
            owners[min(start, end), max(start, end)].append(part)
    found = defaultdict(set)
    for (start, end), sharing in owners.items():
        if len(sharing) == 1 or len(set(sharing)) > 1:
            found[start].add(end)
            found[end].add(start)
    return "".join(_chains(found))


def _chains(following):
    """Walk all edges, as far as they go on; crossings begin new lines first."""
    starts = sorted(following, key=lambda point: (len(following[point]) == 2, point))
    for start in starts:
        while following[start]:
            points = [start]
            while nexts := following[points[-1]]:
                point = min(nexts)
                following[points[-1]].discard(point)
                following[point].discard(points[-1])
                points.append(point)
            steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points))
            yield f"M{start[0]} {start[1]}l{steps.replace(' -', '-')}"


def fits(box, lines):
    """Say whether no edge runs through a box."""
    return not any(_crosses(box, edge) for edge in lines)


def _crosses(box, edge):
    """Liang and Barsky: what is left of an edge within the four sides of a box."""
    (x, y), (x2, y2) = edge
    dx, dy = x2 - x, y2 - y
    enter, leave = 0, 1
    sides = ((-dx, x - box.left), (dx, box.right - x), (-dy, y - box.top), (dy, box.bottom - y))
    for step, room in sides:
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter <= leave
