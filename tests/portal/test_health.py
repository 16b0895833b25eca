import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from common.append_only import drop_triggers
from portal import health


@pytest.mark.django_db
def test_healthz_answers_ok(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_healthz_tells_a_migration_that_was_not_applied(client):
    newest = MigrationLoader(connection).graph.leaf_nodes("common")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content.decode() == "čekají neprovedené migrace\n"


@pytest.mark.django_db
def test_healthz_tells_a_missing_trigger(client):
    drop_triggers(connection)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content.decode().startswith("chybí spouště: ")
    assert "append_only_measures_report_update" in response.content.decode()


def test_healthz_tells_a_database_that_does_not_answer(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(health, "database_faults", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content.decode() == "databáze neodpovídá\n"


def test_healthz_refuses_a_post(client):
    assert client.post("/healthz").status_code == 405
