"""The guard of append-only tables: nobody edits or deletes a record, by any path.

Models that inherit `common.models.AppendOnly` are found here by themselves, so this app names no
other. The ORM refuses first, with a sentence; triggers in the database refuse the rest: raw SQL,
`update()`, the admin and SQLite's `INSERT OR REPLACE`. TRUNCATE on PostgreSQL is left to the owner
of the database.

One way leads through: where a Redaction names a record and its field, a text of `redactable` may
become REMOVED, as long as nothing else of the row changes.
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
    return [name for model in guarded_models() for name, _ in _statements(connection, model)]


def existing_triggers(connection):
    """Return a dict of our triggers that exist now: name to table."""
    return {name: table for name, table, _ in _present(connection)}


def missing_triggers(connection):
    """Return the names of the triggers that should guard the database and do not: they are away,
    or they guard by other rules than these."""
    present = {name: statement for name, _, statement in _present(connection)}
    return [
        name
        for model in guarded_models()
        for name, statement in _statements(connection, model)
        if present.get(name) != statement
    ]


def install_triggers(connection):
    """Put these rules on every append-only table that exists; running it again changes nothing."""
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_postgresql_function())
        missing = missing_triggers(connection)
        for model in guarded_models():
            table = model._meta.db_table
            for name, statement in _statements(connection, model):
                if name in missing and table in tables:
                    cursor.execute(_dropping(connection, name, table))
                    cursor.execute(statement)


def drop_triggers(connection):
    """Lift the guard; for migrations and for emptying a test database only."""
    present = existing_triggers(connection)
    with connection.cursor() as cursor:
        for name, table in present.items():
            cursor.execute(_dropping(connection, name, table))


def before_migrate(using, **kwargs):
    drop_triggers(connections[using])


def after_migrate(using, **kwargs):
    install_triggers(connections[using])


def unique_keys(model):
    """Return the columns of the primary and of every unique key of a model, as tuples."""
    meta = model._meta
    keys = [(field.column,) for field in meta.local_fields if field.unique]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            keys.append(tuple(meta.get_field(name).column for name in constraint.fields))
    return keys


def _present(connection):
    """Return the name, table and statement of each of our triggers that is there and fires."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE_TRIGGERS, [PREFIX + "%"])
            return cursor.fetchall()
        cursor.execute(_POSTGRESQL_TRIGGERS, [PREFIX + "%"])
        body = _postgresql_body()
        # One that calls a function of another wording counts as another statement.
        return [
            (name, table, statement if source == body else "")
            for name, table, statement, source in cursor.fetchall()
        ]


def _statements(connection, model):
    """Yield the name of each trigger of a model and the statement that makes it, worded as the
    database tells it back."""
    if connection.vendor == "sqlite":
        return _sqlite_statements(model, connection.ops.quote_name)
    return _postgresql_statements(model)


def _dropping(connection, name, table):
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'


def _text(value):
    """Return a text as it stands in a statement."""
    return "'" + value.replace("'", "''") + "'"


# SQLite

_SQLITE_TRIGGERS = (
    "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
)


def _sqlite_statements(model, quote):
    table = model._meta.db_table
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
    # INSERT OR REPLACE deletes the old row without asking the DELETE trigger.
    clashes = " OR ".join(
        "(" + " AND ".join(f"{quote(c)} = NEW.{quote(c)}" for c in key) + ")"
        for key in unique_keys(model)
    )
    conditions = {
        "update": _sqlite_unless_redacted(model, quote),
        "delete": "",
        "insert": f"WHEN EXISTS (SELECT 1 FROM {quote(table)} WHERE {clashes}) ",
    }
    for act, condition in conditions.items():
        name = f"{PREFIX}{table}_{act}"
        start = f"CREATE TRIGGER {quote(name)} BEFORE {act.upper()} ON {quote(table)}"
        yield name, f"{start} {condition}{refuse}"


def _sqlite_unless_redacted(model, quote):
    """Return the condition under which an update is refused; always where nothing is redactable.

    Only IS compares: a comparison that knows no answer would let the update through.
    """
    if not model.redactable:
        return ""
    texts = {field.column: field.name for field in redactable_fields(model)}
    columns = [field.column for field in model._meta.local_concrete_fields]
    kept = [f"NEW.{quote(c)} IS OLD.{quote(c)}" for c in columns if c not in texts]
    removed = [
        f"(NEW.{quote(c)} IS OLD.{quote(c)} OR {_sqlite_removal(model, name, quote(c))})"
        for c, name in texts.items()
    ]
    changed = " OR ".join(f"NEW.{quote(c)} IS NOT OLD.{quote(c)}" for c in texts)
    return f"WHEN NOT ({' AND '.join([*kept, *removed])} AND ({changed})) "


def _sqlite_removal(model, name, column):
    from common.models import REMOVED, Redaction

    meta = model._meta
    return (
        f"NEW.{column} IS {_text(REMOVED)} AND OLD.{column} IS NOT NULL AND OLD.{column} IS NOT '' "
        f'AND EXISTS (SELECT 1 FROM "{Redaction._meta.db_table}" r, json_each(r."fields") f '
        f"WHERE r.record_table IS {_text(meta.db_table)} "
        f'AND r.record_id IS OLD."{meta.pk.column}" AND f.value IS {_text(name)})'
    )


# PostgreSQL

# tgenabled 'O' or 'A': a disabled trigger guards nothing and counts as missing.
_POSTGRESQL_TRIGGERS = (
    "SELECT t.tgname, t.tgrelid::regclass::text, pg_get_triggerdef(t.oid, true), p.prosrc "
    "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgname LIKE %s"
)


def _postgresql_statements(model):
    table = model._meta.db_table
    texts = ", ".join(_text(field.name) for field in redactable_fields(model))
    for act, arguments in (("update", texts), ("delete", "")):
        name = f"{PREFIX}{table}_{act}"
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}({arguments})",
        )


def _postgresql_function():
    # Its own search path: nobody's temporary table or operator stands in for ours.
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, pg_temp AS $${_postgresql_body()}$$"
    )


def _postgresql_body():
    """Return the body of the function of the triggers; the names of redactable columns are their
    arguments."""
    from common.models import REMOVED, Redaction

    return f"""
DECLARE
  before jsonb := to_jsonb(OLD);
  kept jsonb := '{{}}';
  after jsonb;
  text_name text;
  is_named boolean;
  is_redaction boolean := false;
BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
    after := to_jsonb(NEW);
    FOREACH text_name IN ARRAY TG_ARGV LOOP
      kept := kept || jsonb_build_object(text_name, before -> text_name);
      IF after ->> text_name IS DISTINCT FROM before ->> text_name THEN
        EXECUTE format(
          'SELECT EXISTS (SELECT 1 FROM %I.{Redaction._meta.db_table} '
          'WHERE record_table = $1 AND record_id = $2 AND fields ? $3)', TG_TABLE_SCHEMA
        ) INTO is_named USING TG_TABLE_NAME, (before ->> 'id')::bigint, text_name;
        is_redaction := is_named AND after ->> text_name IS NOT DISTINCT FROM {_text(REMOVED)}
          AND coalesce(before ->> text_name, '') <> '';
        EXIT WHEN NOT is_redaction;
      END IF;
    END LOOP;
    -- With the texts put back, the row must be the old one to the last byte.
    IF is_redaction AND jsonb_populate_record(NEW, kept) OPERATOR(pg_catalog.*=) OLD THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
"""


def redactable_fields(model):
    """Return the fields of a model whose texts a Redaction may remove."""
    return [model._meta.get_field(name) for name in model.redactable]
