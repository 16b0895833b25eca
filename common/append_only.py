"""The guard of append-only tables: nobody edits or deletes a record, by any path.

Models that inherit `common.models.AppendOnly` are found here by themselves, so this app names no
other. The ORM refuses first, with a sentence; triggers in the database refuse the rest: raw SQL,
`update()`, the admin and SQLite's `INSERT OR REPLACE`. TRUNCATE on PostgreSQL is left to the owner
of the database.
"""

from django.apps import apps
from django.db import connections, models, transaction

PREFIX = "append_only_"
FUNCTION = "append_only_refuse"
REFUSAL = "append-only"


def guarded_models():
    """Return every concrete append-only model, in the order of their tables."""
    from common.models import AppendOnly

    found = [m for m in apps.get_models() if issubclass(m, AppendOnly) and m._meta.managed]
    return sorted(found, key=lambda m: m._meta.db_table)


def expected_triggers(connection):
    """Return the names of the triggers that must exist in the database of `connection`."""
    acts = ["update", "delete"] + (["insert"] if connection.vendor == "sqlite" else [])
    return [f"{PREFIX}{m._meta.db_table}_{act}" for m in guarded_models() for act in acts]


def existing_triggers(connection):
    """Return a dict of our triggers that exist now: name to table."""
    if connection.vendor == "sqlite":
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        # tgenabled 'O' or 'A': a disabled trigger guards nothing and counts as missing.
        sql = (
            "SELECT t.tgname, t.tgrelid::regclass::text FROM pg_trigger t "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgname LIKE %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [PREFIX + "%"])
        return dict(cursor.fetchall())


def missing_triggers(connection):
    """Return the names of the triggers that should guard the database and do not."""
    present = existing_triggers(connection)
    return [name for name in expected_triggers(connection) if name not in present]


def install_triggers(connection):
    """Put a guard on every append-only table that exists; running it again changes nothing."""
    tables = set(connection.introspection.table_names())
    present = existing_triggers(connection)
    build = _sqlite_statements if connection.vendor == "sqlite" else _postgresql_statements
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for model in guarded_models():
            if model._meta.db_table in tables:
                for name, statement in build(model, connection.ops.quote_name):
                    if name not in present:
                        cursor.execute(statement)


def drop_triggers(connection):
    """Lift the guard; for migrations and for emptying a test database only."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, table in existing_triggers(connection).items():
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}{on}")


def before_migrate(using, **kwargs):
    drop_triggers(connections[using])


def after_migrate(using, **kwargs):
    install_triggers(connections[using])


def _sqlite_statements(model, quote):
    table = model._meta.db_table
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
    for act in ("update", "delete"):
        name = f"{PREFIX}{table}_{act}"
        yield name, f"CREATE TRIGGER {quote(name)} BEFORE {act.upper()} ON {quote(table)} {refuse}"
    # INSERT OR REPLACE deletes the old row without asking the DELETE trigger.
    clashes = " OR ".join(
        "(" + " AND ".join(f"{quote(c)} = NEW.{quote(c)}" for c in key) + ")"
        for key in unique_keys(model)
    )
    name = f"{PREFIX}{table}_insert"
    yield (
        name,
        f"CREATE TRIGGER {quote(name)} BEFORE INSERT ON {quote(table)} "
        f"WHEN EXISTS (SELECT 1 FROM {quote(table)} WHERE {clashes}) {refuse}",
    )


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _postgresql_statements(model, quote):
    table = model._meta.db_table
    for act in ("update", "delete"):
        name = f"{PREFIX}{table}_{act}"
        yield (
            name,
            f"CREATE OR REPLACE TRIGGER {quote(name)} BEFORE {act.upper()} ON {quote(table)} "
            f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
        )


def unique_keys(model):
    """Return the columns of the primary and of every unique key of a model, as tuples."""
    meta = model._meta
    keys = [(field.column,) for field in meta.local_fields if field.unique]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            keys.append(tuple(meta.get_field(name).column for name in constraint.fields))
    return keys
