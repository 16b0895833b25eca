"""Proof of what was frozen: everything that can be told of a snapshot from its own rows.

A fault is what must not be. A note is what somebody should know and is no fault: texts that were
removed on the word of the data protection officer, and documents that today's program would make
otherwise than the one that made them (their stored bytes are proven all the same).
"""

import base64
import hashlib
from dataclasses import dataclass

from common.models import REMOVED, Redaction
from common.pdf import PdfError
from meetings import canonical
from meetings.canonical import UnreadableContent
from meetings.documents import DOCUMENTS, maker
from meetings.models import FileKind
from meetings.snapshots import remake


@dataclass(frozen=True)
class Finding:
    """A sentence about a snapshot; a fault fails the proof, a note does not."""

    text: str
    is_fault: bool = True


def verify(snapshot):
    """Return the Findings about a snapshot, none where all is proven and nothing to tell."""
    texts = list(snapshot.texts.order_by("number"))
    files = {file.name: file for file in snapshot.files.order_by("pk")}
    redactions = _redactions(snapshot, texts, files.values())
    try:
        briefing = canonical.put_together(snapshot.content, [one.text for one in texts])
    except UnreadableContent as error:
        return [Finding(f"Obsah nelze přečíst. {error}")]
    findings = [
        *_removed(texts, files.values(), redactions),
        *_content(snapshot, texts, briefing, redactions),
        *_place(snapshot, briefing),
        *_names(files),
    ]
    whole = canonical.dumps(briefing)
    for file in files.values():
        file.snapshot = snapshot
        findings += _file(file, whole)
    return findings


# What was removed


def _redactions(snapshot, texts, files):
    """Return the newest Redaction of each record of a snapshot, by table and primary key."""
    records = [snapshot, *texts, *files]
    tables = {record._meta.db_table for record in records}
    wanted = {(record._meta.db_table, record.pk) for record in records}
    found = Redaction.objects.filter(record_table__in=tables).order_by("pk")
    return {key: one for one in found if (key := (one.record_table, one.record_id)) in wanted}


def _redaction(record, redactions):
    return redactions.get((record._meta.db_table, record.pk))


def _removed(texts, files, redactions):
    """Name on whose word something was removed; nothing is removed without one."""
    references = {}
    for record, text, words in [
        *((one, one.text, f"Text č. {one.number}") for one in texts),
        *((one, one.content, f"Soubor {one.name}") for one in files),
    ]:
        if text != REMOVED:
            continue
        redaction = _redaction(record, redactions)
        if redaction is None:
            yield Finding(f"{words} je nahrazen, ale žádné odstranění údajů o tom není zapsáno.")
        else:
            references.setdefault(redaction.reference, []).append(words)
    for reference, words in references.items():
        number = len(words)
        yield Finding(f"Odstraněno podle {reference}, míst: {number}.", is_fault=False)


# The content


def _content(snapshot, texts, briefing, redactions):
    digests = [_digest(one, redactions) for one in texts]
    if canonical.outline_sha256(snapshot.content, digests) != snapshot.outline_sha256:
        yield Finding("Obsah nebo texty neodpovídají otisku, pod kterým byly uloženy.")
    is_whole = all(one.text != REMOVED for one in texts)
    if is_whole and canonical.sha256(canonical.dumps(briefing)) != snapshot.sha256:
        yield Finding("Obsah neodpovídá otisku SHA-256 podkladu.")


def _digest(text, redactions):
    """The fingerprint of a text; of a removed one that which its Redaction keeps."""
    redaction = _redaction(text, redactions) if text.text == REMOVED else None
    return redaction.digests["text"] if redaction else canonical.sha256(text.text)


def _place(snapshot, briefing):
    """See that the snapshot belongs where it stands: its meeting, day, moment and number."""
    meeting = snapshot.meeting
    said = (briefing.meeting.day, briefing.on, briefing.known)
    if said != (meeting.meeting_date, snapshot.on_date, snapshot.frozen_at):
        yield Finding("Zasedání, den nebo okamžik snímku neodpovídá jeho obsahu.")
    corrected = snapshot.corrects
    expected = (meeting.pk, snapshot.number - 1)
    if corrected and (corrected.meeting_id, corrected.number) != expected:
        yield Finding("Oprava nenavazuje na předchozí snímek téhož zasedání.")


def _names(files):
    expected = {document.name for document in DOCUMENTS}
    for name in sorted(expected - set(files)):
        yield Finding(f"Soubor {name} chybí.")
    for name in sorted(set(files) - expected):
        yield Finding(f"Soubor {name} ke snímku nepatří.")


# The documents


def _file(file, whole):
    if file.content == REMOVED:
        return
    try:
        stored = base64.b64decode(file.content, validate=True)
    except ValueError:
        yield Finding(f"Soubor {file.name} nelze přečíst.")
        return
    if (len(stored), hashlib.sha256(stored).hexdigest()) != (file.size, file.sha256):
        yield Finding(f"Soubor {file.name} neodpovídá svému otisku a velikosti.")
    elif file.kind == FileKind.JSON:
        if stored != whole.encode():
            yield Finding(f"Soubor {file.name} neříká totéž co obsah snímku.")
    else:
        yield from _made_anew(file, stored)


def _made_anew(file, stored):
    try:
        made = remake(file, is_kept=False)
    except (PdfError, KeyError):
        yield Finding(f"Soubor {file.name} nejde vyhotovit znovu.")
        return
    if made == stored:
        return
    is_same = file.maker == maker()
    yield Finding(
        f"Soubor {file.name} vyhotovený znovu je jiný, ač ho vyhotovil týž program."
        if is_same
        else f"Soubor {file.name} vyhotovil jiný program; dnešní by ho vyhotovil jinak. "
        "Uložené bajty odpovídají otisku.",
        is_fault=is_same,
    )
