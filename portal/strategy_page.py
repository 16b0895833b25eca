"""What stands on the page of a strategy: its measures by priority and goal, and their counts."""

from dataclasses import dataclass, field

from common import czech
from measures.models import Measure
from measures.rollup import Rollup, rollup
from measures.status import StatusKey, css, icon
from portal.rows import Row, plain_rows, rows_of
from strategy.models import Goal, Precision, Priority, Strategy


@dataclass(frozen=True)
class GoalSection:
    """The measures under one goal."""

    goal: Goal
    rows: list[Row]


@dataclass(frozen=True)
class Section:
    """The measures of one priority, or those without a goal (`priority` is None).

    `rows` are shown, `rollup` counts all measures of the section whatever the filter.
    """

    title: str
    anchor: str
    rollup: Rollup
    priority: Priority | None = None
    goals: list[GoalSection] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def number(self):
        """The number of the priority where the strategy numbers them."""
        code = self.priority.code if self.priority else ""
        return code if code.isdecimal() else ""

    @property
    def is_empty(self):
        return not self.rows and not any(section.rows for section in self.goals)

    @property
    def bar_label(self):
        return f"{self.title}: {in_words(self.rollup)}"

    @property
    def reported(self):
        return reported(self.rollup)


@dataclass(frozen=True)
class Chip:
    """A count that is also a filter; `query` keeps the other choices of the page."""

    css: str
    icon: str
    word: str
    number: int
    query: str
    is_current: bool


@dataclass(frozen=True)
class StrategyPage:
    """The page of a strategy; `rows` are those that match the filter, each measure once."""

    strategy: Strategy
    total: int
    rows: list[Row]
    sections: list[Section]
    rollup: Rollup
    is_whole: bool

    @property
    def adopted(self):
        return adopted(self.strategy)

    @property
    def selection(self):
        """How many measures the filter lets through: „Výběru odpovídá 1 opatření ze 6.“"""
        found = f"{czech.integer(len(self.rows))} opatření"
        out_of = f"{czech.z_ze(self.total)} {czech.integer(self.total)}"
        return czech.typography(f"Výběru odpovídá {found} {out_of}.")

    @property
    def reported(self):
        return reported(self.rollup)


def adopted(strategy):
    """Return who adopted a strategy and when, as far as known: „Schváleno: …, říjen 2022“."""
    day = strategy.adopted_on
    is_whole = strategy.adopted_precision == Precision.DAY
    when = (czech.date(day) if is_whole else czech.month_year(day)) if day else ""
    parts = ", ".join(filter(None, [strategy.adopted_by, when]))
    return czech.typography(f"Schváleno: {parts}") if parts else "Schválení není známo"


def in_words(counts):
    """Return the counts of a Rollup in words: „zpožděno 1, podle plánu 2“."""
    return ", ".join(f"{count.word} {count.number}" for count in counts.counts)


def reported(counts):
    """Return „vykázáno 4 ze 4“, empty where nothing is expected."""
    if not counts.expected:
        return ""
    return f"vykázáno{czech.NBSP}{czech.k_of_n(counts.reported, counts.expected)}"


def strategy_page(strategy, on, key=None):
    """Return the StrategyPage as known at the end of `on`, narrowed to measures whose status is
    `key`. Eight queries for a monitored strategy, four for another."""
    goals = list(Goal.objects.filter(strategy=strategy).order_by("code_key", "pk"))
    priorities = Priority.objects.filter(strategy=strategy).order_by("code_key", "pk")
    measures = Measure.objects.filter(strategy=strategy).in_plan_order()
    make = rows_of if strategy.is_monitored else plain_rows
    rows = make(measures, on, _goals_by_measure(strategy, goals))
    shown = [row for row in rows if key is None or row.status.key == key]
    sections = [
        _section(priority, [goal for goal in goals if goal.priority_id == priority.pk], rows, shown)
        for priority in priorities
    ]
    sections += _sections_without_goal(rows, shown)
    return StrategyPage(strategy, len(rows), shown, sections, _rollup(rows), key is None)


def chips(counts, key, query):
    """Return the Chips of a Rollup; `key` is the chosen status and `query` makes addresses.

    The chosen status has a chip even when no measure has it now.
    """
    return [
        Chip(
            css=css(one),
            icon=icon(one),
            word=one.label,
            number=counts.number(one),
            query=query(stav=one.value),
            is_current=one == key,
        )
        for one in StatusKey
        if counts.number(one) or one == key
    ]


def _goals_by_measure(strategy, goals):
    """Return the goals of each measure by its primary key, in the order given."""
    links = Measure.goals.through.objects.filter(measure__strategy=strategy)
    pairs = set(links.values_list("measure_id", "goal_id"))
    return {
        measure_pk: tuple(goal for goal in goals if (measure_pk, goal.pk) in pairs)
        for measure_pk, _ in pairs
    }


def _section(priority, goals, rows, shown):
    under = {goal.pk for goal in goals}
    own = [row for row in rows if under.intersection(goal.pk for goal in row.goals)]
    sections = [GoalSection(goal, [row for row in shown if goal in row.goals]) for goal in goals]
    anchor = f"priorita-{priority.pk}"
    return Section(priority.name, anchor, _rollup(own), priority, sections)


def _sections_without_goal(rows, shown):
    """Return a section of cross-cutting measures and one of others without a goal, if any."""
    titles = [
        (True, "Průřezová opatření", "prurezova"),
        (False, "Opatření bez cíle", "bez-cile"),
    ]
    for is_cross_cutting, title, anchor in titles:
        own = [
            row
            for row in rows
            if not row.goals and row.measure.is_cross_cutting == is_cross_cutting
        ]
        if own:
            yield Section(title, anchor, _rollup(own), rows=[row for row in shown if row in own])


def _rollup(rows):
    return rollup((row.measure.pk, row.status) for row in rows)
