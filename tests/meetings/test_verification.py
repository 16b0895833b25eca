"""The proof of what was frozen: it passes what is right and names what is not, in Czech."""

import base64
import hashlib
from contextlib import contextmanager
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from common.append_only import drop_triggers, install_triggers
from common.czech import PRAGUE
from measures.actions import redact_record
from measures.models import Report
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.models import Snapshot, SnapshotFile, SnapshotText
from tests import factories as make
from tests.meetings import stand_in
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=PRAGUE)
REMOVED = "[odstraněno z důvodu ochrany osobních údajů]"


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


@pytest.fixture
def snapshot(monkeypatch, settings, tmp_path, head):
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"
    stand_in.install(monkeypatch)
    meeting = MeetingFactory(
        meeting_date=date(2026, 11, 26), body__slug="rada", body__name="Rada kraje"
    )
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    make.report(measure, date(2026, 11, 1), obstacle="Klient Jan Novák dluží.")
    return freeze(meeting=meeting, by=head, now=NOW)


def proof():
    """Run the command and return (whether it passed, what it wrote)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_snapshots", stdout=out, stderr=err)
    except CommandError as error:
        return False, f"{out.getvalue()}{err.getvalue()}{error}"
    return True, f"{out.getvalue()}{err.getvalue()}"


@contextmanager
def lifted():
    """The guard of append-only tables lifted, as whoever owns the database may do."""
    drop_triggers(connection)
    yield
    install_triggers(connection)


def tamper(sql, *values):
    with lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0


def test_what_was_frozen_is_proven(snapshot, head):
    correct_snapshot(meeting=snapshot.meeting, by=head, reason="Překlep.", now=NOW)
    assert proof() == (True, "V pořádku, ověřeno snímků: 2.\n")


def test_nothing_frozen_is_proven_too():
    assert proof() == (True, "V pořádku, ověřeno snímků: 0.\n")


@pytest.mark.parametrize(
    ("sql", "values", "says"),
    [
        (
            "UPDATE meetings_snapshot SET content = replace(content, %s, %s)",
            ("Jedno opatření", "Žádné opatření"),
            "Obsah neodpovídá otisku SHA-256 podkladu.",
        ),
        (
            "UPDATE meetings_snapshot SET content = replace(content, %s, %s)",
            ("Jedno opatření", "Žádné opatření"),
            "Obsah nebo texty neodpovídají otisku, pod kterým byly uloženy.",
        ),
        ("UPDATE meetings_snapshot SET content = %s", ("{",), "Obsah nelze přečíst."),
        (
            "UPDATE meetings_snapshot SET content = replace(content, %s, %s)",
            ("zasedani/1", "zasedani/0"),
            "Tvar „zasedani/0“ tento program nezná",
        ),
        ("UPDATE meetings_snapshot SET sha256 = %s", ("0" * 64,), "neodpovídá otisku SHA-256"),
        (
            "UPDATE meetings_snapshot SET on_date = %s",
            ("2026-11-13",),
            "Zasedání, den nebo okamžik snímku neodpovídá jeho obsahu.",
        ),
        (
            "UPDATE meetings_meeting SET meeting_date = %s",
            ("2026-11-27",),
            "Zasedání, den nebo okamžik snímku neodpovídá jeho obsahu.",
        ),
        (
            "UPDATE meetings_snapshottext SET text = %s WHERE text = %s",
            ("Nejednat.", "Jednat."),
            "Obsah neodpovídá otisku SHA-256 podkladu.",
        ),
        (
            "UPDATE meetings_snapshottext SET text = %s WHERE text = %s",
            (REMOVED, "Jednat."),
            "Text č. 6 je nahrazen, ale žádné odstranění údajů o tom není zapsáno.",
        ),
        (
            "UPDATE meetings_snapshotfile SET content = %s WHERE name = %s",
            (REMOVED, "zprava.pdf"),
            "Soubor zprava.pdf je nahrazen, ale žádné odstranění údajů o tom není zapsáno.",
        ),
        (
            "DELETE FROM meetings_snapshottext WHERE text = %s",
            ("Jednat.",),
            "Obsah nelze přečíst.",
        ),
        (
            "UPDATE meetings_snapshotfile SET content = %s WHERE name = %s",
            (base64.b64encode(b"jine").decode(), "zprava.xlsx"),
            "Soubor zprava.xlsx neodpovídá svému otisku a velikosti.",
        ),
        (
            "UPDATE meetings_snapshotfile SET content = %s WHERE name = %s",
            ("žádné bajty", "zprava.xlsx"),
            "Soubor zprava.xlsx nelze přečíst.",
        ),
        (
            "UPDATE meetings_snapshotfile SET size = size + 1 WHERE name = %s",
            ("opatreni.csv",),
            "Soubor opatreni.csv neodpovídá svému otisku a velikosti.",
        ),
        (
            "UPDATE meetings_snapshotfile SET sha256 = %s WHERE name = %s",
            ("0" * 64, "zprava.json"),
            "Soubor zprava.json neodpovídá svému otisku a velikosti.",
        ),
        (
            "DELETE FROM meetings_snapshotfile WHERE name = %s",
            ("zprava.json",),
            "Soubor zprava.json chybí.",
        ),
        (
            "UPDATE meetings_snapshotfile SET name = %s WHERE name = %s",
            ("zprava.txt", "zprava.json"),
            "Soubor zprava.txt ke snímku nepatří.",
        ),
    ],
)
def test_tampering_is_found_and_named(snapshot, sql, values, says):
    tamper(sql, *values)
    passed, said = proof()
    assert not passed
    assert says in said
    assert "Neprošlo snímků: 1 z 1." in said


def store(name, content, **values):
    """Write other bytes into a document with a fingerprint and a size that fit them."""
    with lifted():
        SnapshotFile._base_manager.filter(name=name).update(
            content=base64.b64encode(content).decode(),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            **values,
        )


def test_json_that_says_something_else_is_found(snapshot):
    store("zprava.json", b"{}")
    assert "Soubor zprava.json neříká totéž co obsah snímku." in proof()[1]


@pytest.mark.parametrize("name", ["zprava.pdf", "zprava.xlsx", "opatreni.csv"])
def test_document_the_same_program_would_make_otherwise_is_a_fault(snapshot, name):
    store(name, b"%PDF-1.7 jinak")
    passed, said = proof()
    assert not passed
    assert f"Soubor {name} vyhotovený znovu je jiný, ač ho vyhotovil týž program." in said


@pytest.mark.parametrize("name", ["zprava.pdf", "zprava.xlsx", "opatreni.csv"])
def test_document_of_another_program_is_a_note(snapshot, name):
    store(name, b"%PDF-1.7 jinak", maker="1" * 64)
    passed, said = proof()
    assert passed
    assert f"Soubor {name} vyhotovil jiný program; dnešní by ho vyhotovil jinak." in said


def test_correction_out_of_line_is_found(snapshot, head):
    correct_snapshot(meeting=snapshot.meeting, by=head, reason="Překlep.", now=NOW)
    tamper("UPDATE meetings_snapshot SET number = 5 WHERE number = 1")
    passed, said = proof()
    assert not passed
    assert "Oprava nenavazuje na předchozí snímek téhož zasedání." in said


# Redacted


def remove(head):
    report = Report.objects.get()
    redact_record(record=report, by=head, texts=["obstacle"], reference="DPO 12/2026")


def test_redacted_snapshot_is_proven_and_named_with_its_reference(snapshot, head):
    remove(head)
    passed, said = proof()
    assert passed
    assert "podklad: Rada kraje, 26. 11. 2026: Odstraněno podle DPO 12/2026, míst: 5." in said


def test_tampering_with_a_redacted_snapshot_is_found(snapshot, head):
    remove(head)
    tamper("UPDATE meetings_snapshottext SET text = %s WHERE text = %s", "Nejednat.", "Jednat.")
    passed, said = proof()
    assert not passed
    assert "Obsah nebo texty neodpovídají otisku, pod kterým byly uloženy." in said


def test_the_guard_is_back_after_each_test(snapshot):
    assert SnapshotText.objects.count() == 8
    assert Snapshot.objects.count() == 1
