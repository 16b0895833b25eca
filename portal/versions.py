"""Versions of records: who wrote them, when, why, and what they changed against the one before."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import Truncator

from common import czech
from common.history import BEGAN, CREATED, DELETED
from measures.wording import Change, text_change
from portal.records import NAMED_BY, Kind, item_name, read_items, value_text

NAME_LENGTH = 70
BEGINNING = "začátek historie"
PROGRAM = "program"
ACTS = {CREATED: "založeno", "~": "změněno", DELETED: "smazáno"}


@dataclass(frozen=True)
class Version:
    """One row of history; `whole` names what the record is a part of. `changes` tell what it
    changed, `values` of a first row what it began with."""

    kind: Kind
    row: object
    name: str
    whole: str
    act: str
    person: str
    changes: tuple[Change, ...]
    values: tuple[Change, ...]

    @property
    def moment(self) -> datetime:
        return self.row.history_date

    @property
    def is_by_person(self):
        return self.row.history_user_id is not None

    @property
    def reason(self):
        return self.row.history_change_reason or ""

    @property
    def url(self):
        """The page of all versions of the record."""
        return reverse("portal:history_record", args=[self.kind.key, self.pk])

    @property
    def pk(self):
        return getattr(self.row, self.kind.pk)

    @property
    def cursor(self):
        """What the address of the page after this row holds."""
        return f"{self.moment.isoformat()}~{self.kind.key}~{self.row.history_id}"


def read_versions(found):
    """Return the Versions of rows given as pairs of a Kind and a history_id, in their order.

    The number of queries depends on how many kinds there are among them, not on how many rows.
    """
    numbers = defaultdict(list)
    for kind, number in found:
        numbers[kind].append(number)
    read = {kind: _Rows(kind, some) for kind, some in numbers.items()}
    wanted = defaultdict(set)
    for rows in read.values():
        rows.collect(wanted)
    items = read_items(wanted)
    return [read[kind].version(number, items) for kind, number in found]


class _Rows:
    """Rows of history of one kind, with those before them and their lists."""

    def __init__(self, kind, numbers):
        self.kind = kind
        manager, key = kind.rows._base_manager, kind.pk
        earlier = manager.filter(
            Q(history_date__lt=OuterRef("history_date"))
            | Q(history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id")),
            **{key: OuterRef(key)},
        ).order_by("-history_date", "-history_id")
        rows = manager.filter(history_id__in=numbers).select_related("history_user")
        rows = rows.annotate(before=Subquery(earlier.values("history_id")[:1]))
        self.rows = {row.history_id: row for row in rows.order_by()}
        self.before = manager.in_bulk([r.before for r in self.rows.values() if r.before])
        self.lists = self._read_lists([*self.rows, *self.before])

    def _read_lists(self, numbers):
        """Return for each list the primary keys of its items by row."""
        found = {}
        for field, links in self.kind.lists():
            other = f"{field.m2m_reverse_field_name()}_id"
            pairs = links._base_manager.filter(history__in=numbers)
            found[field] = defaultdict(set)
            for number, pk in pairs.values_list("history_id", other):
                found[field][number].add(pk)
        return found

    def collect(self, wanted):
        """Note which records the rows point to."""
        for row in (*self.rows.values(), *self.before.values()):
            for field in self.kind.links:
                value = getattr(row, field.attname)
                if value is not None:
                    wanted[field.related_model].add(value)
        for field, by_row in self.lists.items():
            for keys in by_row.values():
                wanted[field.related_model] |= keys

    def version(self, number, items):
        row = self.rows[number]
        before = self.before.get(row.before)
        is_first = before is None or before.history_type == DELETED
        is_change = not is_first and row.history_type != DELETED
        return Version(
            kind=self.kind,
            row=row,
            name=self._name(row, items),
            whole=self._whole(row, items),
            act=BEGINNING if row.history_change_reason == BEGAN else ACTS[row.history_type],
            person=item_name(row.history_user) if row.history_user_id else PROGRAM,
            changes=tuple(self._changes(before, row, items)) if is_change else (),
            values=tuple(self._values(row, items)) if is_first else (),
        )

    def _name(self, row, items):
        field = NAMED_BY.get(self.kind.label)
        if field:
            return self._linked(row, self.kind.model._meta.get_field(field), items)
        record = row.history_object
        for field in self.kind.links:
            item = items.get(field.related_model, {}).get(getattr(row, field.attname))
            if item is not None:
                setattr(record, field.name, item)
        try:
            return Truncator(str(record)).chars(NAME_LENGTH)
        except ObjectDoesNotExist:
            return f"{self.kind.name} {getattr(row, self.kind.pk)}"

    def _whole(self, row, items):
        if self.kind.whole is None:
            return ""
        return self._linked(row, self.kind.whole, items)

    def _linked(self, row, field, items):
        return item_name(items.get(field.related_model, {}).get(getattr(row, field.attname)))

    def _changes(self, before, row, items):
        for field in self.kind.fields:
            old, new = getattr(before, field.attname), getattr(row, field.attname)
            if old != new:
                old, new = (value_text(field, value, items) for value in (old, new))
                yield from text_change(self.kind.field_label(field), old, new)
        for field, by_row in self.lists.items():
            old, new = by_row[before.history_id], by_row[row.history_id]
            label = self.kind.field_label(field)
            if new - old:
                yield Change(f"{label}, přidáno", "", _names(field, new - old, items))
            if old - new:
                yield Change(f"{label}, odebráno", _names(field, old - new, items), "")

    def _values(self, row, items):
        """Yield what a first row holds, as it came from nothing."""
        for field in self.kind.fields:
            value = getattr(row, field.attname)
            if value not in (None, ""):
                yield Change(self.kind.field_label(field), "", value_text(field, value, items))
        for field, by_row in self.lists.items():
            if by_row[row.history_id]:
                names = _names(field, by_row[row.history_id], items)
                yield Change(self.kind.field_label(field), "", names)


def _names(field, keys, items):
    known = items.get(field.related_model, {})
    return ", ".join(sorted((item_name(known.get(key)) for key in keys), key=czech.sort_key))
