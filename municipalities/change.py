"""What changed between two editions of the index in one municipality: rules.md, section Index.

By shares, never by points: the points of a component are not published, so nobody can say what
made the index move. A masked, borrowed or unknown component of either edition is not compared.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join

from common import czech
from municipalities.components import is_public
from municipalities.models import Component

NAMED_FROM = Decimal("0.25")
"""A change of a share is named from this many national shares: as far as a component has to stand
above the nation before it is named."""

MOST_NAMED = 2

GENITIVES = {
    Component.EXECUTION: "osob v exekuci",
    Component.HOUSING_BENEFIT: "příjemců příspěvku na bydlení",
    Component.SUBSISTENCE_BENEFIT: "příjemců příspěvku na živobytí",
    Component.UNEMPLOYED_6M: "uchazečů o zaměstnání déle než 6 měsíců",
    Component.EARLY_LEAVERS: "předčasných odchodů ze vzdělávání",
}


@dataclass(frozen=True)
class ShareChange:
    """A component whose share is published in both editions, in %; `nation` is the national share
    of the newer one, the measure of how large the change is."""

    component: str
    before: Decimal
    now: Decimal
    nation: Decimal

    @property
    def times(self):
        """The change in national shares: −0.5 is a fall by half of what the nation has."""
        return (self.now - self.before) / self.nation

    @property
    def is_named(self):
        return abs(self.times) >= NAMED_FROM

    @property
    def name(self):
        label = Component(self.component).label
        return label[:1].upper() + label[1:]

    @property
    def texts(self):
        """The share before, the share now, their difference in percentage points and in national
        shares, ready for a table."""
        difference = self.now - self.before
        return (
            f"{czech.decimal(self.before, 1)}{czech.NBSP}%",
            f"{czech.decimal(self.now, 1)}{czech.NBSP}%",
            _signed(difference, 1),
            f"{_signed(self.times, 2)}×",
        )


def share_changes(then, now, nation):
    """Return a ShareChange for each component that can be compared, in the order of components.

    `then` and `now` are ComponentValue rows of one municipality in two editions, `nation` maps a
    component to its national share in the newer edition.
    """
    before, after = _shares(then), _shares(now)
    return [
        ShareChange(component, before[component], after[component], nation[component])
        for component in Component
        if component in before and component in after and nation.get(component)
    ]


def _shares(values):
    return {
        value.component: value.share
        for value in values
        if is_public(value) and value.share is not None
    }


def named(changes):
    """Return the one or two largest changes worth naming, the largest first."""
    worth = [change for change in changes if change.is_named]
    return sorted(worth, key=lambda change: abs(change.times), reverse=True)[:MOST_NAMED]


@dataclass(frozen=True)
class EditionChange:
    """The index of a municipality in an edition against the one of `year` before it; None is an
    unknown value. `changes` are the components that can be compared."""

    year: int
    before: int | None
    now: int
    changes: tuple[ShareChange, ...] = ()

    @property
    def sentence(self):
        """„Index proti vydání 2021 vzrostl ze 4 na 14. Nejvíc se změnil podíl osob v exekuci
        (z 12,0 % na 18,1 %).“"""
        if self.before is None:
            return f"Ve vydání {self.year} obec hodnotu indexu nemá."
        return format_html("{} {}", czech.typography(self._index), self._components)

    @property
    def proviso(self):
        """How many components could be compared, where it is not all of them."""
        if self.before is None or len(self.changes) == len(Component):
            return ""
        found = czech.k_of_n(len(self.changes), len(Component))
        return czech.typography(
            f"S vydáním {self.year} lze srovnat {found} složek; u ostatních podíl v jednom "
            "z vydání zveřejněn není."
        )

    @property
    def _index(self):
        difference = self.now - self.before
        if not difference:
            return f"Index je stejný jako ve vydání {self.year}."
        verb = "vzrostl" if difference > 0 else "klesl"
        moved = f"Index proti vydání {self.year} {verb} {_from_to(self.before, self.now)}."
        return f"{moved} Rozdíl jednoho bodu nic neznamená." if abs(difference) == 1 else moved

    @property
    def _components(self):
        if not self.changes:
            return czech.typography("Žádnou složku s tímto vydáním srovnat nelze.")
        largest = named(self.changes)
        if not largest:
            which = "složky" if len(self.changes) == len(Component) else "srovnatelné složky"
            return czech.typography(
                f"Podíl žádné {which} se nezměnil aspoň o čtvrtinu podílu v Česku."
            )
        parts = [(czech.typography(GENITIVES[one.component]), moved_text(one)) for one in largest]
        verb = "změnil podíl" if len(parts) == 1 else "změnily podíly"
        names = format_html_join(f" a{czech.NBSP}", "<b>{}</b> ({})", parts)
        return format_html("Nejvíc se {} {}.", verb, names)


def moved_text(change):
    """Return „z 0,7 % na 1,3 %“ of a ShareChange."""
    before, now = (f"{czech.decimal(share, 1)} %" for share in (change.before, change.now))
    return czech.typography(f"{czech.z_ze(int(change.before))} {before} na {now}")


def _signed(number, places):
    text = czech.decimal(number, places)
    if not any(sign in text for sign in "123456789"):
        return text.lstrip(czech.MINUS)
    return text if number < 0 else f"+{text}"


def _from_to(before, now):
    return f"{czech.z_ze(before)} {before} na {now}"
