"""One component of the index over a territory: the share in each municipality, in classes.

A masked, borrowed or unknown share belongs to no class and comes last in every order: neither a
colour nor a place among the others may give away what is withheld. The classes are those the
coverage of need speaks of: against the share of the nation and its 90th percentile.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from common import czech
from municipalities.components import MASKED
from municipalities.models import Component
from municipalities.models.index import ValueState


class Words(NamedTuple):
    """How a component is called in addresses, in a choice, and in the genitive after „podíl“."""

    slug: str
    short: str
    genitive: str


WORDS = {
    Component.EXECUTION: Words("exekuce", "exekuce", "osob v exekuci"),
    Component.HOUSING_BENEFIT: Words(
        "bydleni", "příspěvek na bydlení", "příjemců příspěvku na bydlení"
    ),
    Component.SUBSISTENCE_BENEFIT: Words(
        "zivobyti", "příspěvek na živobytí", "příjemců příspěvku na živobytí"
    ),
    Component.UNEMPLOYED_6M: Words(
        "nezamestnanost",
        "nezaměstnaní déle než 6 měsíců",
        "uchazečů o zaměstnání déle než 6 měsíců",
    ),
    Component.EARLY_LEAVERS: Words(
        "vzdelavani", "předčasné odchody ze škol", "předčasných odchodů ze vzdělávání"
    ),
}
BY_SLUG = {words.slug: component for component, words in WORDS.items()}

WITHHELD = {
    ValueState.MASKED: MASKED,
    ValueState.BORROWED: "převzato",
}
"""What stands in place of a share that is not shown; of all others it is unknown."""
UNKNOWN = "neznámý"


class ShareClass(NamedTuple):
    """A class of shares with the look of a band of the index: a step of plum from 1 to 4."""

    slug: str
    word: str
    range: str
    shade: int

    @property
    def css(self):
        return f"b{self.shade}"


@dataclass(frozen=True)
class Scale:
    """A component with what its shares are measured by: the share of the nation and the 90th
    percentile of its municipalities, in %; each may be unknown."""

    component: Component
    nation: Decimal | None = None
    high: Decimal | None = None

    @property
    def name(self):
        return self.component.label

    @property
    def genitive(self):
        return WORDS[self.component].genitive

    @cached_property
    def classes(self):
        """The classes there are, the lowest first; one for all where the nation is unknown."""
        if self.nation is None:
            return (ShareClass("znamy", "podíl v\u00a0obci", "Česko neznámo", 1),)
        nation = percent(self.nation, 2)
        low = ShareClass("pod-prumerem", "pod průměrem", f"do {nation}", 1)
        over = ShareClass("nad-prumerem", "nad průměrem", f"přes {nation}", 2)
        if self.high is None:
            return (low, over)
        return (low, over, ShareClass("vysoky", "vysoký", f"od {percent(self.high, 2)}", 4))

    def class_of(self, share):
        """Return the class of a share that may be shown; None of one that may not (None)."""
        if share is None:
            return None
        if self.nation is None:
            return self.classes[0]
        if self.high is not None and share >= self.high:
            return self.classes[2]
        return self.classes[1 if share > self.nation else 0]

    def condition(self, slug):
        """Return the lookups on `share` that choose the same class in the database."""
        if self.nation is None:
            return {"share__isnull": False}
        if slug == "vysoky":
            return {"share__gte": self.high}
        above = {} if self.high is None else {"share__lt": self.high}
        return {**above, "share__gt" if slug == "nad-prumerem" else "share__lte": self.nation}


class ClassTally(NamedTuple):
    """How many municipalities a class has; called as its sister for bands."""

    band: ShareClass
    number: int


@dataclass(frozen=True)
class Shares:
    """A component over the municipalities of an Overview whose rows hold its shares."""

    scale: Scale
    municipalities: tuple

    @cached_property
    def tallies(self):
        """A ClassTally for each class, the highest first."""
        found = [self.scale.class_of(row.share) for row in self.municipalities]
        return [ClassTally(one, found.count(one)) for one in reversed(self.scale.classes)]

    @property
    def largest(self):
        return max((tally.number for tally in self.tallies), default=0)

    @cached_property
    def known(self):
        return sum(tally.number for tally in self.tallies)

    @cached_property
    def masked(self):
        return self._withheld(ValueState.MASKED)

    @cached_property
    def borrowed(self):
        return self._withheld(ValueState.BORROWED)

    @property
    def unknown(self):
        return len(self.municipalities) - self.known - self.masked - self.borrowed

    def _withheld(self, state):
        rows = self.municipalities
        return sum(row.share is None and row.share_state == state for row in rows)


def percent(share, places=1):
    return f"{czech.decimal(share, places)}{czech.NBSP}%"


def number(share):
    """Return a share as short as a hexagon asks for: „12“, „0,7“, „0“."""
    return czech.decimal(share, 0 if share >= 10 or share == 0 else 1)


def withheld(row):
    """Return what stands in place of a share that is not shown."""
    return WITHHELD.get(row.share_state, UNKNOWN)
