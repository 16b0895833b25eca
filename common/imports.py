"""What imports of files from outside share: their log, the bytes that wait, one run at a time."""

import fcntl
import hashlib
import os
import secrets
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from common import czech
from common.models import ImportRun, ImportState

MAX_BYTES = 20_000_000
LISTED = 100
"""How many problems of a file are told; the number of all is told beside them."""
KEPT_DAYS = 7
"""A preview nobody has confirmed for this long is thrown away."""

WAITING = "waiting"
"""Among the counts of a run that waits: what its page shows and compares, gone with the end."""

MOST = f"{MAX_BYTES // 1_000_000}{czech.NBSP}MB"
TOO_LARGE = f"Soubor je větší než {MOST}."
BUSY = "Právě běží jiný import. Počkejte, až skončí, a zkuste to znovu."
GONE = "Soubor už na potvrzení nečeká. Nahrajte ho znovu."
MEANWHILE = (
    "Údaje v portálu se od kontroly změnily, nic se nenačetlo. Podívejte se na nové porovnání."
)


class ImportRefused(Exception):
    """A file, or a run, that cannot be imported; nothing was. Each problem is a Czech sentence."""

    def __init__(self, problems):
        problems = list(problems)
        super().__init__(problems[0])
        self.total = len(problems)
        self.problems = [czech.typography(text) for text in problems[:LISTED]]
        self.is_cut = self.total > len(self.problems)


@dataclass(frozen=True)
class ImportFile:
    """A file somebody brought: its name without folders, and its bytes, of which none were kept
    where it is too large."""

    name: str
    content: bytes = field(repr=False)
    sha256: str
    size: int

    @property
    def is_too_large(self):
        return self.size > MAX_BYTES


def read_file(name, pieces):
    """Return the ImportFile of a name and the bytes that come in pieces."""
    digest, kept, size = hashlib.sha256(), [], 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        if size <= MAX_BYTES:
            kept.append(piece)
        else:
            kept.clear()
    return ImportFile(name, b"".join(kept), digest.hexdigest(), size)


def log(kind, file, state, *, by, counts=None, refusal=None, stored_name=""):
    """Write a run into the log and return it; one that waits has its bytes in the storage."""
    is_waiting = state == ImportState.PREVIEWED
    problems = refusal.problems if refusal else []
    total = {"problems": refusal.total} if refusal else {}
    return ImportRun.objects.create(
        kind=kind,
        file_name=file.name[-200:],
        sha256=file.sha256,
        size=file.size,
        state=state,
        counts={**(counts or {}), **total},
        problems=problems,
        stored_name=stored_name,
        finished_at=None if is_waiting else timezone.now(),
        person=by,
    )


def keep(kind, file, *, by, counts):
    """Log a run that waits for being confirmed, and keep its bytes until then."""
    random = secrets.token_hex(20)
    name = default_storage.save(f"{random[:2]}/{random}", ContentFile(file.content))
    try:
        return log(kind, file, ImportState.PREVIEWED, by=by, counts=counts, stored_name=name)
    except BaseException:
        default_storage.delete(name)
        raise


def waiting_file(run):
    """Return the ImportFile of a run that waits. Raises ImportRefused if it is not there, or not
    what was checked."""
    try:
        with default_storage.open(run.stored_name or "-") as stored:
            file = read_file(run.file_name, stored.chunks())
    except FileNotFoundError:
        raise ImportRefused([GONE]) from None
    if run.state != ImportState.PREVIEWED or file.sha256 != run.sha256:
        raise ImportRefused([GONE])
    return file


def finish(run, state, *, counts=None, refusal=None):
    """End a run that waited; its bytes go when the transaction is committed.

    The one of two at once who comes later changes nothing: False.
    """
    stored_name = run.stored_name
    run.state, run.finished_at, run.stored_name = state, timezone.now(), ""
    run.counts = {**run.counts, **(counts or {})}
    run.counts.pop(WAITING, None)
    if refusal:
        run.problems = refusal.problems
        run.counts["problems"] = refusal.total
    ended = ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEWED).update(
        state=run.state,
        finished_at=run.finished_at,
        stored_name="",
        counts=run.counts,
        problems=run.problems,
    )
    if ended and stored_name:
        transaction.on_commit(lambda: default_storage.delete(stored_name))
    return bool(ended)


def renew(run, counts):
    """Give a run that waits the counts of a new comparison."""
    run.counts = counts
    ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEWED).update(counts=counts)


def abandon_old(now):
    """Throw away previews nobody has confirmed for a week."""
    old = now - timedelta(days=KEPT_DAYS)
    for run in ImportRun.objects.filter(state=ImportState.PREVIEWED, started_at__lt=old):
        finish(run, ImportState.ABANDONED)


@contextmanager
def alone():
    """Hold the one place for imports within a transaction. Raises ImportRefused when another one
    holds it. It is freed with the end of the process too, so a kill blocks nobody."""
    is_postgresql = connection.vendor == "postgresql"
    with nullcontext() if is_postgresql else _locked_folder(), transaction.atomic():
        if is_postgresql:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
                if not cursor.fetchone()[0]:
                    raise ImportRefused([BUSY])
        yield


_LOCK = int.from_bytes(hashlib.sha256(b"import").digest()[:7], "big")


@contextmanager
def _locked_folder():
    """SQLite serves one machine: a lock on the folder of stored files. Writers of the database
    wait for each other, so a lock in there would let the second import in after the first."""
    settings.MEDIA_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(settings.MEDIA_ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ImportRefused([BUSY]) from None
    finally:
        os.close(folder)
