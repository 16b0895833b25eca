"""Freezing a briefing: what it says at one moment, and its documents, kept for good.

Three steps. Under locks, so that no report which is being written gets an earlier moment
afterwards, the moment is taken and the Briefing gathered. Without any lock its documents are
made, which takes seconds. Under the locks again everything is written at once, unless something
came in between that must not be passed over.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from common import czech
from common.models import Redaction
from common.pdf import PdfError
from measures.actions.locks import lock_all
from meetings import canonical
from meetings.briefing import briefing
from meetings.content import Briefing
from meetings.documents import DOCUMENTS, maker, source_of
from meetings.models import Meeting, Snapshot, SnapshotFile, SnapshotText

DAYS_BEFORE = 30
"""A briefing can be frozen from so many days before its meeting."""

FROZEN = "Podklad už je zmrazen."


@dataclass(frozen=True)
class _Gathered:
    """What was read under the locks; `corrects` is the snapshot it corrects, `redaction` the
    newest Redaction by then, `measures` the primary keys by code."""

    briefing: Briefing
    known: datetime
    corrects: Snapshot | None
    redaction: int | None
    measures: dict


def opens_on(meeting):
    """Return the first day on which the briefing of a meeting can be frozen."""
    return meeting.meeting_date - timedelta(days=DAYS_BEFORE)


def freeze(*, meeting, by, on=None, now=None):
    """Freeze the briefing of a meeting as of the day `on` and return the Snapshot.

    From 30 days before the meeting until the body meets again. Raises ValidationError and keeps
    nothing where that is not so, where it is frozen already or a document cannot be made.
    """
    gathered = _gather(meeting, by, on, now)
    return _keep(meeting, by, gathered, reason="")


def correct_snapshot(*, meeting, by, reason, on=None, now=None):
    """Freeze a correction of the newest snapshot of a meeting, at any time after it, and return it.

    It shows the same day as what it corrects, as it is known now, unless `on` is another.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": "Napište, co a proč se opravuje."})
    gathered = _gather(meeting, by, on, now, is_correction=True)
    return _keep(meeting, by, gathered, reason)


@transaction.atomic
def _gather(meeting, by, on, now, is_correction=False):
    """Read what the briefing says at this moment."""
    locked, measures = _lock(meeting, by)
    known = _to_milliseconds(now or timezone.now())
    today = timezone.localdate(known, czech.PRAGUE)
    last = locked.snapshots.newest_first().first()
    if is_correction:
        _check_frozen(last)
        day = on or last.on_date
    else:
        _check_open(locked, last, today)
        day = on or today
    if day > today:
        raise ValidationError({"on": "Den, ke kterému má podklad být, ještě nenastal."})
    found = briefing(locked, day, known)
    return _Gathered(found, known, last, _last_redaction(), measures)


def _to_milliseconds(moment):
    """A moment as exact as an export by Django carries it to another database."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _lock(meeting, by):
    """Lock the meetings of a strategy (resolutions are recorded under theirs) and its measures."""
    if not by.has_perm("meetings.freeze"):
        raise PermissionDenied
    strategy = meeting.body.strategy
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("body__strategy")
    held = {one.pk: one for one in meetings.filter(body__strategy=strategy).order_by("pk")}
    if meeting.pk not in held:
        raise ValidationError("Zasedání už v\u00a0portálu není.")
    return held[meeting.pk], dict(lock_all(strategy))


def _check_frozen(last):
    if last is None:
        raise ValidationError("Podklad ještě není zmrazen, není co opravit.")


def _check_open(meeting, last, today):
    if last is not None:
        raise ValidationError(FROZEN)
    if today < opens_on(meeting):
        day = czech.date(opens_on(meeting))
        raise ValidationError(f"Podklad půjde zmrazit od {day}, {DAYS_BEFORE} dní před zasedáním.")
    later = Meeting.objects.of_body(meeting.body_id).filter(
        meeting_date__gt=meeting.meeting_date, meeting_date__lte=today
    )
    again = later.order_by("meeting_date").first()
    if again is not None:
        day = czech.date(again.meeting_date)
        raise ValidationError(f"Podklad už zmrazit nejde: orgán zasedal znovu {day}.")


def _last_redaction():
    return Redaction.objects.order_by("-pk").values_list("pk", flat=True).first()


def _keep(meeting, by, gathered, reason):
    """Make the documents, then write everything at once."""
    outline = canonical.take_apart(gathered.briefing)
    digests = [canonical.sha256(said.text) for said in outline.texts]
    snapshot = Snapshot(
        meeting=meeting,
        number=gathered.corrects.number + 1 if gathered.corrects else 0,
        corrects=gathered.corrects,
        reason=reason,
        on_date=gathered.briefing.on,
        frozen_at=gathered.known,
        frozen_by=by,
        content=outline.content,
        sha256=canonical.sha256(canonical.dumps(gathered.briefing)),
        outline_sha256=canonical.outline_sha256(outline.content, digests),
    )
    texts = [
        SnapshotText(number=n, text=said.text, measure_id=gathered.measures.get(said.code))
        for n, said in enumerate(outline.texts)
    ]
    _write(snapshot, [*texts, *_files(snapshot, gathered.briefing)], gathered)
    return snapshot


def _files(snapshot, briefing):
    """Make every document; those of the moment, so that the cache keeps none."""
    source = source_of(briefing, sha256=snapshot.sha256, correction=snapshot.number, is_kept=False)
    try:
        made = [(document, document.make(source)) for document in DOCUMENTS]
    except PdfError:
        message = "Zprávu v\u00a0PDF se nepodařilo vyhotovit. Nic se nezmrazilo, zkuste to znovu."
        raise ValidationError(message) from None
    return [
        SnapshotFile(
            name=document.name,
            kind=document.kind,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            maker=maker(),
            content=base64.b64encode(content).decode(),
        )
        for document, content in made
    ]


@transaction.atomic
def _write(snapshot, rows, gathered):
    """Write a snapshot with its texts and files, unless something came in between."""
    locked, _ = _lock(snapshot.meeting, snapshot.frozen_by)
    if locked.snapshots.newest_first().first() != gathered.corrects:
        is_first = gathered.corrects is None
        raise ValidationError(FROZEN if is_first else "Podklad mezitím opravil někdo jiný.")
    # What was removed since the briefing was gathered stands in it yet.
    if _last_redaction() != gathered.redaction:
        message = "Mezitím byly odstraněny osobní údaje. Nic se nezmrazilo, zkuste to znovu."
        raise ValidationError(message)
    snapshot.save()
    for row in rows:
        row.snapshot = snapshot
    for model in (SnapshotText, SnapshotFile):
        model.objects.bulk_create([row for row in rows if isinstance(row, model)], batch_size=500)
