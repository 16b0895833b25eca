import subprocess
import sys
import threading
from dataclasses import replace

import pytest
import typst
from django.core.cache import caches

from common import pdf as module
from common.pdf import Attachment, Document, PdfError, build, pdf

TEMPLATE = """#import "lib.typ": *
#let d = load()
#show: document-style.with(d)
#attach-all()
= #d.heading
#d.text
"""


@pytest.fixture(autouse=True)
def template(monkeypatch):
    """A small template beside our library, and no document kept from elsewhere."""
    read = module._source
    monkeypatch.setattr(module, "_source", lambda n: TEMPLATE if n == "small.typ" else read(n))
    caches["pdf"].clear()


def small(text="Text", **data):
    shown = {
        "doc_title": "Název",
        "short_title": "Název",
        "author": "Kraj",
        "as_of_iso": "2026-11-26",
        "footer": ["Stav k 26. 11. 2026", "https://portal.example.cz/"],
        "sample": False,
        "heading": "Nadpis",
        "text": text,
    }
    return Document("small.typ", {**shown, **data})


def pages(document):
    """Return the pages of a document as pictures; this process may use Typst, a worker may not."""
    sources = {name: text.encode() for name, text in document.sources.items()}
    drawn = typst.compile(sources, format="svg", ignore_system_fonts=True)
    return drawn if isinstance(drawn, list) else [drawn]


def runs(monkeypatch):
    """Count the processes that are started."""
    started = []
    run = subprocess.run

    def counted(*args, **kwargs):
        started.append(args)
        return run(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", counted)
    return started


def test_document_says_what_it_is_and_how_it_may_be_read():
    made = build(small())
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"<pdfaid:part>3</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert "Název".encode() in made


def test_same_document_has_the_same_bytes_in_another_process():
    assert build(small()) == build(small())


def test_day_of_the_document_comes_from_its_data():
    assert b"2026-11-26" in build(small())
    assert b"2025-01-02" in build(small(as_of_iso="2025-01-02"))


@pytest.mark.parametrize(
    "text",
    [
        "#panic() $x$ <label> @ref *b* _i_ `raw` \\ // /* [ ] { } ~ = + - \" '",
        '#read("lib.typ")',
        "😀 漢字 \ue000 \x00 \u202e",
        "שלום עולם " * 200 + "abc " * 50 + "مرحبا " * 200,
        "x" * 5000,
        "",
    ],
)
def test_whatever_people_type_is_printed_or_replaced(text):
    assert build(small(text)).startswith(b"%PDF-")
    assert build(small(heading=f"A{text}", footer=[text])).startswith(b"%PDF-")


def test_attached_files_are_inside_with_their_description():
    file = Attachment("data.csv", "text/csv", "Popis souboru", "a;b\n")
    with_file = build(replace(small(), attachments=(file,)))
    assert b"data.csv" in with_file
    assert b"/AFRelationship" in with_file
    assert b"data.csv" not in build(small())


def test_second_request_starts_no_process(monkeypatch):
    started = runs(monkeypatch)
    assert pdf(small()) == pdf(small())
    assert len(started) == 1


def test_another_word_makes_another_document(monkeypatch):
    started = runs(monkeypatch)
    assert pdf(small("jedna")) != pdf(small("dvě"))
    assert len(started) == 2


def test_fingerprint_depends_on_data_template_attachments_and_typst(monkeypatch):
    one = small().fingerprint
    assert small().fingerprint == one
    assert small("jiný").fingerprint != one
    file = Attachment("data.csv", "text/csv", "Popis", "a")
    assert replace(small(), attachments=(file,)).fingerprint != one
    monkeypatch.setattr(module, "version", lambda name: "0.99")
    assert small().fingerprint != one
    monkeypatch.undo()
    monkeypatch.setattr(module, "_source", lambda name: TEMPLATE + "// changed")
    assert small().fingerprint != one


def test_many_at_once_make_one_document(monkeypatch):
    started = runs(monkeypatch)
    found = []
    threads = [threading.Thread(target=lambda: found.append(pdf(small()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert len(started) == 1


def test_error_of_a_template_is_one_exception_and_stands_in_the_log(monkeypatch, caplog):
    monkeypatch.setattr(module, "_source", lambda name: "#nothing-of-that-name")
    with pytest.raises(PdfError):
        pdf(small())
    assert "small.typ was not made" in caplog.text
    assert "nothing-of-that-name" in caplog.text


def test_failure_is_not_kept(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/nonexistent/python")
        with pytest.raises(PdfError):
            pdf(small())
    assert pdf(small()).startswith(b"%PDF-")


def test_process_that_dies_of_a_panic_is_the_same_exception(monkeypatch, tmp_path):
    dying = tmp_path / "typeset.py"
    dying.write_text("import os; os.abort()")
    monkeypatch.setattr(module, "_TYPESET", dying)
    with pytest.raises(PdfError):
        build(small())


def test_document_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "typeset.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(module, "_TYPESET", slow)
    with pytest.raises(PdfError):
        build(small(), seconds=0.5)


def test_waiting_too_long_for_another_document_is_the_same_exception(monkeypatch):
    monkeypatch.setattr(module, "SECONDS", 0.05)
    with module._one_at_a_time, pytest.raises(PdfError):
        pdf(small())


def test_full_disk_withholds_nothing(monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(type(caches["pdf"]), "set", refuse)
    assert pdf(small()).startswith(b"%PDF-")


def test_worker_does_not_load_typst():
    """It keeps what it laid out; a worker that imported it would grow with each document."""
    code = "import common.pdf, sys; sys.exit('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=module._TYPESET.parents[1])
    assert done.returncode == 0


def test_frame_of_made_up_data_stands_on_each_page():
    filler = " ".join(["slovo"] * 1500)
    real, sample = pages(small(filler)), pages(small(filler, sample=True))
    assert len(real) == len(sample) > 1
    frames = [page.count(b'stroke="#1b1f24"') for page in real]
    assert [page.count(b'stroke="#1b1f24"') for page in sample] == [n + 1 for n in frames]
