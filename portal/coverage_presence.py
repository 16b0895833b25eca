"""Where the measures of a strategy are at work: in which municipality each of them."""

from collections import Counter
from dataclasses import dataclass

from common import czech
from measures.models import Territory
from municipalities.models import Municipality
from projects.work import Activity, Presence, activities

SHOWN = (Territory.NAMED, Territory.REGION, Territory.UNDETERMINED)
"""The territories in the order they are counted in."""


@dataclass(frozen=True)
class MeasureColumn:
    """One measure of a priority and where it is at work, in words."""

    activity: Activity
    number_here: int

    @property
    def measure(self):
        return self.activity.measure

    @property
    def territory(self):
        """„jmenuje 3 obce“, „celý kraj“, „území neurčeno“."""
        if self.activity.named:
            return f"jmenuje {_places(len(self.activity.named))}"
        return Territory(self.activity.territory).label

    @property
    def at_work(self):
        """In how many municipalities it had an output or a finished milestone."""
        return f"za rok výstup nebo milník: {_places(self.number_here)}" if self.number_here else ""


@dataclass(frozen=True)
class PresenceRow:
    """One municipality with the Presence of each measure."""

    municipality: Municipality
    cells: tuple[Presence, ...]


@dataclass(frozen=True)
class StrategyPresence:
    """The measures of a strategy on a day and the counted municipalities of its region."""

    activities: list[Activity]
    of_priority: dict[int, set[int]]
    places: list[Municipality]

    def columns(self, priority):
        """Return a MeasureColumn for each measure of a priority that goes on."""
        keys = [place.pk for place in self.places]
        return [
            MeasureColumn(one, sum(one.presence(pk) == Presence.HERE for pk in keys))
            for one in self._of(priority)
            if not one.is_ended
        ]

    def ended(self, priority):
        """Return the measures of a priority that have ended."""
        return [one.measure for one in self._of(priority) if one.is_ended]

    def rows(self, columns, is_near):
        """Return a PresenceRow for each municipality that `is_near`."""
        return [
            PresenceRow(place, tuple(one.activity.presence(place.pk) for one in columns))
            for place in self.places
            if is_near(place)
        ]

    def _of(self, priority):
        own = self.of_priority.get(priority.pk, ())
        return [one for one in self.activities if one.measure.pk in own]


def presence_sentence(columns):
    """Return how many measures name municipalities, work in the whole region or have no territory,
    and how many were at work somewhere within a year."""
    kinds = Counter(one.activity.territory for one in columns)
    named, region, unknown = (kinds[one] for one in SHOWN)
    said = [
        f"{_measures(named)} {_names(named)} obce" if named else "",
        f"{_measures(region)} působí v celém kraji" if region else "",
        f"u {_measures(unknown)} není určeno, kde působí" if unknown else "",
    ]
    text = ", ".join(filter(None, said))
    active = sum(bool(one.number_here) for one in columns)
    rest = (
        f"Výstup nebo splněný milník {_had(active)} za posledních 12 měsíců v některé obci "
        f"{_measures(active)}."
        if active
        else "Výstup ani splněný milník v žádné obci za posledních 12 měsíců zapsaný není."
    )
    return czech.typography(f"{text[:1].upper()}{text[1:]}. {rest}")


def _names(n):
    return czech.plural(n, "jmenuje", "jmenují", "jmenuje")


def _had(n):
    return czech.plural(n, "mělo", "měla", "mělo")


def _measures(n):
    return czech.count(n, "opatření", "opatření", "opatření")


def read_presence(strategy, moment):
    """Return the StrategyPresence on the day of a Moment."""
    places = Municipality.objects.counted().filter(region=strategy.region).select_related("orp")
    found, of_priority = activities(strategy, moment.on, moment.known)
    return StrategyPresence(found, of_priority, list(places.in_czech_order()))


def _places(n):
    return czech.count(n, "obec", "obce", "obcí")
