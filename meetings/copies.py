"""Where else the texts of a measure stand: in frozen briefings and in their documents.

A briefing repeats what was reported, as it is, shortened, or inside a sentence. A short text is
only the same where it stands alone or between quotation marks: „Ano“ is part of too much.
"""

import re

from common.models import REMOVED
from measures.models import Measure
from meetings.models import Resolution, SnapshotFile, SnapshotText

TELLING = 12
"""From so many signs on, a text inside a longer one is taken for the same text."""


def copies(owner, text):
    """Yield (record, field) for each place in a snapshot where a text of a measure, or of a
    resolution, stands, and each stored document of those snapshots."""
    found = [one for one in _texts_of(owner) if says(one.text, text)]
    snapshots = {one.snapshot_id for one in found}
    for one in found:
        yield one, "text"
    stored = SnapshotFile.objects.filter(snapshot__in=snapshots).exclude(content=REMOVED)
    named = stored.select_related("snapshot__meeting__body").defer("snapshot__content")
    for file in named.order_by("pk"):
        yield file, "content"


def says(whole, text):
    """Say whether a text of a snapshot says another one: all of it, its beginning up to „…“, or
    all of it within a sentence."""
    whole, text = _plain(whole), _plain(text)
    if whole == text or f"„{text}“" in whole:
        return True
    if whole.endswith("…"):
        start = whole.removesuffix("…").rstrip()
        if len(start) >= TELLING and text.startswith(start):
            return True
    return len(text) >= TELLING and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", whole) is not None


def _texts_of(owner):
    texts = SnapshotText.objects.exclude(text=REMOVED)
    texts = texts.select_related("snapshot__meeting__body").defer("snapshot__content")
    if isinstance(owner, Measure):
        return texts.filter(measure=owner).order_by("pk")
    if isinstance(owner, Resolution):
        strategy = owner.meeting.body.strategy_id
        found = texts.filter(measure=None, snapshot__meeting__body__strategy=strategy)
        return found.order_by("pk")
    return texts.none()


def _plain(text):
    """A text without its typography: a briefing has no no-break spaces."""
    return " ".join(text.split())
