"""Who changed what, when and why: the history of everything people edit.

django-simple-history keeps the tables; this module says what is written into them. What one act
writes of one record is one row, true to the database at the end of the act: however often the
record was saved and its lists set, from whatever copy of it in memory. A save that changed nothing
leaves no row. Outside of an act each save is an act of its own, by the person of the request.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.utils import get_change_reason_from_object

CREATED, CHANGED, DELETED = "+", "~", "-"
REASON_LENGTH = 100
BEGAN = "stav, od kterého se historie vede"
"""The reason of the first row of a record that is older than the history."""
BATCH = 500

_current = ContextVar("act", default=None)


@contextmanager
def recording(*, by, reason="", moment=None):
    """Make of what is written inside one act of a person (None for the program), all or nothing.

    An act inside an act joins it unless it is somebody else's or has a reason of its own. The
    moment is that of the end, when every lock has been waited for; another one is for made-up
    and carried-over histories.
    """
    outer = _current.get()
    if outer is not None and outer.covers(by, reason, moment):
        yield
        return
    with transaction.atomic():
        if outer is not None:
            outer.write()
        act = _Act(by, reason, moment)
        token = _current.set(act)
        try:
            yield
        finally:
            _current.reset(token)
        act.write()


def said():
    """Return what rows of history say of the act that is going on; for `common.bulk`, which
    writes many of them at once. Outside of an act there is nothing to say: LookupError."""
    act = _current.get()
    if act is None:
        raise LookupError("Many rows are written inside an act.")
    return act.said()


def tracked_models():
    """Return every model whose history is kept, in the order of their labels."""
    found = [m for m in apps.get_models() if hasattr(m._meta, "simple_history_manager_attribute")]
    return sorted(found, key=lambda model: model._meta.label_lower)


def history_model(model):
    """Return the model of the rows of history of a tracked model."""
    return getattr(model, model._meta.simple_history_manager_attribute).model


def tracked_lists(model):
    """Return the tracked many-to-many fields of a model, each with the model of its rows."""
    fields = history_model(model)._history_m2m_fields
    return [(field, HistoricalRecords.m2m_models[field]) for field in fields]


def begin_histories():
    """Write a first row for every record that has none and return how many were written.

    A query a tracked model when there is nothing to do.
    """
    number = 0
    with recording(by=None, reason=BEGAN):
        for model in tracked_models():
            rows = history_model(model)._base_manager
            known = rows.filter(**{model._meta.pk.attname: OuterRef("pk")})
            for record in model._base_manager.filter(~Exists(known)):
                _note(record, CHANGED)
                number += 1
    return number


class _Act:
    """What one person does at once: the records to be written down when it ends."""

    def __init__(self, by, reason, moment):
        self.by = by if by is not None and by.pk else None
        self.reason, self.moment = reason, moment
        self.touched, self.deleted = {}, {}

    def covers(self, by, reason, moment):
        return self.by == by and reason in ("", self.reason) and moment is None

    def note(self, record, kind):
        model, pk = type(record), record.pk
        touched = self.touched.setdefault(model, {})
        if kind == DELETED:
            # What came and went within the act was never there.
            if touched.pop(pk, None) != CREATED:
                fields = history_model(model).tracked_fields
                values = {field.attname: getattr(record, field.attname) for field in fields}
                self.deleted.setdefault(model, {})[pk] = values
        elif touched.get(pk) != CREATED:
            touched[pk] = kind

    def said(self):
        return {
            "history_date": self.moment or timezone.now(),
            "history_user": self.by,
            "history_change_reason": self.reason[:REASON_LENGTH] or None,
        }

    def write(self):
        """Write one row for each record noted so far."""
        touched, self.touched = self.touched, {}
        deleted, self.deleted = self.deleted, {}
        said = self.said()
        for model, values in deleted.items():
            _write_deletions(model, values, touched.get(model, {}), said)
        for model, kinds in touched.items():
            pks = list(kinds)
            for start in range(0, len(pks), BATCH):
                _write_states(model, {pk: kinds[pk] for pk in pks[start : start + BATCH]}, said)


def _write_deletions(model, values, touched, said):
    """Write what was last known of deleted records, but for those a savepoint brought back."""
    kept = set(model._base_manager.filter(pk__in=values).values_list("pk", flat=True))
    rows = history_model(model)
    gone = [known for pk, known in values.items() if pk not in kept or pk in touched]
    rows._base_manager.bulk_create(
        [rows(history_type=DELETED, **said, **known) for known in gone], batch_size=BATCH
    )


def _write_states(model, kinds, said):
    """Write how records stand in the database, those that differ from their last row."""
    history = history_model(model)
    records = model._base_manager.in_bulk(kinds)
    lists = {field: _linked(field, records) for field, _ in tracked_lists(model)}
    same = _unchanged(model, records, lists, [pk for pk, kind in kinds.items() if kind == CHANGED])
    rows = {
        pk: history(history_type=kinds[pk], **said, **_values(history, record))
        for pk, record in records.items()
        if pk not in same
    }
    history._base_manager.bulk_create(rows.values(), batch_size=BATCH)
    for field, links in tracked_lists(model):
        made = [links(history=rows[pk], **link) for pk in rows for link in lists[field].get(pk, ())]
        links._base_manager.bulk_create(made, batch_size=BATCH)


def _values(history, record):
    return {field.attname: getattr(record, field.attname) for field in history.tracked_fields}


def _linked(field, records):
    """Return the rows of a list of each record, by its primary key."""
    through = field.remote_field.through
    owner = through._meta.get_field(field.m2m_field_name()).attname
    found = {}
    rows = through._base_manager.filter(**{f"{owner}__in": records}).order_by("pk")
    for row in rows.values(*(one.attname for one in through._meta.concrete_fields)):
        found.setdefault(row[owner], []).append(row)
    return found


def _unchanged(model, records, lists, pks):
    """Return the primary keys among `pks` of records that stand as in their last row."""
    last = _last_rows(model, pks) if pks else {}
    same = {
        pk: row.history_id
        for pk, row in last.items()
        if pk in records
        and row.history_type != DELETED
        and _values(type(row), row) == _values(type(row), records[pk])
    }
    for field, links in tracked_lists(model):
        other = f"{field.m2m_reverse_field_name()}_id"
        known = {row: set() for row in same.values()}
        pairs = links._base_manager.filter(history__in=known).values_list("history_id", other)
        for row, one in pairs:
            known[row].add(one)
        now = {pk: {link[other] for link in lists[field].get(pk, ())} for pk in same}
        same = {pk: row for pk, row in same.items() if now[pk] == known[row]}
    return same


def _last_rows(model, pks):
    """Return the row that was written last of each record that has one."""
    history, key = history_model(model), model._meta.pk.attname
    rows = history._base_manager.filter(**{f"{key}__in": pks}).order_by()
    last = rows.values(key).annotate(last=Max("history_id")).values("last")
    return {getattr(row, key): row for row in history._base_manager.filter(history_id__in=last)}


def _note(record, kind, keeper=None):
    """Note a record in the act that is going on, or in one of its own."""
    act = _current.get()
    if act is not None:
        act.note(record, kind)
        return
    by = keeper.get_history_user(record) if keeper else None
    reason = get_change_reason_from_object(record) or ""
    with recording(by=by, reason=reason, moment=getattr(record, "_history_date", None)):
        _current.get().note(record, kind)


class _RowManager(HistoryManager):
    """Rows of history; those of the library's bulk functions go through an act too, as they would
    forget the lists of a record."""

    def bulk_history_create(self, objs, update=False, **options):
        by, act = options.get("default_user"), _current.get()
        if by is None and objs:
            by = act.by if act else self.model.get_default_history_user(objs[0])
        reason = options.get("default_change_reason") or ""
        with recording(by=by, reason=reason, moment=options.get("default_date")):
            for record in objs:
                _note(record, CHANGED if update else CREATED)


class RecordHistory(HistoricalRecords):
    """Keeps the history of a model as this module says; `m2m_fields` are its tracked lists.

    A model whose rows come by the ten thousand names the fields its history is `searched_by`:
    beside its record and its moment it then has no other index, and the database does not look up
    the author of each row.
    """

    def __init__(self, *, searched_by=None, **options):
        options["user_db_constraint"] = searched_by is None
        super().__init__(history_manager=_RowManager, **options)
        self.searched_by = searched_by

    def copy_fields(self, model):
        fields = super().copy_fields(model)
        if self.searched_by is not None:
            for name, field in fields.items():
                field.db_index = name in (model._meta.pk.name, *self.searched_by)
        return fields

    def get_extra_fields(self, model, fields):
        extra = super().get_extra_fields(model, fields)
        extra["history_user"].db_index = self.searched_by is None
        return extra

    def create_historical_record(self, instance, history_type, using=None):
        _note(instance, history_type, self)

    def post_save(self, instance, created, update_fields=None, **kwargs):
        tracked = {field.name for field in history_model(type(instance)).tracked_fields}
        if update_fields is None or not tracked.isdisjoint(update_fields):
            super().post_save(instance, created, **kwargs)

    def m2m_changed(self, instance, action, attr, pk_set, reverse, **kwargs):
        """Note the record whose list it is, also when it was changed from the other end."""
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
        elif action == "pre_clear":
            instance._cleared = self._owners(attr, instance)
        elif action in ("post_add", "post_remove"):
            for owner in kwargs["model"]._base_manager.filter(pk__in=pk_set):
                _note(owner, CHANGED, self)
        elif action == "post_clear":
            for owner in instance._cleared:
                _note(owner, CHANGED, self)

    def pre_delete(self, instance, **kwargs):
        """Remember in whose lists a record stands: it leaves them without a word."""
        super().pre_delete(instance, **kwargs)
        instance._listed = [
            owner
            for relation in instance._meta.related_objects
            if relation.many_to_many and relation.field in self.m2m_models
            for owner in relation.related_model._base_manager.filter(
                **{relation.field.name: instance.pk}
            )
        ]

    def post_delete(self, instance, using=None, **kwargs):
        super().post_delete(instance, using=using, **kwargs)
        for owner in instance._listed:
            _note(owner, CHANGED, self)

    def _owners(self, attr, instance):
        return list(self.cls._base_manager.filter(**{attr: instance.pk}))
