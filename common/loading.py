"""Loading of our data files: columnar JSON, merged with what people have changed since.

A file holds tables; a table names its model, the columns of its natural key and one list a row.
A reference is the natural key of what it points to: a plain value, or a list where the key has
several parts (`common.natural_keys`). Many-to-many is a list of such keys.

Each file is loaded once, known by the SHA-256 of its bytes, and whole or not at all. What was
written is kept in `LoadedRecord`, so a changed file is merged in three ways:

- a new row is added, unless it was loaded before and is missing now: people deleted it;
- a field that still holds what was loaded takes the new value, any other keeps people's;
- a record that was there before us is left as it is, and so is every append-only one.

A row that left a file stays in the database; a changed key is another record.
"""

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DatabaseError, models

from common.history import recording
from common.models import AppendOnly, LoadedFile, LoadedRecord
from common.natural_keys import Gone, References, Refused, text

LOADED = "načteno ze souboru"
"""How the reason begins in the history of what a file changed."""


class LoadingError(Exception):
    """A file cannot be loaded; the Czech sentence names the file, the table and the row."""


@dataclass
class Tally:
    """Numbers of records: added, changed, and those where something was kept as people left it."""

    created: int = 0
    updated: int = 0
    kept: int = 0


def load_files(paths):
    """Load the files in their order; yield each path with its tally, or None if loaded before.

    Asks one query when there is nothing to do. Raises LoadingError; the file it names then
    changed nothing, those before it stay loaded.
    """
    contents = [(path, _bytes(path)) for path in paths]
    prints = {path: hashlib.sha256(content).hexdigest() for path, content in contents}
    known = set(
        LoadedFile.objects.filter(sha256__in=prints.values()).values_list("sha256", flat=True)
    )
    for path, content in contents:
        yield path, None if prints[path] in known else _load(path.name, content, prints[path])


def _bytes(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadingError(f"Soubor {path.name} nelze přečíst: {error.strerror}.") from error


def _load(name, content, sha256):
    with recording(by=None, reason=f"{LOADED} {name}"):
        return _load_whole(name, content, sha256)


def _load_whole(name, content, sha256):
    # First, so that of two processes at once the second one waits here and has nothing to do.
    if not LoadedFile.objects.get_or_create(sha256=sha256, defaults={"name": name})[1]:
        return None
    references, tally = References(), Tally()
    for spec in _tables(name, content):
        place = f"Soubor {name}, tabulka {spec.get('model', '?')}"
        with _at(place):
            table = _Table(spec, references, tally)
        table.load(place)
    return tally


def _tables(name, content):
    wrong = f"Soubor {name} nemá seznam tabulek („tables“)."
    try:
        # A number with a decimal point stays text: a binary float is not what the file says.
        tables = json.loads(content, parse_float=str)["tables"]
    except ValueError as error:
        raise LoadingError(f"Soubor {name} není platný JSON: {error}.") from error
    except (KeyError, TypeError) as error:
        raise LoadingError(wrong) from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise LoadingError(wrong)
    return tables


@contextmanager
def _at(place):
    """Say where something was refused."""
    try:
        yield
    except Refused as error:
        raise LoadingError(f"{place}: {str(error).rstrip('.')}.") from error


class _Column:
    """A field of a model, and how its values stand in a file and in the database."""

    def __init__(self, model, name, references):
        try:
            self.field = model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise Refused(f"sloupec „{name}“ neexistuje") from error
        if not self.field.concrete:
            raise Refused(f"sloupec „{name}“ neexistuje")
        self.is_many = bool(self.field.many_to_many)
        self._references = references

    def read(self, raw):
        """Return a value of a file as the database has it. Raises Refused or Gone."""
        try:
            return self._read(raw)
        except ValidationError as error:
            raise Refused(f"sloupec „{self.field.name}“: {' '.join(error.messages)}") from error
        except Refused as error:
            raise Refused(f"sloupec „{self.field.name}“: {error}") from error

    def current(self, record):
        """Return the value a record has now, comparable with what `read` returns."""
        if self.is_many:
            return frozenset(getattr(record, self.field.name).values_list("pk", flat=True))
        return getattr(record, self.field.attname)

    def put(self, record, value):
        if self.is_many:
            getattr(record, self.field.name).set(value)
        else:
            setattr(record, self.field.attname, value)

    def is_untouched(self, record, values):
        """Say whether a record still has the value that was loaded, or the default before that."""
        name, current = self.field.name, self.current(record)
        if name not in values:
            return current == (frozenset() if self.is_many else self.field.get_default())
        try:
            return current == self.read(values[name])
        except (Refused, Gone):
            return False

    def _read(self, raw):
        if self.is_many:
            if not isinstance(raw, list):
                raise Refused("čeká se seznam odkazů")
            return frozenset(pk for item in raw if (pk := self._find_left(item)) is not None)
        if not self.field.is_relation:
            return self.field.clean(raw, None)
        if raw is None and not self.field.null:
            raise Refused("odkaz chybí")
        return None if raw is None else self._references.find(self.field.related_model, raw)

    def _find_left(self, raw):
        try:
            return self._references.find(self.field.related_model, raw)
        except Gone:
            return None


@dataclass
class _Row:
    """A row of a table, and what has become of it."""

    place: str
    raw: dict
    name: str
    key: tuple
    record: models.Model | None = None
    is_created: bool = False
    updated: set = field(default_factory=set)
    kept: set = field(default_factory=set)


class _Table:
    """One table of a file and the records of its model that it speaks of."""

    def __init__(self, spec, references, tally):
        self._references, self._tally = references, tally
        names, self.key, self.raw_rows = (spec.get(part) for part in ("columns", "key", "rows"))
        if not all(isinstance(part, list) for part in (names, self.key, self.raw_rows)):
            raise Refused("chybí sloupce (columns), klíč (key) nebo řádky (rows)")
        try:
            self.model = apps.get_model(str(spec.get("model")))
        except (LookupError, ValueError) as error:
            raise Refused("takový model neexistuje") from error
        self.columns = {name: _Column(self.model, name, references) for name in names}
        if not self.key or any(name not in self.columns for name in self.key):
            raise Refused("klíč (key) tvoří aspoň jeden ze sloupců tabulky")
        if any(self.columns[name].is_many for name in self.key):
            raise Refused("klíč nemůže být seznam odkazů")

    def load(self, place):
        """Merge all rows. Raises LoadingError for the first row that cannot be loaded."""
        label = self.model._meta.label_lower
        self.loaded = {r.key: r for r in LoadedRecord.objects.filter(model=label)}
        rows = self._rows(place)
        self.found = self._existing(rows)
        for row in rows:
            with _at(row.place):
                self._merge(row)
        self._references.forget(self.model)
        # Lists come last: they may point to another row of the same table.
        for row in rows:
            with _at(row.place):
                self._merge_fields(row, many=True)
        self._keep_account(rows)

    def _rows(self, place):
        rows = {}
        for number, values in enumerate(self.raw_rows, start=1):
            with _at(f"{place}, řádek {number}"):
                try:
                    row = self._row(f"{place}, řádek {number}", values)
                except Gone:
                    self._tally.kept += 1
                    continue
                if row.key in rows:
                    raise Refused(f"klíč {row.name} se opakuje")
                rows[row.key] = row
        return list(rows.values())

    def _row(self, place, values):
        """Return a row with its key. Raises Gone if people deleted what the key points to."""
        if not isinstance(values, list) or len(values) != len(self.columns):
            raise Refused(f"místo hodnot pro {len(self.columns)} sloupců je tu {text(values)}")
        raw = dict(zip(self.columns, values, strict=True))
        name = text([raw[name] for name in self.key])
        if len(name) > LoadedRecord._meta.get_field("key").max_length:
            raise Refused("klíč je příliš dlouhý")
        key = tuple(self.columns[name].read(raw[name]) for name in self.key)
        if key[0] is None:
            raise Refused(f"sloupec „{self.key[0]}“ je v klíči první a nemůže být prázdný")
        return _Row(place, raw, name, key)

    def _existing(self, rows):
        key = [self.columns[name] for name in self.key]
        wanted = {f"{key[0].field.attname}__in": {row.key[0] for row in rows}}
        found = self.model._base_manager.filter(**wanted)
        return {tuple(column.current(record) for column in key): record for record in found}

    def _merge(self, row):
        record = self.found.get(row.key)
        if record is None and row.name not in self.loaded:
            self._create(row)
        elif record is None:
            # People deleted it.
            self._tally.kept += 1
        elif not issubclass(self.model, AppendOnly):
            row.record = record
            self._merge_fields(row, many=False)
            if row.updated:
                self._save(record)

    def _merge_fields(self, row, *, many):
        """Give fields their new values unless people changed them since they were loaded."""
        for name, column in self.columns.items():
            if row.record is None or column.is_many != many:
                continue
            try:
                value = column.read(row.raw[name])
            except Gone:
                row.kept.add(name)
                continue
            if column.current(row.record) == value:
                continue
            if row.is_created or self._is_untouched(row, column):
                column.put(row.record, value)
                row.updated.add(name)
            else:
                row.kept.add(name)

    def _is_untouched(self, row, column):
        loaded = self.loaded.get(row.name)
        return loaded is not None and column.is_untouched(row.record, loaded.values)

    def _create(self, row):
        values = {}
        for name, column in self.columns.items():
            if column.is_many:
                continue
            try:
                values[column.field.attname] = column.read(row.raw[name])
            except Gone:
                row.kept.add(name)
                if not column.field.null:
                    return
        row.record, row.is_created = self.model(**values), True
        self._save(row.record)

    def _save(self, record):
        try:
            record.clean()
            record.save()
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        except DatabaseError as error:
            broken = [rule for rule in self.model._meta.constraints if rule.name in str(error)]
            reason = broken[0].get_violation_error_message() if broken else error
            raise Refused(f"databáze ho odmítla: {reason}") from error

    def _keep_account(self, rows):
        """Write down what was loaded, for the next merge, and count."""
        new, changed = [], []
        for row in rows:
            self._tally.created += row.is_created
            self._tally.updated += bool(row.updated) and not row.is_created
            self._tally.kept += bool(row.kept)
            loaded = self.loaded.get(row.name)
            if loaded is None and (row.record is not None or row.key in self.found):
                label = self.model._meta.label_lower
                new.append(LoadedRecord(model=label, key=row.name, values=row.raw))
            elif loaded is not None and row.record is not None and loaded.values != row.raw:
                loaded.values = row.raw
                changed.append(loaded)
        LoadedRecord.objects.bulk_create(new, batch_size=500)
        LoadedRecord.objects.bulk_update(changed, ["values"], batch_size=100)
