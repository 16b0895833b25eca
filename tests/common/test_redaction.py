"""Texts removed for good, and removed again after a restore."""

import hashlib
import json
import os
import stat
from contextlib import suppress
from io import StringIO

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction

from common import redaction, redaction_log
from common.models import Redaction
from common.redaction import redact
from measures.models import Report
from tests import factories

pytestmark = pytest.mark.django_db

PLACEHOLDER = "[odstraněno z důvodu ochrany osobních údajů]"
NOTE = "Klient Jan Novák dluží nájem."


@pytest.fixture(autouse=True)
def log(settings, tmp_path):
    settings.REDACTION_LOG = tmp_path / "mimo" / "redakce.jsonl"
    return settings.REDACTION_LOG


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


@pytest.fixture
def report():
    return factories.ReportFactory(note=NOTE, obstacle="Chybí peníze.")


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def remove(report, head, *fields, reference="DPO 12/2026"):
    return redact(report, fields or ["note"], by=head, reference=reference)


def written(report):
    return Report.objects.filter(pk=report.pk).values().get()


def lines(log):
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


# Removing


def test_redaction_removes_a_text_and_keeps_its_fingerprint(report, head):
    before = written(report)
    remove(report, head)
    assert written(report) == {**before, "note": PLACEHOLDER}
    kept = Redaction.objects.get()
    assert (kept.record_table, kept.record_id) == ("measures_report", report.pk)
    assert (kept.fields, kept.digests) == (["note"], {"note": digest(NOTE)})
    assert (kept.reference, kept.made_by) == ("DPO 12/2026", head)


def test_redaction_removes_several_texts_at_once(report, head):
    remove(report, head, "obstacle", "note")
    assert (written(report)["note"], written(report)["obstacle"]) == (PLACEHOLDER, PLACEHOLDER)
    assert Redaction.objects.get().digests == {
        "note": digest(NOTE),
        "obstacle": digest("Chybí peníze."),
    }


REFUSED = {
    "nothing picked": ([], "DPO 1", "fields", "Vyberte, co se má odstranit."),
    "an unknown field": (["nope"], "DPO 1", "fields", "Toto z záznamu odstranit nejde."),
    "a field that stays": (["phase"], "DPO 1", "fields", "Toto z záznamu odstranit nejde."),
    "an author": (["author_id"], "DPO 1", "fields", "Toto z záznamu odstranit nejde."),
    "an empty field": (["next_step"], "DPO 1", "fields", "Prázdné pole odstranit nejde."),
    "a good and a bad one": (
        ["note", "phase"],
        "DPO 1",
        "fields",
        "Toto z záznamu odstranit nejde.",
    ),
    "no reference": (
        ["note"],
        "",
        "reference",
        "Uveďte značku pověřence pro ochranu osobních údajů.",
    ),
    "a blank reference": (
        ["note"],
        "  \n",
        "reference",
        "Uveďte značku pověřence pro ochranu osobních údajů.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_redaction_is_refused_with_a_sentence(report, head, log, name):
    fields, reference, field, says = REFUSED[name]
    before = written(report)
    with pytest.raises(ValidationError) as caught:
        redact(report, fields, by=head, reference=reference)
    found = {k: [t.replace("\u00a0", " ") for t in v] for k, v in caught.value.message_dict.items()}
    assert found == {field: [says]}
    assert (written(report), Redaction.objects.count(), lines(log)) == (before, 0, [])


def test_long_reference_is_refused(report, head):
    with pytest.raises(ValidationError) as caught:
        remove(report, head, reference=101 * "x")
    assert list(caught.value.message_dict) == ["reference"]
    assert Redaction.objects.count() == 0


def test_nothing_is_removed_twice(report, head):
    remove(report, head)
    with pytest.raises(ValidationError, match="Tento text už byl odstraněn"):
        remove(report, head)
    assert Redaction.objects.count() == 1
    remove(report, head, "obstacle")
    assert written(report)["obstacle"] == PLACEHOLDER


def test_text_is_read_anew_before_it_is_removed(report, head):
    """The object in hand may be older than the row."""
    stale = Report.objects.get(pk=report.pk)
    stale.note = "co v databázi není"
    remove(stale, head)
    assert Redaction.objects.get().digests == {"note": digest(NOTE)}


# The log


def test_log_says_what_was_removed_but_not_the_text(
    report, head, log, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        redaction = remove(report, head)
    assert lines(log) == [
        {
            "record_table": "measures_report",
            "record_id": report.pk,
            "fields": ["note"],
            "digests": {"note": digest(NOTE)},
            "reference": "DPO 12/2026",
            "made_at": redaction.made_at.isoformat(),
            "made_by": "vedouci@portal.test",
        }
    ]
    assert "Novák" not in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


@pytest.mark.django_db(transaction=True)
def test_log_is_written_only_after_the_commit(report, head, log):
    with transaction.atomic():
        remove(report, head)
        assert not log.exists()
    assert len(lines(log)) == 1
    with suppress(RuntimeError), transaction.atomic():
        remove(report, head, "obstacle")
        raise RuntimeError
    assert (len(lines(log)), written(report)["obstacle"]) == (1, "Chybí peníze.")


@pytest.mark.django_db(transaction=True)
def test_log_that_cannot_be_written_stops_nothing_and_is_told(report, head, log, caplog, settings):
    settings.REDACTION_LOG = log.parent
    log.parent.mkdir()
    remove(report, head)
    assert written(report)["note"] == PLACEHOLDER
    assert "Is a directory" in caplog.text


def test_log_is_on_the_disk_before_it_returns(report, head, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", synced.append)
    redaction_log.append(factories.RedactionFactory())
    assert len(synced) == 1


def test_line_cut_short_spoils_no_other(log):
    redaction_log.append(factories.RedactionFactory(record_id=1))
    with log.open("a") as file:
        file.write('{"record_table": "measu')
    redaction_log.append(factories.RedactionFactory(record_id=2))
    found = [line and line["record_id"] for _, line in redaction_log.read(log)]
    assert found == [1, None, 2]


# After a restore


def logged(report, *fields, **changes):
    """Return a line of the log about a report whose texts are there again."""
    line = {
        "record_table": "measures_report",
        "record_id": report.pk,
        "fields": list(fields or ["note"]),
        "digests": {name: digest(getattr(report, name)) for name in fields or ["note"]},
        "reference": "DPO 12/2026",
        "made_at": "2026-10-01T10:00:00+00:00",
        "made_by": "vedouci@portal.test",
    }
    return {**line, **changes}


def repeat(path, *found, fails=False, **options):
    """Write a log, repeat it and return what the command says."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(t if isinstance(t, str) else json.dumps(t) + "\n" for t in found))
    out = StringIO()
    if fails:
        with pytest.raises(CommandError):
            call_command("repeat_redactions", path, stdout=out, stderr=out, **options)
    else:
        call_command("repeat_redactions", path, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_repeating_removes_again_what_the_database_lacks(report, head, tmp_path):
    before = written(report)
    said = repeat(tmp_path / "log", logged(report))
    assert written(report) == {**before, "note": PLACEHOLDER}
    kept = Redaction.objects.get()
    assert (kept.reference, kept.made_by) == ("DPO 12/2026", head)
    assert kept.made_at.isoformat() == "2026-10-01T10:00:00+00:00"
    assert kept.digests == {"note": digest(NOTE)}
    assert said.splitlines() == [
        "odstraněno znovu: 1",
        "už bylo odstraněno: 0",
        "záznam v databázi není: 0",
        "v záznamu je jiný text, zůstal: 0",
    ]


def test_repeating_again_changes_nothing(report, head, tmp_path):
    repeat(tmp_path / "log", logged(report), logged(report, "obstacle"))
    assert "už bylo odstraněno: 2" in repeat(
        tmp_path / "log", logged(report), logged(report, "obstacle")
    )
    assert Redaction.objects.count() == 2


def test_repeating_finishes_what_is_half_there(report, head, tmp_path):
    remove(report, head, "obstacle")
    assert "odstraněno znovu: 1" in repeat(tmp_path / "log", logged(report, "note", "obstacle"))
    assert (written(report)["note"], written(report)["obstacle"]) == (PLACEHOLDER, PLACEHOLDER)


def test_repeating_never_touches_another_text_of_the_same_number(report, head, tmp_path):
    """After a restore a new report may bear the number of one that was lost."""
    line = logged(report, digests={"note": digest("jiný text")})
    said = repeat(tmp_path / "log", line, logged(report, "obstacle"), fails=True)
    assert (written(report)["note"], written(report)["obstacle"]) == (NOTE, PLACEHOLDER)
    assert "v záznamu je jiný text, zůstal: 1" in said
    assert f"Řádek 1: measures_report {report.pk} má jiný text" in said


def test_repeating_passes_what_is_not_there(report, head, tmp_path):
    said = repeat(
        tmp_path / "log",
        logged(report, record_id=report.pk + 1),
        logged(report, record_table="accounts_user"),
        logged(report, fields=["phase"], digests={"phase": digest("running")}),
    )
    assert "záznam v databázi není: 3" in said
    assert written(report)["phase"] == "running"


@pytest.mark.parametrize(
    "line",
    ["nic\n", "[1]\n", "7\n", '{"fields": []}\n', '{"record_table": "measu', "null\n", "\xff\n"],
)
def test_repeating_tells_a_line_without_sense_and_goes_on(report, head, tmp_path, line):
    said = repeat(tmp_path / "log", line.rstrip("\n") + "\n", logged(report), fails=True)
    assert "Řádek 1 nedává smysl." in said
    assert written(report)["note"] == PLACEHOLDER


def test_repeating_needs_somebody_who_answers(report, make_user, tmp_path):
    said = repeat(tmp_path / "log", logged(report), fails=True)
    assert "Řádek 1: účet vedouci@portal.test chybí, uveďte --by." in said
    assert written(report)["note"] == NOTE
    other = make_user("head", email="nova@portal.test")
    repeat(tmp_path / "log", logged(report), by="nova@portal.test")
    assert Redaction.objects.get().made_by == other


def test_repeating_refuses_unknown_people_and_files(report, tmp_path):
    with pytest.raises(CommandError, match=r"Účet nikdo@portal\.test v databázi není"):
        call_command("repeat_redactions", by="nikdo@portal.test")
    with pytest.raises(CommandError, match="neexistuje"):
        call_command("repeat_redactions", tmp_path / "neni")


def test_repeating_completes_our_own_log(report, head, log):
    """Whatever kept a line from being written, the next run writes it."""
    remove(report, head)
    assert "do záznamu doplněno: 1" in repeat(log)
    assert [line["record_id"] for line in lines(log)] == [report.pk]
    out = StringIO()
    call_command("repeat_redactions", stdout=out)
    assert "do záznamu doplněno: 0" in out.getvalue()
    assert "už bylo odstraněno: 1" in out.getvalue()


# Where else a text stands


def test_upper_apps_say_where_else_a_text_stands(report, monkeypatch):
    other = factories.ReportFactory(note=NOTE)
    monkeypatch.setattr(redaction, "_lookers", [])

    def look(owner, text):
        return [(other, "note")] if (owner, text) == (report.measure, NOTE) else []

    redaction.look_also(look)
    redaction.look_also(look)
    assert list(redaction.copies(report.measure, NOTE)) == [(other, "note")]
    assert list(redaction.copies(report.measure, "Jiný text.")) == []


def test_documents_made_of_a_removed_text_leave_the_cache(
    report, head, django_capture_on_commit_callbacks
):
    caches["pdf"].set("x", NOTE.encode())
    with django_capture_on_commit_callbacks(execute=True):
        remove(report, head)
    assert caches["pdf"].get("x") is None
