"""The one kind of CSV the portal writes: the kind a Czech spreadsheet opens by a double click.

UTF-8 with a mark at its start, semicolons between, decimal commas, no separator of thousands,
CRLF at the ends of lines. A text that a spreadsheet would take for a formula has an apostrophe
before it. Programs read the JSON beside it, where a number is a number.
"""

import csv
from decimal import Decimal

CONTENT_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """Gives each line back instead of writing it anywhere."""

    def write(self, line):
        return line


def lines(rows):
    """Yield the lines of a file one by one; `rows` are lists of texts and numbers, the first one
    the header."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    for number, row in enumerate(rows):
        yield MARK * (not number) + writer.writerow([cell(value) for value in row])


def text(rows):
    """Return a whole file as text."""
    return "".join(lines(rows))


def cell(value):
    """Return a value as it stands in a file: „12“, „6,0837“; nothing where it is unknown."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return str(plain(value)).replace(".", ",")


def plain(value):
    """Return a Decimal or a float as the number it is, 12 or 6.0837; anything else as it came."""
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value
