"""The map of a region by its real boundaries: the same readings as in the map of hexagons.

A path is written once, in the layer of its colour; the link of the municipality uses it again.
What depends on the boundaries alone (borders of ORP, where numbers fit, where names stand) is
worked out once and remembered for them.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import czech
from municipalities.boundaryshape import Box, borders, edges, fits
from municipalities.hexmap import LENT, NO_DATA, NOT_CHOSEN, painted, what
from municipalities.shades import PAPER, SHADES

EMS = 52
"""How many times the size of letters goes into the width of the map."""

NARROW = 1.5
"""How much larger letters are on a narrow screen; see components.css."""

DIGIT, LETTER, HEIGHT = 0.58, 0.6, 0.7
"""Width of a digit and of a letter, height of both, in the size of letters."""

SIGNS = 2
"""How many signs have room wherever a number stands."""

LINE = 1.3
"""Between a number and the name under it, in the size of letters."""

ROW = 3
"""How many letters high a row is that is read from the west to the east."""

FACE = '<path id="h{}" d="{}"/>'
LINK = '<a href="{}" class="{}" tabindex="{}"><title>{}</title><use href="#h{}"/>{}</a>'
NUMBER = '<text x="{}" y="{}"{} fill="{}">{}</text>'


class Outline(NamedTuple):
    """The boundary of a municipality as it is stored."""

    code: str
    path: str
    left: int
    top: int
    right: int
    bottom: int
    x: int
    y: int


class Layer(NamedTuple):
    """Faces that look alike: class, fill (also of a hatch) and their paths."""

    look: str
    fill: str
    faces: SafeString


class Name(NamedTuple):
    """The name of an ORP, with the middle of its line."""

    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Ground:
    """What depends on the boundaries alone; `rooms` are classes of numbers by code, None for a
    number that does not fit."""

    view_box: str
    em: int
    borders: str
    names: tuple[Name, ...]
    rooms: dict


@dataclass(frozen=True)
class BoundaryMap:
    """A map ready to be drawn by components/boundary_map.html."""

    number: int
    ground: Ground
    layers: tuple[Layer, ...]
    empty: SafeString
    links: SafeString
    what: str
    shades = SHADES

    @property
    def scale(self):
        """How many times the patterns of the map of hexagons are enlarged."""
        return max(self.ground.em // 21, 1)

    @property
    def label(self):
        places = czech.count(self.number, "území", "území", "území")
        return f"Mapa hranic: {places}, kde je místo, i {self.what}. Totéž je v tabulce."


def boundary_map(overview, outlines, chosen=None, *, aside=", mimo výběr", scale=None):
    """Return the BoundaryMap of an Overview, or None unless each of its places has an Outline.

    `chosen`, `aside` and `scale` are those of `hex_map`.
    """
    rows = (*overview.municipalities, *overview.military_areas)
    by_code = {outline.code: outline for outline in outlines}
    if not rows or any(row.code not in by_code for row in rows):
        return None
    chosen = None if chosen is None else frozenset(chosen)
    outlines = tuple(by_code[row.code] for row in rows)
    return _drawn(rows, outlines, scale or overview.bands, chosen, aside)


@lru_cache(maxsize=16)
def _drawn(rows, outlines, bands, chosen, aside):
    """Return the BoundaryMap of rows; it depends on nothing but its arguments."""
    readings = painted(rows, bands, chosen, aside)
    signs = max(SIGNS, *(len(one.paint.number) for one in readings))
    ground = _ground(tuple((row.orp.name, row.name) for row in rows), outlines, signs)
    found = list(zip(readings, outlines, strict=True))
    found.sort(key=lambda pair: (pair[1].y // (ROW * ground.em), pair[1].x))
    return BoundaryMap(
        number=len(found),
        ground=ground,
        layers=tuple(_layers(found)),
        empty=_faces(own for one, own in found if one.look == NO_DATA),
        # The first one is the map's only tab stop; the script moves it.
        links=SafeString(
            "".join(_link(*pair, -1 if n else 0, ground) for n, pair in enumerate(found))
        ),
        what=what(bands),
    )


def _is_hatched(one):
    return one.paint.is_hatched and one.look != NOT_CHOSEN


def _fill(one):
    return PAPER if one.look in (NOT_CHOSEN, LENT) else SHADES[one.paint.shade].fill


def _layers(found):
    """Return a Layer for each look among the places that have a value, hatched ones apart."""
    looks = defaultdict(list)
    for one, outline in found:
        if one.look != NO_DATA:
            looks[one.look, _is_hatched(one), _fill(one)].append(outline)
    for (look, is_hatched, fill), outlines in sorted(looks.items()):
        # A class would set the plain fill again.
        yield Layer(
            "" if is_hatched else look,
            f"url(#geo-{look})" if is_hatched else fill,
            _faces(outlines),
        )


def _faces(outlines):
    return SafeString("".join(format_html(FACE, own.code, own.path) for own in outlines))


def _link(one, outline, tab, ground):
    number = _number(one, outline, ground)
    return format_html(LINK, one.row.url, one.look, tab, one.title, outline.code, number)


def _number(one, outline, ground):
    room = ground.rooms[outline.code]
    if not one.paint.number or room is None:
        return ""
    is_hatched = _is_hatched(one)
    css = " ".join(filter(None, [room, "halo" if is_hatched else ""]))
    look = format_html(' class="{}"', css) if css else ""
    if is_hatched:
        look += format_html(' stroke="{}"', _fill(one))
    y = outline.y + round(HEIGHT * ground.em / 2)
    return format_html(NUMBER, outline.x, y, look, one.number_fill, one.paint.number)


@lru_cache(maxsize=8)
def _ground(places, outlines, signs):
    """Return the Ground of pairs of the names of an ORP and of a municipality, and outlines, for
    numbers of so many signs."""
    left, top = min(own.left for own in outlines), min(own.top for own in outlines)
    width = max(own.right for own in outlines) - left
    height = max(own.bottom for own in outlines) - top
    em = max(width // EMS, 1)
    lines = [edges(own.path) for own in outlines]
    rooms = {
        own.code: _room(own, found, em, signs) for own, found in zip(outlines, lines, strict=True)
    }
    names, hidden = _place_names(places, outlines, rooms, em)
    return Ground(
        view_box=f"{left - em} {top - em} {width + 2 * em} {height + 2 * em}",
        em=em,
        borders=borders([orp for orp, _ in places], lines),
        names=names,
        rooms={code: None if code in hidden else room for code, room in rooms.items()},
    )


def _room(outline, lines, em, signs):
    """Say where a number fits: everywhere, on wide screens only, nowhere."""
    for size, room in ((NARROW * em, ""), (em, "wide")):
        if fits(_number_box(outline, size, signs), lines):
            return room
    return None


def _number_box(outline, em, signs=SIGNS):
    return Box.around(outline.x, outline.y, signs * DIGIT * em, HEIGHT * em)


def _place_names(places, outlines, rooms, em):
    """Return a Name for each ORP beside its seat, and the codes whose number it would cover."""
    numbers = {own.code: _number_box(own, em) for own in outlines if rooms[own.code] is not None}
    seats = {}
    for (orp, name), own in zip(places, outlines, strict=True):
        if name == orp or orp not in seats:
            seats[orp] = own
    names, taken, hidden = [], [], set()
    for orp, seat in seats.items():
        boxes = list(_candidates(orp, seat, em))
        best = min(boxes, key=lambda box: _cost(box, taken, numbers.values()))
        taken.append(best)
        hidden |= {code for code, box in numbers.items() if best.overlap(box)}
        names.append(Name(orp, best.x, best.y + round(HEIGHT * em / 2)))
    return tuple(names), hidden


def _candidates(name, seat, em):
    """Places for a name around the number of its seat, the nearest first."""
    width = LETTER * len(name) * em
    for lines in (1, -1, 2, -2):
        for shift in (0, 1, -1, 2, -2):
            x, y = seat.x + shift * em, seat.y + LINE * lines * em
            yield Box.around(x, y, width, 1.1 * em)


def _cost(box, taken, numbers):
    """What a name would cover; another name counts for more than a number."""
    return 10 * sum(map(box.overlap, taken)) + sum(map(box.overlap, numbers))
