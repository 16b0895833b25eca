"""Office documents are archives: which kind one is, read from inside, with nothing unpacked.

Every member is drawn through a small window and counted, so neither what an archive says of its
size nor what it keeps quiet about can fill the memory.
"""

import re
import struct
import zlib
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile

from django.core.exceptions import ValidationError

from measures.models import AttachmentKind

MAX_MEMBERS = 5_000
MAX_UNPACKED = 200_000_000
MAX_READ = 1_000_000
"""Of one member that is read: a list of the types of the parts is a few kilobytes."""

BROKEN = "je poškozený nebo to není dokument Office. Uložte ho znovu."
TOO_LARGE = "je po rozbalení příliš velký. Rozdělte ho nebo uložte jako PDF."
WITH_MACROS = "obsahuje makra. Uložte ho bez maker nebo jako PDF."
LOCKED = "je zamčený heslem. Uložte ho bez hesla."
OTHER = "není dokument DOCX, XLSX, ODT ani ODS."

_FAULTS = (
    BadZipFile,
    LargeZipFile,
    NotImplementedError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
    struct.error,
    zlib.error,
    expat.ExpatError,
)
_OOXML = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_OOXML_KINDS = {
    _OOXML.format("wordprocessingml.document"): AttachmentKind.DOCX,
    _OOXML.format("spreadsheetml.sheet"): AttachmentKind.XLSX,
}
_ODF_KINDS = {
    b"application/vnd.oasis.opendocument.text": AttachmentKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": AttachmentKind.ODS,
}
_TYPES_PART, _ODF_PART = "[content_types].xml", "mimetype"
_MACRO_TYPE = re.compile(r"macro|vba|activex", re.IGNORECASE)
_MACRO_PART = re.compile(r"(^|/)(vbaproject|vbadata)[^/]*$|(^|/)activex/|^(basic|scripts)/")


def kind_of(content):
    """Return the AttachmentKind of an archive; raises ValidationError with a Czech sentence."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = _members(archive, len(content))
            if (_TYPES_PART in members) == (_ODF_PART in members):
                raise ValidationError(OTHER)
            if any(_MACRO_PART.search(name) for name in members):
                raise ValidationError(WITH_MACROS)
            if _TYPES_PART in members:
                return _ooxml_kind(archive, members)
            return _odf_kind(archive, members)
    except _FAULTS:
        raise ValidationError(BROKEN) from None


def _members(archive, size):
    """Return the members by name in small letters, after each was seen to be what it says."""
    found = archive.infolist()
    if len(found) > MAX_MEMBERS or sum(info.file_size for info in found) > MAX_UNPACKED:
        raise ValidationError(TOO_LARGE)
    # Members that overlap share their bytes: a way to say little and hold much.
    if not found or sum(info.compress_size for info in found) > size:
        raise ValidationError(BROKEN)
    members = {info.filename.lower(): info for info in found}
    if len(members) < len(found) or min(info.header_offset for info in found) != 0:
        raise ValidationError(BROKEN)
    for info in found:
        _check_member(archive, info)
    return members


def _check_member(archive, info):
    if info.flag_bits & 0x1:
        raise ValidationError(LOCKED)
    is_outside = ".." in info.filename.split("/") or info.filename.startswith("/")
    if is_outside or re.search(r"[\\:\x00-\x1f]", info.orig_filename):
        raise ValidationError(BROKEN)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ValidationError(BROKEN)
    is_packed = info.compress_type == ZIP_DEFLATED
    if (_unpacked_size(archive, info) if is_packed else info.compress_size) != info.file_size:
        raise ValidationError(BROKEN)


def _unpacked_size(archive, info):
    """Return how much a member unpacks to, no further than one byte past what it says."""
    inflate, left, size = zlib.decompressobj(-15), info.compress_size, 0
    file = archive.fp
    file.seek(info.header_offset)
    header = struct.unpack("<4s22x2H", file.read(30))
    if header[0] != b"PK\x03\x04":
        raise BadZipFile
    file.seek(header[1] + header[2], 1)
    while size <= info.file_size and not inflate.eof:
        packed = inflate.unconsumed_tail
        if not packed:
            packed = file.read(min(65_536, left))
            left -= len(packed)
            if not packed:
                break
        size += len(inflate.decompress(packed, 65_536))
    return size


def _read(archive, info):
    if info.file_size > MAX_READ:
        raise ValidationError(BROKEN)
    return archive.read(info)


def _ooxml_kind(archive, members):
    types = _content_types(_read(archive, members[_TYPES_PART]))
    if any(_MACRO_TYPE.search(content_type) for _, content_type in types):
        raise ValidationError(WITH_MACROS)
    main = {
        _OOXML_KINDS[content_type]
        for part, content_type in types
        if content_type in _OOXML_KINDS and part.lstrip("/").lower() in members
    }
    if len(main) != 1:
        raise ValidationError(OTHER)
    return main.pop()


def _content_types(text):
    """Return the (part, type) pairs of a list of types; one that declares entities is refused."""
    found = []

    def start(name, attributes):
        found.append((attributes.get("PartName", ""), attributes.get("ContentType", "")))

    def refuse(*declaration):
        raise ValidationError(BROKEN)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(text, True)
    return found


def _odf_kind(archive, members):
    info = members[_ODF_PART]
    kind = _ODF_KINDS.get(_read(archive, info))
    if kind is None:
        raise ValidationError(OTHER)
    if info.header_offset or not {"content.xml", "meta-inf/manifest.xml"} <= set(members):
        raise ValidationError(BROKEN)
    manifest = _read(archive, members["meta-inf/manifest.xml"])
    if b"encryption-data" in manifest:
        raise ValidationError(LOCKED)
    return kind
