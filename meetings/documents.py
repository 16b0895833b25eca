"""The documents of a briefing: what they are called, how they are made, and by what.

A document is made from the Briefing and its canonical JSON alone, so the same snapshot gives the
same bytes as long as the program that makes them is the same; `maker` is its fingerprint.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from common.pdf import build, pdf
from meetings import canonical
from meetings.models import FileKind
from meetings.report import csv_of, report_document, workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Source:
    """What a document is made of: a Briefing, its canonical JSON and, once it is frozen, the
    fingerprint its documents bear."""

    briefing: object
    json_text: str
    sha256: str | None
    is_kept: bool
    """Whether the cache of documents may keep what is made."""


@dataclass(frozen=True)
class DocumentKind:
    """One document of a briefing; `title` names it to readers."""

    name: str
    kind: FileKind
    mime: str
    title: str
    make: Callable[[Source], bytes]


def source_of(briefing, *, sha256=None, is_kept=True):
    """Return the Source of a Briefing that is shown, or was frozen under a fingerprint."""
    return Source(briefing, canonical.dumps(briefing), sha256, is_kept)


def _pdf(source):
    document = report_document(source.briefing, json_text=source.json_text, sha256=source.sha256)
    return pdf(document) if source.is_kept else build(document)


DOCUMENTS = (
    DocumentKind("zprava.pdf", FileKind.PDF, "application/pdf", "Zpráva", _pdf),
    DocumentKind("zprava.xlsx", FileKind.XLSX, _XLSX, "Sešit", lambda one: workbook(one.briefing)),
    DocumentKind(
        "zprava.json",
        FileKind.JSON,
        "application/json",
        "Data pro programy",
        lambda one: one.json_text.encode(),
    ),
    DocumentKind(
        "opatreni.csv",
        FileKind.CSV,
        "text/csv; charset=utf-8",
        "Tabulka opatření",
        lambda one: csv_of(one.briefing).encode(),
    ),
)
BY_NAME = {document.name: document for document in DOCUMENTS}

_PARTS = ("meetings/report*", "meetings/report/**/*", "meetings/c[ao]n*.py", "templates/print/*")
_SHARED = ("pdf", "typeset", "printable", "czech")


@cache
def maker():
    """Return the fingerprint of the program that makes documents: its own files and the versions
    of what it uses."""
    root = Path(settings.BASE_DIR)
    found = {path for part in _PARTS for path in root.glob(part)}
    found |= {root / "common" / f"{name}.py" for name in _SHARED}
    whole = hashlib.sha256()
    for path in sorted(found):
        if path.suffix in (".py", ".typ"):
            whole.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    for package in ("typst", "XlsxWriter", "Django"):
        whole.update(f"{package} {version(package)}\n".encode())
    return whole.hexdigest()
