"""What the public may read of the components of the index: masking and its words.

Where 0 < count < 5, the count, the share and the quotient are withheld together; a borrowed or
unknown component has no number at all. A line holds only what may be shown, so no template,
export or sentence made from it can give the rest away.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from common import czech
from municipalities.models import Component
from municipalities.models.index import MASKED_BELOW, ValueState

BASES = {
    Component.EXECUTION: ("osoby", "osob", " od 15 let"),
    Component.HOUSING_BENEFIT: ("osoby", "osob", " od 15 let"),
    Component.SUBSISTENCE_BENEFIT: ("osoby", "osob", " od 15 let"),
    Component.UNEMPLOYED_6M: ("osoby", "osob", " ve věku 15–64 let"),
    Component.EARLY_LEAVERS: ("žáka", "žáků", ", kteří ukončili docházku"),
}
"""Whom the count of a component is compared with: genitive of one, of more, and which ones."""

MONTHLY_MEANS = frozenset({Component.HOUSING_BENEFIT, Component.SUBSISTENCE_BENEFIT})
"""Counts of benefits are means of the months of a year, so they may have decimals."""

MASKED = "méně než 5"
BORROWED = "převzato od obce se školou nejblíž, číslo zveřejněno není"
UNKNOWN = "neznámé"

TOLD_PLACES = Decimal("0.01")
"""Shares of regions and of the nation leave the portal as coarse as this: with more places, bases
and the other regions a withheld count could nearly be worked out (docs/imports.md)."""

PUBLIC = Q(state=ValueState.KNOWN) & (Q(count=0) | Q(count__gte=MASKED_BELOW))
"""What `is_public` says, for the database."""


@dataclass(frozen=True)
class ComponentLine:
    """One component of a municipality as the public may read it, in words ready to be shown.

    `share` is empty unless it may be shown; `region` and `nation` are shares to compare with.
    `times` and `region_times` are the shares of the municipality and the region as multiples of
    the national one; None where one of the two is unknown or withheld.
    """

    name: str
    detail: str
    share: str
    region: str
    nation: str
    times: Decimal | None = None
    region_times: Decimal | None = None
    is_masked: bool = False
    is_borrowed: bool = False


def component_lines(values, shares):
    """Return a ComponentLine for each of the five components, also for those without a value.

    `values` are ComponentValue rows of one entry, `shares` the ComponentShare rows of its edition
    for the nation (without a region) and the region.
    """
    by_component = {value.component: value for value in values}
    nation = {row.component: row.share for row in shares if row.region_id is None}
    region = {row.component: row.share for row in shares if row.region_id is not None}
    return [
        _line(component, by_component.get(component), region.get(component), nation.get(component))
        for component in Component
    ]


def is_public(value):
    """Say whether the numbers of a ComponentValue may leave the server: a known count that is
    zero or at least 5. The count decides, whatever the row says of itself."""
    if value.state != ValueState.KNOWN or value.count is None:
        return False
    return value.count == 0 or value.count >= MASKED_BELOW


def territory_share(share):
    """Return the share of a region or of the nation, or their percentile, as it may be told; None
    where it is unknown."""
    return None if share is None else share.quantize(TOLD_PLACES, ROUND_HALF_UP)


def is_masked(value):
    """Say whether a ComponentValue reads „méně než 5“."""
    if value.state == ValueState.KNOWN:
        return value.count is not None and not is_public(value)
    return value.state == ValueState.MASKED


def _line(component, value, region, nation):
    is_shown = value is not None and is_public(value)
    return ComponentLine(
        name=component.label[:1].upper() + component.label[1:],
        detail=_counted(value) if is_shown else _withheld(value),
        share=_percent(value.share) if is_shown else "",
        region=_percent(region),
        nation=_percent(nation),
        times=_times(value.share, nation) if is_shown else None,
        region_times=_times(region, nation),
        is_masked=value is not None and is_masked(value),
        is_borrowed=value is not None and value.state == ValueState.BORROWED,
    )


def _withheld(value):
    if value is not None and is_masked(value):
        return czech.typography(f"{MASKED} případů")
    if value is not None and value.state == ValueState.BORROWED:
        return czech.typography(BORROWED)
    return UNKNOWN


def _counted(value):
    """„16 z 263 osob od 15 let“, „v průměru 159,7 z 5 579 osob od 15 let“."""
    number = czech.decimal(value.count, 0 if value.count == int(value.count) else 1)
    if value.component in MONTHLY_MEANS and value.count:
        number = f"v průměru {number}"
    if value.base is None:
        return czech.typography(number)
    one, more, which = BASES[value.component]
    word = one if value.base == 1 else more
    base = f"{czech.z_ze(int(value.base))} {czech.integer(value.base)} {word}"
    return czech.typography(f"{number} {base}{which}")


def _times(share, nation):
    """Own share ÷ national share; None where one is unknown or the nation has none at all."""
    return share / nation if share is not None and nation else None


def _percent(share):
    return "" if share is None else f"{czech.decimal(share, 1)}{czech.NBSP}%"
