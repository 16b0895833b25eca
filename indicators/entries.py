"""A value somebody wants to record: read from what was typed, and what is wrong with it by field.

The grid of the desk and the import of files both go through here, so what one refuses the other
does too. Fields are named as the columns of the file.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from common import czech
from common.numbers import parse_number
from common.units import places_of, unit_name
from indicators import layout
from indicators.models import Counted, Indicator, Observation, Qualifier

NO_VALUE = "Napište hodnotu, nebo čitatel se jmenovatelem."
BOTH = "Napište buď hodnotu, nebo čitatel se jmenovatelem, ne obojí."
HALF_SHARE = "Čitatel a jmenovatel patří k sobě, doplňte druhý."
ONLY_SHARES = "Čitatel a jmenovatel se zapisují jen u ukazatele v procentech."
TOO_BIG_PART = "Čitatel je větší než jmenovatel."
NO_BASE = "Jmenovatel musí být větší než nula."
OVER_100 = "Podíl nemůže být větší než 100 %."
NEGATIVE = "Hodnota nemůže být záporná."
WHOLE = "Počítají se celé kusy, napište celé číslo."
NO_PERIOD = "Hodnota potřebuje období od a do. Bez něj ji označte jako nejistou a napište proč."
HALF_PERIOD = "Období potřebuje oba dny, od i do."
BACKWARDS = "Období končí dřív, než začíná."
NO_DOUBT = "U nejisté hodnoty napište, v čem je nejistota."
NO_SOURCE = "Napište, odkud hodnota je."
ELSEWHERE = "Obec neleží v kraji, za který se ukazatel vede."
BAD_TEXT = "V textu je znak, který tam být nemůže."
BAD_WORD = "Napište jedno ze slov: {}."


class Problem(NamedTuple):
    """What is wrong: in which row, in which field, and a Czech sentence."""

    row: int
    field: str
    sentence: str


class EntriesRefused(ValidationError):
    """Some values cannot be recorded; none was. `problems` say why, by row and field."""

    def __init__(self, problems):
        super().__init__([problem.sentence for problem in problems])
        self.problems = problems


@dataclass(frozen=True)
class Entry:
    """One value to be recorded; `row` is where it was written. `is_correction` says that a value
    which is there already is to be corrected, `seen` which one the person had before them (None
    for none), where that is known."""

    row: int
    indicator: Indicator
    region: object = None
    municipality: object = None
    period_start: date | None = None
    period_end: date | None = None
    period_text: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    qualifier: str = Qualifier.EXACT
    is_uncertain: bool = False
    note: str = ""
    source: str = ""
    is_correction: bool = False
    knows_seen: bool = False
    seen: int | None = None

    @property
    def key(self):
        """What may have one valid value only: indicator, territory and period."""
        return key_of(self)

    def says_the_same(self, observation):
        return all(getattr(self, name) == getattr(observation, name) for name in _TOLD)

    def observation(self, *, corrects, author):
        """Return the record to be written."""
        fields = {name: getattr(self, name) for name in (*_PLACED, *_TOLD)}
        row = Observation(indicator=self.indicator, corrects=corrects, author=author, **fields)
        row.set_keys()
        return row


_PLACED = ("region", "municipality", "period_start", "period_end")
_TOLD = (
    "period_text",
    "value",
    "numerator",
    "denominator",
    "qualifier",
    "is_uncertain",
    "note",
    "source",
)


def key_of(row):
    """Return the key of an Entry or an Observation."""
    place = (
        row.region.pk if row.region else None,
        row.municipality.pk if row.municipality else None,
    )
    return (row.indicator.pk, *place, row.period_start, row.period_end)


@dataclass
class _Read:
    """The cells of a row as they are read one by one; what is wrong gathers in `faults`."""

    cells: dict
    faults: dict = field(default_factory=dict)

    def get(self, name, reader, *args):
        try:
            return reader(self.cells.get(name), *args)
        except ValueError as error:
            self.faults[name] = str(error)
            return None


def read_entry(row, cells, indicator, place, **seen):
    """Return the Entry of a row's cells and {field: sentence} of what is wrong with it.

    `place` is (region, municipality), both None for the nation. The Entry is None where a cell
    cannot be read at all.
    """
    read = _Read(cells)
    values = {
        "period_start": read.get("obdobi_od", _day),
        "period_end": read.get("obdobi_do", _day),
        "value": read.get("hodnota", _number),
        "numerator": read.get("citatel", _number),
        "denominator": read.get("jmenovatel", _number),
        "qualifier": read.get("presnost", _word, layout.QUALIFIERS, Qualifier.EXACT),
        "is_uncertain": read.get("nejiste", _word, _YES_NO, False),
        "is_correction": read.get("oprava", _word, _YES_NO, False),
        "period_text": read.get("obdobi_slovy", _text, layout.LENGTHS["obdobi_slovy"]),
        "note": read.get("poznamka", _text, layout.LENGTHS["poznamka"]),
        "source": read.get("zdroj", _text, layout.LENGTHS["zdroj"]),
    }
    read.get("jednotka", _unit, indicator)
    if read.faults:
        return None, read.faults
    region, municipality = place
    entry = Entry(row, indicator, region, municipality, **values, **seen)
    return entry, faults(entry)


def faults(entry):
    """Return {field: sentence} of what is wrong with an Entry by itself."""
    found = {**_number_faults(entry), **_period_faults(entry)}
    if entry.is_uncertain and not entry.note:
        found["poznamka"] = NO_DOUBT
    if not entry.source:
        found["zdroj"] = NO_SOURCE
    place = entry.municipality
    if place is not None and place.region_id != entry.indicator.region_id:
        found["uzemi_kod"] = ELSEWHERE
    return {name: czech.typography(sentence) for name, sentence in found.items()}


def _number_faults(entry):
    parts = (entry.numerator, entry.denominator)
    is_share = any(part is not None for part in parts)
    if entry.value is not None and is_share:
        return {"hodnota": BOTH}
    if entry.value is not None:
        return _value_faults(entry)
    if not is_share:
        return {"hodnota": NO_VALUE}
    if entry.indicator.unit.strip() != "%":
        return {"citatel": ONLY_SHARES}
    return _share_faults(*parts)


def _value_faults(entry):
    is_percent, counted = entry.indicator.unit.strip() == "%", entry.indicator.counted
    if is_percent and entry.value > 100:
        return {"hodnota": OVER_100}
    if entry.value < 0 and (is_percent or counted != Counted.OTHER):
        return {"hodnota": NEGATIVE}
    is_whole = not is_percent and counted != Counted.OTHER and not entry.indicator.decimals
    return {"hodnota": WHOLE} if is_whole and places_of(entry.value) else {}


def _share_faults(numerator, denominator):
    if numerator is None or denominator is None:
        return {"citatel" if numerator is None else "jmenovatel": HALF_SHARE}
    if denominator <= 0:
        return {"jmenovatel": NO_BASE}
    if numerator < 0:
        return {"citatel": NEGATIVE}
    return {"citatel": TOO_BIG_PART} if numerator > denominator else {}


def _period_faults(entry):
    start, end = entry.period_start, entry.period_end
    if start is None and end is None:
        return {} if entry.is_uncertain else {"obdobi_od": NO_PERIOD}
    if start is None or end is None:
        return {"obdobi_od" if start is None else "obdobi_do": HALF_PERIOD}
    return {"obdobi_do": BACKWARDS} if end < start else {}


# Cells


_YES_NO = {layout.YES: True, layout.NO: False}


def cell_text(value):
    """Return a cell as text: a spreadsheet holds the code 554481 as 554481.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _number(value):
    return parse_number(value)


def _day(value):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = cell_text(value)
    return czech.parse_date(text) if text else None


def _word(value, words, otherwise):
    if isinstance(value, bool) and words is _YES_NO:
        return value
    text = cell_text(value).lower()
    if not text:
        return otherwise
    if text not in words:
        raise ValueError(BAD_WORD.format(", ".join(words)))
    return words[text]


def _text(value, length):
    text = cell_text(value).replace("\r\n", "\n")
    if any(sign < " " and sign not in "\n\t" for sign in text):
        raise ValueError(BAD_TEXT)
    if len(text) > length:
        raise ValueError(f"Text má nejvýš {czech.count(length, 'znak', 'znaky', 'znaků')}.")
    return text


def _unit(value, indicator):
    text = cell_text(value)
    known = {form.strip() for form in indicator.unit.split(",")}
    if text and text not in known:
        raise ValueError(f"Ukazatel má jednotku „{unit_name(indicator.unit)}“.")
