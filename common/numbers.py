"""Numbers as people type them and spreadsheets hold them: „1 296“, „12,5“, „12.5“.

What could be read in two ways is refused, never guessed: „1.296“ is 1296 to one reader and a bit
over one to another.
"""

import math
import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from common import czech

MINUS = "\u2212"
MAX_TYPED = 40
"""A longer text is no number, whatever stands in it."""

NOT_A_NUMBER = "Napište číslo číslicemi, například 1 296 nebo 12,5."
AMBIGUOUS = (
    "Zápis „{text}“ se dá číst dvojím způsobem. Tisíce oddělte mezerou (1 296), desetinná místa "
    "čárkou (1,296)."
)
GROUPS = "Mezera v čísle „{text}“ neodděluje tisíce. Napište číslo bez mezer."
NEGATIVE = "Číslo nemůže být záporné."
TOO_LARGE = "Číslo je příliš velké."

_SPACES = re.compile(r"\s+")
_GROUPED = re.compile(r"\d{1,3}( \d{3})+")
_PLAIN = re.compile(r"\d+")
_SPREADSHEET_DIGITS = 15
"""A spreadsheet keeps no more digits: what comes after them is noise, 0.30000000000000004."""


def parse_number(value, *, places=4, digits=16, least=None):
    """Return a Decimal of a typed text or of a number from a spreadsheet; None for an empty one.

    `places` is how many decimal places it may have, `digits` how many digits in all, `least` the
    lowest number there may be. Raises ValueError with a Czech sentence.
    """
    number = _from_text(value) if isinstance(value, str) else _from_cell(value)
    if number is None:
        return None
    number = _plain(number)
    if least is not None and number < least:
        raise ValueError(NEGATIVE if least == 0 else f"Nejméně může být {typed(Decimal(least))}.")
    if max(number.adjusted() + 1, 1) > digits - places:
        raise ValueError(TOO_LARGE)
    if -number.as_tuple().exponent > places:
        raise ValueError(_too_fine(places))
    return number


class NumberField(forms.Field):
    """A number typed as text, with a comma or a point and with any spaces between thousands."""

    widget = forms.TextInput({"class": "short", "autocomplete": "off", "inputmode": "decimal"})

    def __init__(self, *, places=4, digits=16, least=None, **kwargs):
        self.limits = {"places": places, "digits": digits, "least": least}
        super().__init__(**kwargs)

    def to_python(self, value):
        try:
            return parse_number(value, **self.limits)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value):
        return typed(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial, data):
        try:
            return parse_number(data, **self.limits) != parse_number(initial, **self.limits)
        except ValueError:
            return True


def typed(number):
    """Return a number as somebody would type it: „1296“, „12,5“; empty for an unknown one."""
    return "" if number is None else f"{_plain(number):f}".replace(".", ",")


def _from_text(text):
    shown = text.strip()
    cleaned = _SPACES.sub(" ", shown)
    if not cleaned:
        return None
    if len(cleaned) > MAX_TYPED or not re.fullmatch(r"[-\u2212]? ?[\d .,]+", cleaned, re.ASCII):
        raise ValueError(NOT_A_NUMBER)
    sign = "-" if cleaned[0] in f"-{MINUS}" else ""
    whole, mark, fraction = _parted(cleaned.lstrip(f"-{MINUS} "), shown)
    if not mark or fraction:
        return Decimal(f"{sign}{_whole(whole, shown)}.{fraction or '0'}")
    raise ValueError(NOT_A_NUMBER)


def _parted(number, shown):
    """Return what stands before the decimal mark, the mark and what stands after it."""
    marks = [sign for sign in number if sign in ".,"]
    if not marks:
        return number, "", ""
    whole, mark, fraction = number.partition(marks[0])
    if len(marks) > 1:
        raise ValueError(AMBIGUOUS.format(text=shown))
    is_like_thousands = len(fraction) == 3 and re.fullmatch(r"[1-9]\d{0,2}", whole)
    if mark == "." and is_like_thousands:
        raise ValueError(AMBIGUOUS.format(text=shown))
    if not _PLAIN.fullmatch(fraction):
        raise ValueError(NOT_A_NUMBER)
    return whole, mark, fraction


def _whole(text, shown):
    if _GROUPED.fullmatch(text):
        return text.replace(" ", "")
    if " " in text:
        raise ValueError(GROUPS.format(text=shown))
    if not _PLAIN.fullmatch(text):
        raise ValueError(NOT_A_NUMBER)
    return text


def _from_cell(value):
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(NOT_A_NUMBER)
    if not math.isfinite(value):
        raise ValueError(NOT_A_NUMBER)
    if isinstance(value, float):
        return Decimal(f"{value:.{_SPREADSHEET_DIGITS}g}")
    return Decimal(value)


def _plain(number):
    """Return a number without zeros at its end and without an exponent: 1200, not 1.2E+3."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if 0 < number.as_tuple().exponent < 20 else number + 0


def _too_fine(places):
    if places == 0:
        return "Napište celé číslo."
    forms = ("desetinné místo", "desetinná místa", "desetinných míst")
    return f"Číslo může mít nejvýše {czech.count(places, *forms)}."
