"""How much of the time of a strategy has passed; only where both its days are known."""

from dataclasses import dataclass
from datetime import date

from common import czech


@dataclass(frozen=True)
class Gauge:
    """The time of a strategy in words, and in days for a bar: `passed` of `total`."""

    text: str
    passed: int
    total: int


def gauge(valid_from: date | None, valid_to: date | None, on: date):
    """Return the Gauge of a validity on a day, its last day included; None where it is unknown."""
    if valid_from is None or valid_to is None:
        return None
    total = (valid_to - valid_from).days + 1
    passed = min(max((on - valid_from).days + 1, 0), total)
    return Gauge(_text(valid_from, valid_to, on), passed, total)


def _text(since, until, on):
    span = f"od {czech.date(since)} do {czech.date(until)}"
    if on < since:
        return czech.typography(f"Strategie ještě neplatí, platí {span}.")
    if on > until:
        return czech.typography(f"Platnost strategie skončila {czech.date(until)}.")
    left = _months(on, until)
    if not left:
        return czech.typography(f"Strategie platí {span}, končí za méně než měsíc.")
    passed = _months(since, on)
    gone = _spoken(passed, "uplynul", "uplynuly", "uplynulo") if passed else "teprve začala"
    remain = _spoken(left, "zbývá", "zbývají", "zbývá")
    return czech.typography(f"Strategie platí {span}: {gone}, {remain}.")


def _months(first, last):
    """Whole months between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _spoken(months, *verbs):
    """„uplynuly 3 roky a 2 měsíce“; the verb goes with the first number."""
    years, rest = divmod(months, 12)
    parts = [
        czech.count(years, "rok", "roky", "let") if years else "",
        czech.count(rest, "měsíc", "měsíce", "měsíců") if rest else "",
    ]
    return f"{czech.plural(years or rest, *verbs)} {' a '.join(part for part in parts if part)}"
