"""The log of redactions outside the database: what must be done again after a restore.

One JSON object a line, without any removed text. A backup of the database is older than some
redactions; this file, kept elsewhere, is not.
"""

import json
import os

from django.conf import settings

FIELDS = ("record_table", "record_id", "fields", "digests", "reference")


def line_of(redaction):
    """Return a Redaction as a dict of the log."""
    return {
        **{name: getattr(redaction, name) for name in FIELDS},
        "made_at": redaction.made_at.isoformat(),
        "made_by": redaction.made_by.get_username(),
    }


def append(redaction):
    """Write a redaction at the end of the log, on the disk before this returns."""
    path = settings.REDACTION_LOG
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps(line_of(redaction), ensure_ascii=False, sort_keys=True) + "\n"
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            # A line cut short by a fault must not take this one with it.
            text = f"\n{text}"
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path):
    """Yield the number of each line of a log and its dict, None for one that makes no sense."""
    with open(path, encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, start=1):
            if text.strip():
                yield number, _parsed(text)


def _parsed(text):
    try:
        line = json.loads(text)
        known = all(name in line for name in (*FIELDS, "made_at", "made_by"))
        is_whole = known and set(line["fields"]) == set(line["digests"])
    except (ValueError, TypeError):
        return None
    return line if is_whole else None
