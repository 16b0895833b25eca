"""What imports share: the log, the bytes that wait, one run at a time."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from common import imports
from common.imports import ImportRefused, read_file
from common.models import ImportRun, ImportState
from tests.municipalities.pages import plain

pytestmark = pytest.mark.django_db

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def waiting(**counts):
    return imports.keep("index", read_file("a.xlsx", [b"ab", b"c"]), by=None, counts=counts)


def test_file_is_read_in_pieces_with_its_fingerprint():
    file = read_file("a.xlsx", [b"ab", b"c"])
    assert (file.content, file.size) == (b"abc", 3)
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read_file("a.xlsx", []).sha256 == EMPTY


def test_file_that_is_too_large_keeps_no_bytes(monkeypatch):
    monkeypatch.setattr(imports, "MAX_BYTES", 4)
    file = read_file("a.xlsx", [b"abc", b"def", b"g"])
    assert (file.content, file.size, file.is_too_large) == (b"", 7, True)
    assert not read_file("a.xlsx", [b"abcd"]).is_too_large


def test_refusal_lists_a_hundred_problems_and_tells_how_many_there_are():
    refusal = ImportRefused([f"Chyba {n}." for n in range(101)])
    assert (len(refusal.problems), refusal.total, refusal.is_cut) == (100, 101, True)
    file = read_file("a.xlsx", [])
    run = imports.log("index", file, ImportState.REFUSED, by=None, refusal=refusal)
    run.refresh_from_db()
    assert (len(run.problems), run.counts) == (100, {"problems": 101})
    assert (run.sha256, run.size, run.finished_at is None) == (EMPTY, 0, False)


def test_bytes_wait_under_a_random_name_until_the_run_ends(django_capture_on_commit_callbacks):
    run = waiting()
    assert "a.xlsx" not in run.stored_name
    assert imports.waiting_file(run).content == b"abc"
    name = run.stored_name
    with django_capture_on_commit_callbacks(execute=True):
        assert imports.finish(run, ImportState.ABANDONED)
    assert not default_storage.exists(name)
    run.refresh_from_db()
    assert (run.state, run.stored_name, run.finished_at is None) == ("abandoned", "", False)


def test_run_ends_once():
    run = waiting()
    assert imports.finish(ImportRun.objects.get(), ImportState.DONE)
    assert not imports.finish(run, ImportState.ABANDONED)
    run.refresh_from_db()
    assert run.state == "done"


def test_bytes_that_are_gone_or_other_than_checked_are_refused():
    run = waiting()
    default_storage.delete(run.stored_name)
    with pytest.raises(ImportRefused, match="nečeká"):
        imports.waiting_file(run)
    run = waiting()
    run.sha256 = EMPTY
    with pytest.raises(ImportRefused, match="nečeká"):
        imports.waiting_file(run)


def test_preview_nobody_confirms_is_thrown_away_after_a_week():
    old, fresh = waiting(), waiting()
    now = timezone.now()
    ImportRun.objects.filter(pk=old.pk).update(started_at=now - timedelta(days=8))
    ImportRun.objects.filter(pk=fresh.pk).update(started_at=now - timedelta(days=6))
    imports.abandon_old(now)
    states = dict(ImportRun.objects.values_list("pk", "state"))
    assert states == {old.pk: "abandoned", fresh.pk: "previewed"}


@pytest.mark.django_db(transaction=True)
def test_second_import_at_the_same_time_is_refused():
    heard = []

    def try_it():
        try:
            with imports.alone():
                heard.append("in")
        except ImportRefused as refusal:
            heard.append(refusal.problems[0])
        finally:
            connection.close()

    def elsewhere():
        thread = Thread(target=try_it)
        thread.start()
        thread.join(30)

    with imports.alone():
        elsewhere()
    elsewhere()
    assert [plain(text) for text in heard] == [imports.BUSY, "in"]
