"""Import of values of indicators: check, compare, and record in one transaction."""

import hashlib
import json
from dataclasses import dataclass

from django.utils import timezone

from common import czech, imports
from common.imports import ImportRefused
from common.models import ImportState
from indicators import actions, layout, wording
from indicators.entries import Problem, cell_text, read_entry
from indicators.models import Indicator
from indicators.sheet import read_rows
from municipalities.models import Municipality, Region

KIND = "ukazatele"
NEW, CORRECTED = "nová", "oprava"
DIFFERENCES = ("Co se stane", "Ukazatel", "Území", "Období", "Dříve", "Nyní", "Zdroj")
SHOWN = 30
"""How many differences a preview shows; all of them are in the download."""

EMPTY = "V souboru není žádná hodnota."
NO_INDICATOR = "Napište zkratku ukazatele."
UNKNOWN_INDICATOR = "Ukazatel „{code}“ portál nezná."
NO_PLACE = "Napište kód území: CZ, kód kraje, nebo kód obce."
UNKNOWN_PLACE = "Území s kódem „{code}“ portál nezná."
OTHER_PLACE = "Kód {code} patří území {name}."


@dataclass(frozen=True)
class Changes:
    """What a file would change, and the file's entries to compare again when it is confirmed."""

    entries: list
    comparison: actions.Comparison

    @property
    def is_empty(self):
        return not (self.comparison.new or self.comparison.corrections)

    @property
    def fingerprint(self):
        """A digest of what is written and over what: the same for the same changes."""
        found = [(_told(entry), None) for entry in self.comparison.new]
        found += [(_told(entry), old.pk) for entry, old in self.comparison.corrections]
        return hashlib.sha256(json.dumps(found).encode()).hexdigest()

    def counts(self):
        found = self.comparison
        return {
            "rows": len(self.entries),
            "indicators": len({entry.indicator.pk for entry in self.entries}),
            "new": len(found.new),
            "corrected": len(found.corrections),
            "unchanged": len(found.same),
        }


def _told(entry):
    names = ("period_text", "value", "numerator", "denominator", "qualifier", "is_uncertain")
    values = [getattr(entry, name) for name in (*names, "note", "source")]
    return [str(value) for value in (*entry.key, *values)]


def check(file):
    """Return the Changes an ImportFile would make; writes nothing. Raises ImportRefused."""
    if file.is_too_large:
        raise ImportRefused([imports.TOO_LARGE])
    return _compared(_entries(read_rows(file.content)))


def _compared(entries):
    comparison = actions.compare(entries, timezone.now())
    _refuse(comparison.problems)
    return Changes(entries, comparison)


def _refuse(problems):
    if problems:
        ordered = sorted(problems, key=lambda problem: problem.row)
        raise ImportRefused([_problem_text(problem) for problem in ordered])


def _problem_text(problem):
    return f"Řádek {problem.row}, sloupec {problem.field}: {problem.sentence}"


def _entries(rows):
    """Read the rows of a file; all that is wrong with them by themselves is told at once."""
    if not rows:
        raise ImportRefused([EMPTY])
    known, entries, problems = _Known(rows), [], []
    for row in rows:
        entry, faults = known.read(row)
        problems += [Problem(row.number, name, sentence) for name, sentence in faults.items()]
        entries.append(entry)
    _refuse(problems)
    return entries


class _Known:
    """The indicators and territories that the rows of a file name. Three queries."""

    def __init__(self, rows):
        named = [_code(row, "ukazatel") for row in rows]
        found = Indicator.objects.filter(slug__in=_askable(named)).select_related("region")
        self.indicators = {one.slug: one for one in found}
        codes = _askable(_code(row, "uzemi_kod") for row in rows)
        places = {one.code: (one, None) for one in Region.objects.filter(code__in=codes)}
        towns = Municipality.objects.filter(code__in=codes)
        self.places = places | {town.code: (None, town) for town in towns}
        self.places[layout.NATION_CODE] = (None, None)

    def read(self, row):
        """Return the Entry of a row and what is wrong with it by column."""
        faults = {}
        slug, code = _code(row, "ukazatel"), _code(row, "uzemi_kod")
        indicator, place = self.indicators.get(slug), self.places.get(code)
        if indicator is None:
            unknown = UNKNOWN_INDICATOR.format(code=slug[:80])
            faults["ukazatel"] = unknown if slug else NO_INDICATOR
        if place is None:
            faults["uzemi_kod"] = UNKNOWN_PLACE.format(code=code[:20]) if code else NO_PLACE
        elif wrong := _other_name(row, code, place):
            faults["uzemi"] = wrong
        if indicator is None:
            return None, faults
        entry, more = read_entry(row.number, row.cells, indicator, place or (None, None))
        return entry, faults | more


def _code(row, name):
    return cell_text(row.cells.get(name))


def _askable(codes):
    """Codes the database can be asked for, each once."""
    return {code for code in codes if 0 < len(code) <= 80 and code.isprintable()}


def _other_name(row, code, place):
    written, name = _code(row, "uzemi"), _name(place)
    return OTHER_PLACE.format(code=code, name=name) if written and written != name else ""


def _name(place):
    found = place[0] or place[1]
    return found.name if found else wording.NATION


def refuse(file, refusal, *, by):
    """Log a file that was refused; returns the run."""
    return imports.log(KIND, file, ImportState.REFUSED, by=by, refusal=refusal)


def preview(file, changes, *, by):
    """Log a checked file: it waits for being confirmed, unless there is nothing to change."""
    if changes.is_empty:
        return imports.log(KIND, file, ImportState.UNCHANGED, by=by, counts=changes.counts())
    return imports.keep(KIND, file, by=by, counts=_waiting(changes))


def abandon(file, changes, *, by):
    """Log a checked file that nobody wanted to import; returns the run."""
    return imports.log(KIND, file, ImportState.ABANDONED, by=by, counts=changes.counts())


def import_observations(*, file, changes, by):
    """Record what a checked file changes and log it; returns the run.

    Raises ImportRefused, with nothing written, if another import runs or the database is no longer
    as the changes were compared with.
    """
    with imports.alone():
        now = _locked(changes.entries)
        if now.fingerprint != changes.fingerprint:
            raise ImportRefused([imports.MEANWHILE])
        actions.write(now.comparison, by=by)
        state = ImportState.UNCHANGED if now.is_empty else ImportState.DONE
        return imports.log(KIND, file, state, by=by, counts=now.counts())


def confirm(*, run, by):
    """Record the file of a run that waits, if it and the database are as they were previewed.

    Raises ImportRefused with nothing written. A comparison that no longer holds is made anew, so
    that the run waits with what would change now.
    """
    file = imports.waiting_file(run)
    entries = _entries(read_rows(file.content))
    with imports.alone():
        changes = _locked(entries)
        is_same = changes.fingerprint == run.counts[imports.WAITING]["fingerprint"]
        if is_same:
            actions.write(changes.comparison, by=by)
            if not imports.finish(run, ImportState.DONE, counts=changes.counts()):
                raise ImportRefused([imports.GONE])
        else:
            imports.renew(run, _waiting(changes))
    if not is_same:
        raise ImportRefused([imports.MEANWHILE])


def _locked(entries):
    actions.lock(entries)
    return _compared(entries)


def _waiting(changes):
    first = [row for row, _ in zip(differences(changes), range(SHOWN), strict=False)]
    kept = {"fingerprint": changes.fingerprint, "first": first}
    return {**changes.counts(), imports.WAITING: kept}


def differences(changes):
    """Yield what a file changes as rows of texts, corrections first."""
    for entry, old in changes.comparison.corrections:
        yield _difference(CORRECTED, entry, wording.value_text(old, entry.indicator))
    for entry in changes.comparison.new:
        yield _difference(NEW, entry, "")


def _difference(word, entry, old):
    row = entry.observation(corrects=None, author=None)
    texts = (
        entry.indicator.name,
        wording.territory_text(row),
        wording.period_text(row),
        old,
        wording.value_text(row, entry.indicator) + (", nejistá" if row.is_uncertain else ""),
        row.source,
    )
    return [word, *map(czech.plain, texts)]


def summary(counts):
    """Return what a file would change as Czech lines, from the counts of a run."""
    rows = czech.count(counts["rows"], "řádek", "řádky", "řádků")
    indicators = czech.count(counts["indicators"], "ukazatele", "ukazatelů", "ukazatelů")
    lines = [f"{rows}, hodnoty {indicators}."]
    for label, key in (("Nové", "new"), ("Opravy", "corrected"), ("Beze změny", "unchanged")):
        lines.append(f"{label}: {czech.integer(counts[key])}")
    return [czech.typography(line) for line in lines]
