"""The official file of the index: how it is understood, and what is refused, by row and column."""

import struct
import tracemalloc

import pytest

from common import workbook as reading
from common.imports import ImportRefused
from municipalities import index_columns
from municipalities.index_file import read
from municipalities.models import Component
from tests.municipalities.pages import plain
from tests.municipalities.workbooks import HEADERS, NO_SCHOOL, SCHOOL, repacked, town, workbook


def refused(content):
    """Return the sentences a file is refused with, with plain spaces."""
    with pytest.raises(ImportRefused) as caught:
        read(content)
    return [plain(text) for text in caught.value.problems]


def wrong_town(values):
    """Return a row with values as they stand, and the right shares of right counts."""
    numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
    return town(**{"code": 500011, **numbers}) | values


INDEX = "AD (Index soc. vyloučení)"


def component(row, name):
    return row.components[list(Component).index(name)]


# What a file says


def test_row_is_read_whole():
    file = read(
        workbook(
            town(
                560286,
                "Aš",
                status="M",
                index=15,
                base_15=12000,
                base_15_64=9000,
                execution=1500,
                execution_quotient=1.84567,
                housing=250.5,
                subsistence=3,
                unemployed=0,
                leavers=7,
                leavers_base=120,
            )
        )
    )
    assert file.year == 2023
    row = file.rows["560286"]
    assert (row.name, row.kind, row.value, row.has_own_school) == ("Aš", "mesto", 15, True)
    assert (row.orp, row.district, row.region) == ("4101", "CZ0411", "CZ041")
    assert component(row, "execution") == ("known", 1500, 12000, 12.5, 1.8457)
    # 250.5 / 12000 = 2.0875 %
    assert component(row, "housing_benefit") == ("known", 250.5, 12000, 2.0875, 1)
    assert component(row, "subsistence_benefit") == ("masked", 3, 12000, 0.025, 1)
    assert component(row, "unemployed_6m") == ("known", 0, 9000, 0, 0)
    # 7 / 120 = 5.83333… %
    assert component(row, "early_leavers") == ("known", 7, 120, 5.8333, 1)
    assert file.places.regions == {"CZ041": "Karlovarský kraj"}
    assert file.places.districts == {"CZ0411": "Cheb"}
    assert file.places.orps == {"4101": "Aš"}


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("O", "obec"),
        ("T", "mestys"),
        ("M", "mesto"),
        ("S", "statutarni_mesto"),
        ("H", "hlavni_mesto"),
        ("U", "vojensky_ujezd"),
    ],
)
def test_kind_is_read_from_the_status(letter, kind):
    assert read(workbook(town(500011, status=letter))).rows["500011"].kind == kind


def test_text_in_place_of_the_numbers_of_a_school_is_a_borrowed_value():
    row = read(workbook(town(500011))).rows["500011"]
    assert component(row, "early_leavers") == ("borrowed", None, None, None, None)
    assert not row.has_own_school


def test_none_of_no_school_leavers_is_unknown_and_no_zero():
    row = read(workbook(town(500011, leavers=0, leavers_base=0))).rows["500011"]
    assert component(row, "early_leavers") == ("unknown", None, 0, None, None)
    assert row.has_own_school


def test_military_area_without_inhabitants_has_no_numbers():
    row = read(workbook(town(555177, "Hradiště", status="U", base_15=0, base_15_64=0, index=3)))
    row = row.rows["555177"]
    assert row.kind == "vojensky_ujezd"
    assert [part[0] for part in row.components] == [*4 * ["unknown"], "borrowed"]


@pytest.mark.parametrize(
    ("count", "state"),
    [(0, "known"), (0.5, "masked"), (4, "masked"), (4.9167, "masked"), (5, "known")],
)
def test_counts_above_zero_and_below_five_are_masked_and_kept(count, state):
    part = component(read(workbook(town(500011, housing=count))).rows["500011"], "housing_benefit")
    assert part[:2] == (state, count)


def test_capital_gets_the_orp_it_has_at_the_statistical_office():
    prague = town(
        554782,
        "Praha",
        status="H",
        orp=0,
        orp_name="X-X-X",
        district="CZ0100",
        district_name="Praha",
        region="CZ010",
        region_name="Hlavní město Praha",
    )
    file = read(workbook(prague))
    assert (file.rows["554782"].orp, file.places.orps) == ("1000", {"1000": "Praha"})


# Columns are known by their words


def test_order_of_columns_does_not_matter():
    rows = [town(500011, execution=10), town(500012, index=8)]
    usual, turned = read(workbook(*rows)), read(workbook(*rows, order=[*reversed(HEADERS)]))
    assert turned.rows == usual.rows


def test_other_years_and_slips_are_understood():
    headers = {
        "base_15": "Počet obyvatel - starsích 15 let",
        "execution": "POČET OSOB V EXEKCUI",
        "execution_quotient": "Osoby v exekuci – lokalizčaní kvociet",
        "index": "Index soc. vyloučeni 2022 (0–30 bodů)",
    }
    assert read(workbook(town(500011), year=2022, headers=headers)).year == 2022


def test_columns_of_no_use_and_rows_above_the_headers_do_not_matter():
    order = ["opou", *[key for key in HEADERS if key not in ("opou", "opou_name")]]
    assert set(read(workbook(town(500011), order=order)).rows) == {"500011"}


def test_numbers_written_as_text_are_numbers():
    row = read(workbook(town("500011", base_15="200", index=1, execution=0))).rows["500011"]
    assert component(row, "execution") == ("known", 0, 200, 0, 0)


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (103, "CZ")])
def test_letter_of_a_column(number, name):
    assert index_columns.letter(number) == name


def test_missing_column_is_named():
    order = [key for key in HEADERS if key not in ("housing", "leavers_base")]
    assert refused(workbook(town(500011), order=order)) == [
        "Chybí sloupec „Počet – příspěvek na bydlení (PnB)“.",
        "Chybí sloupec „Celkový počet žáků, kteří ukončili docházku“.",
    ]


def test_doubled_column_is_named_with_its_places():
    order = [*HEADERS, "code"]
    assert refused(workbook(town(500011), order=order)) == [
        "Sloupec „Kód obce“ je v souboru vícekrát: A a AF."
    ]


def test_two_years_of_the_index_are_refused():
    headers = {"category": "Index soc. vyloučení 2022 (4 kategorie bodů)"}
    assert refused(workbook(town(500011), headers=headers)) == [
        "Záhlaví sloupců indexu mluví o různých letech: 2022 a 2023."
    ]


def test_index_without_a_year_is_refused():
    headers = {"index": "Index soc. vyloučení (body)", "category": "Index vyloučení (kategorie)"}
    assert refused(workbook(town(500011), headers=headers)) == [
        "V záhlaví sloupce indexu není rok vydání."
    ]


def test_two_sheets_of_the_index_are_refused():
    content = workbook(town(500011), sheets=[("Druhé", [town(500012)])])
    assert refused(content) == [
        "V souboru je víc listů s tabulkou indexu. Nahrajte každé vydání zvlášť."
    ]


# What is wrong is named by its row and column


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"index": 31}, f"{INDEX}: 31 není celé číslo od 0 do 30."),
        ({"index": -1}, f"{INDEX}: -1 není celé číslo od 0 do 30."),
        ({"index": 7.5}, f"{INDEX}: 7,5 není celé číslo od 0 do 30."),
        ({"index": "sedm", "category": "2 až 7"}, f"{INDEX}: „sedm“ není celé číslo od 0 do 30."),
        (
            {"index": 0, "category": "2 až 7"},
            "AE (Kategorie indexu): kategorie „2 až 7“ neodpovídá hodnotě 0.",
        ),
        (
            {"category": "málo"},
            "AE (Kategorie indexu): „málo“ není kategorie, třeba „8 až 11“.",
        ),
        ({"code": 50001}, "A (Kód obce): 50001 není šestimístný kód obce."),
        ({"code": ""}, "A (Kód obce): prázdná buňka není šestimístný kód obce."),
        ({"name": ""}, "B (Název obce): prázdná buňka není jméno."),
        ({"status": "X"}, "C (Status obce): „X“ není status obce (O, T, M, S, H, U)."),
        ({"orp": 0}, "F (Kód ORP): 0 není čtyřmístný kód ORP."),
        ({"district": "CZ41"}, "H (Kód okres): „CZ41“ není kód okresu, třeba CZ0412."),
        ({"region": "KV"}, "J (Kód kraj): „KV“ není kód kraje, třeba CZ041."),
        ({"region": "CZ042"}, "H (Kód okres): okres CZ0411 neleží v kraji CZ042."),
        ({"base_15": 1.5}, "L (Počet obyvatel starších 15 let): 1,5 není celé číslo od nuly."),
        (
            {"execution": -3, "execution_share": 0},
            "N (Počet – osoby v exekuci): -3 je záporné nebo příliš velké číslo.",
        ),
        (
            {"execution": "sedm", "execution_share": 0, "execution_quotient": 0},
            "N (Počet – osoby v exekuci): „sedm“ není číslo.",
        ),
        (
            {"execution": "", "execution_share": 0, "execution_quotient": 0},
            "N (Počet – osoby v exekuci): prázdná buňka není číslo.",
        ),
        (
            {"execution": 201, "execution_share": 99},
            "N (Počet – osoby v exekuci): 201 je víc než základ 200.",
        ),
        (
            {"execution_share": 100.01},
            "O (% podíl – osoby v exekuci): 100,01 není podíl od 0 do 100 %.",
        ),
        (
            {"execution_share": -0.5},
            "O (% podíl – osoby v exekuci): -0,5 není podíl od 0 do 100 %.",
        ),
        (
            {"execution_quotient": -1},
            "P (Lokalizační kvocient – osoby v exekuci): -1 je záporné nebo příliš velké číslo.",
        ),
        (
            {"leavers": 3, "leavers_base": 0, "leavers_share": 0},
            "Z (Počet – předčasné odchody ze ZŠ): 3 z nikoho: základ je nula.",
        ),
        # Part borrowed, part not.
        (
            dict.fromkeys(SCHOOL, NO_SCHOOL) | {"leavers": "", "leavers_base": 20},
            "Z (Počet – předčasné odchody ze ZŠ): prázdná buňka není číslo.",
        ),
    ],
)
def test_wrong_cell_is_named(values, sentence):
    content = workbook(town(500010), wrong_town(values))
    assert refused(content) == [f"Řádek 3, sloupec {sentence}"]


def test_doubled_code_is_named_with_the_other_row():
    assert refused(workbook(town(500011), town(500012), town(500011))) == [
        "Řádek 4, sloupec A (Kód obce): kód 500011 už je na řádku 2."
    ]


def test_one_code_with_two_names_is_refused():
    assert refused(workbook(town(500011), town(500012, district_name="Sokolov"))) == [
        "Řádek 3, sloupec I (Název okres): CZ0411 se na jiném řádku jmenuje Cheb."
    ]


def test_orp_in_two_regions_is_refused():
    other = {
        "district": "CZ0421",
        "district_name": "Děčín",
        "region": "CZ042",
        "region_name": "Ústecký kraj",
    }
    assert refused(workbook(town(500011), town(500012, **other))) == [
        "Řádek 3, sloupec F (Kód ORP): ORP 4101 leží na jiném řádku v kraji CZ041."
    ]


def test_all_that_is_wrong_is_told_at_once_up_to_a_hundred():
    with pytest.raises(ImportRefused) as caught:
        read(workbook(*(town(500011 + n, execution=-1, housing=-1) for n in range(60))))
    assert caught.value.total == 120
    assert len(caught.value.problems) == 100
    assert plain(caught.value.problems[1]).startswith("Řádek 2, sloupec Q")


# What is no such file


def test_other_files_are_refused():
    assert refused(b"") == ["Soubor je prázdný."]
    no_workbook = ["Soubor není sešit XLSX. Vyberte soubor, jak ho vydala Agentura."]
    assert refused(b"Kod obce;Index\n") == no_workbook
    assert refused(b"\xd0\xcf\x11\xe0" + bytes(100)) == no_workbook
    assert refused(repacked(workbook(), leave_out=["xl/workbook.xml"])) == no_workbook


def test_workbook_of_something_else_is_refused():
    content = workbook(town(500011), headers={"code": "Číslo"})
    assert refused(content) == ["V souboru není tabulka indexu: chybí sloupec „Kód obce“."]


def test_table_without_a_row_is_refused():
    assert refused(workbook()) == ["V tabulce indexu není žádná obec."]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_file_cut_short_is_refused(share):
    content = workbook(*(town(500011 + n) for n in range(50)))
    broken = ["Soubor je poškozený nebo není celý. Stáhněte ho znovu."]
    assert refused(content[: int(len(content) * share)]) == broken


def test_changed_byte_is_noticed():
    content = bytearray(workbook(*(town(500011 + n) for n in range(50))))
    place = content.find(b"xl/worksheets/sheet1.xml") + 200
    content[place] ^= 0xFF
    assert refused(bytes(content)) == ["Soubor je poškozený nebo není celý. Stáhněte ho znovu."]


def test_formula_is_named_by_its_cell():
    content = workbook(town(500011), town(500012), formula=(2, 13))
    assert refused(content) == [
        "Řádek 3, sloupec N: je tu vzorec místo hodnoty. Uložte soubor jen s hodnotami."
    ]


def with_macro_type(name, text):
    if name != "[Content_Types].xml":
        return text
    return text.replace(b"spreadsheetml.sheet.main", b"macroEnabled.main")


def test_macros_are_refused_by_their_part_and_by_their_type():
    macros = ["Soubor obsahuje makra. Uložte ho jako sešit bez maker (XLSX)."]
    content = workbook(town(500011))
    assert refused(repacked(content, add=[("xl/vbaProject.bin", b"x")])) == macros
    assert refused(repacked(content, change=with_macro_type)) == macros


def test_cells_far_apart_are_refused():
    def far(name, text):
        if not name.startswith("xl/worksheets/"):
            return text
        return text.replace(b'<c r="A1"', b'<c r="XFD1048576"')

    def without_place(name, text):
        return text.replace(b'<c r="A2"', b"<c")

    for change in (far, without_place):
        assert refused(repacked(workbook(town(500011)), change=change)) == [plain(reading.TOO_WIDE)]


def test_texts_that_grow_by_being_named_often_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_TEXTS", 40_000)
    long = town(500011, name="x" * 1000)
    assert refused(workbook(long)) == ["Soubor je po rozbalení příliš velký."]


def bomb(size=80_000_000):
    return repacked(workbook(town(500011)), add=[("xl/worksheets/sheet2.xml", bytes(size))])


def test_bomb_that_declares_its_size_is_refused_without_unpacking():
    content = bomb()
    tracemalloc.start()
    assert refused(content) == ["Soubor je po rozbalení příliš velký."]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_bomb_that_hides_its_size_is_refused_without_unpacking():
    content = bytearray(bomb())
    size = struct.pack("<I", 80_000_000)
    # In its own header and in the directory of the archive.
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = struct.pack("<I", 1_000)
    tracemalloc.start()
    assert refused(bytes(content)) == ["Soubor je poškozený nebo není celý. Stáhněte ho znovu."]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
