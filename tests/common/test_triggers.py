"""The triggers of the append-only guard: there after every migrate, away during one."""

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, transaction

from common.append_only import (
    existing_triggers,
    expected_triggers,
    guarded_models,
    install_triggers,
    missing_triggers,
)
from measures.models import Output, Report
from tests.factories import OutputFactory, ReportFactory

TABLES = [model._meta.db_table for model in guarded_models()]
only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL disables triggers"
)


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def is_refused(sql):
    try:
        with transaction.atomic():
            run(sql)
    except IntegrityError as refusal:
        return "append-only" in str(refusal)
    return False


def drop(name):
    on = "" if connection.vendor == "sqlite" else f" ON {existing_triggers(connection)[name]}"
    run(f'DROP TRIGGER "{name}"{on}')


@pytest.mark.django_db
def test_triggers_guard_every_table_after_migrate():
    acts = ["delete", "insert", "update"] if connection.vendor == "sqlite" else ["delete", "update"]
    wanted = {f"append_only_{table}_{act}": table for table in TABLES for act in acts}
    assert existing_triggers(connection) == wanted
    assert sorted(expected_triggers(connection)) == sorted(wanted)
    assert missing_triggers(connection) == []


@pytest.mark.django_db
def test_trigger_names_fit_postgresql():
    """A longer name is cut there and would be missed for ever."""
    assert max(len(name) for name in expected_triggers(connection)) <= 63


@pytest.mark.django_db
def test_triggers_are_lifted_for_a_migration_and_come_back():
    ReportFactory()
    change = "UPDATE measures_report SET note = 'opraveno migrací'"
    assert is_refused(change)
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
    assert existing_triggers(connection) == {}
    run(change)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert missing_triggers(connection) == []
    assert is_refused(change)
    assert Report.objects.get().note == "opraveno migrací"


@pytest.mark.django_db
def test_migrate_puts_back_a_lost_trigger():
    lost = expected_triggers(connection)[0]
    drop(lost)
    call_command("migrate", verbosity=0)
    assert missing_triggers(connection) == []


@pytest.mark.django_db
def test_install_again_changes_nothing():
    before = existing_triggers(connection)
    install_triggers(connection)
    assert existing_triggers(connection) == before


@pytest.mark.django_db
def test_missing_triggers_names_a_dropped_one():
    for name in expected_triggers(connection):
        drop(name)
        assert missing_triggers(connection) == [name]
        install_triggers(connection)
        assert missing_triggers(connection) == []


@only_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_missing_triggers_names_one_that_does_not_fire(how):
    run(f"ALTER TABLE measures_report {how} TRIGGER append_only_measures_report_update")
    assert missing_triggers(connection) == ["append_only_measures_report_update"]


@only_postgresql
@pytest.mark.django_db
def test_missing_triggers_accepts_one_that_always_fires():
    run("ALTER TABLE measures_report ENABLE ALWAYS TRIGGER append_only_measures_report_update")
    assert missing_triggers(connection) == []


@only_postgresql
@pytest.mark.django_db
def test_migrate_puts_back_a_disabled_trigger():
    ReportFactory()
    connection.check_constraints()  # no table is altered while a deferred check is pending
    run("ALTER TABLE measures_report DISABLE TRIGGER append_only_measures_report_update")
    call_command("migrate", verbosity=0)
    assert missing_triggers(connection) == []
    assert is_refused("UPDATE measures_report SET note = ''")


@pytest.mark.django_db(transaction=True)
def test_triggers_survive_altering_a_table():
    """On SQLite the table is made anew without them."""
    old = Output._meta.get_field("title")
    wider = old.clone()
    wider.max_length = 300
    wider.set_attributes_from_name("title")
    wider.model = Output
    for before, after in ((old, wider), (wider, old)):
        emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
        with connection.schema_editor() as editor:
            editor.alter_field(Output, before, after)
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        assert missing_triggers(connection) == []
    OutputFactory()
    assert is_refused("UPDATE measures_output SET title = ''")


@pytest.mark.django_db(transaction=True)
def test_flush_of_a_test_may_find_guarded_records():
    ReportFactory()
    OutputFactory()
    assert Report.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_flush_of_a_test_emptied_the_tables_and_kept_the_guard():
    """Runs after the test above."""
    assert Report.objects.count() == 0
    assert Output.objects.count() == 0
    assert missing_triggers(connection) == []
