"""Personal data removed from a report go from every frozen briefing, and from its documents."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from common import redaction
from common.append_only import drop_triggers, install_triggers
from common.czech import PRAGUE
from common.models import Redaction
from measures.actions import redact_record
from measures.redactions import removables
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.copies import copies, says
from meetings.models import SnapshotFile, SnapshotText
from meetings.snapshots import read, serve
from tests import factories as make
from tests.meetings import stand_in
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=PRAGUE)
REMOVED = "[odstraněno z důvodu ochrany osobních údajů]"
SECRET = "Klient Jan Novák dluží."


@pytest.fixture(autouse=True)
def log(settings, tmp_path):
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"
    return settings.REDACTION_LOG


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


@pytest.fixture
def meeting(monkeypatch):
    stand_in.install(monkeypatch)
    return MeetingFactory(
        meeting_date=date(2026, 11, 26), body__slug="rada", body__name="Rada kraje"
    )


@pytest.fixture
def report(meeting):
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    return make.report(measure, date(2026, 11, 1), obstacle=SECRET, note="ano")


def remove(report, head, *texts):
    return redact_record(record=report, by=head, texts=texts, reference="DPO 12/2026")


def test_removed_text_goes_from_every_snapshot_and_its_documents(meeting, report, head):
    first = freeze(meeting=meeting, by=head, now=NOW)
    second = correct_snapshot(meeting=meeting, by=head, reason="Překlep.", now=NOW)
    before = {file.pk: (file.name, file.size, file.sha256) for file in SnapshotFile.objects.all()}
    remove(report, head, "obstacle")
    assert not SnapshotText.objects.filter(text=SECRET).exists()
    assert set(SnapshotFile.objects.values_list("content", flat=True)) == {REMOVED}
    for snapshot in (first, second):
        assert read(snapshot).late[0].why == REMOVED
        # What nobody asked to remove stays.
        assert read(snapshot).late[0].next_step == "Jednat."
    after = {file.pk: (file.name, file.size, file.sha256) for file in SnapshotFile.objects.all()}
    assert after == before


def test_documents_are_made_anew_without_the_text(meeting, report, head):
    freeze(meeting=meeting, by=head, now=NOW)
    stored = {file.name: serve(file).content for file in SnapshotFile.objects.all()}
    assert all(SECRET.encode() in content for content in stored.values())
    remove(report, head, "obstacle")
    for file in SnapshotFile.objects.all():
        served = serve(file)
        assert served.is_remade
        assert SECRET.encode() not in served.content
        assert REMOVED.encode() in served.content
        assert served.sha256 == hashlib.sha256(served.content).hexdigest() != file.sha256
        assert serve(file) == served


def test_head_sees_beforehand_where_else_the_text_stands(meeting, report, head):
    freeze(meeting=meeting, by=head, now=NOW)
    text = next(one for one in removables(report) if one.field == "obstacle")
    name = "podklad: Rada kraje, 26.\u00a011.\u00a02026"
    assert text.others == [
        name,
        f"{name}, zprava.pdf",
        f"{name}, zprava.xlsx",
        f"{name}, zprava.json",
        f"{name}, opatreni.csv",
    ]


def test_same_text_of_another_measure_and_short_texts_stay(meeting, report, head):
    other = make.make_measure("1.3", strategy=meeting.body.strategy)
    twin = make.report(other, date(2026, 11, 1), obstacle=SECRET)
    freeze(meeting=meeting, by=head, now=NOW)
    remove(twin, head, "obstacle")
    remove(report, head, "note")
    assert SnapshotText.objects.filter(text=SECRET).count() == 1
    assert not SnapshotText.objects.filter(text=REMOVED).exists()
    assert not SnapshotFile.objects.filter(content=REMOVED).exists()


def test_second_removal_reaches_a_snapshot_without_documents(meeting, report, head):
    freeze(meeting=meeting, by=head, now=NOW)
    remove(report, head, "obstacle")
    later = make.report(report.measure, date(2026, 11, 2), next_step="Jednat.")
    remove(later, head, "next_step")
    assert SnapshotText.objects.filter(text=REMOVED).count() == 2


def test_removal_is_repeated_after_a_restore(
    meeting, report, head, django_capture_on_commit_callbacks
):
    freeze(meeting=meeting, by=head, now=NOW)
    texts = dict(SnapshotText.objects.values_list("pk", "text"))
    files = dict(SnapshotFile.objects.values_list("pk", "content"))
    with django_capture_on_commit_callbacks(execute=True):
        remove(report, head, "obstacle")
    drop_triggers(connection)
    Redaction._base_manager.all()._raw_delete("default")
    for model, field, values in (
        (SnapshotText, "text", texts),
        (SnapshotFile, "content", files),
    ):
        for pk, value in values.items():
            model._base_manager.filter(pk=pk).update(**{field: value})
    type(report)._base_manager.filter(pk=report.pk).update(obstacle=SECRET)
    install_triggers(connection)
    assert SnapshotText.objects.filter(text=SECRET).exists()
    call_command("repeat_redactions")
    assert not SnapshotText.objects.filter(text=SECRET).exists()
    assert set(SnapshotFile.objects.values_list("content", flat=True)) == {REMOVED}
    call_command("verify_snapshots")


def test_upper_apps_are_asked_once():
    assert redaction._lookers == [copies]
    redaction.look_also(copies)
    assert redaction._lookers == [copies]


def test_what_belongs_to_no_measure_has_no_copies(head):
    assert list(copies(head, SECRET)) == []


@pytest.mark.parametrize(
    ("whole", "text", "is_said"),
    [
        ("ano", "ano", True),
        ("Je to 3\u00a0% lidí", "Je to 3 % lidí", True),
        ("Milník „Ano“ je otevřený.", "Ano", True),
        ("Ano, platí.", "Ano", False),
        ("Milník Smlouva s Novákem měl být.", "Smlouva s Novákem", True),
        ("Milník Smlouva s Novákemu měl být.", "Smlouva s Novákem", False),
        ("Klient Jan Nov…", "Klient Jan Novák dluží.", True),
        ("Klient…", "Klient Jan Novák dluží.", False),
        ("Něco jiného", "Klient Jan Novák dluží.", False),
    ],
)
def test_a_text_is_found_whole_quoted_or_shortened(whole, text, is_said):
    assert says(whole, text) == is_said


def test_looking_for_copies_costs_the_same_for_one_and_thirty(
    meeting, report, head, django_assert_num_queries
):
    freeze(meeting=meeting, by=head, now=NOW)
    with django_assert_num_queries(2):
        assert len([str(one) for one, _ in copies(report.measure, SECRET)]) == 5
    for number in range(29):
        later = NOW + timedelta(days=number)
        correct_snapshot(meeting=meeting, by=head, reason="Překlep.", now=later)
    with django_assert_num_queries(2):
        assert len([str(one) for one, _ in copies(report.measure, SECRET)]) == 150
