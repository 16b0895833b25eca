"""What a strategy says of itself, its bodies and instruments, and what the data say beside it."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from common import czech
from measures.models import Measure
from municipalities.index import in_order
from municipalities.overview import published_years
from municipalities.querysets import published_counts
from portal.plan_page import Link, priority_link, tier_word
from strategy.models import (
    Correction,
    Goal,
    GoverningBody,
    Instrument,
    Organisation,
    OrganisationKind,
    Precision,
    Priority,
    RelatedDocument,
    Strategy,
    StrategyText,
)
from strategy.models.bodies import BodyKind

SECTIONS = {
    "meaning": ("social-exclusion",),
    "situation": ("situation", "what-hurts", "borrowed-education"),
    "principle": ("concept", "priorities"),
    "means": ("goals", "measures"),
    "actors": ("actors",),
    "monitoring": ("monitoring",),
}
"""Which passages of a strategy stand in which part of the page."""

BODIES = {
    BodyKind.STEERING: "Řízení",
    BodyKind.GUARANTOR: "Věcní garanti z krajského úřadu",
    BodyKind.BODY: "Orgány a aktéři",
    BodyKind.TEAM: "Mikrotýmy",
    BodyKind.MONITORING: "Kdo se na sledování podílí",
}

ORGANISATIONS = {
    OrganisationKind.DEPARTMENT: "Útvary krajského úřadu",
    OrganisationKind.PARTNER: "Partneři",
    OrganisationKind.RECIPIENT: "Příjemci podpory",
}


@dataclass(frozen=True)
class Group:
    """Things of one kind under a heading; `is_inferred` says the source does not group them so."""

    heading: str
    items: tuple
    is_inferred: bool = False


@dataclass(frozen=True)
class Quote:
    """A passage of the strategy, marked as a quotation."""

    heading: str
    text: str
    source: str
    note: str

    @property
    def quoted(self):
        return f"„{self.text.strip()}“"


@dataclass(frozen=True)
class PriorityItem:
    """A priority in the list: its tier in words, empty where the strategy has no tiers."""

    link: Link
    name: str
    tier: str
    is_inferred: bool


@dataclass(frozen=True)
class Document:
    """A related document with its day as far as it is known, empty if not."""

    document: RelatedDocument

    @property
    def dated(self):
        return known_day(self.document.dated_on, self.document.dated_precision)


@dataclass(frozen=True)
class Figures:
    """Published counts in a sentence, with their source."""

    sentence: str
    source: str


class StrategyAbout:
    """A strategy in its own words. Up to seven queries after the strategy itself."""

    def __init__(self, strategy):
        self.strategy = strategy
        self.texts = _texts(strategy)
        self.priorities = _priorities(strategy)
        self.instruments = _instruments(strategy)
        bodies = _bodies(strategy)
        self.monitors = bodies.pop(BodyKind.MONITORING, None)
        self.bodies = list(bodies.values())
        self.organisations = [] if self.bodies else _organisations(strategy)
        related = RelatedDocument.objects.filter(strategy=strategy).order_by("order", "pk")
        self.documents = [Document(one) for one in related]
        self.figures = published_figures(strategy.region)

    @property
    def adopted_on(self):
        return known_day(self.strategy.adopted_on, self.strategy.adopted_precision)

    @property
    def validity(self):
        """The validity in words, „platnost dokument neuvádí“ where no day is known."""
        since, until = self.strategy.valid_from, self.strategy.valid_to
        parts = [("od", since), ("do", until)]
        known = [f"{word} {czech.date(day)}" for word, day in parts if day]
        return czech.typography(" ".join(known)) or "platnost dokument neuvádí"


def strategies_with_counts():
    """Return the strategies annotated with how many priorities, goals, measures and corrections
    each has."""
    parts = {
        "priority_count": Priority,
        "goal_count": Goal,
        "measure_count": Measure,
        "correction_count": Correction,
    }
    return Strategy.objects.select_related("region").annotate(
        **{name: _number_of(model) for name, model in parts.items()}
    )


def known_day(day, precision):
    """Return a day as exactly as it is known: „30. 11. 2021“, „říjen 2022“, empty if unknown."""
    if day is None:
        return ""
    return czech.date(day) if precision == Precision.DAY else czech.month_year(day)


def published_figures(region):
    """Return the Figures of the newest published counts by band of a region, None if none are:
    „Podle zveřejněných počtů za rok 2020 mělo vysokou hodnotu indexu … 18 obcí ze 133 (13,5 %) …“.

    The share is that of the highest band among all municipalities counted that year. One query.
    """
    rows = [row for row in published_counts(region) if row.region_id == region.pk]
    if not rows:
        return None
    year, *_ = published_years(rows)
    bands = in_order({row.band for row in rows if row.year == year.year})
    if not year.total or any(band.adjective is None for band in bands):
        return None
    highest, *lower = reversed(bands)
    number = year.numbers[highest.lower]
    had = czech.plural(number, "měla", "měly", "mělo")
    total = f"{czech.z_ze(year.total)} {czech.integer(year.total)}"
    share = czech.decimal(100 * number / year.total, 1)
    parts = [
        f"Podle zveřejněných počtů za rok {year.year} {had} {highest.adjective} hodnotu indexu "
        f"({highest.threshold}) {czech.count(number, 'obec', 'obce', 'obcí')} {total} ({share} %)",
        *(f"{band.adjective} ({band.threshold}) {year.numbers[band.lower]}" for band in lower),
    ]
    return Figures(czech.typography(f"{', '.join(parts)}."), year.source)


def _number_of(model):
    rows = model.objects.filter(strategy=OuterRef("pk")).order_by().values("strategy")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _texts(strategy):
    """Return the passages of each part of the page, in their order."""
    found = {
        text.key: Quote(text.heading, text.text, text.source, text.note)
        for text in StrategyText.objects.filter(strategy=strategy)
    }
    return {part: [found[key] for key in keys if key in found] for part, keys in SECTIONS.items()}


def _priorities(strategy):
    items = list(Priority.objects.filter(strategy=strategy).order_by("code_key", "pk"))
    has_tiers = any(item.tier for item in items)
    return [
        PriorityItem(
            link=priority_link(item, strategy),
            name=f"{item.code} {item.name}" if item.code.isdecimal() else item.name,
            tier=tier_word(item) if has_tiers else "",
            is_inferred=item.is_tier_inferred,
        )
        for item in items
    ]


def _instruments(strategy):
    rows = Instrument.objects.filter(strategy=strategy).order_by("order", "pk")
    groups = []
    for heading, items in groupby(rows, key=lambda row: row.group):
        items = tuple(items)
        groups.append(Group(heading, items, any(item.is_group_inferred for item in items)))
    return groups


def _bodies(strategy):
    """Return a Group for each kind of body that the strategy names, by the kind."""
    rows = list(GoverningBody.objects.filter(strategy=strategy).order_by("order", "pk"))
    return _by_kind(rows, BODIES)


def _organisations(strategy):
    """Return Groups of the region's own organisations and the partners its measures name."""
    rows = (
        Organisation.objects.filter(
            Q(region=strategy.region) | Q(partner_measures__strategy=strategy)
        )
        .distinct()
        .order_by("sort_key", "pk")
    )
    return list(_by_kind(list(rows), ORGANISATIONS).values())


def _by_kind(rows, headings):
    groups = {
        kind: Group(heading, tuple(row for row in rows if row.kind == kind))
        for kind, heading in headings.items()
    }
    return {kind: group for kind, group in groups.items() if group.items}
