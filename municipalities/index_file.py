"""The official file of the index, read and checked; knows nothing of the database.

A file is taken whole or not at all: whatever is wrong is named by its row and column in Czech.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from common import czech
from common.imports import ImportRefused
from common.workbook import NOT_XLSX, read_sheets
from municipalities.index import HIGHEST
from municipalities.index_columns import COLUMNS, is_header, letter, matched, years_of
from municipalities.models import Component
from municipalities.models.index import MASKED_BELOW, ValueState
from municipalities.models.territory import MunicipalityKind

KINDS = {
    "O": MunicipalityKind.MUNICIPALITY,
    "T": MunicipalityKind.MARKET_TOWN,
    "M": MunicipalityKind.TOWN,
    "S": MunicipalityKind.CITY,
    "H": MunicipalityKind.CAPITAL,
    "U": MunicipalityKind.MILITARY_AREA,
}
BASES = {
    Component.EXECUTION: "base_15",
    Component.HOUSING_BENEFIT: "base_15",
    Component.SUBSISTENCE_BENEFIT: "base_15",
    Component.UNEMPLOYED_6M: "base_15_64",
    Component.EARLY_LEAVERS: "leavers_base",
}
CELLS = {
    component.value: (f"{component}_count", base, f"{component}_share", f"{component}_quotient")
    for component, base in BASES.items()
}
"""The columns of count, base, share and quotient of each component, in the order of Component."""
TERRITORIES = tuple(
    f"{place}_{part}" for place in ("orp", "district", "region") for part in ("code", "name")
)
PRAGUE = "CZ010"
PRAGUE_ORP = ("1000", "Praha")
"""The capital has no ORP and the file a zero; here it has the code ČSÚ gives its area."""
HEADER_WITHIN = 20
"""How many rows from the top the headers are looked for."""
YEARS = range(2000, 2101)

_WHOLE = re.compile(r"\d+(?:[.,]0+)?")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_BORROWED = re.compile(r"převzat|nemá na svém území", re.IGNORECASE)
_CATEGORY = re.compile(r"(\d+)\s*(?:až|-|–)\s*(\d+)")

KNOWN, MASKED = ValueState.KNOWN.value, ValueState.MASKED.value
BORROWED = (ValueState.BORROWED.value, None, None, None, None)
UNKNOWN = (ValueState.UNKNOWN.value, None, 0.0, None, None)
NO_NUMBERS = (None, None)


class FileRow(NamedTuple):
    """A municipality of the file; `components` are (state, count, base, share, quotient), in the
    order of Component and as exact as the database keeps them; `exact` are (count, base) as the
    file has them."""

    number: int
    code: str
    name: str
    kind: str
    orp: str
    district: str
    region: str
    value: int
    has_own_school: bool
    components: tuple
    exact: tuple


@dataclass(frozen=True)
class Places:
    """Names of the territories of the file by their codes, and the regions they lie in."""

    regions: dict
    districts: dict
    orps: dict
    region_of: dict


@dataclass(frozen=True)
class IndexFile:
    """A checked edition of the index: its year and rows by the code of the municipality."""

    year: int
    rows: dict
    places: Places

    @cached_property
    def sums(self):
        """Counts and bases summed by (region, component), where anybody has a number."""
        found = {}
        for row in self.rows.values():
            for component, (count, base) in zip(CELLS, row.exact, strict=True):
                if base:
                    before = found.get((row.region, component), (0, 0))
                    found[row.region, component] = (before[0] + count, before[1] + base)
        return found

    @cached_property
    def own_shares(self):
        """The shares of municipalities by their component, unrounded."""
        return {
            component: [
                count / base * 100
                for count, base in (row.exact[place] for row in self.rows.values())
                if base
            ]
            for place, component in enumerate(CELLS)
        }


def _sheets(content):
    """The sheets of the file; of one that is no workbook, also which file is meant."""
    try:
        return read_sheets(content)
    except ImportRefused as error:
        if error.problems != [NOT_XLSX]:
            raise
        raise ImportRefused([f"{NOT_XLSX} Vyberte soubor, jak ho vydala Agentura."]) from None


def read(content):
    """Return the IndexFile of the bytes of a workbook. Raises ImportRefused."""
    headers, first, rows = _table(_sheets(content))
    places, year = _places_and_year(headers)
    return _Reader(headers, places).read(first, rows, year)


def _table(sheets):
    """Return the headers, the number of the first row under them, and these rows."""
    found = []
    for _, rows in sheets:
        for number, row in enumerate(rows[:HEADER_WITHIN]):
            if is_header(row):
                found.append((row, number + 2, rows[number + 1 :]))
                break
    if not found:
        raise ImportRefused(["V souboru není tabulka indexu: chybí sloupec „Kód obce“."])
    if len(found) > 1:
        raise ImportRefused(
            ["V souboru je víc listů s tabulkou indexu. Nahrajte každé vydání zvlášť."]
        )
    return found[0]


def _places_and_year(headers):
    """Return the number of each column and the year; refuses missing and doubled columns."""
    found, problems = matched(headers), []
    for key, numbers in found.items():
        label = COLUMNS[key].label
        if not numbers:
            problems.append(f"Chybí sloupec „{label}“.")
        elif len(numbers) > 1:
            letters = " a ".join(map(letter, numbers))
            problems.append(f"Sloupec „{label}“ je v souboru vícekrát: {letters}.")
    named = [headers[n] for key in ("index", "category") for n in found[key]]
    years = set().union(*map(years_of, named))
    if len(years) > 1:
        listed = " a ".join(map(str, sorted(years)))
        problems.append(f"Záhlaví sloupců indexu mluví o různých letech: {listed}.")
    elif not problems and not years & set(YEARS):
        problems.append("V záhlaví sloupce indexu není rok vydání.")
    if problems:
        raise ImportRefused(problems)
    return {key: numbers[0] for key, numbers in found.items()}, years.pop()


class _Wrong(Exception):
    """A cell that cannot be taken: the key of its column and what is wrong with it."""


class _Reader:
    """Reads rows one by one and gathers what is wrong with them."""

    def __init__(self, headers, places):
        self.at = places
        self.problems, self.rows, self.lines = [], {}, {}
        self.places = Places({}, {}, {}, {})
        self.seen = {}

    def read(self, first, rows, year):
        for number, row in enumerate(rows, start=first):
            if any(cell != "" for cell in row):
                try:
                    self._keep(self._row(number, row))
                except _Wrong as error:
                    self._tell(number, *error.args)
        if not self.rows and not self.problems:
            self.problems.append("V tabulce indexu není žádná obec.")
        if self.problems:
            raise ImportRefused(self.problems)
        return IndexFile(year, self.rows, self.places)

    def _tell(self, number, key, text):
        place = f"Řádek {number}, sloupec {letter(self.at[key])} ({COLUMNS[key].label})"
        sentence = f"{place}: {text}"
        # Three components have one base.
        if sentence not in self.problems[-len(Component) :]:
            self.problems.append(sentence)

    def _keep(self, row):
        if row.code in self.rows:
            raise _Wrong("code", f"kód {row.code} už je na řádku {self.rows[row.code].number}.")
        self.rows[row.code] = row

    def _row(self, number, row):
        cell = {key: row[place] for key, place in self.at.items()}
        code = _code(cell, "code", r"\d{6}", "šestimístný kód obce")
        orp, district, region = self._territories(cell)
        parts = [self._component(number, cell, component) for component in CELLS]
        components, exact = zip(*parts, strict=True)
        return FileRow(
            number=number,
            code=code,
            name=_name(cell, "name"),
            kind=_kind(cell),
            orp=orp,
            district=district,
            region=region,
            value=_index(cell),
            has_own_school=components[-1] != BORROWED,
            components=components,
            exact=exact,
        )

    # Territories

    def _territories(self, cell):
        """Return the codes of the territories of a row; those of one ORP are read once."""
        named = tuple(cell[key] for key in TERRITORIES)
        if named not in self.seen:
            self.seen[named] = self._new_territories(cell)
        return self.seen[named]

    def _new_territories(self, cell):
        region = _code(cell, "region_code", r"CZ0\d\d", "kód kraje, třeba CZ041,")
        district = _code(cell, "district_code", r"CZ0\d\d[0-9A-C]", "kód okresu, třeba CZ0412,")
        if not district.startswith(region):
            raise _Wrong("district_code", f"okres {district} neleží v kraji {region}.")
        self._named(self.places.regions, region, cell, "region_name")
        self._named(self.places.districts, district, cell, "district_name")
        return self._orp(cell, region), district, region

    def _orp(self, cell, region):
        if cell["region_code"] == PRAGUE and _is_none(cell["orp_code"]):
            orp, name = PRAGUE_ORP
            self.places.orps[orp] = name
        else:
            orp = _code(cell, "orp_code", r"[1-9]\d{3}", "čtyřmístný kód ORP")
            self._named(self.places.orps, orp, cell, "orp_name")
        if self.places.region_of.setdefault(orp, region) != region:
            other = self.places.region_of[orp]
            raise _Wrong("orp_code", f"ORP {orp} leží na jiném řádku v kraji {other}.")
        return orp

    def _named(self, names, code, cell, key):
        name = names.setdefault(code, cell[key])
        if name is cell[key]:
            names[code] = _name(cell, key)
        elif name != cell[key] and name != _name(cell, key):
            raise _Wrong(key, f"{code} se na jiném řádku jmenuje {czech.typography(str(name))}.")

    # Numbers

    def _component(self, number, cell, component):
        """Return the kept values of a component and its exact count and base."""
        keys = CELLS[component]
        values = [cell[key] for key in keys]
        if component == Component.EARLY_LEAVERS and all(map(_is_borrowed, values)):
            return BORROWED, NO_NUMBERS
        try:
            return _checked(keys, *map(_number, keys, values))
        except _Wrong as error:
            # The rest of the row is checked too: all that is wrong is told at once.
            self._tell(number, *error.args)
            return BORROWED, NO_NUMBERS


def _checked(keys, count, base, share, quotient):
    count_key, base_key, share_key, quotient_key = keys
    if not 0 <= base < 1e9 or base != int(base):
        raise _Wrong(base_key, f"{_shown(base)} není celé číslo od nuly.")
    if not 0 <= count < 1e8:
        raise _Wrong(count_key, f"{_shown(count)} je záporné nebo příliš velké číslo.")
    if not 0 <= share <= 100:
        raise _Wrong(share_key, f"{_shown(share)} není podíl od 0 do 100 %.")
    if not 0 <= quotient < 1e5:
        raise _Wrong(quotient_key, f"{_shown(quotient)} je záporné nebo příliš velké číslo.")
    if not base:
        if count:
            raise _Wrong(count_key, f"{_shown(count)} z nikoho: základ je nula.")
        return UNKNOWN, NO_NUMBERS
    if count > base:
        raise _Wrong(count_key, f"{_shown(count)} je víc než základ {_shown(base)}.")
    state = MASKED if 0 < count < MASKED_BELOW else KNOWN
    kept = (state, round(count, 4), base, round(share, 4), round(quotient, 4))
    return kept, (count, base)


def _is_borrowed(value):
    return type(value) is str and _says_borrowed(value)


@lru_cache(maxsize=64)
def _says_borrowed(text):
    return _BORROWED.search(text) is not None


def _number(key, value):
    """Return a cell as a number, if that is what it says."""
    if type(value) is float:
        return value
    if type(value) is int:
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value.strip().replace(",", "."))
    raise _Wrong(key, f"{_shown(value)} není číslo.")


def _index(cell):
    value = cell["index"]
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        value = float(value.strip().replace(",", "."))
    if type(value) not in (float, int) or value != int(value) or not 0 <= value <= HIGHEST:
        raise _Wrong("index", f"{_shown(value)} není celé číslo od 0 do {HIGHEST}.")
    found = _category(str(cell["category"]).strip())
    if not found:
        raise _Wrong("category", f"{_shown(cell['category'])} není kategorie, třeba „8 až 11“.")
    if not int(found[1]) <= value <= int(found[2]):
        raise _Wrong("category", f"kategorie „{found[0]}“ neodpovídá hodnotě {_shown(value)}.")
    return int(value)


@lru_cache(maxsize=64)
def _category(text):
    return _CATEGORY.fullmatch(text)


def _kind(cell):
    kind = KINDS.get(cell["status"])
    if kind is None:
        letters = ", ".join(KINDS)
        raise _Wrong("status", f"{_shown(cell['status'])} není status obce ({letters}).")
    return kind.value


def _code(cell, key, pattern, meaning):
    value = cell[key]
    text = str(int(value)) if type(value) is float and value == int(value) else str(value).strip()
    if not re.fullmatch(pattern, text, re.ASCII):
        raise _Wrong(key, f"{_shown(value)} není {meaning}.".replace(",.", "."))
    return text


def _name(cell, key):
    value = cell[key]
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if not 0 < len(name) <= 100:
        raise _Wrong(key, f"{_shown(value)} není jméno.")
    return name


def _is_none(value):
    return str(value).strip() in ("", "0", "0.0")


def _shown(value):
    """Return a cell as a sentence names it: short, and an empty one as such."""
    if value == "":
        return "prázdná buňka"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(value).replace(".", ",")
    text = " ".join(str(value).split())
    return f"„{text[:40]}…“" if len(text) > 40 else f"„{text}“"
