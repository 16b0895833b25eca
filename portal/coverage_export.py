"""Coverage as open data: the same rows in CSV and JSON, and the dictionary of their columns.

A share stands there only where a page may show it, so a masked one never leaves this way either.
"""

from common import csv_files
from measures.models import Measure
from municipalities.components import territory_share
from projects.coverage import Coverage, Need

DICTIONARY = {
    "den": "den, ke kterému je pokrytí spočítané; index, projekty a členění strategie jsou dnešní",
    "strategie": "zkratka strategie",
    "kod_obce": "kód obce podle ČSÚ",
    "obec": "název obce",
    "kod_orp": "kód obce s rozšířenou působností",
    "orp": "název obce s rozšířenou působností",
    "priorita": "kód priority ve strategii",
    "priorita_nazev": "krátký název priority",
    "slozka": "složka indexu, podle které se potřeba určuje",
    "rok_indexu": "rok vydání indexu",
    "podil": "podíl v obci v procentech; prázdný, kde je údaj skrytý, převzatý nebo chybí",
    "podil_cesko": "podíl v celém Česku v procentech",
    "mez_vysoke": "90. percentil obcí Česka v procentech, od něj je potřeba vysoká",
    "potreba": "pod průměrem, nad průměrem, vysoká, nebo potřeba neznámá",
    "pokryti": "v obci, území neurčeno, jen celokrajsky, nic, nebo nesleduje se",
    "mezera": "ano, ne, nebo nejde říct (potřeba neznámá či vysoká a území neurčeno)",
    "opatreni": "kódy opatření, která v obci za posledních 12 měsíců působila",
    "projekty": "zkratky projektů, které v obci ten den běží",
}
"""What each column means, in the order they stand in."""


def records(found: Coverage):
    """Yield a record for each municipality and priority, by the names of the dictionary."""
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            yield dict(zip(DICTIONARY, _values(found, row.municipality, column, cell), strict=True))


def _values(found, place, column, cell):
    measures = [work.code for work in cell.works if isinstance(work, Measure)]
    projects = [work.slug for work in cell.works if not isinstance(work, Measure)]
    return (
        found.on.isoformat(),
        found.strategy.slug,
        *(place.code, place.name, place.orp.code, place.orp.name),
        column.priority.code,
        column.priority.short_name,
        column.priority.get_index_component_display(),
        found.edition.year if found.edition else None,
        csv_files.plain(cell.share),
        _told(column.threshold.share),
        _told(column.threshold.high),
        cell.need.label,
        cell.cover.label,
        _gap(cell),
        measures,
        projects,
    )


def _gap(cell):
    if cell.is_untold or cell.need == Need.UNKNOWN:
        return "nejde říct"
    return "ano" if cell.is_gap else "ne"


def _told(share):
    return csv_files.plain(territory_share(share))


def as_csv(found: Coverage):
    """Return the records as the text of a CSV, with spaces between the codes of a cell."""
    rows = (
        [" ".join(one) if isinstance(one, list) else one for one in record.values()]
        for record in records(found)
    )
    return csv_files.text([DICTIONARY, *rows])


def as_json(found: Coverage):
    """Return the records with their dictionary, and what of each priority is counted apart."""
    return {
        "strategie": found.strategy.slug,
        "den": found.on.isoformat(),
        "rok_indexu": found.edition.year if found.edition else None,
        "slovnik": DICTIONARY,
        "priority": [_priority(column) for column in found.columns],
        "radky": list(records(found)),
    }


def _priority(column):
    work = column.work
    return {
        "priorita": column.priority.code,
        "nazev": column.priority.short_name,
        "slozka": column.priority.get_index_component_display(),
        "podil_cesko": _told(column.threshold.share),
        "mez_vysoke": _told(column.threshold.high),
        "celokrajske": _codes(work.region_wide),
        "uzemi_neurceno": _codes(work.undetermined),
        "projekty_nevime_zda_bezi": _codes(work.uncertain_projects),
    }


def _codes(works):
    return [one.code if isinstance(one, Measure) else one.slug for one in works]
