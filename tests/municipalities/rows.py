"""Rows and bands made by hand, for rules that ask no database."""

from itertools import count
from types import SimpleNamespace

from municipalities.index import in_order
from municipalities.rows import IndexRow, OrpRow

NAMES = {0: "Žádný nebo nízký", 2: "Střední", 8: "Zvýšený", 12: "Vysoký"}
_codes = count(500_000)


def index_band(lower, name):
    return SimpleNamespace(lower=lower, name=name, sentence=f"Co znamená {name}.")


def four_bands():
    """The bands of Agentura pro sociální začleňování: 0–1, 2–7, 8–11, 12–30."""
    return tuple(in_order(index_band(lower, name) for lower, name in NAMES.items()))


def orp(name):
    return OrpRow(code=name, name=name, sort_key=name.lower(), search_key=name.lower())


def row(value=None, *, name="Obec", orp_name="Cheb", cell=(None, None), **fields):
    """A municipality with a value of the index (None: unknown)."""
    values = {
        "code": str(next(_codes)),
        "name": name,
        "search_key": name.lower(),
        "kind": "obec",
        "population": None,
        "population_date": None,
        "index_value": value,
        "is_borrowed": False,
        "hex_q": cell[0],
        "hex_r": cell[1],
        "boundary": None,
        "orp": orp(orp_name),
    }
    return IndexRow(**{**values, **fields})


def rows(counts, value=12):
    """Municipalities of one value: `counts` says how many of them each ORP has."""
    return [row(value, orp_name=name) for name, number in counts.items() for _ in range(number)]


def plain(text):
    """Return text with plain spaces and without invisible signs."""
    return str(text).replace("\u00a0", " ").replace("\u2060", "")
