"""What changed of strategies between two Points, whatever app tells it."""

from dataclasses import dataclass

from common import czech
from common.news import Group, Item, grouped
from indicators.news import observation_items
from measures.changes import Changes, changes
from measures.models import Measure
from meetings.models import Meeting
from meetings.resolution_news import resolution_items
from municipalities.news import edition_items
from projects.news import project_items

TITLES = {
    Group.WORSE: "Zhoršilo se",
    Group.BETTER: "Zlepšilo se",
    Group.DEADLINE: "Termíny",
    Group.DATA: "Nová data",
    Group.WORDING: "Znění a odpovědnost",
}
EMPTY = {
    Group.WORSE: "Žádné opatření se nezhoršilo.",
    Group.BETTER: "Žádné opatření se nezlepšilo.",
    Group.DEADLINE: "Žádný termín nepřibyl, neposunul se ani neskončil.",
    Group.DATA: "Žádná data nepřibyla.",
    Group.WORDING: "Nic se nepřepsalo.",
}
NUMBERS = {
    Group.WORSE: ("zhoršení", "zhoršení", "zhoršení"),
    Group.BETTER: ("zlepšení", "zlepšení", "zlepšení"),
    Group.DEADLINE: ("změna termínu", "změny termínů", "změn termínů"),
    Group.DATA: ("nový údaj", "nové údaje", "nových údajů"),
    Group.WORDING: ("změna znění", "změny znění", "změn znění"),
}
WITHOUT_REPORTS = (Group.DATA, Group.WORDING)
"""What there is to tell of a strategy that is not monitored here."""


@dataclass(frozen=True)
class Section:
    """The items of one group under its title; `empty` is said where there is none."""

    group: Group
    items: list[Item]

    @property
    def title(self):
        return TITLES[self.group]

    @property
    def anchor(self):
        return self.group.value

    @property
    def empty(self):
        return EMPTY[self.group]

    @property
    def number(self):
        """How many there are: „3 zhoršení“."""
        return czech.count(len(self.items), *NUMBERS[self.group])


@dataclass(frozen=True)
class Gathered:
    """The news of strategies in the order of reading, those of measures first in each group."""

    items: tuple[Item, ...]
    of_measures: Changes

    @property
    def summary(self):
        """How many there are of each group: „3 zhoršení · 2 změny termínů“; empty if none."""
        return " · ".join(one.number for one in self.sections(True) if one.items)

    def sections(self, is_monitored):
        """Return the Sections there are for a strategy, the empty ones too."""
        return [
            Section(group, items)
            for group, items in grouped(self.items)
            if is_monitored or group in WITHOUT_REPORTS
        ]


def gathered(strategies, since, until, others=None):
    """Return what changed of strategies from one Point to another; `others` says what is told
    beside measures, all of it by default. Eighteen queries at most."""
    measures = Measure.objects.filter(strategy__in=strategies).in_plan_order()
    of_measures = changes(measures, since, until)
    told = others or other_items
    items = [*of_measures.items, *told(strategies, since.known, until.known)]
    found = [item for _, some in grouped(items) for item in some]
    return Gathered(tuple(found), of_measures)


def last_meeting(strategies, on):
    """Return the latest meeting over any of the strategies before a day whose briefing everybody
    may read, None where there is none. One query."""
    held = Meeting.objects.frozen().held_before(on).filter(body__strategy__in=strategies)
    return held.select_related("body").first()


def other_items(strategies, since, until):
    """Return the Items that are not of measures: data and resolutions."""
    return [
        *data_items(strategies, since, until),
        *resolution_items(strategies, since, until),
    ]


def data_items(strategies, since, until):
    """Return the Items of the index, of indicators and of projects."""
    return [
        *edition_items(since, until),
        *observation_items(strategies, since, until),
        *project_items([one.region_id for one in strategies], since, until),
    ]
