"""The line of an indicator's values in time: ready coordinates for an inline SVG.

Time runs evenly, so years without a value leave a gap as wide as they are. A line joins two values
only where the period of one follows right after the other's: what lies between is not known.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from common import czech
from common.units import amount, places_of
from indicators import wording

WIDTH, HEIGHT = 344, 176
LEFT, RIGHT, TOP, BOTTOM = 46, 338, 12, 140
TICK = LEFT - 6
PERIODS = BOTTOM + 20
HALF_LETTER = 4
INSET = 30
HEADROOM = Decimal("1.25")
LABELLED = 6
"""With more values than this only the first and the last one carry their number."""


@dataclass(frozen=True)
class Point:
    """One value: where it stands, what it says, and whether that is written beside it."""

    x: int
    y: int
    number: str
    period: str
    is_labelled: bool
    is_hollow: bool

    @property
    def label_y(self):
        return self.y - 11


@dataclass(frozen=True)
class Chart:
    """The values of an indicator in one territory, oldest first; `lines` join some of them."""

    points: list
    lines: list
    lowest: str
    highest: str
    description: str
    caption: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    tick_x: int = TICK
    tick_top: int = TOP + HALF_LETTER
    tick_bottom: int = BOTTOM + HALF_LETTER
    period_y: int = PERIODS


def chart(indicator, observations):
    """Return the Chart of observations with a period, in the order of time; None below two.

    The vertical axis starts at zero, or lower if a value does; what is uncertain or only an
    estimate is drawn hollow.
    """
    dated = [row for row in observations if row.period_start is not None]
    if len(dated) < 2:
        return None
    top = _round_top(max(row.amount for row in dated) * HEADROOM)
    bottom = min(Decimal(0), *(row.amount for row in dated))
    points = [_point(row, indicator, dated, (bottom, top)) for row in dated]
    lines = [
        ends
        for (one, other), ends in zip(pairwise(dated), pairwise(points), strict=True)
        if one.period_end + timedelta(days=1) == other.period_start
    ]
    return Chart(
        points=points,
        lines=lines,
        lowest=czech.decimal(bottom, places_of(bottom)),
        highest=czech.decimal(top, places_of(top)),
        description=_description(indicator, dated),
        caption=_caption(points, lines),
    )


def _point(row, indicator, dated, axis):
    return Point(
        x=_x(row, dated),
        y=_y(row.amount, *axis),
        number=amount(row.amount, indicator.unit, indicator.decimals),
        period=wording.short_period(row),
        is_labelled=len(dated) <= LABELLED or row in (dated[0], dated[-1]),
        is_hollow=row.is_uncertain or bool(wording.qualifier_meaning(row)),
    )


def _x(row, dated):
    first, last = _middle(dated[0]), _middle(dated[-1])
    share = (_middle(row) - first) / ((last - first) or 1)
    return round(LEFT + INSET + share * (RIGHT - LEFT - 2 * INSET))


def _y(number, bottom, top):
    return round(BOTTOM - (number - bottom) / (top - bottom) * (BOTTOM - TOP))


def _middle(row):
    return (row.period_start.toordinal() + row.period_end.toordinal()) / 2


def _round_top(highest):
    """The end of the axis: the number rounded up to its first digit; 1 for none above zero."""
    if highest <= 0:
        return Decimal(1)
    unit = Decimal(1).scaleb(highest.adjusted())
    return (highest / unit).to_integral_value(ROUND_CEILING) * unit


def _description(indicator, dated):
    values = "; ".join(
        f"{wording.period_text(row)}: {wording.value_text(row, indicator)}" for row in dated
    )
    return czech.typography(f"{indicator.name}. {values}.")


def _caption(points, lines):
    parts = []
    if len(lines) < len(points) - 1:
        parts.append("Kde mezi hodnotami není čára, nevíme, co leželo mezi nimi.")
    if any(point.is_hollow for point in points):
        parts.append("Prázdný kroužek: hodnota není přesná.")
    return czech.typography(" ".join(parts))
