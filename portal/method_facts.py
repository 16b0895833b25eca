"""What the pages of methodology print of the code and the database, so that they cannot lie.

Each function returns a part of a template's context. Examples are worked out by the rules
themselves from invented days.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from measures.cycles import DUE_DAYS, SOON_DAYS, TOLERANCE_DAYS, Cycle
from measures.freshness import freshness
from measures.models import Measure, Report
from measures.rollup import StatusCount, rollup
from measures.status import Cause, Facts, Status, StatusKey
from meetings.actions.freeze import DAYS_BEFORE
from municipalities.change import NAMED_FROM
from municipalities.index import HIGHEST, SMALL_POPULATION, in_order
from municipalities.models import Component, IndexBand, IndexEdition, Municipality
from municipalities.models.index import MASKED_BELOW
from municipalities.sentences import STANDS_OUT
from municipalities.shares import Scale
from municipalities.similar import CHOSEN, FEWEST_PARTS
from portal.changes import feed
from portal.glossary import TERMS
from portal.period import DAYS
from projects.work import MONTHS
from strategy.models import Correction, Priority, Strategy


def statuses():
    """Return each status as the measures show it, by a name for the template, and its examples."""
    words = {key.name.lower(): Status(key, Cause.PHASE) for key in StatusKey}
    words["late_by_34"] = Status(StatusKey.LATE, Cause.MILESTONE_LATE, days=34)
    words["late_by_20"] = Status(StatusKey.LATE, Cause.MILESTONE_LATE, days=20)
    words["serious"] = Status(StatusKey.AT_RISK, Cause.SERIOUS_TROUBLE)
    words["no_phase"] = Status(StatusKey.UNDATED, Cause.PHASE_UNKNOWN)
    words["no_health"] = Status(StatusKey.UNDATED, Cause.HEALTH_UNKNOWN)
    return {"status": words}


def spans_of_changes():
    """Return how far back the page of changes and its feed reach."""
    return {"days": DAYS, "feed_days": feed.DAYS, "most": feed.MOST}


def freezing():
    """Return from how many days before a meeting its briefing can be frozen."""
    return {"days": DAYS_BEFORE}


@dataclass(frozen=True)
class Window:
    """A run of days with the same freshness; `last` is None where it goes on."""

    word: str
    first: date
    last: date | None


def freshness_windows():
    """Return the days of a cycle and how a measure last reported on in the cycle before fares,
    day by day."""
    cycle = Cycle(date(2026, 7, 1), 3)
    report = Report(as_of_date=cycle.previous.end, cycle_start=cycle.previous.start)
    strategy = Strategy(is_monitored=True, cycle_months=cycle.months)
    facts = Facts(Measure(strategy=strategy), report=report, latest_cycle=report.cycle_start)
    days = [cycle.next.start + timedelta(days=n) for n in range(100)]
    runs = groupby(days, key=lambda day: freshness(facts, day).word)
    starts = [(word, next(run)) for word, run in runs]
    windows = [
        Window(word, first, following - timedelta(days=1))
        for (word, first), (_, following) in pairwise(starts)
    ]
    return {
        "cycle": cycle,
        "due_days": DUE_DAYS,
        "tolerance_days": TOLERANCE_DAYS,
        "soon_days": SOON_DAYS,
        "soon_after": SOON_DAYS + 1,
        "last_tolerated": cycle.due + timedelta(days=TOLERANCE_DAYS),
        "windows": [*windows, Window(*starts[-1], None)],
    }


def counts():
    """Return all statuses worst first, and an invented priority counted by the rule."""
    example = [
        StatusKey.LATE,
        StatusKey.STALE,
        StatusKey.UNREPORTED,
        *3 * [StatusKey.ON_TRACK],
        StatusKey.COMPLETED,
        StatusKey.CANCELLED,
    ]
    return {"order": _rollup(StatusKey).counts, "example": _rollup(example)}


def _rollup(keys):
    return rollup((pk, Status(key, Cause.PHASE)) for pk, key in enumerate(keys))


def index_numbers():
    """Return the bands and the newest edition with its national shares; three queries."""
    edition = IndexEdition.objects.order_by("-year").first()
    shares = edition.shares.filter(region=None).order_by("pk") if edition else []
    return {
        "highest": HIGHEST,
        "bands": in_order(IndexBand.objects.all()),
        "edition": edition,
        "scales": [Scale(Component(row.component), row.share, row.percentile_90) for row in shares],
        "shares": [(row.get_component_display(), row.share, _named(row)) for row in shares],
        "named_from": STANDS_OUT,
        "masked_below": MASKED_BELOW,
        "small_population": SMALL_POPULATION,
        "changed_from": NAMED_FROM,
        "similar_count": CHOSEN,
        "fewest_parts": FEWEST_PARTS,
    }


@dataclass(frozen=True)
class NeedLine:
    """A component with the priorities that answer to it and what a need is measured by, in %."""

    component: str
    priorities: str
    share: Decimal | None
    high: Decimal | None


def needs():
    """Return the components that some priority answers to, with the newest edition; two queries
    or three."""
    edition = IndexEdition.objects.order_by("-year").first()
    shares = edition.shares.filter(region=None) if edition else []
    rows = {row.component: row for row in shares}
    answering = Priority.objects.exclude(index_component="").select_related("strategy")
    named = defaultdict(list)
    for one in answering.order_by("strategy__slug", "code_key", "pk"):
        named[one.index_component].append(f"{one.short_name} ({one.strategy.slug.upper()})")
    lines = [
        NeedLine(
            component.label,
            ", ".join(named[component]),
            rows[component].share if component in rows else None,
            rows[component].percentile_90 if component in rows else None,
        )
        for component in Component
        if component in named
    ]
    return {"edition": edition, "needs": lines, "months": MONTHS}


def _named(row):
    return row.share * STANDS_OUT


def corrections():
    """Return the corrected places of all strategies in their order; one query."""
    rows = Correction.objects.select_related("strategy")
    return {"corrections": rows.order_by("strategy__slug", "order", "pk")}


def sources():
    """Return the newest edition of the index and the days population is known for; two queries."""
    days = Municipality.objects.exclude(population_date=None).order_by("population_date")
    return {
        "edition": IndexEdition.objects.order_by("-year").first(),
        "population_days": days.values_list("population_date", flat=True).distinct(),
    }


def glossary():
    return {"terms": TERMS}


def easy_words():
    """Return the commonest statuses with what they mean in very simple Czech."""
    meanings = {
        StatusKey.ON_TRACK: "Úkol jde dobře.",
        StatusKey.AT_RISK: "Úkol má potíže.",
        StatusKey.LATE: "Úkol měl být hotový dřív.",
        StatusKey.COMPLETED: "Úkol je hotový.",
        StatusKey.STALE: "Dlouho o úkolu nikdo nic nenapsal.",
        StatusKey.UNREPORTED: "Nikdo zatím nenapsal, co se děje.",
    }
    words = [(StatusCount(key, 1), text) for key, text in meanings.items()]
    return {"statuses": words, "highest": HIGHEST}
