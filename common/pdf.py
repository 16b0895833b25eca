"""PDF documents: a template of Typst, a display object of ready strings, and attached data.

    document = Document("council.typ", data={…}, attachments=[Attachment(…)])
    made = pdf(document)

They follow PDF/UA-1 and PDF/A-3a. Every string goes through `printable` and into the template as
data, never as source: no sign of a user is a command. The same document gives the same bytes:
its day comes from `as_of_iso` in the data, nothing reads the clock. What was made once is kept
under its fingerprint, so it is made again only when its data, template or the program change.

Each document is made by a process of its own (common/typeset.py), one at a time in a worker.
"""

import hashlib
import json
import logging
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.cache import caches

from common.printable import printable

SECONDS = 20
"""How long one document may take; the largest takes under one second."""

_TYPESET = Path(__file__).with_name("typeset.py")
_LIBRARY = "lib.typ"
_one_at_a_time = Lock()
_log = logging.getLogger(__name__)


class PdfError(Exception):
    """A document could not be made; the log says why."""


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF; `relationship` is „data“ or „source“, as PDF/A-3 wants to know."""

    name: str
    mime: str
    description: str
    content: str
    relationship: str = "data"

    def as_dict(self):
        return dict(self.__dict__)


@dataclass(frozen=True)
class Document:
    """What a PDF is made of; `template` is a file of templates/print.

    The data hold at least doc_title, short_title, author, as_of_iso (a day), footer (a list of
    texts) and sample, whether the frame „Ukázková data“ stands on every page.
    """

    template: str
    data: dict
    attachments: tuple[Attachment, ...] = ()

    @cached_property
    def sources(self):
        """The files Typst reads, by name."""
        return {
            "main.typ": _source(self.template),
            _LIBRARY: _source(_LIBRARY),
            "data.json": _canonical(printable(self.data)),
            "attachments.json": _canonical([one.as_dict() for one in self.attachments]),
        }

    @cached_property
    def fingerprint(self):
        """SHA-256 of all that decides about the bytes: data, templates and the version of Typst."""
        whole = _canonical({**self.sources, "typst": version("typst")})
        return hashlib.sha256(whole.encode()).hexdigest()


def pdf(document):
    """Return the bytes of a Document: kept ones, or new ones that are then kept.

    Raises PdfError where they cannot be made in time.
    """
    kept = caches["pdf"]
    found = kept.get(document.fingerprint)
    if found is not None:
        return found
    if not _one_at_a_time.acquire(timeout=SECONDS):
        raise PdfError("Too many documents are being made.")
    try:
        found = kept.get(document.fingerprint)
        if found is None:
            found = build(document)
            # A full disk is no reason to withhold what is ready.
            with suppress(OSError):
                kept.set(document.fingerprint, found)
        return found
    finally:
        _one_at_a_time.release()


def build(document, seconds=SECONDS):
    """Return the bytes of a Document, made anew by a process of their own."""
    sources = json.dumps(document.sources).encode()
    command = [sys.executable, "-I", str(_TYPESET)]
    try:
        done = subprocess.run(command, input=sources, capture_output=True, timeout=seconds)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failure(document, error) from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise _failure(document, done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout


def _failure(document, why):
    _log.error("%s was not made: %s", document.template, why)
    return PdfError(f"{document.template} was not made.")


@cache
def _source(name):
    return (Path(settings.BASE_DIR) / "templates" / "print" / name).read_text(encoding="utf-8")


def _canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
