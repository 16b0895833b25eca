"""Where the names of the parts of the map stand.

A name stands in a free place of the grid beside a part, nearer to it than to any other; the name
of a part without such a place stands inside it, between two rows of numbers.
"""

from dataclasses import dataclass
from math import dist
from typing import NamedTuple

from municipalities.hexgrid import HALF, ROW, centre

LETTER = 12
"""Width reserved for a letter of the size names are set in."""

GAP = 10
"""Between a name and what stands beside it."""

FARTHEST = 2 * ROW
"""A name farther away than this would not be read as that of the part."""


@dataclass(frozen=True)
class Label:
    """A name with the middle of its line; `anchor` says which end of it stands at `x`."""

    name: str
    x: int
    y: int
    anchor: str
    is_inside: bool = False


class Box(NamedTuple):
    """The room of a name: a stretch of one line."""

    left: int
    right: int
    y: int

    def distance(self, point):
        """Return how far a point is from the nearest place of the box."""
        return dist(point, (min(max(point.x, self.left), self.right), self.y))

    def meets(self, other):
        """Say whether two boxes in one row overlap."""
        same_row = abs(self.y - other.y) < ROW
        return same_row and self.left < other.right and other.left < self.right


class Candidate(NamedTuple):
    label: Label
    box: Box


def place_labels(parts):
    """Return a Label for each part of the map.

    `parts` are pairs of a name and its cells; they are served in their order.
    """
    centres = [(name, [centre(cell) for cell in cells]) for name, cells in parts]
    taken = [Box(x - HALF, x + HALF, y) for _, points in centres for x, y in points]
    bounds = Box(min(box.left for box in taken) - HALF, max(box.right for box in taken) + HALF, 0)
    labels = []
    for name, own in centres:
        foreign = [point for other, points in centres if other != name for point in points]
        best = _best(name, own, foreign, taken, bounds)
        if best is None:
            labels.append(_inside(name, own))
        else:
            labels.append(best.label)
            taken.append(best.box)
    return labels


def _best(name, own, foreign, taken, bounds):
    """Return the free Candidate that is nearest to its own part against the others, or None."""
    found = []
    for candidate in _candidates(name, own):
        box = candidate.box
        if box.left < bounds.left or box.right > bounds.right or any(map(box.meets, taken)):
            continue
        near = min(map(box.distance, own))
        lead = min(map(box.distance, foreign), default=FARTHEST) - near
        if near < FARTHEST and lead > 0:
            found.append((lead, candidate))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _candidates(name, own):
    """Beside each cell of the part in its own row, and above and below it."""
    width = LETTER * len(name)
    for x, y in own:
        left, right = x - HALF - GAP, x + HALF + GAP
        yield Candidate(Label(name, right, y, "start"), Box(right, right + width, y))
        yield Candidate(Label(name, left, y, "end"), Box(left - width, left, y))
        for line in (y - ROW, y + ROW):
            box = Box(x - width // 2, x + width // 2, line)
            yield Candidate(Label(name, x, line, "middle"), box)


def _inside(name, own):
    """Between two rows of the part, as near to its middle as can be."""
    x = sum(point.x for point in own) // len(own)
    y = sum(point.y for point in own) // len(own)
    return Label(name, x, y // ROW * ROW + ROW // 2, "middle", is_inside=True)
