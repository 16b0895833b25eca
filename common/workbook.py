"""The rows of a workbook from outside, read only after its archive was seen to be harmless.

Before calamine sees it, every part is unpacked through a small window: a part that hides its size,
macros, formulas, and cells far apart, of which the reader would make a full grid, are refused.
"""

import re
from io import BytesIO
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from common.archives import BROKEN, TOO_LARGE, BadArchive, members
from common.imports import ImportRefused

MAX_MEMBERS = 500
MAX_UNPACKED = 40_000_000
MAX_CELLS = 500_000
MAX_TEXTS = 250_000_000
"""Each cell costs a copy of its text, so a long one named by many cells could fill the memory."""

MAX_FORMULAS = 1_000

BOOK, TYPES, TEXTS = "xl/workbook.xml", "[content_types].xml", "xl/sharedstrings.xml"
SHEETS = "xl/worksheets/"

NOT_XLSX = "Soubor není sešit XLSX."
WITH_MACROS = "Soubor obsahuje makra. Uložte ho jako sešit bez maker (XLSX)."
TOO_WIDE = "List je příliš velký: portál čte nejvýš 9 999 řádků a sloupce A až CZ."
FORMULA = "je tu vzorec místo hodnoty. Uložte soubor jen s hodnotami."

_MACRO = re.compile(r"(^|/)(vbaproject|vbadata)[^/]*$|(^|/)(activex|macrosheets)/")
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.IGNORECASE)
# A cell that does not say first where it is, within column CZ and row 9 999.
_LOST_CELL = re.compile(rb'<c(?=[\s/>])(?! r="[A-C]?[A-Z][1-9]\d{0,3}")')
# With a prefix of a namespace a cell would be read, but not recognised here.
_PREFIXED = re.compile(rb":[cf][\s/>]")
_FORMULA = re.compile(rb"<f[\s/>]")
_PLACE = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_END_OF_TEXT = re.compile(rb"</(?:[^<>/:\s]+:)?si>")
_BEFORE = 2_000
"""How far before a formula the place of its cell is looked for."""


def read_sheets(content):
    """Return the sheets of a workbook as pairs of its name and its rows, from A1.

    Raises ImportRefused with Czech sentences.
    """
    if not content:
        raise ImportRefused(["Soubor je prázdný."])
    if not content.startswith(b"PK"):
        raise ImportRefused([NOT_XLSX])
    try:
        _look_through(content)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return [(name, _rows(book, name)) for name in book.sheet_names]
    except BadArchive as error:
        raise ImportRefused([str(error)]) from None
    except CalamineError:
        raise ImportRefused([BROKEN]) from None


def _rows(book, name):
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _look_through(content):
    """Refuse a workbook that the reader must not see; unpacks it once."""
    names, cells, longest, formulas = set(), 0, 0, []
    for name, pieces in members(content, most=MAX_MEMBERS, max_bytes=MAX_UNPACKED):
        part = name.lower()
        names.add(part)
        if _MACRO.search(part) or (part == TYPES and _MACRO_TYPE.search(b"".join(pieces))):
            raise ImportRefused([WITH_MACROS])
        if part == TEXTS:
            longest = max(map(len, _END_OF_TEXT.split(b"".join(pieces))))
        elif part.startswith(SHEETS) and part.endswith(".xml"):
            text = b"".join(pieces)
            cells += _cells(text)
            formulas += _formulas(text)
    if BOOK not in names:
        raise ImportRefused([NOT_XLSX])
    if cells > MAX_CELLS or cells * longest > MAX_TEXTS:
        raise ImportRefused([TOO_LARGE])
    if formulas:
        raise ImportRefused(formulas)


def _cells(text):
    """Return the number of cells of a sheet; each must say where it is, and not be far away."""
    # Two bytes a letter: nothing here would be recognised.
    if b"\0" in text[:64] or _PREFIXED.search(text):
        raise ImportRefused([BROKEN])
    if _LOST_CELL.search(text):
        raise ImportRefused([TOO_WIDE])
    return text.count(b"<c ")


def _formulas(text):
    problems = []
    for found in islice(_FORMULA.finditer(text), MAX_FORMULAS):
        places = _PLACE.findall(text, max(found.start() - _BEFORE, 0), found.start())
        column, row = places[-1] if places else (b"?", b"?")
        problems.append(f"Řádek {row.decode()}, sloupec {column.decode()}: {FORMULA}")
    return problems
