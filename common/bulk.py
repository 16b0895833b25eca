"""Many rows of a tracked model at once, each with its row of history, in a few statements.

For imports, where saving records one by one, or through the history library, would take minutes.
Values are given as the database has them: keys for references, floats for decimals, no dates.
What is written belongs to the act that is going on (`common.history.recording`). Constraints of
the database hold; those checked in Python are the caller's duty.
"""

import json

from django.db import connection

from common.history import CHANGED, CREATED, DELETED, history_model, said


def insert(model, names, rows):
    """Insert rows, tuples in the order of `names` (fields, `…_id` for references)."""
    rows = list(rows)
    if not rows:
        return
    fields = [_field(model, name) for name in names]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            pks = _new_keys(cursor, model, len(rows))
            _copy(cursor, model, [model._meta.pk, *fields], [pks, *zip(*rows, strict=True)])
            _write_history(cursor, model, CREATED, pks)
            return
        table, columns = _table(model), _columns(fields)
        # The one writer this database has is we: whatever is above the last key is ours.
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
        last = cursor.fetchone()[0]
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        sql, values = _history(model, CREATED, table)
        cursor.execute(f"{sql} WHERE id > %s", [*values, last])


def update(model, names, rows):
    """Give records new values: rows are tuples of the primary key and values of `names`."""
    rows = list(rows)
    if not rows:
        return
    fields = [_field(model, name) for name in names]
    table, quote = _table(model), connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            source, arrays = _unnested([model._meta.pk, *fields], rows)
            new = f"{source} AS new (id, {_columns(fields)})"
            changes = ", ".join(f"{quote(one.column)} = new.{quote(one.column)}" for one in fields)
            where = f"WHERE {table}.id = new.id"
            cursor.execute(f"UPDATE {table} SET {changes} FROM {new} {where}", arrays)
        else:
            changes = ", ".join(f"{quote(one.column)} = %s" for one in fields)
            moved = [(*values, pk) for pk, *values in rows]
            cursor.executemany(f"UPDATE {table} SET {changes} WHERE id = %s", moved)
        _write_history(cursor, model, CHANGED, [row[0] for row in rows])


def delete(model, pks):
    """Delete records; those that point to them must be gone before."""
    pks = list(pks)
    if not pks:
        return
    with connection.cursor() as cursor:
        _write_history(cursor, model, DELETED, pks)
        condition, among = _among(pks)
        cursor.execute(f"DELETE FROM {_table(model)} WHERE {condition}", among)


def _write_history(cursor, model, kind, pks):
    sql, values = _history(model, kind, _table(model))
    condition, among = _among(pks)
    cursor.execute(f"{sql} WHERE {condition}", [*values, *among])


def _history(model, kind, source):
    """Return the statement, with its values, that copies rows of a source into the history."""
    history = history_model(model)
    columns = _columns(history.tracked_fields)
    about = {"history_type": kind, **said()}
    about["history_user_id"] = (about.pop("history_user") or _Nobody).pk
    names = ", ".join(map(connection.ops.quote_name, about))
    marks = ", ".join(["%s"] * len(about))
    copied = f"SELECT {columns}, {marks} FROM {source}"
    return f"INSERT INTO {_table(history)} ({columns}, {names}) {copied}", list(about.values())


class _Nobody:
    pk = None


def _among(pks):
    """Return a condition that holds for records of the primary keys alone, with its values."""
    first, last = min(pks), max(pks)
    if last - first + 1 == len(set(pks)):
        return "id BETWEEN %s AND %s", [first, last]
    if connection.vendor == "postgresql":
        return "id = ANY(%s::bigint[])", [_array(pks)]
    return "id IN (SELECT value FROM json_each(%s))", [json.dumps(pks)]


# PostgreSQL gets rows as text we write ourselves: the driver would look at each value twice.


def _new_keys(cursor, model, number):
    """Take keys for new rows: those of others may come between ours."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [_table(model)])
    keys = "string_agg(nextval(%s)::text, ',') FROM generate_series(1, %s)"
    cursor.execute(f"SELECT {keys}", [cursor.fetchone()[0], number])
    return list(map(int, cursor.fetchone()[0].split(",")))


def _copy(cursor, model, fields, columns):
    """Put columns of values into the table of a model as its new rows."""
    rows = zip(*(_texts(column, _copied) for column in columns), strict=True)
    text = "".join([f"{line}\n" for line in map("\t".join, rows)])
    with (
        connection.wrap_database_errors,
        cursor.copy(f"COPY {_table(model)} ({_columns(fields)}) FROM STDIN") as copy,
    ):
        copy.write(text)


def _unnested(fields, rows):
    """Return rows as a source of a statement, an array a column."""
    # The type of a key as others refer to it: its own one counts by itself.
    types = [
        one.rel_db_type(connection) if one.primary_key else one.db_type(connection)
        for one in fields
    ]
    source = ", ".join(f"%s::{name}[]" for name in types)
    return f"unnest({source})", [_array(column) for column in zip(*rows, strict=True)]


def _array(values):
    return "{" + ",".join(_texts(values, _element)) + "}"


def _texts(values, written):
    """Return the texts of values; equal ones are written once."""
    known = {value: written(value) for value in set(values)}
    return map(known.__getitem__, values)


def _element(value):
    """Return a value as it is written within an array."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", r"\\").replace('"', r"\"")
        return f'"{escaped}"'
    return str(value)


_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def _copied(value):
    """Return a value as COPY reads it."""
    if value is None:
        return r"\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


def _field(model, name):
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _columns(fields):
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def _table(model):
    return connection.ops.quote_name(model._meta.db_table)
