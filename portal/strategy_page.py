"""What stands on the page of a strategy: its measures by priority and goal, and their counts."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from common import czech
from measures.rollup import Rollup, rollup
from measures.rows import Row, newest_report
from measures.status import StatusKey, css, icon
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
    url: str = ""
    goals: list[GoalSection] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def number(self):
        """The number of the priority where the strategy numbers them."""
        code = self.priority.code if self.priority else ""
        return code if code.isdecimal() else ""

    @property
    def tier(self):
        """The tier of the priority in words, empty where the strategy has no tiers."""
        if not self.priority or not self.priority.tier:
            return ""
        inferred = ", odvozeno z textu" if self.priority.is_tier_inferred else ""
        return f"stupeň {self.priority.tier}{inferred}"

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
    """The page of a strategy on a day; `rows` are those that match the filters, each once."""

    strategy: Strategy
    total: int
    rows: list[Row]
    sections: list[Section]
    rollup: Rollup
    counted: Rollup
    is_whole: bool
    last_report: date | None

    @property
    def adopted(self):
        return adopted(self.strategy)

    @property
    def selection(self):
        """How many measures the filters let through: „Výběru odpovídá 1 ze 6 opatření.“"""
        match = czech.plural(len(self.rows), "odpovídá", "odpovídají", "odpovídá")
        found = czech.k_of_n(len(self.rows), self.total)
        return czech.typography(f"Výběru {match} {found} opatření.")

    @property
    def reported(self):
        return reported(self.rollup)

    @property
    def data_age(self):
        """How old the reports are that the page rests on, for the footer."""
        return reports_age(self.last_report) if self.strategy.is_monitored else ""


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


def reports_age(day):
    """Return the sentence about the newest of the last reports, for the footer."""
    if day is None:
        return "Hlášení o opatřeních zatím žádné není."
    return czech.typography(f"Poslední hlášení o opatřeních je ke dni {czech.date(day)}.")


def strategy_page(chosen):
    """Return the StrategyPage of a Selection; no query of its own."""
    outline, rows, shown = chosen.outline, chosen.rows, chosen.shown
    sections = [
        _section(
            outline.strategy,
            priority,
            [goal for goal in outline.goals if goal.priority_id == priority.pk],
            rows,
            shown,
        )
        for priority in outline.priorities
    ]
    sections += _sections_without_goal(rows, shown)
    return StrategyPage(
        outline.strategy,
        len(rows),
        shown,
        sections,
        rollup=_rollup(rows),
        counted=_rollup(chosen.counted),
        is_whole=chosen.is_whole,
        last_report=newest_report(rows),
    )


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


def _section(strategy, priority, goals, rows, shown):
    under = {goal.pk for goal in goals}
    own = [row for row in rows if under.intersection(goal.pk for goal in row.goals)]
    return Section(
        priority.name,
        f"priorita-{priority.pk}",
        _rollup(own),
        priority,
        reverse("portal:priority_detail", args=[strategy.slug, priority.code]),
        [GoalSection(goal, [row for row in shown if goal in row.goals]) for goal in goals],
    )


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
