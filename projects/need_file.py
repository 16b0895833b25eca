"""The table of a project's needs as a file: the same layout out and in, CSV and XLSX.

Out it holds every number: it is for the staff. In it is read whole or refused with every row and
column that is wrong.
"""

import csv
import io
from datetime import date, datetime

import xlsxwriter

from common import csv_files, czech
from common.imports import TOO_LARGE, ImportRefused
from common.numbers import parse_number, typed
from common.workbook import read_sheets
from projects.models import NeedArea, NeedDuration, NeedResult
from projects.need_actions import NeedEntry, Problem, problems_of

COLUMNS = {
    "obdobi_od": "start",
    "obdobi_do": "end",
    "oblast": "area",
    "delka_spoluprace": "duration",
    "zjisteno": "identified",
    "vyreseno": "solved",
    "podil_z_vyresenych": "share",
    "podil_slovy": "words",
    "nejistota": "note",
    "zdroj": "source",
}
"""The columns of a file and what of a NeedEntry stands in each."""

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 5_000
EMPTY = "Soubor je prázdný."
NO_ROWS = "V souboru nejsou žádné řádky s údaji."
NOT_TEXT = "Soubor není v kódování UTF-8. Uložte ho jako „CSV UTF-8“, nebo nahrajte XLSX."
MISSING = "Chybí sloupec „{name}“. Stáhněte si tabulku z portálu a vyplňte ji."
DOUBLED = "Sloupec „{name}“ je v souboru dvakrát."
UNKNOWN_AREA = "„{text}“ není oblast potřeb. Napište třeba „bydlení“ nebo „všechny oblasti“."
UNKNOWN_LENGTH = "„{text}“ není délka spolupráce. Napište třeba „do 3 měsíců“."
LONG = "Text má nejvýš {most} znaků."
AREAS = {czech.search_key(one.label): one.value for one in NeedArea}
DURATIONS = {czech.search_key(one.label): one.value for one in NeedDuration}
TEXTS = ("words", "note", "source")
_NAMES = {field: name for name, field in COLUMNS.items()}


def rows(results):
    """Yield the header and a row for each NeedResult, as a file has them."""
    yield list(COLUMNS)
    for one in results:
        yield [
            _day(one.period_start),
            _day(one.period_end),
            NeedArea(one.area).label,
            NeedDuration(one.duration).label,
            one.identified,
            one.solved,
            one.solved_share,
            one.words,
            one.note,
            one.source,
        ]


def as_xlsx(results):
    """Return the table as the bytes of a workbook."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("potřeby")
        for number, row in enumerate(rows(results)):
            sheet.write_row(number, 0, [csv_files.plain(value) for value in row])
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def read(file):
    """Return the NeedEntries of an ImportFile, `row` the number of its row.

    Raises ImportRefused with a sentence for each wrong row and column.
    """
    table = _table(file)
    if not table:
        raise ImportRefused([EMPTY])
    places = _places([_text(one) for one in table[0]])
    entries, problems = [], []
    for number, cells in enumerate(table[1:], start=2):
        found = {field: cells[at] if at < len(cells) else "" for field, at in places.items()}
        if not any(_text(value) for value in found.values()):
            continue
        values, wrong = _values(number, found)
        problems += wrong
        if not wrong:
            entries.append(NeedEntry(row=number, **values))
    if problems:
        raise ImportRefused(said(problems))
    if not entries:
        raise ImportRefused([NO_ROWS])
    return entries


def check(file, known):
    """Return the entries of a file that can be written beside what is known. Raises
    ImportRefused."""
    entries = read(file)
    if problems := problems_of(entries, known):
        raise ImportRefused(said(problems))
    return entries


def said(problems):
    """Return Problems as sentences that begin with the row and the column."""
    return [f"Řádek {one.row}, sloupec {_NAMES[one.field]}: {one.text}" for one in problems]


def _table(file):
    if file.is_too_large:
        raise ImportRefused([TOO_LARGE])
    table = _workbook(file.content) if file.content.startswith(b"PK") else _csv(file.content)
    while table and not any(_text(cell) for cell in table[-1]):
        table.pop()
    if len(table) > MOST_ROWS:
        raise ImportRefused([f"Soubor má víc než {MOST_ROWS} řádků. Rozdělte ho."])
    return table


def _workbook(content):
    sheets = read_sheets(content)
    return [list(row) for row in sheets[0][1]] if sheets else []


def _csv(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused([NOT_TEXT]) from None
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ImportRefused([f"Soubor CSV nejde přečíst: {error}."]) from None


def _places(header):
    """Return at which place each column stands."""
    names = [one.strip().lower() for one in header]
    problems = [MISSING.format(name=name) for name in COLUMNS if name not in names]
    problems += [DOUBLED.format(name=name) for name in COLUMNS if names.count(name) > 1]
    if problems:
        raise ImportRefused(problems)
    return {field: names.index(name) for name, field in COLUMNS.items()}


def _values(number, found):
    """Return the values of a row, and the Problems of those that cannot be read."""
    values, problems = {}, []
    for field, cell in found.items():
        try:
            values[field] = _READ[field](cell)
        except ValueError as error:
            problems.append(Problem(number, field, str(error)))
    for field in TEXTS:
        most = NeedResult._meta.get_field(field).max_length or 300
        if len(values[field]) > most:
            problems.append(Problem(number, field, LONG.format(most=most)))
    return values, problems


def _text(cell):
    if isinstance(cell, str):
        # The mark before what a spreadsheet would take for a formula is ours.
        text = cell.replace("\0", "").strip()
        return text[1:] if text.startswith("'") and text[1:2] in csv_files.FORMULA else text
    try:
        return typed(parse_number(cell, places=6, digits=30))
    except ValueError:
        # No number anybody could count with; what reads the cell says so.
        return str(cell)


def _read_day(cell):
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    return czech.parse_date(text) if text else None


def _read_whole(cell):
    number = parse_number(cell, places=0, digits=9, least=0)
    return None if number is None else int(number)


def _read_share(cell):
    return parse_number(cell, places=2, digits=7, least=0)


def _read_area(cell):
    return _chosen(cell, AREAS, UNKNOWN_AREA)


def _read_length(cell):
    return _chosen(cell or NeedDuration.ALL.label, DURATIONS, UNKNOWN_LENGTH)


def _chosen(cell, known, wrong):
    text = _text(cell)
    if czech.search_key(text) not in known:
        raise ValueError(wrong.format(text=text))
    return known[czech.search_key(text)]


def _day(day):
    return czech.plain(czech.date(day)) if day else ""


_READ = {
    "start": _read_day,
    "end": _read_day,
    "area": _read_area,
    "duration": _read_length,
    "identified": _read_whole,
    "solved": _read_whole,
    "share": _read_share,
    **dict.fromkeys(TEXTS, _text),
}
