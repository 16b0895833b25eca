import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from meetings.content import RollupSaid, Words
from meetings.report import csv_of, places_csv, report_document, workbook
from tests.meetings.sample import sample

SHA = "5b87dd2ca93416645520f12deb6dfbc5f2a33889ed570cdbf861d92a419216b6"
SHEETS = [
    *("Přehled", "Rozhodnutí", "Opatření", "Zpožděno", "Změny", "Usnesení", "Výstupy", "Obce"),
    "Jak číst",
]
FORMULAS = ["=1+1", "+420 353 502 111", "-5", "@SUM(A1)", '=HYPERLINK("http://x.test")', "{=A1}"]


def rows(data, sheet):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


def parts(data):
    """Return the text of the files of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return {name: box.read(name).decode() for name in box.namelist()}


def noted(text):
    """Return the sample with the note of its first measure replaced."""
    first, *others = sample().priorities
    goal, *goals = first.goals
    measure, *measures = goal.measures
    goal = replace(goal, measures=(replace(measure, note=Words(text)), *measures))
    return sample(priorities=(replace(first, goals=(goal, *goals)), *others))


def test_workbook_has_the_sheets_of_the_report():
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(sample())))
    assert book.sheet_names == SHEETS


def test_measures_have_dates_as_dates():
    head, *found = rows(workbook(sample()), "Opatření")
    fund = dict(zip(head, found[1], strict=True))
    assert len(found) == 31
    assert fund == {
        "Kód": "1.2",
        "Opatření": "Krajský garanční a krizový fond na podporu bydlení",
        "Krátký název": "Krajský garanční a krizový fond",
        "Priorita": "Dostupnost bydlení",
        "Cíle": "1.A",
        "Stav": "zpožděno",
        "O kolik": "o 45 dní",
        "Poslední známý stav": "",
        "Den": date(2026, 9, 30),
        "Co ten den je": "termín",
        "Milník": "statut fondu schválen",
        "Hlášení ke dni": date(2026, 11, 12),
        "Aktuálnost": "aktuální",
        "Útvar": "odbor sociálních věcí",
        "Poznámka": (
            "Statut čeká na stanovisko k veřejné podpoře; bez něj nelze uzavřít první smlouvy "
            "s majiteli bytů."
        ),
        "Adresa": f"{settings.PORTAL_URL}/strategie/kk/opatreni/1.2/",
    }


def test_late_and_outputs_have_numbers_as_numbers():
    data = workbook(sample())
    assert rows(data, "Zpožděno")[1][:4] == [
        *("2.3", "Doprava do měst za vzděláním", 75),
        date(2026, 8, 31),
    ]
    outputs = rows(data, "Výstupy")
    assert len(outputs) == 9
    assert outputs[1] == [
        *(date(2026, 9, 22), "seminář", "Dostupné bydlení v malých obcích", "Cheb", 31, "1.1")
    ]
    assert rows(data, "Obce")[0][:5] == ["Kód obce", "Obec", "ORP", "Index", "Pásmo"]
    cheb = next(row for row in rows(data, "Obce") if row[1] == "Cheb")
    assert cheb == ["554481", "Cheb", "Cheb", 13, "vysoký", "", "ano"]
    area = next(row for row in rows(data, "Obce") if row[1] == "Hradiště")
    assert area == ["555177", "Hradiště", "Karlovy Vary", "", "", "", "ne"]


def test_overview_says_what_it_is_of_and_the_fingerprint():
    found = {row[0]: row[1] for row in rows(workbook(sample(), sha256=SHA), "Přehled")}
    assert found["Den zasedání"] == date(2026, 11, 26)
    assert found["Stav k"] == date(2026, 11, 14)
    assert found["Otisk SHA-256"] == SHA
    assert found["zpožděno"] == 3
    assert found["plněno průběžně"] == 6
    assert found["Data"].startswith("Ukázková data")
    draft = {row[0]: row[1] for row in rows(workbook(sample(is_demo=False)), "Přehled")}
    assert draft["Stav zprávy"] == "Návrh, nezmrazeno"
    assert "Otisk SHA-256" not in draft
    assert "Data" not in draft


def test_lists_are_tables_with_a_heading_that_stays():
    files = parts(workbook(sample()))
    tables = {
        re.search(r'ref="(.*?)"', text)[1]
        for name, text in files.items()
        if name.startswith("xl/tables/")
    }
    # 2 decisions, 31 measures, 3 late, 7 changes, a resolution, 8 outputs, 134 municipalities
    assert {"A1:H3", "A1:P32", "A1:I4", "A1:E8", "A1:E2", "A1:F9", "A1:G135"} <= tables
    for number in range(2, 9):
        assert 'topLeftCell="A2"' in files[f"xl/worksheets/sheet{number}.xml"]


@pytest.mark.parametrize("text", FORMULAS)
def test_note_that_looks_like_a_formula_stays_text(text):
    data = workbook(noted(text))
    assert rows(data, "Opatření")[1][14] == text
    for name, xml in parts(data).items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in xml
            assert "<hyperlink" not in xml


@pytest.mark.parametrize("text", FORMULAS[:5])
def test_csv_guards_what_a_spreadsheet_takes_for_a_formula(text):
    quoted = text.replace('"', '""')
    line = csv_of(noted(text)).split("\r\n")[1]
    assert f"'{quoted}" in line
    assert f";{text}" not in line


def test_csv_is_for_czech_spreadsheets():
    text = csv_of(noted("první; druhý\nřádek"))
    assert text.startswith("\ufeffkod;nazev;")
    assert '"první; druhý\nřádek"' in text
    assert text.endswith("\r\n")


def test_address_in_a_note_is_no_link():
    data = workbook(noted("http://example.cz/"))
    assert rows(data, "Opatření")[1][14] == "http://example.cz/"
    assert not [xml for xml in parts(data).values() if "hyperlink" in xml]


@pytest.mark.parametrize(
    "text", ["ž" * 10_000, "Řádek\ndruhý", "😀 مرحبا # $ < * @ \\ ` // [ ] { } _ ~ & %", "x" * 30]
)
def test_note_comes_back_as_it_was_written(text):
    assert rows(workbook(noted(text)), "Opatření")[1][14] == text


@pytest.mark.parametrize("sign", ["ž", "😀"])
def test_note_longer_than_a_cell_says_where_the_rest_is(sign):
    found = rows(workbook(noted(sign * 40_000)), "Opatření")[1][14]
    assert found.startswith(sign * 10_000)
    assert found.endswith("… (celé znění je v souboru zprava.json)")
    assert len(found.encode("utf-16-le")) <= 2 * 32_767


def test_workbook_says_it_was_made_when_the_briefing_was_known():
    core = parts(workbook(sample()))["docProps/core.xml"]
    assert "2026-11-14T07:00:00Z" in core
    assert "Zpráva o plnění Strategie sociálního začleňování Karlovarského kraje" in core


def test_everything_is_the_same_in_another_process():
    script = (
        "import sys, django; django.setup()\n"
        "from meetings.report import csv_of, places_csv, report_document, workbook\n"
        "from tests.meetings.sample import sample\n"
        "print(report_document(sample(), json_text='{}').fingerprint)\n"
        "print(csv_of(sample()) + places_csv(sample()), flush=True)\n"
        "sys.stdout.buffer.write(workbook(sample()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
    )
    print_ = report_document(sample(), json_text="{}").fingerprint
    text = f"{print_}\n{csv_of(sample())}{places_csv(sample())}\n"
    assert done.stdout == text.encode() + workbook(sample())


def test_empty_briefing_gives_sentences_in_place_of_tables():
    nothing = RollupSaid((), 0, 0, "")
    data = workbook(
        sample(
            **{"priorities": (), "late": (), "decisions": (), "stale": (), "changes": ()},
            **{"resolutions": (), "region": None, "rollup": nothing, "glossary": ()},
            **{"methods": (), "vintages": (), "previous": None, "since": None},
        )
    )
    assert rows(data, "Opatření") == [["Strategie zatím nemá žádné opatření."]]
    assert rows(data, "Zpožděno") == [["Žádné opatření není zpožděno."]]
    assert rows(data, "Rozhodnutí") == [["Rada se o žádné rozhodnutí nežádá."]]
    assert rows(data, "Obce") == [["Index pro tento kraj není načten."]]
    assert not [name for name in parts(data) if name.startswith("xl/tables/")]


def test_output_of_a_measure_in_two_priorities_stands_once():
    one, two, *_ = sample().priorities
    twice = sample(priorities=(one, replace(two, outputs=one.outputs)))
    assert len(rows(workbook(twice), "Výstupy")) == 3
