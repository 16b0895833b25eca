"""A file of projects against the portal: which rows are new, changed, the same, or refused.

A row is the project of its `zkratka`; without one that of its registration number; without either
that of the same name and recipient. A column the file does not have stays as it is; an empty cell
means not known.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from common.czech import search_key
from common.imports import ImportRefused
from projects.file_state import ELSEWHERE, fill, for_file, money_of, name_key, state_of, written
from projects.layout import BY_NAME, COLUMNS, MONEY, ONLY_OUT
from projects.lookups import lookups as read_lookups
from projects.models import Project, ProjectTerritory
from projects.table_file import read_lines

NEW, CHANGED, SAME = "new", "changed", "same"
NOT_CHECKED = ["region", "recipient", "parent"]
FIELDS = {column.field: column.name for column in COLUMNS if column.field} | {
    "start_date": "zacatek",
    "end_date": "konec",
    "state_date": "stav_ke_dni",
}


@dataclass
class Row:
    """One row of the file: what the project will be, `columns` the file has of it."""

    number: int
    values: dict
    columns: frozenset
    project: Project | None = None
    before: dict | None = None
    differences: tuple = ()

    @property
    def kind(self):
        if self.project is None:
            return NEW
        return CHANGED if self.differences else SAME


@dataclass(frozen=True)
class Changes:
    """What a file would change, row by row, with the Lookups it was read by."""

    rows: list
    lookups: object

    def counts(self):
        kinds = Counter(row.kind for row in self.rows)
        return {kind: kinds[kind] for kind in (NEW, CHANGED, SAME)}

    @property
    def is_empty(self):
        return all(row.kind == SAME for row in self.rows)

    @property
    def fingerprint(self):
        """The same only for the same changes of the same state of the portal."""
        said = [(row.number, row.kind, row.values["zkratka"], row.differences) for row in self.rows]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def compare(file):
    """Return the Changes of an ImportFile. Raises ImportRefused with a sentence for each fault, by
    row and column; nothing of a file with a fault is imported."""
    lines = read_lines(file)
    _check_columns(lines[0].cells)
    found = read_lookups()
    problems, rows = [], []
    for line in lines:
        values, wrong = _read(line, found)
        problems += wrong
        if not wrong:
            rows.append(Row(line.number, values, frozenset(values)))
    known = _Known()
    for row in rows:
        problems += _told(row.number, known.match(row))
    _load(rows)
    for row in rows:
        problems += _told(row.number, _complete(row, found, known))
    problems += _circles(rows)
    if problems:
        raise ImportRefused(sorted(problems, key=_place))
    for row in rows:
        row.differences = tuple(_differences(row, found))
    return Changes(rows, found)


def _place(problem):
    return int(problem.split(":", 1)[0].split(" ")[1].rstrip(","))


def _told(number, problems):
    return [f"Řádek {number}, {column}: {said}" for column, said in problems]


def _check_columns(names):
    unknown = [name for name in names if name not in BY_NAME and name not in ONLY_OUT]
    if unknown:
        raise ImportRefused(
            [
                f"Sloupec „{name[:60]}“ neznáme. Názvy sloupců nechte jako ve vzoru."
                for name in unknown
            ]
        )
    if "nazev" not in names:
        raise ImportRefused(["Chybí sloupec nazev."])


def _read(line, found):
    """Return the values of a Line, and its problems as sentences."""
    values, wrong = {}, []
    for name, cell in line.cells.items():
        if name in ONLY_OUT:
            continue
        try:
            values[name] = BY_NAME[name].read(cell, found)
        except ValueError as error:
            wrong.append((name, str(error)))
    values.setdefault("mena", BY_NAME["mena"].empty)
    if any(len(values.get(name, ())) > len(values["mena"]) for name in MONEY):
        wrong.append(("mena", "částek je víc než měn. Ke každé částce napište měnu."))
    return values, _told(line.number, wrong)


class _Known:
    """The projects of the portal by what a row may name them, and what rows have named so far."""

    def __init__(self):
        self.slugs, self.numbers, self.names, self.taken = {}, {}, {}, {}
        rows = Project.objects.values_list(
            "pk", "slug", "registration_number", "name", "recipient__name"
        )
        for pk, slug, number, name, recipient in rows.iterator(chunk_size=5000):
            self.slugs[slug] = pk
            if number:
                self.numbers[number.casefold()] = pk
            self.names.setdefault((search_key(name), recipient or ""), []).append(pk)
        self.new_slugs, self.said = set(), {}

    def match(self, row):
        """Find the project of a row; yields what is wrong with the way it is named."""
        values = row.values
        slug, number = values.get("zkratka", ""), values.get("registracni_cislo", "").casefold()
        if not values["nazev"]:
            yield "nazev", "název chybí."
        pk = self._of(slug, number, name_key({"prijemce": "", **values}))
        if number and self.numbers.get(number, pk) != pk:
            yield "registracni_cislo", "toto číslo už má jiný projekt v portálu."
        for column, key in (("zkratka", slug), ("registracni_cislo", number), ("nazev", pk)):
            first = self.said.setdefault((column, key), row.number) if key else row.number
            if first != row.number:
                yield column, f"stejný projekt nebo číslo je už na řádku {first}."
                break
        row.project = pk
        if pk is None:
            values["zkratka"] = self._new_slug(values, slug)
            self.new_slugs.add(values["zkratka"])

    def _of(self, slug, number, name):
        if slug:
            return self.slugs.get(slug)
        if number:
            return self.numbers.get(number)
        pks = self.names.get(name, [])
        return pks[0] if len(pks) == 1 else None

    def _new_slug(self, values, slug):
        if slug:
            return slug
        bare = slugify(search_key(values["nazev"]))[:70].strip("-") or "projekt"
        candidate, number = bare, 1
        while candidate in self.slugs or candidate in self.new_slugs:
            number += 1
            candidate = f"{bare}-{number}"
        return candidate

    def has(self, slug):
        return slug in self.slugs or slug in self.new_slugs


def _load(rows):
    """Read the projects of the rows that have one."""
    pks = [row.project for row in rows if row.project]
    found = {}
    for start in range(0, len(pks), 1000):
        chunk = Project.objects.filter(pk__in=pks[start : start + 1000])
        found |= {project.pk: project for project in for_file(chunk)}
    for row in rows:
        row.project = found.get(row.project)
        row.before = state_of(row.project) if row.project else None


def _complete(row, found, known):
    """Add to a row what its file does not say; yields what is wrong with the whole."""
    before = row.before or {column.name: column.empty for column in COLUMNS}
    # Amounts stand in the order of the currencies of their own row.
    money = {name: ((None, False),) * len(row.values["mena"]) for name in MONEY}
    said = row.values
    row.values = values = {**before, **money, **said}
    if row.before and not any(name in said for name in MONEY):
        values |= {name: before[name] for name in ("mena", *MONEY)}
    values["zkratka"] = said.get("zkratka") or before["zkratka"]
    values["kraj"] = values["kraj"] or found.home
    yield from _territory(values, said)
    yield from _wrong_dates(values)
    if any(unsure for _, unsure in money_of(said).values()) and not values["k_castkam"]:
        yield "k_castkam", "u nejisté částky napište, v čem je nejistota."
    if values["soucast"] and not known.has(values["soucast"]):
        yield "soucast", "projekt s touto zkratkou v portálu není."
    if len(values["prijemce"]) > 200:
        yield "prijemce", "název příjemce má nejvýš 200 znaků."
    if values["kraj"] not in found.regions:
        yield "kraj", "napište kód kraje."
        return
    yield from _wrong_fields(values, found)


def _territory(values, said):
    if not values["uzemi"] or ("obce" in said and "uzemi" not in said):
        named, unknown = ProjectTerritory.NAMED.value, ProjectTerritory.UNDETERMINED.value
        if values["obce"] or not values["uzemi"] or values["uzemi"] == named:
            values["uzemi"] = named if values["obce"] else unknown
    if (values["uzemi"] == ProjectTerritory.NAMED) != bool(values["obce"]):
        yield "uzemi", "vyjmenované obce mají být ve sloupci obce, a jinde ne."


def _wrong_dates(values):
    start, end = values["zacatek"][0], values["konec"][0]
    if start and end and end < start:
        yield "konec", "konec je dřív než začátek."
    if (values["zacatek_nejisty"] or values["konec_nejisty"]) and not values["k_datum"]:
        yield "k_datum", "u nejistého data napište, v čem je nejistota."


def _wrong_fields(values, found):
    project = fill(Project(), values, found)
    try:
        project.clean_fields(exclude=[*NOT_CHECKED, *([] if values["nazev"] else ["name"])])
    except ValidationError as error:
        for field, sentences in error.message_dict.items():
            yield FIELDS.get(field, field), " ".join(sentences)


def _circles(rows):
    """Yield the rows that would make a project a part of itself."""
    above = dict(
        Project.objects.filter(parent__isnull=False).values_list("slug", "parent__slug")
    ) | {row.values["zkratka"]: row.values["soucast"] for row in rows}
    for row in rows:
        seen, one = set(), row.values["soucast"]
        while one and one not in seen:
            seen.add(one)
            one = above.get(one)
        if row.values["zkratka"] in seen:
            yield from _told(row.number, [("soucast", "projekt by byl součástí sebe sama.")])


def _differences(row, found):
    """Yield a column, what it was and what it will be, as they stand in files."""
    before = row.before or {column.name: column.empty for column in COLUMNS}
    if row.before is None:
        before["kraj"] = ""
    for name in sorted(row.columns | {"zkratka"}, key=list(BY_NAME).index):
        if name in MONEY or name == "mena" or (name == "k_castkam" and row.before):
            continue
        if before[name] != row.values[name]:
            yield name, _shown(name, before, found), _shown(name, row.values, found)
    yield from _money_differences(row, before)


def _money_differences(row, before):
    columns = [name for name in MONEY if name in row.columns]
    old = money_of({"mena": before["mena"], **{name: before[name] for name in columns}})
    new = money_of({"mena": row.values["mena"], **{name: row.values[name] for name in columns}})
    names = {key: name for name, key in MONEY.items()}
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            *source, currency = key
            yield (
                names[tuple(source)],
                _amount(old.get(key), currency),
                _amount(new.get(key), currency),
            )


def _amount(said, currency):
    return f"{said[0]:f} {currency}{'?' * said[1]}" if said else ""


def _shown(name, values, found):
    if name in ELSEWHERE and not values[name]:
        return ""
    shown = written(name, values, found) if values[name] not in (None, "") else ""
    return "" if shown is None else str(shown)
