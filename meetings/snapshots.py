"""What was frozen, as it is read: the Briefing of a snapshot and the bytes of its documents."""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from common.models import REMOVED
from meetings import canonical
from meetings.content import Briefing
from meetings.documents import BY_NAME, source_of
from meetings.models import Snapshot, SnapshotFile


@dataclass(frozen=True)
class Served:
    """The bytes of a document and their fingerprint; `is_remade` where personal data had to go
    from what was stored, and the document was made anew without them."""

    content: bytes
    sha256: str
    is_remade: bool


def read(snapshot: Snapshot) -> Briefing:
    """Return the Briefing a snapshot holds, with a placeholder for each text that was removed."""
    texts = snapshot.texts.order_by("number").values_list("text", flat=True)
    return canonical.put_together(snapshot.content, list(texts))


def serve(file: SnapshotFile) -> Served:
    """Return a document of a snapshot: the bytes that were stored, or those made anew.

    Raises PdfError where a PDF has to be made anew and cannot.
    """
    if file.content != REMOVED:
        return Served(base64.b64decode(file.content), file.sha256, is_remade=False)
    content = remake(file)
    return Served(content, hashlib.sha256(content).hexdigest(), is_remade=True)


@lru_cache(maxsize=16)
def stored_bytes(sha256: str) -> bytes:
    """Return the bytes stored under a fingerprint. They never change, so a process remembers those
    it was asked for last. Raises SnapshotFile.DoesNotExist where they had to go.

    Who serves them asks first whether they are still to be served: memory is not told of it.
    """
    files = SnapshotFile.objects.filter(sha256=sha256).exclude(content=REMOVED)
    content = files.values_list("content", flat=True).order_by("pk").first()
    if content is None:
        raise SnapshotFile.DoesNotExist
    return base64.b64decode(content)


def remake(file: SnapshotFile, *, is_kept=True) -> bytes:
    """Return a document of a snapshot made anew from what the snapshot says now."""
    snapshot = file.snapshot
    source = source_of(
        read(snapshot), sha256=snapshot.sha256, correction=snapshot.number, is_kept=is_kept
    )
    return BY_NAME[file.name].make(source)
