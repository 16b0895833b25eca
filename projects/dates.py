"""Dates of projects as people type them, known to the day or only to the month."""

import re
from calendar import monthrange
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError

from common import czech
from strategy.models import Precision

HINT = "Napište den (1. 10. 2023), nebo jen měsíc (10/2023, říjen 2023)."
YEARS = range(1990, 2101)
WRONG_YEAR = f"Rok musí být od {YEARS[0]} do {YEARS[-1]}. {HINT}"
NO_MONTH = f"Takový měsíc není. {HINT}"

_NUMBERS = re.compile(r"(\d{1,2})\s*[./]\s*(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_WORDS = re.compile(r"(\w+)\s+(\d{4})")
_NAMES = {
    czech.search_key(czech.month_year(date(2000, month, 1)).split()[0]): month
    for month in range(1, 13)
}
_CASES = "ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince"
_NAMES |= {name: month for month, name in enumerate(_CASES.split(), 1)}


def parse_known(value, *, is_end=False):
    """Return a day and its Precision from „1. 10. 2023“, „2023-10-01“, „10/2023“, „říjen 2023“,
    „2023-10“ or a day of a spreadsheet; (None, DAY) for an empty one.

    A month begins on its first day, as an end it is its last one. Raises ValueError with a Czech
    sentence.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        _check_year(value.year)
        return value, Precision.DAY
    if value is not None and not isinstance(value, str):
        raise ValueError(HINT)
    text = " ".join((value or "").split())
    if not text:
        return None, Precision.DAY
    if month := _month(text):
        year, number = month
        _check_year(year)
        if not 1 <= number <= 12:
            raise ValueError(NO_MONTH)
        last = monthrange(year, number)[1]
        return date(year, number, last if is_end else 1), Precision.MONTH
    try:
        return czech.parse_date(text), Precision.DAY
    except ValueError as error:
        # What looks like no day at all might have been a month.
        sentence = str(error)
        raise ValueError(HINT if sentence.startswith("Datum") else sentence) from None


def known(day, precision):
    """Return a day as it is typed and stands in files: „1. 10. 2023“, „10/2023“."""
    if day is None:
        return ""
    if precision == Precision.MONTH:
        return f"{day.month}/{day.year}"
    return czech.date(day).replace(czech.NBSP, " ")


class KnownDayField(forms.CharField):
    """A day or a month typed as text; its value is a pair of a day and its Precision."""

    widget = forms.TextInput({"class": "short", "autocomplete": "off"})

    def __init__(self, *, is_end=False, **kwargs):
        self.is_end = is_end
        super().__init__(**{"required": False, "max_length": 40, **kwargs})

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse_known(text, is_end=self.is_end)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


def _month(text):
    if found := _NUMBERS.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2])
    found = _WORDS.fullmatch(text)
    number = _NAMES.get(czech.search_key(found[1])) if found else None
    return (int(found[2]), number) if number else None


def _check_year(year):
    if year not in YEARS:
        raise ValueError(WRONG_YEAR)
