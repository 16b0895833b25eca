"""A frozen briefing without the making of its documents, for tests of what is read back."""

import base64
import hashlib

from meetings import canonical
from meetings.documents import DOCUMENTS
from meetings.models import Snapshot, SnapshotFile, SnapshotText


def frozen(meeting, briefing, *, number=0, corrects=None, reason=""):
    """Keep a Briefing as a snapshot of a meeting and return it; its JSON is the real one, the
    other documents hold a few letters."""
    outline = canonical.take_apart(briefing)
    whole = canonical.dumps(briefing)
    digests = [canonical.sha256(said.text) for said in outline.texts]
    snapshot = Snapshot.objects.create(
        meeting=meeting,
        number=number,
        corrects=corrects,
        reason=reason,
        on_date=briefing.on,
        frozen_at=briefing.known,
        content=outline.content,
        sha256=canonical.sha256(whole),
        outline_sha256=canonical.outline_sha256(outline.content, digests),
    )
    measures = dict(meeting.body.strategy.measures.values_list("code", "pk"))
    SnapshotText.objects.bulk_create(
        SnapshotText(
            snapshot=snapshot, number=number, text=said.text, measure_id=measures.get(said.code)
        )
        for number, said in enumerate(outline.texts)
    )
    for document in DOCUMENTS:
        content = whole.encode() if document.name == "zprava.json" else document.name.encode()
        SnapshotFile.objects.create(
            snapshot=snapshot,
            name=document.name,
            kind=document.kind,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            maker="0" * 64,
            content=base64.b64encode(content).decode(),
        )
    return snapshot
