"""The columns of the official index file, known by the words of their headers.

Neither their order nor the year matters, and a word may have one slip: „obyvyatel“.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from common.czech import search_key
from municipalities.models import Component

FUZZY_FROM = 6
"""Shorter words must begin exactly so: one slip would make another word of them."""


@dataclass(frozen=True)
class Column:
    """What a column is called and the words its header has and has not; „a|b“ is either."""

    label: str
    words: tuple[str, ...]
    without: tuple[str, ...] = ()

    def fits(self, header):
        found = words_of(header)
        return all(_has(found, word) for word in self.words) and not any(
            _has(found, word) for word in self.without
        )


_SHARES = ("podil", "kvocient")


def _of_component(key, name, word, count=("pocet",)):
    return {
        f"{key}_count": Column(f"Počet – {name}", (*count, word), _SHARES),
        f"{key}_share": Column(f"% podíl – {name}", ("podil", word)),
        f"{key}_quotient": Column(f"Lokalizační kvocient – {name}", ("kvocient", word)),
    }


COLUMNS = {
    "code": Column("Kód obce", ("kod", "obce")),
    "name": Column("Název obce", ("nazev", "obce")),
    "status": Column("Status obce", ("status",)),
    "orp_code": Column("Kód ORP", ("kod", "orp")),
    "orp_name": Column("Název ORP", ("nazev", "orp")),
    "district_code": Column("Kód okres", ("kod", "okres")),
    "district_name": Column("Název okres", ("nazev", "okres")),
    "region_code": Column("Kód kraj", ("kod", "kraj")),
    "region_name": Column("Název kraj", ("nazev", "kraj")),
    "base_15": Column(
        "Počet obyvatel starších 15 let", ("pocet", "obyvatel", "starsi"), ("64", *_SHARES)
    ),
    "base_15_64": Column("Počet obyvatel 15 až 64 let", ("pocet", "obyvatel", "64"), _SHARES),
    **_of_component(Component.EXECUTION, "osoby v exekuci", "exekuc"),
    **_of_component(Component.HOUSING_BENEFIT, "příspěvek na bydlení (PnB)", "pnb|bydlen"),
    **_of_component(Component.SUBSISTENCE_BENEFIT, "příspěvek na živobytí (PnŽ)", "pnz|zivobyt"),
    **_of_component(Component.UNEMPLOYED_6M, "uchazeči déle než 6 měsíců", "uchazec"),
    **_of_component(Component.EARLY_LEAVERS, "předčasné odchody ze ZŠ", "predcasn"),
    "leavers_base": Column(
        "Celkový počet žáků, kteří ukončili docházku", ("pocet", "ukonc", "dochaz"), _SHARES
    ),
    "index": Column("Index soc. vyloučení", ("index", "vylouc"), ("kategor",)),
    "category": Column("Kategorie indexu", ("index", "vylouc", "kategor")),
}

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def letter(number):
    """Return the name of a column by its number from zero: A, Z, AA."""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def matched(headers):
    """Return where each of COLUMNS stands, as a list of numbers for each of its keys."""
    texts = [header if isinstance(header, str) else "" for header in headers]
    return {
        key: [number for number, text in enumerate(texts) if text and column.fits(text)]
        for key, column in COLUMNS.items()
    }


def is_header(row):
    """Say whether a row of a sheet is the row of headers."""
    return any(isinstance(cell, str) and COLUMNS["code"].fits(cell) for cell in row)


def years_of(header):
    """Return the years a header names."""
    return {int(year) for year in _YEAR.findall(header)}


@lru_cache(maxsize=512)
def words_of(header):
    """Return the words of a header, in small letters and without marks."""
    return tuple(re.findall(r"\w+", search_key(header)))


@lru_cache(maxsize=4096)
def _has(found, alternatives):
    return any(_begins(word, stem) for stem in alternatives.split("|") for word in found)


def _begins(word, stem):
    """Say whether a word begins with a stem, a long one with at most one slip."""
    if word.startswith(stem):
        return True
    if len(stem) < FUZZY_FROM:
        return False
    return any(_one_slip(word[: len(stem) + extra], stem) for extra in (-1, 0, 1))


def _one_slip(word, stem):
    """Say whether one letter added, left out, changed or swapped makes a word of another."""
    same = 0
    while word[same : same + 1] == stem[same : same + 1] != "":
        same += 1
    rest, other = word[same:], stem[same:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[1::-1] == other[:2] and rest[2:] == other[2:])
    )
