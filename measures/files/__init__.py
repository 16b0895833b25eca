"""Files that staff add: what one must be, and where its bytes lie.

A file is what its content says, whatever its name or the browser claim. Archives are never
unpacked to memory or disk; pictures are drawn anew, so that nothing but the picture remains. What
a PDF says of its author stays: rewriting it could harm a signed document.
"""

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from measures.files import archives, images, names
from measures.models import AttachmentKind

MAX_BYTES = 10_000_000
KINDS = "PDF, DOCX, XLSX, ODT, ODS, JPG a PNG"

CONTENT_TYPES = {
    AttachmentKind.PDF: "application/pdf",
    AttachmentKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    AttachmentKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    AttachmentKind.ODT: "application/vnd.oasis.opendocument.text",
    AttachmentKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    AttachmentKind.JPEG: "image/jpeg",
    AttachmentKind.PNG: "image/png",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept, with the name and the bytes it will have."""

    name: str
    kind: str
    content: bytes

    @property
    def sha256(self):
        return sha256(self.content).hexdigest()


def check_file(file):
    """Return the CheckedFile of an uploaded file; raises ValidationError with a Czech sentence."""
    try:
        names.check(file.name)
        content = _read(file)
        kind = _kind_of(content)
        name = names.with_extension_of(kind, file.name)
        if kind in (AttachmentKind.JPEG, AttachmentKind.PNG):
            content = images.redrawn(content, kind)
    except ValidationError as error:
        shown = names.shown(file.name)
        raise ValidationError([f"Soubor „{shown}“: {text}" for text in error.messages]) from None
    return CheckedFile(name, kind, content)


def _read(file):
    if not file.size:
        raise ValidationError("je prázdný. Vyberte ho znovu.")
    # A form that merges anew is read anew. The size is what the caller says, so no more is read.
    file.seek(0)
    content = file.read(MAX_BYTES + 1) if file.size <= MAX_BYTES else b""
    if file.size > MAX_BYTES or len(content) > MAX_BYTES:
        raise ValidationError("je větší než 10 MB. Zmenšete ho nebo rozdělte.")
    return content


def _kind_of(content):
    if content.startswith(b"%PDF-"):
        _check_pdf(content)
        return AttachmentKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return archives.kind_of(content)
    if content.startswith(b"\xff\xd8\xff"):
        return AttachmentKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return AttachmentKind.PNG
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            "je ze starých Office nebo má heslo. Uložte ho bez hesla jako DOCX, XLSX nebo PDF."
        )
    raise ValidationError(f"není žádný z druhů {KINDS}.")


def _check_pdf(content):
    end = content[-2048:]
    if content[5:7] not in (b"1.", b"2.") or b"startxref" not in end or b"%%EOF" not in end:
        raise ValidationError("je jako PDF poškozený nebo není celý. Uložte ho znovu.")


# Where the bytes lie


@contextmanager
def stored(files):
    """Write CheckedFiles, give their names in the storage, and erase them if the block fails.

    The block holds the transaction that makes their rows: a row never lacks its bytes.
    """
    kept = []
    try:
        for file in files:
            # A random name: nobody can guess one, and no name of a person reaches the disk.
            random = secrets.token_hex(20)
            kept.append(default_storage.save(f"{random[:2]}/{random}", ContentFile(file.content)))
        yield kept
    except BaseException:
        for name in kept:
            default_storage.delete(name)
        raise
