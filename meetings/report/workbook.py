"""zprava.xlsx: the briefing as tables of Excel, made by xlsxwriter.

Days are days and numbers are numbers; a text is never a formula, a link or a number, whatever
stands in it. The same briefing gives the same bytes: the file says it was made at `known`.
"""

import io
from datetime import UTC, date

import xlsxwriter

from common import czech
from meetings.report import tables, words
from meetings.report.tables import Column

MAKING = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LOOKS = {
    "title": {"bold": True, "font_size": 16},
    "head": {"bold": True, "font_size": 12},
    "label": {"bold": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "day": {"num_format": "d. m. yyyy", "align": "left", "valign": "top"},
    "number": {"num_format": "#,##0", "valign": "top"},
}
LONGEST = 32_767
"""A cell of Excel holds so many signs."""

CUT = " … (celé znění je v souboru zprava.json)"

LATE = (
    Column("kod", "Kód", 8),
    Column("nazev", "Opatření", 36),
    Column("dni", "O kolik dní", 12),
    Column("termin", "Termín byl", 13),
    Column("co_se_stalo", "Co se stalo", 44),
    Column("pricina", "Příčina", 44),
    Column("krok", "Další krok", 44),
    Column("kdo", "Kdo", 26),
    Column("do_kdy", "Do kdy", 13),
)
DECISIONS = (
    Column("cislo", "Číslo", 8),
    Column("kod", "Kód", 8),
    Column("opatreni", "Opatření", 36),
    Column("rozhodnuti", "O čem rozhodnout", 60),
    Column("proc", "Proč", 50),
    Column("predklada", "Předkládá", 26),
    Column("do_kdy", "Potřebné do", 13),
    Column("pozadano", "Požádáno", 13),
)
CHANGES = (
    Column("den", "Den", 13),
    Column("zmena", "Změna", 20),
    Column("kod", "Kód", 8),
    Column("nazev", "Čeho se týká", 36),
    Column("co", "Co se stalo", 70),
)
RESOLUTIONS = (
    Column("cislo", "Číslo", 20),
    Column("organ", "Orgán", 34),
    Column("den", "Den", 13),
    Column("text", "Text", 70),
    Column("opatreni", "Opatření", 16),
)
OUTPUTS = (
    Column("den", "Den", 13),
    Column("druh", "Druh", 16),
    Column("nazev", "Výstup", 60),
    Column("mista", "Místo", 32),
    Column("ucastniku", "Účastníků", 12),
    Column("opatreni", "Opatření", 10),
)
COUNTS = (
    Column("stav", "Stav", 28),
    Column("opatreni", "Opatření", 12),
    Column("kody", "Kódy", 60),
)
BANDS = (Column("pasmo", "Pásmo", 24), Column("body", "Body", 10))
GLOSSARY = (Column("stav", "Stav", 28), Column("kdy", "Kdy platí", 90))
VINTAGES = (Column("udaj", "Údaj", 40), Column("den", "Ke dni", 16), Column("zdroj", "Zdroj", 60))
STALE = (
    Column("kod", "Kód", 8),
    Column("nazev", "Opatření", 36),
    Column("stav", "Stav", 18),
    Column("hlaseni", "Poslední hlášení", 16),
    Column("proc", "Proč", 60),
)


def workbook(briefing, *, sha256=None, correction=0):
    """Return the bytes of zprava.xlsx for a Briefing; without a fingerprint it is a draft."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, MAKING) as book:
        book.set_properties(_properties(briefing))
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _overview(Sheet(book, "Přehled", looks), briefing, sha256, correction)
        for name, columns, rows, none in _lists(briefing):
            Sheet(book, name, looks).whole(columns, rows, none)
        _reading(Sheet(book, "Jak číst", looks), briefing)
    return file.getvalue()


def _properties(briefing):
    meeting, strategy = briefing.meeting, briefing.strategy
    return {
        "title": words.title(strategy),
        "subject": f"{meeting.body}, zasedání {czech.date(meeting.day)}",
        "author": strategy.region,
        "comments": words.SAMPLE if briefing.is_demo else "",
        # The file keeps a moment of UTC without saying so.
        "created": briefing.known.astimezone(UTC).replace(tzinfo=None, microsecond=0),
    }


class Sheet:
    """A sheet that is filled from the top."""

    def __init__(self, book, name, looks):
        self.sheet = book.add_worksheet(name)
        self.tables = f"T{len(book.worksheets_objs)}"
        self.looks = looks
        self.row = 0
        self.sheet.set_paper(9)  # A4
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def whole(self, columns, rows, none):
        """Fill the sheet with one table whose heading stays where it is."""
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.table(columns, rows, none)

    def line(self, label, value, look="text"):
        """Write a value with its label before it."""
        self._write(self.row, 0, label, "label")
        self._write(self.row, 1, value, look)
        self.row += 1

    def head(self, text, look="head"):
        """Write a heading, with a free row above it unless it is the first."""
        self.row += 1 if self.row else 0
        self._write(self.row, 0, text, look)
        self.row += 1

    def table(self, columns, rows, none="Nic."):
        """Write a table of Excel, or in its place the sentence `none` where it has no rows."""
        if not rows:
            self._write(self.row, 0, none, "label")
            self.row += 1
            return
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, column.width)
        for down, row in enumerate(rows, self.row + 1):
            for at, value in enumerate(row):
                self._write(down, at, value)
        last = self.row + len(rows)
        self.sheet.add_table(
            *(self.row, 0, last, len(columns) - 1),
            {
                "name": f"{self.tables}_{columns[0].key}_{self.row}",
                "style": "Table Style Light 1",
                "columns": [{"header": column.heading} for column in columns],
            },
        )
        self.row = last + 1

    def _write(self, row, at, value, look=None):
        """Write a value by its type; nothing of what a person wrote is a formula."""
        if value is None or value == "":
            return
        if isinstance(value, date):
            self.sheet.write_datetime(row, at, value, self.looks["day"])
        elif isinstance(value, int):
            self.sheet.write_number(row, at, value, self.looks["number"])
        else:
            self.sheet.write_string(row, at, _fitting(str(value)), self.looks[look or "text"])


def _fitting(text):
    """Return a text, or as much of it as fits a cell; Excel counts in UTF-16."""
    code = text.encode("utf-16-le")
    if len(code) <= 2 * LONGEST:
        return text
    return code[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _overview(sheet, briefing, sha256, correction):
    meeting = briefing.meeting
    sheet.head(words.title(briefing.strategy), "title")
    sheet.line("Zasedání", meeting.body)
    sheet.line("Den zasedání", meeting.day)
    sheet.line("Stav k", briefing.on)
    sheet.line("Předchozí zasedání", briefing.previous and briefing.previous.day)
    sheet.line("Otisk SHA-256" if sha256 else "Stav zprávy", sha256 or words.DRAFT)
    if correction:
        sheet.line("Oprava", f"č. {correction}")
    sheet.line("Adresa", tables.address(meeting.url))
    if briefing.is_demo:
        sheet.line("Data", words.SAMPLE)
    sheet.line("Shrnutí", briefing.lead)
    sheet.head(f"Jak stojí {words.measures(len(briefing.measures))}")
    rows = [(one.word, one.number, ", ".join(one.codes)) for one in briefing.rollup.counts]
    sheet.table(COUNTS, rows, _no_counts(briefing))
    sheet.line(_capital(briefing.rollup.text), "")
    sheet.sheet.set_column(1, 1, 60)


def _no_counts(briefing):
    return words.EMPTY if briefing.strategy.is_monitored else words.NOT_MONITORED


def _lists(briefing):
    """Yield the sheets that are one table: name, columns, rows, what stands in place of none."""
    monitored = briefing.strategy.is_monitored
    no_late = "Žádné opatření není zpožděno." if monitored else words.NOT_MONITORED
    yield "Rozhodnutí", DECISIONS, _decisions(briefing), words.asked(briefing.meeting.kind, 0)
    yield "Opatření", tables.MEASURES, tables.measures(briefing), words.EMPTY
    yield "Zpožděno", LATE, _late(briefing), no_late
    yield "Změny", CHANGES, _changes(briefing), words.no_changes(briefing) or words.NO_CHANGE
    yield "Usnesení", RESOLUTIONS, _resolutions(briefing), "Žádné usnesení není zapsáno."
    yield "Výstupy", OUTPUTS, _outputs(briefing), "Žádné výstupy nejsou zapsány."
    yield "Obce", tables.PLACES, tables.places(briefing), "Index pro tento kraj není načten."


def _decisions(briefing):
    return [
        (one.number, one.code, one.short_name, one.text, one.why, one.who, one.by, one.asked_on)
        for one in briefing.decisions
    ]


def _late(briefing):
    return [
        (
            *(one.code, one.short_name, one.days, one.due, one.fact),
            *(one.why, one.next_step, one.who, one.until),
        )
        for one in briefing.late
    ]


def _changes(briefing):
    return [(one.day, one.word, one.code, one.name, one.text) for one in briefing.changes]


def _resolutions(briefing):
    return [
        (one.number, one.body, one.day, one.text, ", ".join(one.codes))
        for one in briefing.resolutions
    ]


def _outputs(briefing):
    """The outputs of all priorities; those of a measure that stands in two of them once."""
    found, told = [], set()
    for part in briefing.priorities:
        found += [one for one in part.outputs if one.code not in told]
        told |= {one.code for one in part.outputs}
    return [
        (one.day, one.kind, one.title, ", ".join(one.places), one.participants, one.code)
        for one in found
    ]


def _reading(sheet, briefing):
    sheet.head("Jak zprávě rozumět", "title")
    for text in briefing.methods:
        sheet.line("", text)
    if briefing.strategy.is_monitored:
        sheet.head("Slovníček stavů, od nejhoršího")
        sheet.table(GLOSSARY, [(one.word, one.text) for one in briefing.glossary])
    if briefing.region:
        sheet.head(f"Počty obcí v pásmech: {briefing.region.source}")
        sheet.table(*_bands(briefing.region))
        for text in briefing.region.notes:
            sheet.line("", text)
    sheet.head("Co je neaktuální nebo chybí")
    rows = [(one.code, one.short_name, one.word, one.as_of, one.why) for one in briefing.stale]
    sheet.table(STALE, rows)
    sheet.head("Stáří a původ dat")
    sheet.table(VINTAGES, [(one.what, one.day, one.source) for one in briefing.vintages])
    sheet.sheet.set_column(0, 0, 28)
    sheet.sheet.set_column(1, 1, 90)


def _bands(region):
    columns = (*BANDS, *(Column(f"rok_{year}", str(year), 10) for year in region.years))
    return columns, [(one.name, one.points, *one.numbers) for one in region.bands]


def _capital(text):
    return text[:1].upper() + text[1:]
