"""What the pages of places are asked to show: a region, an edition of the index, a component.

Read from the address before anything else is, because all the rest depends on it. What is not
understood is said and not used.
"""

import re
from functools import cached_property
from typing import NamedTuple

from municipalities.components import Component
from municipalities.querysets import editions, shown_regions, values_by_year, with_thresholds
from municipalities.sentences import trend_sentence
from municipalities.shares import BY_SLUG, WORDS, Scale
from municipalities.trend import EDITIONS, trend

WRONG_REGION = "Takový kraj tu není, výběr podle kraje se nepoužil."
WRONG_COMPONENT = "Takovou složku index nemá, ukazuje se index."


class Option(NamedTuple):
    value: str
    label: str
    is_chosen: bool


class Choice(NamedTuple):
    """One choice of the form: its name in the address, its label, and what can be chosen."""

    name: str
    label: str
    options: list[Option]


class Scope:
    """What was asked for and understood. At most two queries, a third for the trends."""

    def __init__(self, data):
        self.errors = []
        self.regions = list(shown_regions())
        self.home = next((one for one in self.regions if one.is_home), None)
        self.home = self.home or next(iter(self.regions), None)
        self.region = self._region(data.get("kraj", ""))
        self.component = self._component(data.get("slozka", ""))
        found = editions(self.region)
        if self.component:
            found = with_thresholds(found, self.component)
        self.editions = list(found)
        self.edition = self._edition(data.get("rok", ""))

    def _region(self, slug):
        found = next((one for one in self.regions if one.slug == slug), None)
        if slug and not found:
            self.errors.append(WRONG_REGION)
        return found or self.home

    def _component(self, slug):
        if slug and slug not in BY_SLUG:
            self.errors.append(WRONG_COMPONENT)
        return BY_SLUG.get(slug)

    def _edition(self, year):
        newest = self.editions[0] if self.editions else None
        found = next((one for one in self.editions if str(one.year) == year), None)
        if year and not found:
            self.errors.append(_no_edition(year, newest))
        return found or newest

    @property
    def scale(self):
        """The Scale of the component, None where the index itself is shown."""
        if self.component is None:
            return None
        if self.edition is None:
            return Scale(self.component)
        return Scale(self.component, self.edition.nation_share, self.edition.nation_high)

    @property
    def query(self):
        """What the address needs to show the same again, beside filters and order."""
        chosen = {}
        if self.region != self.home:
            chosen["kraj"] = self.region.slug
        if self.edition and self.edition != self.editions[0]:
            chosen["rok"] = str(self.edition.year)
        if self.component:
            chosen["slozka"] = WORDS[self.component].slug
        return chosen

    @property
    def choices(self):
        """The Choice of the year and the component; of the region where there are several.

        What needs no choice has an empty value, so it fits whatever else is chosen.
        """
        chosen = self.query
        if len(self.regions) > 1:
            yield self.region_choice
        years = [(str(one.year) if n else "", one.year) for n, one in enumerate(self.editions)]
        if years:
            yield _choice("rok", "Rok", years, chosen)
        words = [(WORDS[one].slug, WORDS[one].short) for one in Component]
        yield _choice("slozka", "Složka", [("", "celý index"), *words], chosen)

    @property
    def region_choice(self):
        regions = [("" if one == self.home else one.slug, one.name) for one in self.regions]
        return _choice("kraj", "Kraj", regions, self.query)

    @property
    def until(self):
        """The editions up to the one shown, the newest first."""
        return [one for one in self.editions if one.year <= self.edition.year]

    @property
    def trend_sentence(self):
        """Why no trend can be told; „“ where one can."""
        return trend_sentence([one.year for one in self.until]) if self.edition else ""

    @cached_property
    def trends(self):
        """The Trend of each municipality by its code, up to the edition shown; of one that is
        missing it is unknown. No query where there are too few editions."""
        if self.edition is None or len(self.until) < EDITIONS:
            return {}
        values = values_by_year(self.region, self.until[:EDITIONS])
        return {code: trend(years) for code, years in values.items()}


def _choice(name, label, pairs, chosen):
    value = chosen.get(name, "")
    return Choice(name, label, [Option(one, text, one == value) for one, text in pairs])


def _no_edition(year, newest):
    which = f"rok\u00a0{year}" if re.fullmatch("[0-9]{4}", year) else "takový rok"
    if newest is None:
        return f"Za {which} tu hodnoty indexu nejsou."
    return f"Za {which} hodnoty obcí kraje nemáme, ukazuje se rok\u00a0{newest.year}."
