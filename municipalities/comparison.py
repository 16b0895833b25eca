"""Up to five municipalities side by side on the same axes: who was asked for, and what is read.

They stand by the alphabet and are never ranked. A code or a name that cannot be used is answered
with a sentence, the rest is shown.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from common import czech
from municipalities.charts import NARROW, WIDE, component_bar, ruler
from municipalities.components import component_lines
from municipalities.index import Band, band_of, in_order
from municipalities.models import (
    ComponentShare,
    ComponentValue,
    IndexBand,
    IndexEdition,
    IndexEntry,
    Municipality,
)

MOST = 5
LONGEST = 60
"""How many signs of a name or a code are read and shown back."""


@dataclass(frozen=True)
class Choice:
    """The municipalities asked for, by the alphabet, and a sentence for each that was refused."""

    places: tuple[Municipality, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def codes(self):
        return [place.code for place in self.places]

    @property
    def is_full(self):
        return len(self.places) >= MOST

    @property
    def url(self):
        return address(self.codes)

    def without(self, place):
        """The address of the comparison without one of its municipalities."""
        return address(code for code in self.codes if code != place.code)

    def with_also(self, place):
        return address([*self.codes, place.code])


def address(codes):
    """Return the address of the comparison of municipalities with these codes."""
    asked = ",".join(codes)
    return reverse("municipalities:comparison") + (f"?o={asked}" if asked else "")


def choose(text):
    """Return the Choice of codes as an address has them, „554481,560286“. One query."""
    codes = list(dict.fromkeys(code for code in re.split(r"[\s,;]+", text) if code))
    plain = [code for code in codes if re.fullmatch("[0-9]{1,10}", code)]
    found = {place.code: place for place in _places().filter(code__in=plain[:100])}
    places, refused = [], []
    for code in codes[:100]:
        place = found.get(code)
        if place is None:
            refused.append(f"Obec s kódem „{_cut(code)}“ neznáme.")
        elif not place.is_counted:
            refused.append(_military(place))
        else:
            places.append(place)
    if len(places) > MOST:
        refused.append(_too_many(places[MOST:]))
    ordered = sorted(places[:MOST], key=lambda place: (place.sort_key, place.code))
    return Choice(tuple(ordered), tuple(czech.typography(one) for one in refused))


@dataclass(frozen=True)
class Addition:
    """What was typed to be added: the one place that is meant, or a sentence and, where several
    could be meant, the places to choose from."""

    typed: str = ""
    place: Municipality | None = None
    sentence: str = ""
    choices: tuple[Municipality, ...] = ()


def add(choice, text):
    """Return the Addition of what was typed: a name without regard to diacritics, or a code. Two
    queries at most."""
    typed = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    if not typed:
        return Addition()
    if choice.is_full:
        return _no(typed, f"Vedle sebe lze srovnat nejvýš {MOST} obcí. Nejdřív některou odeberte.")
    found = _named(typed)
    if not found:
        return _no(typed, f"Obec „{typed}“ neznáme. Zkuste začátek názvu nebo kód obce.")
    if len(found) > 1:
        return _no(typed, "Obcí, které tak začínají nebo se tak jmenují, je víc. Vyberte:", found)
    place = found[0]
    if not place.is_counted:
        return _no(typed, _military(place))
    if place.code in choice.codes:
        return _no(typed, f"{place.name} už ve srovnání je.")
    return Addition(typed, place)


def _no(typed, sentence, choices=()):
    return Addition(typed, None, czech.typography(sentence), tuple(choices))


def _named(typed):
    """The places with a code or a name, else the first ones whose name begins so."""
    key = czech.search_key(typed)
    exact = list(_places().filter(Q(code=typed) | Q(search_key=key)).in_czech_order()[:10])
    if exact or not key:
        return exact
    return list(_places().filter(search_key__startswith=key).in_czech_order()[:10])


def _places():
    return Municipality.objects.select_related("orp", "district", "region")


def _military(place):
    return f"{place.name} je vojenský újezd, nezapočítává se, a proto se ani nesrovnává."


def _too_many(rest):
    names = ", ".join(place.name for place in rest)
    return f"Vedle sebe lze srovnat nejvýš {MOST} obcí. Nevešly se: {names}."


def _cut(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@dataclass(frozen=True)
class Compared:
    """One of the municipalities: its values by edition, the newest first (None: unknown), its
    components in words and as bars."""

    place: Municipality
    years: tuple[int, ...]
    values: tuple
    bands: tuple[Band, ...]
    lines: tuple = ()
    remove_url: str = ""

    @property
    def value(self):
        return self.values[0] if self.values else None

    @property
    def band(self):
        return band_of(self.value, self.bands)

    @property
    def banded(self):
        """Triples of a year, the value and its band, in the order of editions."""
        pairs = zip(self.years, self.values, strict=True)
        return [(year, value, band_of(value, self.bands)) for year, value in pairs]

    @property
    def rulers(self):
        """The ruler for wide and for narrow screens; none where the value is unknown."""
        if self.value is None:
            return []
        name = self.place.name
        return [
            ruler(size, name=name, value=self.value, others=[], bands=self.bands, medians=[])
            for size in (WIDE, NARROW)
        ]


@dataclass(frozen=True)
class Comparison:
    """The chosen municipalities over the editions that know any of them, the newest first."""

    editions: tuple[IndexEdition, ...] = ()
    rows: tuple[Compared, ...] = ()
    bands: tuple[Band, ...] = field(default_factory=tuple)

    @property
    def edition(self):
        return self.editions[0] if self.editions else None

    @property
    def components(self):
        """For each component its name and triples of a municipality, its line and its bar."""
        named = [row for row in self.rows if row.lines]
        if not named:
            return []
        return [
            (line.name, [(row.place, row.lines[n], component_bar(row.lines[n])) for row in named])
            for n, line in enumerate(named[0].lines)
        ]


def compare(choice):
    """Return the Comparison of a Choice. Five queries, however many municipalities."""
    if not choice.places:
        return Comparison()
    entries = IndexEntry.objects.filter(municipality__in=choice.places)
    editions = list(
        IndexEdition.objects.filter(Exists(entries.filter(edition=OuterRef("pk")))).order_by(
            "-year"
        )
    )
    bands = tuple(in_order(IndexBand.objects.all()))
    values = {
        (code, edition): value
        for code, edition, value in entries.values_list("municipality__code", "edition", "value")
    }
    lines = _lines(choice.places, editions[0]) if editions else {}
    rows = tuple(
        Compared(
            place=place,
            years=tuple(edition.year for edition in editions),
            values=tuple(values.get((place.code, edition.pk)) for edition in editions),
            bands=bands,
            lines=lines.get(place.pk, ()),
            remove_url=choice.without(place),
        )
        for place in choice.places
    )
    return Comparison(tuple(editions), rows, bands)


def _lines(places, edition):
    """The components of each place in an edition, by its primary key. Two queries."""
    values = defaultdict(list)
    found = ComponentValue.objects.filter(entry__edition=edition, entry__municipality__in=places)
    for value in found.select_related("entry"):
        values[value.entry.municipality_id].append(value)
    regions = {place.region_id for place in places}
    wanted = Q(region=None) | Q(region__in=regions)
    shares = list(ComponentShare.objects.public().filter(wanted, edition=edition))
    return {
        place.pk: tuple(
            component_lines(
                values[place.pk],
                [row for row in shares if row.region_id in (None, place.region_id)],
            )
        )
        for place in places
    }
