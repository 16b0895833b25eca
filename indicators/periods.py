"""Periods as people type them: „2023“, „1. čtvrtletí 2023“, „6/2021“, „1. 1. 2021“."""

import re
from datetime import date, timedelta

from common import czech
from indicators.due import add_months

HINT = (
    "Období „{text}“ portál nezná. Napište třeba 2023, 1. čtvrtletí 2023, 2. pololetí 2023, "
    "6/2021, 1. 1. 2021, nebo 1. 1. 2021 – 15. 3. 2021."
)
YEARS = range(1990, 2101)
BACKWARDS = "Období „{text}“ končí dřív, než začíná."

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{1,2})\s*/\s*(\d{4})")
_PART = re.compile(r"(\d)\s*\.?\s*(čtvrtletí|pololetí)\s+(\d{4})", re.IGNORECASE)
_DASH = re.compile(r"\s*[–—]\s*|\s+-\s+")
_PARTS = {"čtvrtletí": 3, "pololetí": 6}


def parse_period(text):
    """Return the first and the last day of a typed period. Raises ValueError in Czech."""
    cleaned = " ".join(text.split())
    ends = _DASH.split(cleaned)
    if len(ends) == 2:
        start, end = _period(ends[0], text)[0], _period(ends[1], text)[1]
        if end < start:
            raise ValueError(BACKWARDS.format(text=text.strip()))
        return start, end
    return _period(cleaned, text)


def _period(part, text):
    if found := _YEAR.fullmatch(part):
        return _months(int(found[1]), 1, 12, text)
    if found := _MONTH.fullmatch(part):
        return _months(int(found[2]), int(found[1]), 1, text)
    if found := _PART.fullmatch(part):
        length = _PARTS[found[2].lower()]
        return _months(int(found[3]), (int(found[1]) - 1) * length + 1, length, text)
    try:
        day = czech.parse_date(part)
    except ValueError:
        raise ValueError(HINT.format(text=text.strip())) from None
    return day, day


def _months(year, month, length, text):
    if year not in YEARS or not 1 <= month <= 12:
        raise ValueError(HINT.format(text=text.strip()))
    start = date(year, month, 1)
    return start, add_months(start, length) - timedelta(days=1)


def typed(start, end):
    """Return a period as somebody would type it; `parse_period` reads it back."""
    following = end + timedelta(days=1)
    if start.day == 1 and following.day == 1:
        months = (following.year - start.year) * 12 + following.month - start.month
        if months == 12 and start.month == 1:
            return str(start.year)
        if months == 1:
            return f"{start.month}/{start.year}"
        for name, length in _PARTS.items():
            if months == length and (start.month - 1) % length == 0:
                return f"{(start.month - 1) // length + 1}. {name} {start.year}"
    days = [czech.date(day).replace(czech.NBSP, " ") for day in (start, end)]
    return days[0] if start == end else " – ".join(days)


def following(start, end, months):
    """Return the period after one: as long as values come in, else as long as itself."""
    first = end + timedelta(days=1)
    if start == end and months:
        day = add_months(end, months)
        return day, day
    if not months:
        whole = (first.year - start.year) * 12 + first.month - start.month
        months = whole if start.day == first.day == 1 else None
    if months:
        return first, add_months(first, months) - timedelta(days=1)
    return first, first + (end - start)
