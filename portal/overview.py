"""How the strategies stand: what they hold, how their measures do, how old the data are."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max

from measures.models import Measure
from measures.rollup import Rollup, rollup
from measures.sentences import state_sentence
from measures.status import Status, StatusKey, facts, status
from municipalities.models import IndexEdition, Municipality
from portal.strategy_page import adopted, chips, in_words, reported, reports_age
from strategy.models import Strategy


@dataclass(frozen=True)
class Overview:
    """One strategy with the counts of its measures; `rollup` is None where it is not monitored.

    `statuses` are those of its measures by primary key, `query` keeps the day in addresses.
    """

    strategy: Strategy
    rollup: Rollup | None = None
    last_report: date | None = None
    statuses: dict[int, Status] = field(default_factory=dict)
    query: str = ""

    @property
    def adopted(self):
        return adopted(self.strategy)

    @property
    def sentence(self):
        return state_sentence(self.rollup)

    @property
    def bar_label(self):
        return f"Opatření podle stavu: {in_words(self.rollup)}"

    @property
    def reported(self):
        return reported(self.rollup)

    @property
    def late(self):
        """How many measures are late."""
        return self.rollup.number(StatusKey.LATE)

    @property
    def late_query(self):
        """The query of the page of the strategy that shows what is late."""
        return f"stav={StatusKey.LATE}"

    @property
    def chips(self):
        """The counts as filters of the page of the strategy, on the same day."""
        day = f"&{self.query}" if self.query else ""
        return chips(self.rollup, None, lambda stav: f"stav={stav}{day}")


def overviews(on, query="", known=None):
    """Return an Overview of each strategy as known at the end of `on`, the monitored ones first.
    Six queries, however many strategies and measures, one if the Facts of the monitored measures
    are `known` already; `query` keeps the day in addresses."""
    strategies = Strategy.objects.annotate(
        priority_count=Count("priorities", distinct=True),
        goal_count=Count("goals", distinct=True),
        measure_count=Count("measures", distinct=True),
    ).order_by("-is_monitored", "slug")
    found = {}
    if known is None:
        known = facts(Measure.objects.monitored(), on)
    for one in known:
        found.setdefault(one.measure.strategy_id, []).append(one)
    return [_overview(strategy, found.get(strategy.pk, []), on, query) for strategy in strategies]


def _overview(strategy, found, on, query):
    if not strategy.is_monitored:
        return Overview(strategy)
    statuses = {one.measure.pk: status(one, on) for one in found}
    days = [one.report.as_of_date for one in found if one.report]
    last_report = max(days, default=None)
    return Overview(strategy, rollup(statuses.items()), last_report, statuses, query)


def newest_report_age(all_overviews):
    """Return the sentence about the newest of the last reports of all strategies."""
    days = [one.last_report for one in all_overviews if one.last_report]
    return reports_age(max(days, default=None))


def newest_index_year():
    """Return the year of the newest edition of the index, None before the first one."""
    return IndexEdition.objects.aggregate(year=Max("year"))["year"]


def population_date():
    """Return the newest day the counts of inhabitants hold for, None where none is known."""
    return Municipality.objects.aggregate(day=Max("population_date"))["day"]
