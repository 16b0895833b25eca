"""Similar municipalities in Czech words: how far they are and in what they differ."""

from dataclasses import dataclass

from common import czech
from municipalities.index import Band
from municipalities.models import Component
from municipalities.rows import IndexRow
from municipalities.similar import Part, Similar

NEARLY_SAME = 0.15
"""Below this many standard deviations two numbers are „skoro stejné“."""


@dataclass(frozen=True)
class PartInWords:
    """One part of a distance: „osoby v exekuci“, own number, the other's, the difference."""

    name: str
    own: str
    other: str
    difference: str
    is_near: bool

    @property
    def words(self):
        """„osoby v exekuci 14,7 % (tady 11,9 %)“"""
        return czech.typography(f"{self.name} {self.other} (tady {self.own})")


@dataclass(frozen=True)
class Likeness:
    """A similar municipality with its index, its band and the parts of the distance in words."""

    row: IndexRow
    band: Band | None
    distance_number: float
    parts: tuple[PartInWords, ...]
    largest: PartInWords

    @property
    def distance(self):
        return czech.decimal(self.distance_number, 2)

    @property
    def differs(self):
        """„Nejvíc se liší: osoby v exekuci 14,7 % (tady 11,9 %).“"""
        if self.largest.is_near:
            return "Ve všem skoro stejná."
        return self.largest.words

    @property
    def compared_by(self):
        """How many parts of the six could be compared."""
        return czech.k_of_n(len(self.parts), len(Component) + 1)


def likenesses(found, overview):
    """Return a Likeness for each Similar municipality, in the order of an Overview, which is the
    alphabet."""
    near = {one.code: one for one in found}
    return [
        _likeness(row, band, near[row.code]) for row, band in overview.banded if row.code in near
    ]


def _likeness(row: IndexRow, band, one: Similar):
    return Likeness(
        row=row,
        band=band,
        distance_number=round(one.distance, 4),
        parts=tuple(_in_words(part) for part in one.parts),
        largest=_in_words(one.largest[0]),
    )


def _in_words(part: Part):
    size = abs(part.difference)
    return PartInWords(
        name=_name(part),
        own=_number(part, part.own),
        other=_number(part, part.other),
        difference=_signed(part.difference),
        is_near=size < NEARLY_SAME,
    )


def _name(part):
    return "počet obyvatel" if part.is_population else Component(part.key).label


def _number(part, number):
    return (
        czech.integer(number) if part.is_population else f"{czech.decimal(number, 1)}{czech.NBSP}%"
    )


def _signed(difference):
    text = czech.decimal(difference, 2)
    return f"+{text}" if difference >= 0.005 else text
