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
from meetings.content import Briefing
from meetings.models import FileKind
from meetings.report import csv_of, report_document, workbook

_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Source:
    """What a document is made of: a Briefing, its canonical JSON and, once it is frozen, the
    fingerprint and the number of the correction that it bears; `is_kept` says whether the cache
    of documents may keep it."""

    briefing: Briefing
    json_text: str
    sha256: str | None
    correction: int
    is_kept: bool


@dataclass(frozen=True)
class DocumentKind:
    """One document of a briefing; `title` names it to readers."""

    name: str
    kind: FileKind
    mime: str
    title: str
    make: Callable[[Source], bytes]


def source_of(briefing, *, sha256=None, correction=0, is_kept=True):
    """Return the Source of a Briefing that is shown, or was frozen under a fingerprint."""
    return Source(briefing, canonical.dumps(briefing), sha256, correction, is_kept)


def _pdf(source):
    document = report_document(
        source.briefing,
        json_text=source.json_text,
        sha256=source.sha256,
        correction=source.correction,
    )
    return pdf(document) if source.is_kept else build(document)


def _xlsx(source):
    return workbook(source.briefing, sha256=source.sha256, correction=source.correction)


def _json(source):
    return source.json_text.encode()


def _csv(source):
    return csv_of(source.briefing).encode()


DOCUMENTS = (
    DocumentKind("zprava.pdf", FileKind.PDF, "application/pdf", "Zpráva", _pdf),
    DocumentKind("zprava.xlsx", FileKind.XLSX, _SHEETS, "Sešit", _xlsx),
    DocumentKind("zprava.json", FileKind.JSON, "application/json", "Data pro programy", _json),
    DocumentKind("opatreni.csv", FileKind.CSV, "text/csv; charset=utf-8", "Opatření", _csv),
)
BY_NAME = {document.name: document for document in DOCUMENTS}

_PARTS = (
    "meetings/report/**/*",
    "meetings/content.py",
    "meetings/canonical.py",
    "templates/print/*",
)
_SHARED = ("pdf", "typeset", "printable", "czech")


@cache
def maker():
    """Return the fingerprint of the program that makes documents: its own files and the versions
    of what it uses."""
    root = Path(settings.BASE_DIR)
    found = {path for part in _PARTS for path in root.glob(part)}
    whole = hashlib.sha256()
    for path in sorted(found):
        if path.suffix in (".py", ".typ"):
            whole.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    for package in ("typst", "XlsxWriter", "Django"):
        whole.update(f"{package} {version(package)}\n".encode())
    return whole.hexdigest()
