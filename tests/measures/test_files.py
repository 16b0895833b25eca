"""What an uploaded file must be, and what remains of it."""

import re
import stat
import struct
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from measures.files import CheckedFile, archives, check_file, images, stored
from tests.measures import samples
from tests.measures.samples import GOOD, PDF, archive, docx, odf, photo, png, types, upload, xlsx


class Raw:
    """A file whose name nobody has cleaned; Django cleans those that browsers send."""

    def __init__(self, name, content, size=None):
        self.name, self.size = name, len(content) if size is None else size
        content = BytesIO(content)
        self.read, self.seek = content.read, content.seek


def sentence(name, content):
    """Return the sentence a file is refused with."""
    with pytest.raises(ValidationError) as caught:
        check_file(Raw(name, content))
    (text,) = caught.value.messages
    return text.replace("\u00a0", " ")


# Each kind


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_is_known_by_its_content(kind):
    name, content = GOOD[kind]
    found = check_file(upload(name, content))
    assert (found.name, found.kind) == (name, kind)
    assert found.sha256 == sha256(found.content).hexdigest()


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "odt", "ods"])
def test_documents_are_kept_as_they_are(kind):
    name, content = GOOD[kind]
    assert check_file(upload(name, content)).content == content


LIES = [
    ("foto.jpg", PDF, "má příponu .jpg, ale podle obsahu je to PDF. Uložte ho s příponou .pdf."),
    ("zápis.pdf", docx(), "má příponu .pdf, ale podle obsahu je to Word (DOCX)."),
    ("zápis.pdf.exe", PDF, "má příponu .exe, ale podle obsahu je to PDF."),
    ("zápis.txt", PDF, "má příponu .txt, ale podle obsahu je to PDF."),
    ("a.docx", xlsx(), "má příponu .docx, ale podle obsahu je to Excel (XLSX)."),
    ("a.odt", odf(samples.CALC), "podle obsahu je to tabulka OpenDocument (ODS)."),
    ("a.png", photo(), "má příponu .png, ale podle obsahu je to obrázek JPEG."),
    ("program.pdf", b"MZ\x90\x00" + 100 * b"\0", "není žádný z druhů PDF, DOCX, XLSX, ODT"),
    ("stranka.pdf", b"<html><script>alert(1)</script>", "není žádný z druhů PDF, DOCX"),
    ("obrazek.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "není žádný z druhů"),
    ("hlas.pdf", b"ID3\x03" + 100 * b"\0", "není žádný z druhů"),
    ("stary.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + 600 * b"\0", "nebo má heslo."),
    ("prazdny.pdf", b"", "je prázdný. Vyberte ho znovu."),
    ("nula.pdf", 40 * b"\0", "není žádný z druhů"),
]


@pytest.mark.parametrize(
    ("name", "content", "says"), LIES, ids=[f"{n}-{s[:20]}" for n, _, s in LIES]
)
def test_file_that_is_something_else_is_refused(name, content, says):
    text = sentence(name, content)
    assert text.startswith(f"Soubor „{name}“: ")
    assert says in text


@pytest.mark.parametrize(
    "content",
    [PDF[:-7], PDF.replace(b"startxref", b"startxxxx"), b"%PDF-9.9" + PDF[8:], PDF + 3000 * b"x"],
    ids=["cut short", "without a table", "of no version", "with a long tail"],
)
def test_pdf_that_is_not_whole_is_refused(content):
    assert "je jako PDF poškozený nebo není celý" in sentence("a.pdf", content)


def test_file_of_ten_megabytes_is_the_largest():
    full = PDF[:9] + b"x" * (10_000_000 - len(PDF)) + PDF[9:]
    assert len(full) == 10_000_000
    assert check_file(upload("a.pdf", full)).kind == "pdf"
    assert "je větší než 10 MB" in sentence("a.pdf", full[:9] + b"x" + full[9:])


def test_file_larger_than_it_says_is_refused_and_not_read_whole():
    file = Raw("a.pdf", PDF + 20_000_000 * b"x", size=100)
    with pytest.raises(ValidationError, match="je větší než 10 MB"):
        check_file(file)
    assert len(file.read()) > 9_000_000


# Names


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../../etc/passwd.pdf", "název obsahuje cestu ke složce"),
        ("..\\..\\a.pdf", "název obsahuje cestu ke složce"),
        ("C:\\Users\\a.pdf", "název obsahuje cestu ke složce"),
        ("/a.pdf", "název obsahuje cestu ke složce"),
        ("a\r\nSet-Cookie: x.pdf", "název obsahuje znaky, které nejsou vidět"),
        ("a\x00.pdf", "název obsahuje znaky, které nejsou vidět"),
        ("a\u202efdp.exe", "název obsahuje znaky, které nejsou vidět"),
        ("a\u2028b.pdf", "název obsahuje znaky, které nejsou vidět"),
        (296 * "a" + ".pdf", "název je delší než 200 znaků"),
        (197 * "a" + ".pdf", "název je delší než 200 znaků"),
        ("faktura.exe.pdf", "má dvě přípony (.exe.pdf)"),
        ("faktura.HTML.pdf", "má dvě přípony (.html.pdf)"),
        (".pdf", "nemá název"),
        ("", "nemá název"),
        ("..", "nemá název"),
        (" . .pdf", "nemá název"),
    ],
)
def test_name_that_hides_something_is_refused(name, says):
    text = sentence(name, PDF)
    assert says in text
    assert not re.search(r"[/\\\x00-\x1f\u202e\u2028]", text)
    assert len(text) < 200


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("zápis", "zápis.pdf"),
        ("Zápis 3. 4. 2026", "Zápis 3. 4. 2026.pdf"),
        ("ZÁPIS.PDF", "ZÁPIS.pdf"),
        ("za\u0301pis.pdf", "zápis.pdf"),
        ("  zápis   z porady . .pdf", "zápis z porady.pdf"),
        ("smlouva.docx.pdf", "smlouva.docx.pdf"),
        (196 * "ž" + ".pdf", 196 * "ž" + ".pdf"),
        (200 * "a", 196 * "a" + ".pdf"),
        ('a"b;c%.pdf', 'a"b;c%.pdf'),
    ],
)
def test_name_is_cleaned_and_gets_the_extension_of_its_kind(name, kept):
    assert check_file(Raw(name, PDF)).name == kept


@pytest.mark.parametrize("extension", ["jpg", "jpeg", "JPG", "jfif"])
def test_photograph_may_have_any_of_its_extensions(extension):
    assert check_file(Raw(f"foto.{extension}", photo())).name == "foto.jpg"


def test_names_that_browsers_send_lose_their_path_before():
    assert check_file(upload("../../etc/passwd.pdf", PDF)).name == "passwd.pdf"


# Archives

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACROS = {
    "docm": docx(main=("/word/document.xml", MACRO)),
    "a part of macros": docx(("word/vbaProject.bin", "x")),
    "in capitals": docx(("word/VBAPROJECT.BIN", "x")),
    "elsewhere": xlsx(("xl/sub/vbaProject1.bin", "x")),
    "by its type": docx(("a.bin", "x"), also=[("/a.bin", "application/vnd.ms-office.vbaProject")]),
    "old macros of Excel": xlsx(
        ("xl/macrosheets/sheet1.xml", "x"),
        also=[("/xl/macrosheets/sheet1.xml", "application/vnd.ms-excel.macrosheet+xml")],
    ),
    "ActiveX": docx(("word/activeX/activeX1.xml", "x")),
    "Basic": odf(samples.TEXT, ("Basic/Standard/Module1.xml", "x")),
    "scripts": odf(samples.CALC, ("Scripts/python/a.py", "x")),
}


@pytest.mark.parametrize("name", MACROS)
def test_document_with_macros_is_refused(name):
    assert "obsahuje makra" in sentence("a", MACROS[name])


def test_archive_that_is_no_document_is_refused():
    for content in [
        archive([("a.txt", "x")]),
        archive([("[Content_Types].xml", types()), ("mimetype", samples.TEXT)]),
        docx(main=("/word/other.xml", samples.WORD)),
        docx(("ppt/p.xml", "x"), main=("/ppt/p.xml", samples.WORD.replace("word", "present"))),
        docx(("xl/workbook.xml", "x"), also=[("/xl/workbook.xml", samples.SHEET)]),
        odf("application/vnd.oasis.opendocument.presentation"),
        odf(samples.TEXT + "-template"),
        odf(samples.TEXT + "\n"),
    ]:
        assert "není dokument DOCX, XLSX, ODT ani ODS" in sentence("a", content)


def patched(content, old, new):
    assert content.count(old) >= 1
    return content.replace(old, new)


def sized(content, size):
    """Return an archive whose last member says it unpacks to `size` bytes."""
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


BOMB = 12_000_000


def bomb():
    return docx(("word/media/image1.bmp", BOMB * b"\0"))


BROKEN = {
    "cut short": docx()[:-30],
    "no directory": b"PK\x03\x04" + 200 * b"\0",
    "outside": docx(("../../evil.txt", "x")),
    "absolute": docx(("/etc/evil.txt", "x")),
    "on a disk": docx(("C:/evil.txt", "x")),
    "with a backslash": patched(docx(("word.evil.txt", "x")), b"word.evil.txt", b"word\\evil.txt"),
    "twice the same in other letters": docx(("WORD/document.xml", "x")),
    "says it holds less": sized(bomb(), 1000),
    "says it holds more": sized(bomb(), BOMB + 1),
    "other compression": archive(
        [("[Content_Types].xml", types(("/word/document.xml", samples.WORD)))], method=14
    ),
    "with entities": archive(
        [
            ("[Content_Types].xml", '<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'),
            ("word/document.xml", "x"),
        ]
    ),
    "with entities in other letters": archive(
        [
            ("[Content_Types].xml", '<!DOCTYPE a [<!ENTITY b "c">]><T/>'.encode("utf-16")),
            ("word/document.xml", "x"),
        ]
    ),
    "no XML": archive([("[Content_Types].xml", "<Types"), ("word/document.xml", "x")]),
    "a list that is too long": archive([("[Content_Types].xml", 1_100_000 * " ")]),
    "mimetype not first": archive(
        [("content.xml", "x"), ("mimetype", samples.TEXT), ("META-INF/manifest.xml", "x")]
    ),
    "no content": archive([("mimetype", samples.TEXT)]),
    "damaged": patched(docx(), b"PK\x03\x04\x14", b"PK\x03\x05\x14"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_archive_that_is_broken_or_lies_is_refused(name):
    text = sentence("a", BROKEN[name])
    assert "je poškozený nebo to není dokument Office" in text or "není žádný z druhů" in text


def test_locked_documents_are_refused():
    locked = bytearray(docx())
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "je zamčený heslem" in sentence("a", bytes(locked))
    manifest = "<m:manifest><m:encryption-data/></m:manifest>"
    assert "je zamčený heslem" in sentence("a", odf(manifest=manifest))


def test_archive_that_says_it_is_enormous_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archives, "_unpacked_size", lambda *whatever: pytest.fail("unpacked"))
    assert "po rozbalení příliš velký" in sentence("a", sized(bomb(), 200_000_001))
    many = archive([(f"word/{n}", "") for n in range(5001)])
    assert "po rozbalení příliš velký" in sentence("a", many)


def test_archive_that_hides_its_size_is_unpacked_no_further_than_it_says(monkeypatch):
    """A member of 12 MB that says it has a thousand bytes."""
    with ZipFile(BytesIO(sized(bomb(), 1000))) as file:
        assert 1000 < archives._unpacked_size(file, file.infolist()[-1]) <= 1000 + 65_536


def test_members_that_share_their_bytes_are_refused():
    with ZipFile(BytesIO(bomb())) as file:
        (last,) = file.infolist()[-1:]
        members = [last] * (len(bomb()) // last.compress_size + 1)
        file.infolist = lambda: members
        with pytest.raises(ValidationError, match="poškozený"):
            archives._members(file, len(bomb()))


# Pictures


def opened(name, content):
    return Image.open(BytesIO(check_file(upload(name, content)).content))


def test_photograph_says_no_more_where_it_was_taken():
    content = photo(comment=b"Jan Novak doma")
    assert b"Jan Novak" in content
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)[1] == "N"
    kept = check_file(upload("foto.jpg", content)).content
    picture = Image.open(BytesIO(kept))
    assert (dict(picture.getexif()), picture.getexif().get_ifd(0x8825)) == ({}, {})
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for secret in (b"Novak", b"Telefon", b"Exif", b"GPS"):
        assert secret not in kept


def test_photograph_is_turned_as_the_camera_said():
    """Orientation 6: what was left is up."""
    picture = opened("foto.jpg", photo(turned=True))
    assert picture.size == (20, 40)
    red, _, blue = picture.getpixel((10, 5))
    assert (red > 200, blue < 60) == (True, True)
    red, _, blue = picture.getpixel((10, 35))
    assert (red < 60, blue > 200) == (True, True)


def test_photograph_keeps_no_profile_nor_other_metadata():
    kept = check_file(
        upload("a.jpg", photo(icc_profile=b"Jan Novak profile", xmp=b"<x>Jan Novak</x>"))
    ).content
    assert b"Novak" not in kept


def test_only_the_first_picture_of_a_file_is_kept():
    out = BytesIO()
    first, second = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    first.save(out, "PNG", save_all=True, append_images=[second])
    assert getattr(opened("a.png", out.getvalue()), "n_frames", 1) == 1


def test_png_loses_its_texts():
    content = png()
    assert b"Jan Novak" in content
    kept = check_file(upload("a.png", content)).content
    assert b"Novak" not in kept
    assert Image.open(BytesIO(kept)).text == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_mode_is_kept(mode):
    assert opened("a.png", png(mode)).mode == mode


def test_png_keeps_its_transparency():
    picture = opened("a.png", png("P", transparency=0))
    assert picture.info["transparency"] in (0, b"\0")


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpeg_of_other_modes_is_kept(mode):
    out = BytesIO()
    Image.new(mode, (9, 9)).save(out, "JPEG")
    assert opened("a.jpg", out.getvalue()).mode == mode


def test_picture_with_too_many_points_is_refused_before_it_is_drawn():
    assert "má víc než 50 milionů bodů" in sentence("a.png", samples.huge_png())
    assert "má víc než 50 milionů bodů" in sentence("a.png", samples.huge_png(60_000, 60_000))
    assert "má víc než 50 milionů bodů" in sentence("a.png", samples.huge_png(5001, 10_000))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", photo()[:200]),
        ("a.jpg", b"\xff\xd8\xff" + 300 * b"x"),
        ("a.png", png()[:40]),
        ("a.png", b"\x89PNG\r\n\x1a\n" + 300 * b"x"),
        ("a.png", samples.huge_png(100, 100_000)),
    ],
    ids=["jpg cut short", "jpg of nothing", "png cut short", "png of nothing", "png without data"],
)
def test_broken_picture_is_refused(name, content):
    assert "je jako obrázek poškozený" in sentence(name, content)


def test_limit_of_points_is_that_of_the_sentence():
    assert images.MAX_PIXELS == 50_000_000
    assert "50 milionů" in images.TOO_MANY


# The storage


def paths():
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


def checked(content=b"obsah"):
    return CheckedFile("zápis.pdf", "pdf", content)


def test_stored_file_has_a_random_name_and_only_our_rights():
    before = paths()
    with stored([checked(), checked()]) as names:
        pass
    assert len(set(names)) == 2
    assert len(paths() - before) == 2
    for name in names:
        path = Path(settings.MEDIA_ROOT) / name
        assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{40}", name)
        assert path.read_bytes() == b"obsah"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(settings.MEDIA_ROOT).stat().st_mode) == 0o700
    for name in names:
        default_storage.delete(name)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_stored_files_go_when_what_follows_fails(error):
    before = paths()
    with suppress(error), stored([checked(), checked()]):
        assert len(paths() - before) == 2
        raise error
    assert paths() == before


def test_stored_files_go_when_a_later_one_cannot_be_written(monkeypatch):
    before, save, calls = paths(), default_storage.save, []

    def failing(name, content):
        calls.append(name)
        if len(calls) == 2:
            raise OSError("disk plný")
        return save(name, content)

    monkeypatch.setattr(default_storage, "save", failing)
    with pytest.raises(OSError, match="disk plný"), stored([checked(), checked()]):
        pytest.fail("the block must not run")
    assert paths() == before
