"""Freezing a briefing and correcting what was frozen: when, by whom, all or nothing."""

import base64
import hashlib
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from common.czech import PRAGUE
from common.models import Redaction
from common.pdf import PdfError
from measures.actions import redact_record
from meetings import canonical
from meetings.actions import freeze as freezing
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.models import Snapshot, SnapshotFile, SnapshotText
from meetings.snapshots import read, serve
from tests import factories as make
from tests.meetings import stand_in
from tests.meetings.factories import BodyFactory, MeetingFactory

pytestmark = pytest.mark.django_db

MEETING_DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 14, 9, 30, tzinfo=PRAGUE)
OBSTACLE = "Chybí peníze #1 <b> $x$ @jan \\ *"


@pytest.fixture(autouse=True)
def _log(settings, tmp_path):
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


@pytest.fixture
def meeting(monkeypatch):
    stand_in.install(monkeypatch)
    return MeetingFactory(meeting_date=MEETING_DAY, body__slug="rada", body__name="Rada kraje")


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=PRAGUE)


def nothing_kept():
    return not (
        Snapshot.objects.exists() or SnapshotText.objects.exists() or SnapshotFile.objects.exists()
    )


# What is kept


def test_freeze_keeps_the_briefing_as_it_was_at_that_moment(meeting, head):
    snapshot = freeze(meeting=meeting, by=head, now=NOW)
    assert (snapshot.number, snapshot.corrects, snapshot.reason) == (0, None, "")
    assert (snapshot.on_date, snapshot.frozen_at) == (date(2026, 11, 14), NOW)
    assert snapshot.frozen_by == head
    briefing = read(Snapshot.objects.get())
    assert briefing == stand_in.briefing(meeting, date(2026, 11, 14), NOW)
    whole = canonical.dumps(briefing)
    assert snapshot.sha256 == hashlib.sha256(whole.encode()).hexdigest()


def test_freeze_keeps_four_documents_with_their_fingerprints(meeting, head):
    snapshot = freeze(meeting=meeting, by=head, now=NOW)
    files = {file.name: file for file in SnapshotFile.objects.all()}
    assert set(files) == {"zprava.pdf", "zprava.xlsx", "zprava.json", "opatreni.csv"}
    for file in files.values():
        served = serve(file)
        assert file.size == len(served.content) > 0
        assert file.sha256 == served.sha256 == hashlib.sha256(served.content).hexdigest()
        assert base64.b64decode(file.content) == served.content
        assert not served.is_remade
    assert serve(files["zprava.json"]).content == canonical.dumps(read(snapshot)).encode()
    assert serve(files["zprava.pdf"]).content.startswith(b"%PDF-")
    # The fingerprint of the JSON is that of the snapshot: whoever has the file can compare.
    assert files["zprava.json"].sha256 == snapshot.sha256


def test_texts_are_kept_apart_with_their_measures(meeting, head):
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    other = make.make_measure("1.2", strategy__slug="jina")
    freeze(meeting=meeting, by=head, now=NOW)
    kept = SnapshotText.objects.filter(text=OBSTACLE)
    assert {one.measure for one in kept} == {measure}
    assert other.snapshot_texts.count() == 0
    assert SnapshotText.objects.get(text="Rada bere na vědomí.").measure is None
    assert "Chybí peníze" not in Snapshot.objects.get().content


# When and by whom


@pytest.mark.parametrize("role", ["unit", "councillor", "admin"])
def test_only_the_head_freezes(meeting, make_user, role):
    with pytest.raises(PermissionDenied):
        freeze(meeting=meeting, by=make_user(role), now=NOW)
    assert nothing_kept()


def test_freezing_opens_thirty_days_before(meeting, head):
    with pytest.raises(ValidationError) as refusal:
        freeze(meeting=meeting, by=head, now=at(date(2026, 10, 26), 23))
    assert refusal.value.messages == [
        "Podklad půjde zmrazit od 27.\u00a010.\u00a02026, 30 dní před zasedáním."
    ]
    assert nothing_kept()
    assert freeze(meeting=meeting, by=head, now=at(date(2026, 10, 27), 0)).number == 0


def test_freezing_is_possible_until_the_body_meets_again(meeting, head):
    MeetingFactory(body=meeting.body, meeting_date=date(2026, 12, 10))
    MeetingFactory(body=BodyFactory(strategy=meeting.body.strategy), meeting_date=MEETING_DAY)
    with pytest.raises(ValidationError) as refusal:
        freeze(meeting=meeting, by=head, now=at(date(2026, 12, 10), 1))
    assert refusal.value.messages == [
        "Podklad už zmrazit nejde: orgán zasedal znovu 10.\u00a012.\u00a02026."
    ]
    assert freeze(meeting=meeting, by=head, now=at(date(2026, 12, 9), 23)).number == 0


def test_freezing_twice_is_refused(meeting, head):
    freeze(meeting=meeting, by=head, now=NOW)
    with pytest.raises(ValidationError, match="Podklad už je zmrazen"):
        freeze(meeting=meeting, by=head, now=NOW + timedelta(days=1))
    assert Snapshot.objects.count() == 1


def test_a_day_to_come_is_refused(meeting, head):
    with pytest.raises(ValidationError, match="ještě nenastal"):
        freeze(meeting=meeting, by=head, on=date(2026, 11, 15), now=NOW)
    assert nothing_kept()


def test_a_meeting_that_was_deleted_meanwhile_is_refused(meeting, head):
    gone = MeetingFactory(body=meeting.body, meeting_date=date(2026, 11, 30))
    pk = gone.pk
    gone.delete()
    gone.pk = pk
    with pytest.raises(ValidationError, match="Zasedání už"):
        freeze(meeting=gone, by=head, now=NOW)


# Corrections


def test_correction_names_what_it_corrects_and_shows_the_same_day(meeting, head):
    first = freeze(meeting=meeting, by=head, now=NOW)
    later = at(date(2027, 3, 1))
    second = correct_snapshot(meeting=meeting, by=head, reason=" Chybělo číslo. ", now=later)
    third = correct_snapshot(meeting=meeting, by=head, reason="Ještě jedno.", now=later)
    assert (second.number, second.corrects, second.reason) == (1, first, "Chybělo číslo.")
    assert (second.on_date, second.frozen_at) == (date(2026, 11, 14), later)
    assert (third.number, third.corrects) == (2, second)
    assert read(second).known == later
    assert second.words == "oprava č.\u00a01"


def test_correction_needs_a_reason_and_a_snapshot(meeting, head):
    with pytest.raises(ValidationError, match="ještě není zmrazen"):
        correct_snapshot(meeting=meeting, by=head, reason="Překlep.", now=NOW)
    freeze(meeting=meeting, by=head, now=NOW)
    with pytest.raises(ValidationError) as refusal:
        correct_snapshot(meeting=meeting, by=head, reason=" ", now=NOW)
    assert refusal.value.message_dict == {"reason": ["Napište, co a proč se opravuje."]}
    assert Snapshot.objects.count() == 1


def test_only_the_head_corrects(meeting, head, make_user):
    freeze(meeting=meeting, by=head, now=NOW)
    with pytest.raises(PermissionDenied):
        correct_snapshot(meeting=meeting, by=make_user("unit"), reason="Překlep.", now=NOW)


# What comes in between


def test_a_document_that_cannot_be_made_freezes_nothing(meeting, head, monkeypatch):
    def fail(document):
        raise PdfError("no")

    monkeypatch.setattr("meetings.documents.build", fail)
    with pytest.raises(ValidationError, match="Nic se nezmrazilo"):
        freeze(meeting=meeting, by=head, now=NOW)
    assert nothing_kept()


def between(monkeypatch, act):
    """Do something while the documents are being made."""
    make_files = freezing._files
    acted = []

    def files(*args):
        if not acted:
            acted.append(True)
            act()
        return make_files(*args)

    monkeypatch.setattr(freezing, "_files", files)


def test_somebody_else_freezing_meanwhile_wins(meeting, head, monkeypatch):
    between(monkeypatch, lambda: freeze(meeting=meeting, by=head, now=NOW))
    with pytest.raises(ValidationError, match="Podklad už je zmrazen"):
        freeze(meeting=meeting, by=head, now=NOW)
    assert (Snapshot.objects.count(), SnapshotFile.objects.count()) == (1, 4)


def test_somebody_else_correcting_meanwhile_wins(meeting, head, monkeypatch):
    freeze(meeting=meeting, by=head, now=NOW)
    between(
        monkeypatch, lambda: correct_snapshot(meeting=meeting, by=head, reason="Dřív.", now=NOW)
    )
    with pytest.raises(ValidationError, match="mezitím opravil někdo jiný"):
        correct_snapshot(meeting=meeting, by=head, reason="Pozdě.", now=NOW)
    assert list(Snapshot.objects.values_list("reason", flat=True)) == ["", "Dřív."]


def test_personal_data_removed_meanwhile_are_not_frozen(meeting, head, monkeypatch):
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    report = make.report(measure, date(2026, 11, 1), obstacle="Klient Jan Novák dluží.")

    def remove():
        redact_record(record=report, by=head, texts=["obstacle"], reference="DPO 1")

    between(monkeypatch, remove)
    with pytest.raises(ValidationError, match="Mezitím byly odstraněny osobní údaje"):
        freeze(meeting=meeting, by=head, now=NOW)
    assert nothing_kept()
    assert Redaction.objects.count() == 1


def test_a_kill_while_writing_leaves_nothing(meeting, head, monkeypatch):
    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(SnapshotFile.objects, "bulk_create", die)
    with pytest.raises(KeyboardInterrupt):
        freeze(meeting=meeting, by=head, now=NOW)
    assert nothing_kept()
