"""The documents of a briefing: frozen bytes for everybody, a draft for those who may see it."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from common.czech import PRAGUE
from common.pdf import PdfError
from measures.actions import redact_record
from measures.models import Report
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.models import SnapshotFile
from tests import factories as make
from tests.meetings import stand_in
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=PRAGUE)
BASE = "/zasedani/2026-11-26-rada"
NAMES = ["zprava.pdf", "zprava.xlsx", "zprava.json", "opatreni.csv"]
SECRET = "Klient Jan Novák dluží."


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


@pytest.fixture
def meeting(monkeypatch, settings, tmp_path):
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"
    stand_in.install(monkeypatch)
    monkeypatch.setattr("meetings.views.files.briefing", stand_in.briefing)
    found = MeetingFactory(
        meeting_date=date(2026, 11, 26), body__slug="rada", body__name="Rada kraje"
    )
    measure = make.make_measure("1.2", strategy=found.body.strategy)
    make.report(measure, date(2026, 11, 1), obstacle=SECRET)
    return found


@pytest.fixture
def frozen(meeting, head):
    return freeze(meeting=meeting, by=head, now=NOW)


# Frozen


@pytest.mark.parametrize(
    ("name", "mime", "disposition"),
    [
        ("zprava.pdf", "application/pdf", 'inline; filename="zprava-2026-11-26-rada.pdf"'),
        (
            "zprava.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            'attachment; filename="zprava-2026-11-26-rada.xlsx"',
        ),
        (
            "zprava.json",
            "application/json",
            'attachment; filename="zprava-2026-11-26-rada.json"',
        ),
        (
            "opatreni.csv",
            "text/csv; charset=utf-8",
            'attachment; filename="opatreni-2026-11-26-rada.csv"',
        ),
    ],
)
def test_frozen_document_is_served_as_it_is_stored(frozen, client, name, mime, disposition):
    file = SnapshotFile.objects.get(name=name)
    answer = client.get(f"{BASE}/{name}", headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == file.sha256
    assert answer["ETag"] == f'"{file.sha256}"'
    assert answer["Content-Length"] == str(file.size) == str(len(answer.content))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (mime, disposition)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("name", NAMES)
def test_reader_who_has_the_bytes_gets_none(frozen, client, name, django_assert_num_queries):
    etag = client.get(f"{BASE}/{name}")["ETag"]
    with django_assert_num_queries(1):
        answer = client.get(f"{BASE}/{name}", headers={"if-none-match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(f"{BASE}/{name}", headers={"if-none-match": '"x"'}).status_code == 200


def test_frozen_document_costs_two_queries(frozen, client, django_assert_num_queries):
    client.get(f"{BASE}/zprava.pdf")
    with django_assert_num_queries(1):
        client.get(f"{BASE}/zprava.pdf")


def test_later_edits_change_no_byte(frozen, client, meeting):
    before = {name: client.get(f"{BASE}/{name}").content for name in NAMES}
    measure = meeting.body.strategy.measures.get()
    make.report(measure, date(2026, 11, 20), obstacle="Už nic nebrání.")
    assert {name: client.get(f"{BASE}/{name}").content for name in NAMES} == before


def test_newest_correction_is_served_and_older_ones_stay(frozen, client, meeting, head):
    first = client.get(f"{BASE}/zprava.pdf").content
    later = NOW + timedelta(days=40)
    measure = meeting.body.strategy.measures.get()
    make.report(measure, date(2026, 11, 2), obstacle="Jinak.")
    correct_snapshot(meeting=meeting, by=head, reason="Překlep.", now=later)
    newest = client.get(f"{BASE}/zprava.pdf")
    assert "Jinak." in newest.content.decode()
    assert newest["Content-Disposition"] == (
        'inline; filename="zprava-2026-11-26-rada-oprava-1.pdf"'
    )
    assert client.get(f"{BASE}/oprava/1/zprava.pdf").content == newest.content
    assert client.get(f"{BASE}/oprava/0/zprava.pdf").content == first
    assert client.get(f"{BASE}/oprava/2/zprava.pdf").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/zasedani/2026-11-27-rada/zprava.pdf",
        "/zasedani/2026-11-26-vybor/zprava.pdf",
        "/zasedani/2026-13-26-rada/zprava.pdf",
        "/zasedani/2026-11-26-rada/zprava.txt",
        "/zasedani/2026-11-26-rada/oprava/0/zprava.txt",
    ],
)
def test_unknown_address_is_not_found(frozen, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_redacted_document_is_served_anew_under_its_own_fingerprint(frozen, client, head, name):
    old = client.get(f"{BASE}/{name}")
    assert SECRET in old.content.decode()
    redact_record(record=Report.objects.get(), by=head, texts=["obstacle"], reference="DPO 1")
    new = client.get(f"{BASE}/{name}", headers={"if-none-match": old["ETag"]})
    assert new.status_code == 200
    assert SECRET not in new.content.decode()
    assert "[odstraněno z důvodu ochrany osobních údajů]" in new.content.decode()
    assert new["ETag"] == f'"{hashlib.sha256(new.content).hexdigest()}"' != old["ETag"]
    assert "-bez-osobnich-udaju." in new["Content-Disposition"]
    again = client.get(f"{BASE}/{name}", headers={"if-none-match": new["ETag"]})
    assert again.status_code == 304


# Before


@pytest.mark.parametrize("role", ["unit", "head", "councillor"])
@pytest.mark.parametrize("name", NAMES)
def test_draft_is_made_for_those_who_may_see_it(meeting, client_as, name, role):
    answer = client_as(role).get(f"{BASE}/{name}")
    assert answer.status_code == 200
    assert "-2026-11-26-rada-navrh." in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert not answer.cookies
    assert ("Návrh" in answer.content.decode()) == (name == "zprava.pdf")


@pytest.mark.parametrize("name", NAMES)
def test_draft_is_hidden_from_others(meeting, client_as, name):
    assert Client().get(f"{BASE}/{name}").status_code == 404
    assert client_as("admin").get(f"{BASE}/{name}").status_code == 404


def test_document_that_cannot_be_made_says_so(meeting, client_as, monkeypatch):
    def fail(document):
        raise PdfError("no")

    monkeypatch.setattr("meetings.documents.pdf", fail)
    answer = client_as("head").get(f"{BASE}/zprava.pdf")
    assert answer.status_code == 503
    assert "Zprávu se teď nepodařilo sestavit" in answer.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_documents_take_no_post(frozen, client, name):
    assert client.post(f"{BASE}/{name}").status_code == 405
    assert client.post(f"{BASE}/oprava/0/{name}").status_code == 405
