"""Bytes in the storage that nobody may read any more; the rows of files stay."""

from django.core.files.storage import default_storage

from common.models import REMOVED
from measures.models import Attachment


def orphans(before):
    """Return the stored names of files added before a moment that belong to nothing."""
    found = Attachment.objects.filter(
        uploaded_at__lt=before, drafts=None, report_links=None, milestone_links=None
    )
    return _there(found)


def redacted():
    """Return the stored names of files that were removed because of personal data and still lie
    there: the disk failed then, or the storage was restored from a backup."""
    return _there(Attachment.objects.filter(name=REMOVED))


def unknown(before):
    """Return the names of stored files older than a moment of which the database knows nothing:
    what wrote them was killed before its rows were."""
    known = set(Attachment.objects.values_list("stored_name", flat=True))
    return [
        name
        for name in _names()
        if name not in known and default_storage.get_modified_time(name) < before
    ]


def _there(attachments):
    names = attachments.order_by("pk").values_list("stored_name", flat=True)
    return [name for name in names if default_storage.exists(name)]


def _names():
    """Yield the names of all stored files, which lie in folders one level deep."""
    try:
        folders, _ = default_storage.listdir("")
    except FileNotFoundError:
        return
    for folder in folders:
        for name in default_storage.listdir(folder)[1]:
            yield f"{folder}/{name}"
