"""What the page of coverage says in sentences, made from the counts of a Coverage."""

from common import czech
from measures.models import Measure
from municipalities.models import Component
from projects.coverage import Need

NO_INDEX = (
    "Index sociálního vyloučení pro tento kraj na portálu zatím není. Potřebu obcí proto neznáme "
    "a mezery hledat nejde."
)
NO_PRIORITY = "Žádná priorita této strategie neodpovídá složce indexu, potřeba se proto neurčuje."
UNWATCHED = (
    "Mezery tu portál nehledá: hlášení se zde nevedou, o tom, co se v obcích děje, víme jen "
    "z projektů."
)


def finding(found):
    """Return the answer of the page in one or two sentences; `found` is a Coverage with an
    edition."""
    gaps, untold, high = _places(found)
    if not high:
        return czech.typography("Vysokou potřebu nemá žádná obec, u které potřebu známe.")
    total = len(found.rows)
    needing = f"Vysokou potřebu aspoň v jedné prioritě {_has(high)} {_of(high, total)}."
    if not found.is_watched:
        return czech.typography(f"{needing} {UNWATCHED}")
    if gaps:
        text = (
            f"Mezeru v pokrytí {_has(gaps)} {_of(gaps, total)}: potřeba je v nich vysoká a portál "
            "nezná žádný nedávný výstup, splněný milník ani běžící projekt přímo v obci."
        )
        rest = f" U {_genitive(untold)} s vysokou potřebou to u některé priority nejde říct."
        return czech.typography(text + (rest if untold else ""))
    if untold:
        nowhere = _undetermined({work for one in found.columns for work in one.work.undetermined})
        return czech.typography(f"Kde jsou mezery, zatím říct nejde: {nowhere}. {needing}")
    return czech.typography(f"Žádnou mezeru v pokrytí portál nezná. {needing}")


def priority_sentence(column, cells, is_watched):
    """Return how many municipalities have a high need for a priority, how many of them are a gap
    and how many cannot be told, and how many needs are unknown."""
    high = sum(one.need == Need.HIGH for one in cells)
    unknown = sum(one.need == Need.UNKNOWN for one in cells)
    parts = [_high(high, len(cells))]
    if high:
        parts += _of_high(column, cells, high, is_watched)
    if unknown:
        parts.append(f"U {_genitive(unknown)} potřebu neznáme.")
    return czech.typography(" ".join(parts))


def _high(high, total):
    if not high:
        return "Vysokou potřebu nemá žádná obec, u které ji známe."
    return f"Vysokou potřebu {_has(high)} {_of(high, total)}."


def _of_high(column, cells, high, is_watched):
    gaps = sum(one.is_gap for one in cells)
    untold = sum(one.is_untold for one in cells)
    covered = high - gaps - untold
    if gaps:
        yield f"Mezeru v pokrytí z nich {_has(gaps)} {_places_word(gaps)}."
    elif not untold:
        yield "Mezera v pokrytí žádná není."
    if untold and is_watched:
        which = "U žádné z nich" if untold == high else f"U {czech.integer(untold)} z nich"
        cannot = "nejde" if untold == high else "to nejde"
        said = "říct, jestli je to mezera" if untold == high else "říct"
        yield f"{which} {cannot} {said}: {_undetermined(column.work.undetermined)}."
    if covered:
        where = czech.count(covered, "obci", "obcích", "obcích")
        yield f"V {where} se něco děje."


def basis(column):
    """Return what the need for a priority is read from: „příspěvek na bydlení: Česko 2,71 %,
    potřeba je vysoká od 2,90 %“; empty where the nation is not known."""
    share, high = column.threshold.share, column.threshold.high
    name = f"Složka „{column.priority.get_index_component_display()}“"
    if share is None or high is None:
        return czech.typography(f"{name}: hodnoty za Česko neznáme, potřeba se neurčuje.")
    limits = f"Česko {percent(share)}, potřeba je vysoká od {percent(high)}"
    return czech.typography(f"{name}: {limits}.")


def percent(share):
    """Return a share to two places: thresholds are told apart by them."""
    return f"{czech.decimal(share, 2)}{czech.NBSP}%"


def unanswered(priorities):
    """Return that some components answer to no priority, empty where each does."""
    used = {one.index_component for one in priorities}
    names = [f"„{component.label}“" for component in Component if component not in used]
    if not names:
        return ""
    *first, last = names
    listed = f"{', '.join(first)} a {last}" if first else last
    verb = "Složky" if first else "Složka"
    answer = "neodpovídají" if first else "neodpovídá"
    return czech.typography(f"{verb} {listed} {answer} žádné prioritě, potřeba se z nich neurčuje.")


def _places(found):
    """Return how many municipalities have a gap, how many an untold need and how many a high one,
    for some priority."""
    rows = [row.cells for row in found.rows]
    return (
        sum(any(one.is_gap for one in cells) for cells in rows),
        sum(any(one.is_untold for one in cells) for cells in rows),
        sum(any(one.need == Need.HIGH for one in cells) for cells in rows),
    )


def _undetermined(works):
    """Return „u 4 opatření a 1 projektu není určeno, kde působí“."""
    measures = sum(isinstance(one, Measure) for one in works)
    projects = len(works) - measures
    parts = [
        czech.count(measures, "opatření", "opatření", "opatření") if measures else "",
        czech.count(projects, "projektu", "projektů", "projektů") if projects else "",
    ]
    return f"u {' a '.join(filter(None, parts))} není určeno, kde působí"


def _has(n):
    return czech.plural(n, "má", "mají", "má")


def _of(k, n):
    """Return „27 ze 133 obcí“."""
    return f"{czech.k_of_n(k, n)} {czech.plural(n, 'obce', 'obcí', 'obcí')}"


def _places_word(n):
    return czech.count(n, "obec", "obce", "obcí")


def _genitive(n):
    return czech.count(n, "obce", "obcí", "obcí")
