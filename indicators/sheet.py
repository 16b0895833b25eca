"""Values of indicators as a file: a CSV or an XLSX of one sheet, the same layout out and in."""

import csv
import io
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from common.csv_files import FORMULA
from common.imports import ImportRefused
from common.workbook import read_sheets
from indicators.layout import COLUMNS, DAYS

MAKING = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHEET = "hodnoty"
WIDTHS = {"ukazatel": 36, "uzemi": 24, "poznamka": 40, "zdroj": 50}
MOST_ROWS = 20_000
LONGEST_LINE = 100_000

EMPTY = "Soubor je prázdný."
NOT_KNOWN = "Soubor není ani sešit XLSX, ani tabulka CSV. Použijte rozvržení, které portál stahuje."
NOT_UTF8 = "Soubor CSV není v kódování UTF-8. Uložte ho jako „CSV UTF-8“ nebo jako sešit XLSX."
NOT_SEMICOLONS = "Sloupce CSV mají být oddělené středníkem."
BROKEN_CSV = "Soubor CSV je poškozený: některá buňka s uvozovkami nekončí."
TOO_MANY = "Soubor má víc než 20 000 řádků. Rozdělte ho."
SHEETS = "Sešit má mít jeden list s hodnotami, tento jich má {count}."
MISSING = "Chybí sloupec „{name}“."
UNKNOWN = "Řádek 1: sloupec „{name}“ portál nezná."
TWICE = "Řádek 1: sloupec „{name}“ je v souboru dvakrát."
REQUIRED = ("ukazatel", "uzemi_kod", "obdobi_od", "obdobi_do", "hodnota", "zdroj")
TOO_LONG = "Řádek {row}: má víc buněk než záhlaví."


@dataclass(frozen=True)
class SheetRow:
    """A row of a file by the names of its columns; `number` is the one a spreadsheet shows."""

    number: int
    cells: dict


def workbook(rows):
    """Return the bytes of an XLSX of rows in the layout; days are days, numbers numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, MAKING) as book:
        sheet = book.add_worksheet(SHEET)
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "d. m. yyyy"})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, WIDTHS.get(name, 12))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, (name, value) in enumerate(zip(COLUMNS, row, strict=True)):
                _write(sheet, (number, column), value, day if name in DAYS else None)
    return file.getvalue()


def _write(sheet, place, value, day):
    if value is None or value == "":
        return
    if day is not None:
        sheet.write_datetime(*place, date.fromisoformat(value), day)
    elif isinstance(value, str):
        sheet.write_string(*place, value)
    else:
        sheet.write_number(*place, value)


def read_rows(content):
    """Return the SheetRows of a file with anything in them. Raises ImportRefused."""
    if not content:
        raise ImportRefused([EMPTY])
    table = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    while table and not any(map(_is_filled, table[-1])):
        table.pop()
    if not table:
        raise ImportRefused([EMPTY])
    if len(table) > MOST_ROWS:
        raise ImportRefused([TOO_MANY])
    names = _header(table[0])
    return [
        SheetRow(number, _cells(names, row, number))
        for number, row in enumerate(table[1:], start=2)
        if any(map(_is_filled, row))
    ]


def _header(row):
    names = [str(cell).strip().lower() for cell in row]
    while names and not names[-1]:
        names.pop()
    if len(names) == 1 and ("," in names[0] or "\t" in names[0]):
        raise ImportRefused([NOT_SEMICOLONS])
    problems = [UNKNOWN.format(name=name[:40]) for name in names if name not in COLUMNS]
    problems += [TWICE.format(name=name) for name in COLUMNS if names.count(name) > 1]
    problems += [MISSING.format(name=name) for name in REQUIRED if name not in names]
    if problems:
        raise ImportRefused(problems)
    return names


def _cells(names, row, number):
    if any(map(_is_filled, row[len(names) :])):
        raise ImportRefused([TOO_LONG.format(row=number)])
    return dict(zip(names, row, strict=False))


def _is_filled(cell):
    return cell is not None and str(cell).strip() != ""


def _xlsx(content):
    sheets = [(name, rows) for name, rows in read_sheets(content) if rows]
    if len(sheets) > 1:
        raise ImportRefused([SHEETS.format(count=len(sheets))])
    return [list(row) for row in sheets[0][1]] if sheets else []


def _csv(content):
    if b"\0" in content:
        raise ImportRefused([NOT_KNOWN])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused([NOT_UTF8]) from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    table = []
    try:
        for row in reader:
            table.append([_unguarded(cell) for cell in row])
            if len(table) > MOST_ROWS:
                break
    except csv.Error:
        raise ImportRefused([BROKEN_CSV]) from None
    return table


def _unguarded(cell):
    """Take away the apostrophe our files put before what would be taken for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell
