"""Small files of every kind, made by hand: what the tests upload."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TEXT = "application/vnd.oasis.opendocument.text"
CALC = "application/vnd.oasis.opendocument.spreadsheet"


def upload(name, content):
    return SimpleUploadedFile(name, content, "application/x-whatever")


def archive(members, method=ZIP_DEFLATED):
    """Return a ZIP of (name, content) pairs; a mimetype is stored, as it must be."""
    out = BytesIO()
    with ZipFile(out, "w", method) as file:
        for name, content in members:
            file.writestr(name, content, ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


def types(*overrides):
    parts = "".join(f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in overrides)
    return f'<?xml version="1.0"?><Types>{parts}</Types>'


def docx(*more, main=("/word/document.xml", WORD), also=()):
    """Return a DOCX; `more` are further members, `also` further types."""
    parts = [("[Content_Types].xml", types(main, *also)), ("word/document.xml", "<w:document/>")]
    return archive([*parts, *more])


def xlsx(*more, also=()):
    main = ("/xl/workbook.xml", SHEET)
    return archive(
        [("[Content_Types].xml", types(main, *also)), ("xl/workbook.xml", "<workbook/>"), *more]
    )


def odf(mimetype=TEXT, *more, manifest="<manifest/>"):
    parts = [("mimetype", mimetype), ("content.xml", "<office/>")]
    return archive([*parts, ("META-INF/manifest.xml", manifest), *more])


def photo(*, turned=False, size=(40, 20), comment=b"", **saving):
    """Return a JPEG, red on the left and blue on the right, with where it was taken."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010E] = "Jan Novak doma"
    exif[0x0110] = "Telefon XY"
    if turned:
        exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 13.0, 48.0), 3: "E", 4: (12.0, 52.0, 16.0)})
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=comment, quality=95, **saving)
    return out.getvalue()


def png(mode="RGB", **saving):
    """Return a PNG with a text about its author."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Jan Novak")
    texts.add_itxt("XML:com.adobe.xmp", "<x>Jan Novak</x>")
    out = BytesIO()
    Image.new(mode, (30, 10)).save(out, "PNG", pnginfo=texts, **saving)
    return out.getvalue()


def huge_png(width=10_000, height=10_000):
    """Return a PNG of a few bytes that says it has a hundred million points."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


GOOD = {
    "pdf": ("zápis.pdf", PDF),
    "docx": ("zápis.docx", docx()),
    "xlsx": ("tabulka.xlsx", xlsx()),
    "odt": ("zápis.odt", odf()),
    "ods": ("tabulka.ods", odf(CALC)),
    "jpg": ("foto.jpg", photo()),
    "png": ("plakát.png", png()),
}
