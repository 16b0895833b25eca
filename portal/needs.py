"""Need against coverage in one municipality, in Czech sentences: rules.md, section Coverage.

The rule itself is projects/coverage.py; nothing here decides anything.
"""

from dataclasses import dataclass

from django.urls import reverse

from common import czech
from municipalities.models import Component
from projects.coverage import Cell, Column, Cover, Need, table
from strategy.models import Strategy

DONE = {
    Cover.HERE: "Za posledních 12 měsíců tu působí:",
    Cover.UNDETERMINED: (
        "Území neurčeno: u některých opatření této priority nevíme, kde působí, a tak ani to, "
        "zda tu něco chybí."
    ),
    Cover.REGION: "Pracuje se jen na opatřeních pro celý kraj, přímo tady nic zapsáno není.",
    Cover.NOTHING: (
        "Za posledních 12 měsíců tu neevidujeme žádný výstup ani splněný milník a neběží tu "
        "žádný projekt."
    ),
    Cover.UNWATCHED: (
        "Hlášení se u této strategie nevedou a žádný projekt, který by tu pro ni běžel, neznáme."
    ),
}
"""What is said of each Cover."""


@dataclass(frozen=True)
class NeedHere:
    """One priority in one municipality: how high the need is and what is done about it."""

    column: Column
    cell: Cell

    @property
    def priority(self):
        return self.column.priority

    @property
    def url(self):
        strategy = self.priority.strategy
        return reverse("portal:priority_detail", args=[strategy.slug, self.priority.code])

    @property
    def is_gap(self):
        return self.cell.is_gap

    @property
    def gap(self):
        """„ano“, „ne“, or „nejde říct“ where the need or the work cannot be told."""
        if self.is_gap:
            return "ano"
        need = self.cell.need
        untold = need == Need.HIGH and self.cell.cover != Cover.HERE
        return "nejde říct" if untold or need == Need.UNKNOWN else "ne"

    @property
    def works(self):
        """What is done here, each as its name and address."""
        return [(_name(work), work.get_absolute_url()) for work in self.cell.works]

    @property
    def need(self):
        """„Potřeba je vysoká: osoby v exekuci 14,7 %, vysoká je od 9,46 % …“"""
        if self.cell.need == Need.UNKNOWN:
            return czech.typography(
                f"Potřeba neznámá: podíl ({self._component}) je skrytý, převzatý nebo ve vydání "
                "chybí."
            )
        threshold = self.column.threshold
        own, nation, high = (
            f"{czech.decimal(share, 2)} %"
            for share in (self.cell.share, threshold.share, threshold.high)
        )
        return czech.typography(
            f"Potřeba je {self.cell.need.label}: {self._component} {own}, v Česku {nation}, "
            f"vysoká od {high} (90. percentil obcí)."
        )

    @property
    def done(self):
        return czech.typography(DONE[self.cell.cover])

    @property
    def _component(self):
        return Component(self.priority.index_component).label


@dataclass(frozen=True)
class StrategyNeeds:
    """The needs of a municipality against one strategy."""

    strategy: Strategy
    needs: tuple[NeedHere, ...]

    @property
    def url(self):
        return reverse("portal:coverage", args=[self.strategy.slug])


def needs_in(municipality, answering, on, shares, works):
    """Return the StrategyNeeds of a municipality on a day for each strategy that has any, from
    what was read: pairs of a strategy and its priorities that answer to a component, the Shares
    of the index, the Work of each priority. No query."""
    if shares.edition is None:
        return []
    found = []
    for strategy, priorities in answering:
        seen = table(strategy, on, [municipality], priorities, shares, works)
        pairs = zip(seen.columns, seen.rows[0].cells, strict=True)
        found.append(StrategyNeeds(strategy, tuple(NeedHere(*pair) for pair in pairs)))
    return [one for one in found if one.needs]


def _name(work):
    code = getattr(work, "code", "")
    return f"{code} {work.short_name}" if code else work.name
