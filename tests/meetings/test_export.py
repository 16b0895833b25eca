"""What was frozen, carried to another database by dumpdata: every byte stays and is proven.

On PostgreSQL the other database is SQLite; on SQLite, where no other kind may be at hand, the rows
go out of the database and come back.
"""

from contextlib import contextmanager
from datetime import date, datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from common.append_only import drop_triggers, install_triggers
from common.czech import PRAGUE
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.models import Snapshot, SnapshotFile, SnapshotText
from meetings.snapshots import read
from tests import factories as make
from tests.meetings import stand_in
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 14, 9, 30, 1, 123456, tzinfo=PRAGUE)
ROWS = (Snapshot, SnapshotText, SnapshotFile)


@pytest.fixture
def dump(monkeypatch, make_user):
    """Two snapshots as dumpdata writes them."""
    stand_in.install(monkeypatch)
    head = make_user("head")
    meeting = MeetingFactory(meeting_date=date(2026, 11, 26), body__slug="rada")
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    make.report(measure, date(2026, 11, 1), obstacle="Řádek\r\n\tdruhý \u00a0 𝔸 e\u0301 #")
    freeze(meeting=meeting, by=head, now=NOW)
    correct_snapshot(meeting=meeting, by=head, reason="Překlep.", now=NOW)
    out = StringIO()
    # Kinds of content and permissions are made by the other database itself.
    call_command("dumpdata", exclude=["contenttypes", "auth.permission"], stdout=out)
    return out.getvalue()


def values():
    """Return every value of every row, by table."""
    return {model: list(model._base_manager.order_by("pk").values_list()) for model in ROWS}


def test_rows_come_back_byte_by_byte(dump):
    before = values()
    briefings = [read(one) for one in Snapshot.objects.order_by("pk")]
    drop_triggers(connection)
    for model in reversed(ROWS):
        model._base_manager.all()._raw_delete("default")
    install_triggers(connection)
    assert not Snapshot.objects.exists()
    wanted = {model._meta.label_lower for model in ROWS}
    for one in serializers.deserialize("json", dump):
        if one.object._meta.label_lower in wanted:
            one.save()
    assert values() == before
    assert [read(one) for one in Snapshot.objects.order_by("pk")] == briefings
    call_command("verify_snapshots")


@contextmanager
def other_database():
    """An empty SQLite in memory, with all our tables and their guard, in place of the database."""
    here = connections["default"]
    settings = {**here.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    there = DatabaseWrapper({**settings, "OPTIONS": {}}, alias="default")
    connections["default"] = there
    try:
        there.disable_constraint_checking()
        with there.schema_editor() as editor:
            for model in apps.get_models():
                if not model._meta.proxy:
                    editor.create_model(model)
        install_triggers(there)
        # The editor has switched it on again.
        there.disable_constraint_checking()
        yield
    finally:
        there.close()
        connections["default"] = here


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="the other database is SQLite")
def test_all_is_proven_in_the_other_kind_of_database(dump):
    before = values()
    with other_database():
        assert not Snapshot.objects.exists()
        for one in serializers.deserialize("json", dump):
            one.save()
        connection.check_constraints()
        assert connection.vendor == "sqlite"
        assert values() == before
        call_command("verify_snapshots")
    assert connection.vendor == "postgresql"
