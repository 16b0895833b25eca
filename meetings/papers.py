"""What was frozen of a meeting, as its page offers it: fingerprint, documents, corrections."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from common import czech
from meetings.documents import BY_NAME, DOCUMENTS
from meetings.models import Meeting, Snapshot

SHOWN = 12
"""So many first signs of a fingerprint stand where the whole would not fit, as in the report."""


@dataclass(frozen=True)
class Paper:
    """A document to be taken away; `size` and `sha256` are empty for a draft."""

    title: str
    name: str
    url: str
    size: str = ""
    sha256: str = ""
    is_remade: bool = False


@dataclass(frozen=True)
class Issue:
    """One snapshot of a meeting among the others; `reason` says why it was made."""

    label: str
    url: str
    reason: str
    frozen_at: datetime
    is_shown: bool


@dataclass(frozen=True)
class Frozen:
    """What the page says of the snapshot it shows; `newest` is None where it shows that."""

    sha256: str
    short: str
    frozen_at: datetime
    label: str
    reason: str
    papers: tuple[Paper, ...]
    issues: tuple[Issue, ...]
    newest: Issue | None

    @property
    def is_remade(self):
        """Whether personal data had to go from some document."""
        return any(paper.is_remade for paper in self.papers)


def frozen(meeting: Meeting, snapshots, shown: Snapshot) -> Frozen:
    """Return what there is of the snapshots of a meeting, the newest first, of which one is
    shown."""
    newest = snapshots[0]
    issues = tuple(_issue(meeting, one, newest, shown) for one in snapshots)
    return Frozen(
        sha256=shown.sha256,
        short=shown.sha256[:SHOWN],
        frozen_at=shown.frozen_at,
        label=shown.words if shown.number else "",
        reason=shown.reason,
        papers=tuple(_paper(meeting, file, shown, newest) for file in _in_order(shown)),
        issues=issues if len(issues) > 1 else (),
        newest=issues[0] if shown != newest else None,
    )


def drafts(meeting: Meeting):
    """Return the Papers of a meeting that is not frozen yet."""
    return tuple(
        Paper(
            _title(one), one.name, reverse("meetings:meeting_file", args=[meeting.slug, one.name])
        )
        for one in DOCUMENTS
    )


def issue_address(meeting: Meeting, snapshot: Snapshot, newest: Snapshot):
    """Return the address of the page of a snapshot; the newest one stands at the meeting's own."""
    if snapshot == newest:
        return meeting.get_absolute_url()
    return reverse("meetings:correction_detail", args=[meeting.slug, snapshot.number])


def _issue(meeting, one, newest, shown):
    label = one.words[:1].upper() + one.words[1:] if one.number else "Původní podklad"
    url = issue_address(meeting, one, newest)
    return Issue(label, url, one.reason, one.frozen_at, one == shown)


def _in_order(snapshot):
    names = list(BY_NAME)
    known = [file for file in snapshot.files.all() if file.name in BY_NAME]
    return sorted(known, key=lambda file: names.index(file.name))


def _paper(meeting, file, shown, newest):
    if shown == newest:
        url = reverse("meetings:meeting_file", args=[meeting.slug, file.name])
    else:
        url = reverse("meetings:correction_file", args=[meeting.slug, shown.number, file.name])
    size = "" if file.is_removed else czech.file_size(file.size)
    sha256 = "" if file.is_removed else file.sha256
    return Paper(_title(BY_NAME[file.name]), file.name, url, size, sha256, file.is_removed)


def _title(document):
    return f"{document.title} ({document.kind.label})"
