"""A table somebody brought as CSV or XLSX: its header and its rows, before anybody reads them.

A text that stands for a formula is written by the portal with an apostrophe before it; read back,
the apostrophe is gone. A formula itself is refused by its row and column.
"""

import csv
import re
from dataclasses import dataclass

from common.csv_files import FORMULA
from common.imports import TOO_LARGE, ImportRefused
from common.workbook import NOT_XLSX, read_sheets

MAX_ROWS = 9_998
MAX_CELL = 20_000
NO_HEADER = "Soubor nemá řádek s názvy sloupců. Stáhněte si ho z portálu a vyplňte."
NO_ROWS = "Pod názvy sloupců není žádný řádek."
TOO_MANY = "Soubor má víc než 9 998 řádků. Rozdělte ho."
UNREADABLE = "Soubor není CSV ani sešit XLSX, který by šel přečíst."
IS_FORMULA = "začíná jako vzorec. Napište hodnotu, nebo před ni dejte apostrof."

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Line:
    """One row of a file: its number there, and its cells by the names of the columns."""

    number: int
    cells: dict


def read_lines(file):
    """Return the Lines of an ImportFile, empty ones left out. Raises ImportRefused."""
    if file.is_too_large:
        raise ImportRefused([TOO_LARGE])
    rows = (_sheet if file.content.startswith(b"PK") else _csv)(file.content)
    numbered = [(n, row) for n, row in enumerate(rows, 1) if any(map(_is_filled, row))]
    if not numbered:
        raise ImportRefused([NO_HEADER])
    (_, header), *body = numbered
    if not body:
        raise ImportRefused([NO_ROWS])
    if len(body) > MAX_ROWS:
        raise ImportRefused([TOO_MANY])
    names = _names(header)
    return [_line(number, names, row) for number, row in body]


def _sheet(content):
    try:
        return read_sheets(content)[0][1]
    except ImportRefused as error:
        if error.problems[0] == NOT_XLSX:
            raise ImportRefused([UNREADABLE]) from None
        raise


def _csv(content):
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=True))
    except csv.Error:
        raise ImportRefused([UNREADABLE]) from None


def _decoded(content):
    """Spreadsheets write UTF-8, older ones the Windows code page."""
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ImportRefused([UNREADABLE])


def _is_filled(cell):
    return cell is not None and str(cell).strip() != ""


def _names(header):
    names = [str(cell or "").strip().lower() for cell in header]
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise ImportRefused([f"Sloupec {name} je v souboru dvakrát." for name in doubled])
    return names


def _line(number, names, row):
    cells = dict(zip(names, row, strict=False))
    extra = [cell for cell in row[len(names) :] if _is_filled(cell)]
    if extra:
        raise ImportRefused([f"Řádek {number}: má víc hodnot, než je sloupců."])
    filled = {name: cells.get(name, "") for name in names if name}
    unnamed = [cell for name, cell in cells.items() if not name and _is_filled(cell)]
    if unnamed:
        raise ImportRefused([f"Řádek {number}: hodnota stojí ve sloupci bez názvu."])
    return Line(number, filled)


def text_of(cell):
    """Return a cell as text. Raises ValueError with a Czech sentence for a formula, for signs that
    cannot be kept, and for texts too long to be meant."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if len(text) > MAX_CELL:
        raise ValueError("je příliš dlouhé.")
    if _CONTROL.search(text):
        raise ValueError("obsahuje znaky, které nejsou text.")
    if text.startswith("'") and text[1:].startswith(FORMULA):
        return text[1:]
    if text.startswith(("=", "@")):
        raise ValueError(IS_FORMULA)
    return text
