"""Nobody edits or deletes a guarded record, by any path: ORM, querysets, admin and SQL."""

import inspect
from contextlib import suppress
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.test import RequestFactory
from django.test.utils import isolate_apps

from accounts.models import User
from common.append_only import guarded_models, unique_keys
from common.models import AppendOnly, AppendOnlyError, AppendOnlyQuerySet
from indicators.models import Observation
from measures.models import (
    Attachment,
    MilestoneAttachment,
    OutputMunicipality,
    Reminder,
    Report,
    ReportAttachment,
)
from meetings.models import (
    ResolutionDecision,
    ResolutionMeasure,
    ResolutionMilestone,
    ResolutionPlan,
    Snapshot,
    SnapshotFile,
    SnapshotText,
)
from projects.models import NeedResult
from tests import factories
from tests.indicators import factories as indicator_factories
from tests.meetings import factories as meeting_factories
from tests.projects import factories as project_factories

GUARDED = guarded_models()
FACTORY_OF = {
    factory._meta.model: factory
    for module in (factories, indicator_factories, meeting_factories, project_factories)
    for _, factory in inspect.getmembers(module, inspect.isclass)
    if issubclass(factory, factories.Factory) and not factory._meta.abstract
}
only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only SQLite replaces rows this way"
)
each_model = pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)


def make_row(model):
    """Return a row of the model in which every unique key has a value."""
    first = FACTORY_OF[model]()
    own = [f.name for f in model._meta.local_fields if f.unique and f.related_model is model]
    return FACTORY_OF[model](**dict.fromkeys(own, first)) if own else first


def plain_field(model):
    """Return a field an edit could be tried on."""
    return next(f for f in model._meta.local_fields if not f.primary_key and not f.unique)


def rows(model):
    return list(model._base_manager.order_by("pk").values())


def assert_refused(attempt, model, error, match):
    before = rows(model)
    with pytest.raises(error, match=match), transaction.atomic():
        attempt()
    assert rows(model) == before


# Which models


def concrete_subclasses(model):
    for subclass in model.__subclasses__():
        if not subclass._meta.abstract and subclass._meta.apps is apps:
            yield subclass
        yield from concrete_subclasses(subclass)


def test_guarded_models_are_all_that_inherit_append_only():
    assert GUARDED
    assert set(GUARDED) == set(concrete_subclasses(AppendOnly))
    named = {"Report", "MilestoneVersion", "PlanVersion", "Output"}
    assert named <= {model.__name__ for model in GUARDED}


def test_guarded_models_have_a_factory_to_be_tried_with():
    assert set(GUARDED) <= set(FACTORY_OF)


@each_model
def test_guarded_model_keeps_nothing_in_unguarded_tables(model):
    """The table of a many-to-many field would have no guard."""
    assert not model._meta.many_to_many


@each_model
def test_guarded_model_reads_through_the_refusing_queryset(model):
    assert isinstance(model._default_manager.all(), AppendOnlyQuerySet)


@each_model
@pytest.mark.django_db
def test_unique_keys_are_those_of_the_database(model):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    keys = {tuple(c["columns"]) for c in found.values() if c["unique"] or c["primary_key"]}
    assert {frozenset(key) for key in unique_keys(model)} == {frozenset(key) for key in keys}


@pytest.mark.parametrize(
    "constraint",
    [
        models.UniqueConstraint(
            fields=["note"], condition=models.Q(note="a"), name="%(class)s_conditional"
        ),
        models.UniqueConstraint(models.functions.Lower("note"), name="%(class)s_expression"),
    ],
    ids=["condition", "expression"],
)
def test_check_refuses_a_key_the_guard_cannot_watch(constraint):
    with isolate_apps("measures"):

        class Odd(AppendOnly):
            note = models.TextField()

            class Meta:
                app_label = "measures"
                constraints = [constraint]

        assert "common.E001" in [error.id for error in Odd.check()]


# The ORM refuses with a sentence

ORM = {
    "save": lambda model, row: row.save(),
    "save of a row read again": lambda model, row: model.objects.get(pk=row.pk).save(),
    "save of some fields": lambda model, row: row.save(update_fields=[plain_field(model).name]),
    "save by force": lambda model, row: row.save(force_update=True),
    "delete": lambda model, row: row.delete(),
    "queryset delete": lambda model, row: model.objects.filter(pk=row.pk).delete(),
    "queryset update": lambda model, row: model.objects.update(**edit(model, row)),
    "bulk_update": lambda model, row: model.objects.bulk_update([row], [plain_field(model).name]),
    "update_or_create": lambda model, row: model.objects.update_or_create(pk=row.pk),
    "update_or_create of the base manager": lambda model, row: model._base_manager.update_or_create(
        pk=row.pk, defaults=edit(model, row)
    ),
    "bulk_create": lambda model, row: model.objects.bulk_create([row], **upsert(model)),
    "related update": lambda model, row: related(model, row).update(**edit(model, row)),
    "related delete": lambda model, row: related(model, row).all().delete(),
}


def edit(model, row):
    name = plain_field(model).attname
    return {name: getattr(row, name)}


def upsert(model):
    return {
        "update_conflicts": True,
        "unique_fields": [model._meta.pk.name],
        "update_fields": [plain_field(model).name],
    }


def related(model, row):
    """Return the manager of the rows of a parent of this row."""
    parents = (f for f in model._meta.local_fields if f.many_to_one and not f.null)
    field = next(f for f in parents if not f.remote_field.hidden)
    return getattr(getattr(row, field.name), field.remote_field.get_accessor_name())


@each_model
@pytest.mark.parametrize("name", ORM)
@pytest.mark.django_db
def test_orm_refuses_with_a_czech_sentence(model, name):
    row = make_row(model)
    assert_refused(lambda: ORM[name](model, row), model, AppendOnlyError, "nelze změnit ani smazat")


# Past the ORM's own refusal the database refuses

BEHIND = {
    "model save": lambda model, row: models.Model.save(row),
    "model delete": lambda model, row: models.Model.delete(row),
    "raw save of a fixture": lambda model, row: row.save_base(raw=True),
    "deserialized": lambda model, row: deserialize(row),
    "base manager update": lambda model, row: model._base_manager.update(**edit(model, row)),
    "base manager delete": lambda model, row: model._base_manager.filter(pk=row.pk).delete(),
    "base manager bulk_update": lambda model, row: model._base_manager.bulk_update(
        [row], [plain_field(model).name]
    ),
    "base manager bulk_create": lambda model, row: model._base_manager.bulk_create(
        [row], **upsert(model)
    ),
    "raw delete": lambda model, row: model.objects.filter(pk=row.pk)._raw_delete("default"),
    "related add": lambda model, row: related(model, row).add(row),
}


def deserialize(row):
    text = serializers.serialize("json", [row])
    for loaded in serializers.deserialize("json", text):
        loaded.save()


@each_model
@pytest.mark.parametrize("name", BEHIND)
@pytest.mark.django_db
def test_database_refuses_what_passes_the_orm(model, name):
    row = make_row(model)
    assert_refused(lambda: BEHIND[name](model, row), model, IntegrityError, "append-only")


@each_model
@pytest.mark.django_db
def test_database_refuses_a_new_row_under_an_old_number(model):
    row = make_row(model)
    copy = model(**{f.attname: getattr(row, f.attname) for f in model._meta.local_fields})
    assert_refused(copy.save, model, IntegrityError, None)


@each_model
@pytest.mark.django_db
def test_bulk_create_ignoring_conflicts_leaves_the_old_row(model):
    """SQLite refuses it, PostgreSQL ignores the new row."""
    row = make_row(model)
    before = rows(model)
    with suppress(IntegrityError), transaction.atomic():
        model.objects.bulk_create([row], ignore_conflicts=True)
    assert rows(model) == before


FRESH = {
    Attachment: lambda: {"stored_name": "another"},
    MilestoneAttachment: lambda: {"attachment_id": factories.AttachmentFactory().pk},
    Observation: lambda: {"series_key": "another period"},
    OutputMunicipality: lambda: {"municipality_id": factories.MunicipalityFactory().pk},
    Reminder: lambda: {"subject": "hlaseni:2026-10-01"},
    Report: lambda: {"submission": uuid4()},
    ReportAttachment: lambda: {"attachment_id": factories.AttachmentFactory().pk},
    ResolutionDecision: lambda: {"report_id": factories.ReportFactory().pk},
    ResolutionMeasure: lambda: {"measure_id": factories.MeasureFactory().pk},
    ResolutionMilestone: lambda: {"milestone_id": factories.MilestoneFactory().pk},
    ResolutionPlan: lambda: {"plan_id": factories.PlanVersionFactory().pk},
    Snapshot: lambda: {"meeting_id": meeting_factories.MeetingFactory().pk},
    SnapshotFile: lambda: {"name": "another.csv"},
    SnapshotText: lambda: {"number": 1},
    NeedResult: lambda: {"series_key": "another area"},
}
"""What makes a second row of a model with keys a new one."""


@each_model
@pytest.mark.django_db
def test_bulk_create_of_new_rows_is_allowed(model):
    row = FACTORY_OF[model]()
    values = {f.attname: getattr(row, f.attname) for f in model._meta.local_fields}
    values |= {"id": None, **FRESH.get(model, dict)()}
    model.objects.bulk_create([model(**values)])
    assert model.objects.count() == 2


# Deleting what a guarded record belongs to


@each_model
def test_guarded_model_protects_all_it_refers_to(model):
    refers = [f for f in model._meta.local_fields if f.remote_field]
    assert refers
    assert {f.remote_field.on_delete for f in refers} == {models.PROTECT}


@each_model
@pytest.mark.django_db
def test_deleting_a_parent_takes_no_guarded_record_along(model):
    row = make_row(model)
    for field in model._meta.local_fields:
        parent = getattr(row, field.name) if field.remote_field else None
        if parent is not None and type(parent) not in GUARDED:
            assert_refused(parent.delete, model, models.ProtectedError, None)
            everything = type(parent)._base_manager.all()
            assert_refused(everything.delete, model, models.ProtectedError, None)


# SQL


def run(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def written(model, row, **changes):
    """Return the columns and values of a row as the database holds them, changed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table} WHERE id = %s", [row.pk])
        columns = [column[0] for column in cursor.description]
        values = dict(zip(columns, cursor.fetchone(), strict=True))
    values.update(changes)
    return list(values), list(values.values())


def insert(model, verb, columns):
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    return f"{verb} INTO {model._meta.db_table} ({names}) VALUES ({marks})"


def clash(model, row, key):
    """Return a row that meets an existing one in `key` alone, as columns and values."""
    others = {column for unique in unique_keys(model) for column in unique} - set(key)
    changes = {}
    for field in model._meta.local_fields:
        if field.column in others:
            # A numbered snapshot corrects another one.
            is_empty = field.null and model is not Snapshot
            changes[field.column] = None if is_empty else fresh(field, row)
    return written(model, row, **changes)


def fresh(field, row):
    """Return a value of a column that no row has yet."""
    if field.primary_key:
        return row.pk + 1_000_000
    if isinstance(field, models.DateField):
        return "2030-01-01"
    if isinstance(field, models.IntegerField):
        return 1000
    if field.related_model is None:
        return "another value"
    return FACTORY_OF[field.related_model]().pk


STATEMENTS = [
    "UPDATE {table} SET {column} = {column}",
    "UPDATE {table} SET {column} = {column} WHERE id = {pk}",
    "UPDATE {table} SET id = id + 1000000",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE id = {pk}",
]
ON_SQLITE = [
    "UPDATE OR REPLACE {table} SET {column} = {column}",
    "UPDATE OR IGNORE {table} SET {column} = {column}",
]
ON_POSTGRESQL = [
    "WITH gone AS (DELETE FROM {table} RETURNING id) SELECT count(*) FROM gone",
    "MERGE INTO {table} t USING (SELECT 1) s ON t.id = {pk} WHEN MATCHED THEN DELETE",
]


@each_model
@pytest.mark.parametrize(
    "statement",
    STATEMENTS + (ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL),
)
@pytest.mark.django_db
def test_sql_changes_and_deletes_are_refused(model, statement):
    row = make_row(model)
    sql = statement.format(table=model._meta.db_table, column=plain_field(model).column, pk=row.pk)
    assert_refused(lambda: run(sql), model, IntegrityError, "append-only")


KEYS = [
    pytest.param(model, key, id=f"{model.__name__}-{'+'.join(key)}")
    for model in GUARDED
    for key in unique_keys(model)
]


@only_sqlite
@pytest.mark.parametrize(("model", "key"), KEYS)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.django_db
def test_sqlite_replacing_a_row_is_refused(model, key, verb):
    columns, values = clash(model, make_row(model), key)
    sql = insert(model, verb, columns)
    assert_refused(lambda: run(sql, values), model, IntegrityError, "append-only")


@only_sqlite
@each_model
@pytest.mark.parametrize("alias", ["rowid", "_rowid_", "oid"])
@pytest.mark.django_db
def test_sqlite_replacing_a_row_by_its_hidden_number_is_refused(model, alias):
    row = make_row(model)
    columns, values = clash(model, row, ("id",))
    columns = [alias if column == "id" else column for column in columns]
    sql = insert(model, "INSERT OR REPLACE", columns)
    assert_refused(lambda: run(sql, values), model, IntegrityError, "append-only")


@pytest.mark.parametrize(("model", "key"), KEYS)
@pytest.mark.django_db
def test_inserting_over_a_row_is_refused(model, key):
    columns, values = clash(model, make_row(model), key)
    target = ", ".join(key)
    column = plain_field(model).column
    sql = insert(model, "INSERT", columns)
    sql += f" ON CONFLICT ({target}) DO UPDATE SET {column} = excluded.{column}"
    assert_refused(lambda: run(sql, values), model, IntegrityError, "append-only")


# The admin


@each_model
@pytest.mark.django_db
def test_admin_offers_no_change_and_no_delete(model):
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser("spravce@example.cz", name="Správce")
    owners = [admin.site._registry[model]] if model in admin.site._registry else []
    owners += [
        inline
        for parent in admin.site._registry.values()
        for inline in parent.get_inline_instances(request)
        if inline.model is model
    ]
    for owner in owners:
        assert not owner.has_change_permission(request)
        assert not (getattr(owner, "can_delete", True) and owner.has_delete_permission(request))
