"""What the guard lets through: a text that a Redaction names becomes the placeholder, no more."""

import json

import pytest
from django.core import checks
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from common.append_only import guarded_models, install_triggers, missing_triggers
from common.models import AppendOnly, Redaction
from measures.models import Report
from tests import factories
from tests.factories import RedactionFactory
from tests.meetings import factories as meeting_factories

pytestmark = pytest.mark.django_db

PLACEHOLDER = "[odstraněno z důvodu ochrany osobních údajů]"
FACTORY_OF = {
    factory._meta.model: factory
    for module in (factories, meeting_factories)
    for factory in vars(module).values()
    if isinstance(factory, type)
    and issubclass(factory, factories.Factory)
    and not factory._meta.abstract
}
WITH_TEXTS = [model for model in guarded_models() if model.redactable]
TEXTS = [
    pytest.param(model, name, id=f"{model.__name__}-{name}")
    for model in WITH_TEXTS
    for name in model.redactable
]
each_text = pytest.mark.parametrize(("model", "name"), TEXTS)
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="its own statements")
only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="schemas and operators are its own"
)


def record(model, **texts):
    """Return a row with something in every text that may be removed."""
    return FACTORY_OF[model](
        **{**{name: f"Jan Novák {name}" for name in model.redactable}, **texts}
    )


def name_it(row, *fields, **changes):
    """Write the Redaction that names fields of a row."""
    values = {"record_table": row._meta.db_table, "record_id": row.pk, "fields": list(fields)}
    return RedactionFactory(**{**values, **changes})


def run(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def update(row, verb="UPDATE", **columns):
    """Change columns of a row by SQL, past everything but the guard."""
    sets = ", ".join(f'"{column}" = %s' for column in columns)
    run(f"{verb} {row._meta.db_table} SET {sets} WHERE id = %s", [*columns.values(), row.pk])


def written(row):
    return type(row)._base_manager.filter(pk=row.pk).values().get()


def assert_refused(row, attempt, *arguments, **columns):
    before = list(type(row)._base_manager.order_by("pk").values())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        attempt(*arguments, **columns)
    assert list(type(row)._base_manager.order_by("pk").values()) == before


def test_the_texts_that_may_be_removed_are_these():
    assert {model.__name__: set(model.redactable) for model in WITH_TEXTS} == {
        "Attachment": {"name"},
        "MilestoneVersion": {"title", "reason", "evidence"},
        "Output": {"title"},
        "PlanVersion": {"reason"},
        "Resolution": {"text"},
        "Snapshot": {"reason"},
        "SnapshotFile": {"content"},
        "SnapshotText": {"text"},
        "Report": {"note", "obstacle", "actor_role", "next_step", "decision", "reason"},
    }


@each_text
def test_named_text_becomes_the_placeholder(model, name):
    row = record(model)
    before = written(row)
    name_it(row, name)
    update(row, **{name: PLACEHOLDER})
    assert written(row) == {**before, name: PLACEHOLDER}


@pytest.mark.parametrize("model", WITH_TEXTS)
def test_all_texts_go_at_once_when_all_are_named(model):
    row = record(model)
    before = written(row)
    name_it(row, *model.redactable)
    texts = dict.fromkeys(model.redactable, PLACEHOLDER)
    update(row, **texts)
    assert written(row) == {**before, **texts}


def test_texts_may_be_named_by_two_redactions():
    row = record(Report)
    name_it(row, "note")
    name_it(row, "obstacle")
    update(row, note=PLACEHOLDER, obstacle=PLACEHOLDER)
    assert (written(row)["note"], written(row)["obstacle"]) == (PLACEHOLDER, PLACEHOLDER)


@each_text
def test_without_a_redaction_no_text_goes(model, name):
    row = record(model)
    assert_refused(row, update, row, **{name: PLACEHOLDER})


@each_text
@pytest.mark.parametrize(
    "text",
    ["", "[odstraněno]", f"{PLACEHOLDER} ", f"{PLACEHOLDER}\n", PLACEHOLDER.upper(), "Jiný text."],
)
def test_another_text_is_refused(model, name, text):
    row = record(model)
    name_it(row, name)
    assert_refused(row, update, row, **{name: text})


@each_text
def test_null_is_refused(model, name):
    row = record(model)
    name_it(row, name)
    assert_refused(row, update, row, **{name: None})


@pytest.mark.parametrize(
    ("model", "name"),
    [
        pytest.param(*p.values, id=p.id)
        for p in TEXTS
        # Those that are never empty.
        if p.values[1] not in ("name", "title") and p.id != "Resolution-text"
    ],
)
def test_empty_text_gets_no_placeholder(model, name):
    """Readers would believe that something was there."""
    row = record(model, **{name: ""})
    name_it(row, name)
    assert_refused(row, update, row, **{name: PLACEHOLDER})


@each_text
def test_removed_text_stays_removed(model, name):
    row = record(model)
    name_it(row, name)
    update(row, **{name: PLACEHOLDER})
    assert_refused(row, update, row, **{name: f"Jan Novák {name}"})
    assert_refused(row, update, row, **{name: PLACEHOLDER})


SMUGGLED = {
    # Along with the note of a report: what its column may become.
    "another text": {"next_step": "jiný krok"},
    "a text to the placeholder that is not named": {"next_step": PLACEHOLDER},
    "the phase": {"phase": "completed"},
    "the health to nothing": {"health": ""},
    "the day": {"as_of_date": "2026-01-01"},
    "the moment": {"published_at": "2026-01-01 00:00:00+00"},
    "a null to a day": {"review_date": "2027-01-01"},
    "a day to null": {"act_by_date": None},
    "an author to null": {"author_id": None},
    "the link": {"link": "https://example.cz/"},
    "a flag": {"needs_decision": True},
    "the submission": {"submission": None},
    "a number": {"writing_seconds": 7},
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_no_other_column_goes_along(name):
    row = record(Report, act_by_date="2026-12-01", author=factories.UserFactory())
    name_it(row, "note")
    assert_refused(row, update, row, note=PLACEHOLDER, **SMUGGLED[name])


@pytest.mark.parametrize("name", SMUGGLED)
def test_no_other_column_changes_alone(name):
    row = record(Report, act_by_date="2026-12-01", author=factories.UserFactory())
    name_it(row, "note")
    assert_refused(row, update, row, **SMUGGLED[name])


@each_text
def test_every_other_column_of_a_record_stays(model, name):
    """Each column in turn, with a value its type takes."""
    row, other = record(model), record(model)
    name_it(row, name)
    mine, theirs = written(row), written(other)
    tried = 0
    for field in model._meta.local_concrete_fields:
        column = field.attname
        if column != name and mine[column] != theirs[column]:
            value = theirs[column] if not field.primary_key else row.pk + 1_000_000
            value = field.get_db_prep_value(value, connection)
            assert_refused(row, update, row, **{name: PLACEHOLDER, field.column: value})
            tried += 1
    assert tried >= 2


def test_no_other_row_goes_along():
    row, other = record(Report), record(Report)
    name_it(row, "note")
    assert_refused(other, update, other, note=PLACEHOLDER)
    assert_refused(row, run, "UPDATE measures_report SET note = %s", [PLACEHOLDER])


def test_redaction_of_the_same_number_in_another_table_opens_nothing():
    row = record(Report)
    name_it(row, "reason", record_table="measures_planversion")
    assert_refused(row, update, row, reason=PLACEHOLDER)


@pytest.mark.parametrize("fields", [[], ["Note"], ["note "], ["notes"], [["note"]], ["*"], ["%"]])
def test_redaction_of_other_fields_opens_nothing(fields):
    row = record(Report)
    name_it(row, fields=fields)
    assert_refused(row, update, row, note=PLACEHOLDER)


def test_redacted_record_is_still_not_deleted():
    row = record(Report)
    name_it(row, "note")
    assert_refused(row, run, "DELETE FROM measures_report WHERE id = %s", [row.pk])


@only_sqlite
@pytest.mark.parametrize("verb", ["UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_sqlite_update_with_a_conflict_clause_smuggles_nothing(verb):
    row, other = record(Report), record(Report)
    name_it(row, "note")
    assert_refused(row, update, row, verb, note=PLACEHOLDER, id=other.pk)
    assert_refused(row, update, row, verb, note=PLACEHOLDER, rowid=row.pk + 1_000_000)


@only_sqlite
def test_sqlite_bytes_of_the_placeholder_are_not_the_placeholder():
    row = record(Report)
    name_it(row, "note")
    assert_refused(row, update, row, note=PLACEHOLDER.encode())


@only_sqlite
def test_sqlite_temporary_table_stands_in_for_no_redaction():
    row = record(Report)
    run("CREATE TEMP TABLE common_redaction (record_table text, record_id integer, fields text)")
    try:
        run(
            "INSERT INTO temp.common_redaction VALUES ('measures_report', %s, %s)",
            [row.pk, json.dumps(["note"])],
        )
        assert_refused(row, update, row, note=PLACEHOLDER)
    finally:
        run("DROP TABLE temp.common_redaction")


@only_postgresql
def test_postgresql_temporary_table_stands_in_for_no_redaction():
    row = record(Report)
    run("CREATE TEMP TABLE common_redaction (record_table text, record_id bigint, fields jsonb)")
    run(
        "INSERT INTO pg_temp.common_redaction VALUES ('measures_report', %s, %s::jsonb)",
        [row.pk, json.dumps(["note"])],
    )
    assert_refused(row, update, row, note=PLACEHOLDER)


@only_postgresql
def test_postgresql_operator_of_ones_own_stands_in_for_none():
    row = record(Report)
    name_it(row, "obstacle")
    run("CREATE SCHEMA mine")
    run("CREATE FUNCTION mine.yes(jsonb, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'")
    run("CREATE OPERATOR mine.? (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = mine.yes)")
    run("SET LOCAL search_path = mine, public, pg_catalog")
    assert_refused(row, update, row, note=PLACEHOLDER)


# The Redactions themselves


def test_redaction_is_never_changed_and_cannot_be_redacted():
    redaction = RedactionFactory()
    name_it(redaction, "reference")
    assert Redaction.redactable == ()
    assert_refused(redaction, update, redaction, reference=PLACEHOLDER)
    assert_refused(redaction, update, redaction, record_id=2)
    assert_refused(redaction, run, "DELETE FROM common_redaction")


# The definition of a trigger


def replace_trigger(statement):
    name = "append_only_measures_report_update"
    on = "" if connection.vendor == "sqlite" else " ON measures_report"
    run(f"DROP TRIGGER {name}{on}")
    run(statement.format(name=name))


OTHER_RULES = {
    "sqlite": [
        "CREATE TRIGGER {name} BEFORE UPDATE ON measures_report BEGIN SELECT 1; END",
        "CREATE TRIGGER {name} BEFORE UPDATE OF note ON measures_report "
        "BEGIN SELECT RAISE(ABORT, 'append-only: measures_report'); END",
    ],
    "postgresql": [
        "CREATE TRIGGER {name} BEFORE UPDATE ON measures_report "
        "FOR EACH ROW EXECUTE FUNCTION append_only_refuse()",
        "CREATE TRIGGER {name} BEFORE UPDATE ON measures_report "
        "FOR EACH ROW EXECUTE FUNCTION append_only_refuse('note', 'phase')",
        "CREATE TRIGGER {name} BEFORE UPDATE ON measures_report FOR EACH ROW "
        "WHEN (OLD.note = '') EXECUTE FUNCTION append_only_refuse('note')",
    ],
}[connection.vendor]


@pytest.mark.parametrize("statement", OTHER_RULES)
def test_trigger_of_other_rules_counts_as_missing_and_is_replaced(statement):
    row = record(Report)
    connection.check_constraints()
    replace_trigger(statement)
    assert missing_triggers(connection) == ["append_only_measures_report_update"]
    install_triggers(connection)
    assert missing_triggers(connection) == []
    assert_refused(row, update, row, phase="completed")
    name_it(row, "note")
    connection.check_constraints()
    update(row, note=PLACEHOLDER)


@only_postgresql
def test_function_of_other_rules_counts_as_missing_and_is_replaced():
    row = record(Report)
    run(
        "CREATE OR REPLACE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NEW; END $$"
    )
    assert "append_only_measures_report_delete" in missing_triggers(connection)
    connection.check_constraints()
    install_triggers(connection)
    assert missing_triggers(connection) == []
    assert_refused(row, update, row, note="jiná")


# Which fields may be redactable


@pytest.mark.parametrize(
    "field",
    [
        models.TextField(null=True),
        models.CharField(max_length=43),
        models.CharField(max_length=200, unique=True),
        models.TextField(db_column="other"),
        models.DateField(),
    ],
    ids=["null", "too short", "a key", "of another name in the database", "no text"],
)
def test_check_refuses_a_field_the_guard_cannot_let_through(field):
    with isolate_apps("measures"):

        class Odd(AppendOnly):
            redactable = ("text",)
            text = field

            class Meta:
                app_label = "measures"

        assert "common.E002" in [error.id for error in Odd.check() if error.level == checks.ERROR]
