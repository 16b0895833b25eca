"""Archives from outside, looked through piece by piece before any reader may unpack them.

Every member is unpacked through a small window and counted, so neither what an archive says of its
size nor what it keeps quiet about can fill the memory.
"""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile

PIECE = 65_536
BROKEN = "Soubor je poškozený nebo není celý. Stáhněte ho znovu."
TOO_LARGE = "Soubor je po rozbalení příliš velký."
LOCKED = "Soubor je zamčený heslem. Uložte ho bez hesla."

_FAULTS = (
    BadZipFile,
    LargeZipFile,
    NotImplementedError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
)


class BadArchive(Exception):
    """An archive that must not be unpacked, with a Czech sentence that says why."""


def members(content, *, most, max_bytes):
    """Yield the name of each member of an archive and its content in pieces.

    Raises BadArchive: more than `most` members or `max_bytes` in all, declared or not; members
    that share their bytes, leave their folder, are locked or not what they say.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            for info in _listed(archive, len(content), most, max_bytes):
                pieces = _pieces(archive.fp, info)
                yield info.filename, pieces
                # What the caller did not ask for is counted all the same.
                for _ in pieces:
                    pass
    except _FAULTS:
        raise BadArchive(BROKEN) from None


def _listed(archive, size, most, max_bytes):
    found = archive.infolist()
    if len(found) > most or sum(info.file_size for info in found) > max_bytes:
        raise BadArchive(TOO_LARGE)
    # Members that overlap share their bytes: a way to say little and hold much.
    if not found or sum(info.compress_size for info in found) > size:
        raise BadArchive(BROKEN)
    names = {info.filename.lower() for info in found}
    if len(names) < len(found) or min(info.header_offset for info in found) != 0:
        raise BadArchive(BROKEN)
    for info in found:
        _check_entry(info)
    return found


def _check_entry(info):
    if info.flag_bits & 0x1:
        raise BadArchive(LOCKED)
    is_outside = ".." in info.filename.split("/") or info.filename.startswith("/")
    if is_outside or re.search(r"[\\:\x00-\x1f]", info.orig_filename):
        raise BadArchive(BROKEN)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadArchive(BROKEN)


def _pieces(file, info):
    """Yield what a member unpacks to; it must be as long as it says and have its checksum."""
    size, checksum = 0, 0
    try:
        for piece in _unpacked(file, info):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > info.file_size:
                break
            yield piece
    except _FAULTS:
        raise BadArchive(BROKEN) from None
    if size != info.file_size or checksum != info.CRC:
        raise BadArchive(BROKEN)


def _unpacked(file, info):
    file.seek(info.header_offset)
    header = struct.unpack("<4s22x2H", file.read(30))
    if header[0] != b"PK\x03\x04":
        raise BadZipFile
    left = info.compress_size
    place = info.header_offset + 30 + header[1] + header[2]
    inflate = zlib.decompressobj(-15) if info.compress_type == ZIP_DEFLATED else None
    while left:
        file.seek(place)
        packed = file.read(min(PIECE, left))
        if not packed:
            raise BadZipFile
        place, left = place + len(packed), left - len(packed)
        if inflate is None:
            yield packed
            continue
        while packed and not inflate.eof:
            yield inflate.decompress(packed, PIECE)
            packed = inflate.unconsumed_tail
    if inflate is not None:
        if not inflate.eof:
            raise BadZipFile
        yield inflate.flush()
