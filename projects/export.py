"""Projects as open data: CSV and XLSX in the layout that is read back, JSON with all parts."""

import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter
from django.db.models import Prefetch

from common import csv_files
from projects import regulation, wording
from projects.file_state import for_file, state_of, written
from projects.layout import COLUMNS, ONLY_OUT
from projects.lookups import lookups
from projects.models import Outcome, Project

HEADER = [*(column.name for column in COLUMNS), *ONLY_OUT]
DICTIONARY = {**{column.name: column.about for column in COLUMNS}, **ONLY_OUT}
CHUNK = 1000
MAKING = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST = 32_767
"""A cell of Excel holds so many signs."""


def exported():
    """Return all projects in order, read in chunks with what their rows say."""
    projects = for_file(Project.objects.with_completeness().in_czech_order())
    outcomes = Prefetch("outcomes", Outcome.objects.order_by("order", "pk"))
    return projects.prefetch_related(outcomes).iterator(chunk_size=CHUNK)


def rows():
    """Yield the header and a row of cells for each project: texts and numbers."""
    yield HEADER
    found = lookups()
    for project in exported():
        state = state_of(project)
        cells = [written(column.name, state, found) for column in COLUMNS]
        yield [*cells, _outcomes(project), _missing(project)]


def as_csv():
    """Yield the lines of the CSV."""
    return csv_files.lines(rows())


def as_xlsx():
    """Return the bytes of the workbook; the same projects give the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, MAKING)
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
    sheet = book.add_worksheet("projekty")
    head = book.add_format({"bold": True})
    for number, row in enumerate(rows()):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell, head if number == 0 else None)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(HEADER) - 1, 18)
    about = book.add_worksheet("sloupce")
    for number, line in enumerate(DICTIONARY.items()):
        for place, cell in enumerate(line):
            about.write_string(number, place, cell)
    about.set_column(0, 1, 40)
    book.close()
    return stream.getvalue()


def as_json(address):
    """Yield the text of the JSON piece by piece; `address` makes the address of a page whole."""
    head = json.dumps(DICTIONARY, ensure_ascii=False)
    yield f'{{"sloupce": {head}, "projekty": ['
    found = lookups()
    projects = exported()
    for number, project in enumerate(projects):
        record = json.dumps(_record(project, found, address), ensure_ascii=False)
        yield f"{',' * bool(number)}\n{record}"
    yield "\n]}\n"


def _write(sheet, row, column, cell, look):
    if cell is None or cell == "":
        return
    if isinstance(cell, Decimal):
        sheet.write_number(row, column, csv_files.plain(cell))
    else:
        sheet.write_string(row, column, csv_files.cell(str(cell))[:LONGEST], look)


def _record(project, found, address):
    state = state_of(project)
    cells = {column.name: written(column.name, state, found) for column in COLUMNS}
    plain = {name: csv_files.plain(cell) if cell != "" else None for name, cell in cells.items()}
    return {
        **plain,
        "adresa": address(project.get_absolute_url()),
        "opatreni": [
            {"kod": code, "podil": csv_files.plain(share), "prirazeni_je_nase": ours}
            for code, share, ours in sorted(state["opatreni"], key=lambda one: found.order(one[0]))
        ],
        "obce": sorted(state["obce"]),
        "priority": sorted(state["priority"]),
        "penize": _money(project),
        "vysledky": [_outcome(one) for one in project.outcomes.all()],
        "chybi": [{"pismeno": one.letter, "udaj": one.name} for one in regulation.missing(project)],
    }


def _money(project):
    return [
        {
            "faze": part.get_stage_display(),
            "zdroj_penez": part.get_kind_display(),
            "castka": csv_files.plain(part.amount),
            "mena": part.currency,
            "nejiste": part.is_uncertain,
            "poznamka": part.note,
        }
        for part in sorted(project.budget_parts.all(), key=lambda part: part.pk)
    ]


def _outcome(outcome):
    return {
        "hodnota": csv_files.plain(outcome.value),
        "hodnota_do": csv_files.plain(outcome.value_to),
        "slovy": wording.figure_text(outcome),
        "presnost": outcome.get_qualifier_display(),
        "pocitaji_se": outcome.get_counted_display(),
        "text": outcome.text,
        "obdobi": outcome.period_text,
        "nejiste": outcome.is_uncertain,
        "poznamka": outcome.note,
    }


def _outcomes(project):
    return "; ".join(
        f"{wording.figure_text(one)}{' (nejisté)' * one.is_uncertain}: {one.text}"
        for one in project.outcomes.all()
    )


def _missing(project):
    return "; ".join(one.name for one in regulation.missing(project))
