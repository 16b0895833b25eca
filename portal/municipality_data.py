"""The page of a municipality as data: every figure with its source, unit and state.

The CSV is for spreadsheets (common/csv_files.py), the JSON for programs: numbers are numbers, and
the dictionary says what each column means.
"""

from dataclasses import astuple

from common import csv_files
from municipalities.figures import KNOWN, UNKNOWN, Figure, figures

COLUMNS = {
    "oddil": "část stránky obce: obec, index, složka, okolí, potřeba, opatření, výstup, projekt",
    "udaj": "co hodnota udává",
    "uzemi": "čeho se údaj týká: obec, ORP, kraj, Česko, jiná obec (s kódem)",
    "obdobi": "rok vydání indexu nebo den, ke kterému údaj platí (RRRR-MM-DD)",
    "hodnota": "číslo nebo slovo; prázdná, když údaj známý není nebo se neuvádí",
    "jednotka": "jednotka hodnoty; prázdná u slov",
    "stav": (
        "známé; méně než 5 (počet, podíl i základ se neuvádějí); převzato (od obce se školou "
        "nejblíž, číslo zveřejněno není); neznámé"
    ),
    "zdroj": "odkud údaj je",
}
"""The columns in their order, and what they mean."""

PORTAL = "hlášení a plány v tomto portálu"


def records(page):
    """Yield a Figure for everything the page of a municipality says in figures."""
    if page.profile:
        yield from figures(page.profile)
    yield from _needs(page)
    yield from _measures(page)
    yield from _outputs(page)
    yield from _projects(page)


def as_csv(page):
    """Return the records as the text of a CSV."""
    return csv_files.text([COLUMNS, *map(astuple, records(page))])


def as_json(page, address):
    """Return the records with the dictionary of their columns, ready for JSON."""
    municipality = page.municipality
    return {
        "obec": {"kod": municipality.code, "nazev": municipality.name, "adresa": address},
        "den": page.on.isoformat(),
        "sloupce": COLUMNS,
        "udaje": [
            dict(zip(COLUMNS, (csv_files.plain(value) for value in astuple(one)), strict=True))
            for one in records(page)
        ],
    }


def _needs(page):
    day = page.on.isoformat()
    for found in page.needs:
        for one in found.needs:
            section = f"potřeba: {found.strategy.short_name}, {one.priority.short_name}"
            for name, value in (
                ("potřeba", one.cell.need.label),
                ("pokrytí", one.cell.cover.label),
                ("mezera v pokrytí", one.gap),
            ):
                yield Figure(section, name, page.municipality.name, day, value, source=PORTAL)


def _measures(page):
    for row in page.measures:
        measure = row.measure
        yield Figure(
            f"opatření: {measure.strategy.short_name}",
            f"{measure.code} {measure.short_name}",
            page.municipality.name,
            page.on.isoformat(),
            row.status.word if row.status else None,
            state=KNOWN if row.status else UNKNOWN,
            source=PORTAL,
        )


def _outputs(page):
    for row in page.outputs.rows:
        output = row.output
        number = output.participants
        yield Figure(
            f"výstup: {output.get_kind_display()}",
            output.title,
            page.municipality.name,
            output.happened_on.isoformat(),
            number,
            "účastníků",
            UNKNOWN if number is None else KNOWN,
            PORTAL,
        )


def _projects(page):
    for project in page.projects:
        state = project.state_text or project.get_state_display()
        yield Figure(
            "projekt",
            project.name,
            page.municipality.name,
            project.state_date.isoformat() if project.state_date else "",
            state,
            source=f"projekt {project.slug}",
        )
