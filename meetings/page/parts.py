"""The parts of the plan on the page: the mosaic, and a section for each priority."""

from dataclasses import dataclass
from datetime import date

from common import czech
from meetings.content import ApartSaid, Briefing, PrioritySaid
from meetings.page.shapes import (
    Bar,
    MeasureLine,
    Text,
    Tile,
    bar,
    measure_line,
    tile,
    told,
)
from meetings.report import words


@dataclass(frozen=True)
class Output:
    day: date
    title: Text
    facts: str


@dataclass(frozen=True)
class Indicator:
    name: str
    url: str
    value: str
    facts: str
    source: str


@dataclass(frozen=True)
class Component:
    """The component of the index a priority answers to, with the two shares in words."""

    name: str
    sentence: str
    source: str


@dataclass(frozen=True)
class Goal:
    code: str
    name: str
    short_name: str
    url: str
    tiles: tuple[Tile, ...]
    lines: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class Part:
    """A priority, or what stands under none (then without goals, with lines of its own).

    `number` is its code where the strategy numbers its priorities.
    """

    anchor: str
    number: str
    name: str
    short_name: str
    motto: str
    url: str
    bar: Bar
    size: str
    goals: tuple[Goal, ...]
    tiles: tuple[Tile, ...]
    lines: tuple[MeasureLine, ...]
    decisions: str
    outputs: tuple[Output, ...]
    indicators: tuple[Indicator, ...]
    component: Component | None
    no_component: str


def parts_of(briefing: Briefing):
    """Return the Parts of a briefing: its priorities, then what stands apart."""
    query = f"&k={briefing.on.isoformat()}"
    priorities = [
        _priority(briefing, one, number, query)
        for number, one in enumerate(briefing.priorities, start=1)
    ]
    apart = [
        _apart(briefing, one, number, query) for number, one in enumerate(briefing.apart, start=1)
    ]
    return (*priorities, *apart)


def _priority(briefing, one: PrioritySaid, number, query):
    codes = {measure.code for measure in one.measures}
    asked = [decision for decision in briefing.decisions if decision.code in codes]
    return Part(
        anchor=f"priorita-{number}",
        number=one.code if one.code.isdecimal() else "",
        name=one.name,
        short_name=one.short_name,
        motto=one.motto,
        url=one.url,
        bar=bar(one.short_name, one.rollup, query),
        size=words.measures(len(codes)),
        goals=tuple(_goal(goal, briefing.on) for goal in one.goals),
        tiles=(),
        lines=(),
        decisions=words.decisions_here(asked),
        outputs=tuple(_output(found) for found in one.outputs),
        indicators=tuple(_indicator(found) for found in one.indicators),
        component=_component(one.component),
        no_component="" if one.component else words.NO_COMPONENT,
    )


def _apart(briefing, one: ApartSaid, number, query):
    return Part(
        anchor=f"mimo-{number}",
        number="",
        name=one.title,
        short_name=one.title,
        motto="",
        url="",
        bar=bar(one.title, one.rollup, query),
        size=words.measures(len(one.measures)),
        goals=(),
        tiles=tuple(tile(found, briefing.on) for found in one.measures),
        lines=tuple(measure_line(found) for found in one.measures),
        decisions="",
        outputs=tuple(_output(found) for found in one.outputs),
        indicators=(),
        component=None,
        no_component="",
    )


def _goal(goal, on):
    return Goal(
        goal.code,
        goal.name,
        goal.short_name,
        goal.url,
        tuple(tile(one, on) for one in goal.measures),
        tuple(measure_line(one) for one in goal.measures),
    )


def _output(one):
    facts = (
        one.kind,
        ", ".join(one.places),
        words.people(one.participants),
        f"opatření {one.code}",
    )
    return Output(one.day, told(one.title), " · ".join(fact for fact in facts if fact))


def _indicator(one):
    facts = (
        one.period,
        one.nation and f"Česko {one.nation}",
        one.previous and f"dříve {one.previous}",
        "nejistý údaj" if one.is_uncertain else "",
    )
    value = one.value or "hodnota zatím není"
    return Indicator(one.name, one.url, value, " · ".join(filter(None, facts)), one.source)


def _component(one):
    if one is None:
        return None
    shares = " · ".join(
        f"{place} {words.share(share) or 'neznámo'}"
        for place, share in (("kraj", one.region), ("Česko", one.nation))
    )
    return Component(one.name, czech.typography(shares), one.source)
