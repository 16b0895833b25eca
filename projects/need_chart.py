"""Needs identified against those solved by area: ready coordinates for an inline SVG.

Two bars for an area, one below the other, from a common zero; where a number is not shown there is
no bar but the word that stands for it.
"""

from dataclasses import dataclass

from common import czech

WIDTH, LEFT, RIGHT = 344, 0, 270
ROW, TOP, BAR, STEP = 56, 4, 14, 17
LABEL_Y, NUMBER_GAP, HALF_LETTER = 12, 6, 11


@dataclass(frozen=True)
class Bar:
    """One bar and what is written at its end."""

    y: int
    length: int
    text: str
    css: str
    fill: str

    @property
    def text_x(self):
        return self.length + NUMBER_GAP

    @property
    def text_y(self):
        return self.y + HALF_LETTER


@dataclass(frozen=True)
class Area:
    """The two bars of an area under its name."""

    name: str
    label_y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """The chart of a period; the description says all that is in it."""

    areas: tuple[Area, ...]
    description: str
    height: int
    width: int = WIDTH
    bar_height: int = BAR


COLUMNS = (
    ("identified", "zjištěné", "found", "#A9B4C0"),
    ("solved", "vyřešené", "solved", "#12436D"),
)


def chart(lines):
    """Return the Chart of lines, one for each area; None where no number is shown of any.

    The total over all areas is left out: beside it the others could not be told apart.
    """
    lines = [one for one in lines if not one.is_total]
    known = [
        number.value for one in lines for number in (one.identified, one.solved) if number.is_known
    ]
    if not known:
        return None
    longest = max(*known, 1)
    areas = tuple(_area(place, line, longest) for place, line in enumerate(lines))
    return Chart(areas, "; ".join(map(_said, lines)), TOP + ROW * len(lines))


def _area(place, line, longest):
    top = TOP + ROW * place
    bars = tuple(
        _bar(top + LABEL_Y + 5 + STEP * number, getattr(line, name), word, css, fill, longest)
        for number, (name, word, css, fill) in enumerate(COLUMNS)
    )
    return Area(line.name, top + LABEL_Y, bars)


def _bar(y, number, word, css, fill, longest):
    if not number.is_known:
        return Bar(y, 0, f"{word}: {number.instead}", css, fill)
    # A single need among thousands still leaves a mark.
    length = max(round(RIGHT * number.value / longest), 1) if number.value else 0
    return Bar(y, length, czech.integer(number.value), css, fill)


def _said(line):
    parts = [
        f"{word} {czech.integer(number.value) if number.is_known else number.instead}"
        for name, word, *_ in COLUMNS
        for number in [getattr(line, name)]
    ]
    return f"{line.name}: {', '.join(parts)}"
