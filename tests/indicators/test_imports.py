"""Files of values: the same layout out and in, understood or refused by row and column."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from common import imports as common_imports
from common.imports import ImportRefused, read_file
from common.models import ImportRun, ImportState
from indicators import exports, imports, layout
from indicators.models import Indicator, Observation, Qualifier
from indicators.sheet import workbook
from tests.factories import MunicipalityFactory, moment
from tests.indicators.factories import IndicatorFactory, ObservationFactory

pytestmark = pytest.mark.django_db

NOW = moment("2026-11-20 12:00")
GOOD = {
    "ukazatel": "lide",
    "uzemi_kod": "CZ",
    "obdobi_od": "1. 1. 2023",
    "obdobi_do": "31. 12. 2023",
    "hodnota": "5",
    "zdroj": "Zpráva",
}


def csv_file(*rows, name="hodnoty.csv", columns=layout.COLUMNS, encoding="utf-8-sig"):
    lines = [";".join(columns)]
    lines += [";".join(str((GOOD | row).get(name, "")) for name in columns) for row in rows]
    return read_file(name, ["\r\n".join(lines).encode(encoding)])


def xlsx_file(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "d. m. yyyy"})
        for column, name in enumerate(layout.COLUMNS):
            sheet.write(0, column, name)
            for number, row in enumerate(rows, start=1):
                value = (GOOD | row).get(name)
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
    return read_file("hodnoty.xlsx", [file.getvalue()])


@pytest.fixture
def people():
    return IndicatorFactory(slug="lide", name="Lidé")


def load(file):
    changes = imports.check(file)
    return imports.import_observations(file=file, changes=changes, by=None)


def refused(file):
    with pytest.raises(ImportRefused) as found:
        imports.check(file)
    assert not Observation.objects.exists()
    return found.value.problems


def test_values_of_the_nation_a_region_and_a_municipality_are_recorded(people):
    town = MunicipalityFactory(name="Cheb", region=people.region)
    file = csv_file(
        {"hodnota": "1\u202f296"},
        {"uzemi_kod": people.region.code, "hodnota": "7", "presnost": "odhad"},
        {"uzemi_kod": town.code, "uzemi": "Cheb", "hodnota": "3"},
    )
    assert load(file).state == ImportState.DONE
    rows = Observation.objects.order_by("-value")
    assert [row.value for row in rows] == [1296, 7, 3]
    assert rows[1].region == people.region
    assert rows[1].qualifier == Qualifier.ESTIMATE
    assert rows[2].municipality == town


def test_spreadsheet_gives_days_as_days_and_codes_as_numbers(people):
    town = MunicipalityFactory(region=people.region)
    file = xlsx_file(
        {
            "uzemi_kod": float(town.code),
            "obdobi_od": datetime(2023, 1, 1),
            "obdobi_do": datetime(2023, 12, 31),
            "hodnota": 5.0,
        }
    )
    load(file)
    row = Observation.objects.get()
    assert (row.municipality, row.value) == (town, 5)
    assert (row.period_start, row.period_end) == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"hodnota": "1e400"}, "Řádek 2, sloupec hodnota"),
        ({"hodnota": "NaN"}, "Řádek 2, sloupec hodnota"),
        ({"hodnota": "1.296"}, "Řádek 2, sloupec hodnota"),
        ({"hodnota": "", "citatel": "1", "jmenovatel": "2"}, "Řádek 2, sloupec citatel"),
        ({"obdobi_od": "", "obdobi_do": ""}, "Řádek 2, sloupec obdobi_od"),
        ({"obdobi_do": "1. 1. 2022"}, "Řádek 2, sloupec obdobi_do"),
        ({"ukazatel": "neni"}, "Řádek 2, sloupec ukazatel: Ukazatel „neni“"),
        ({"ukazatel": ""}, "Řádek 2, sloupec ukazatel"),
        ({"uzemi_kod": "999999"}, "Řádek 2, sloupec uzemi_kod"),
        ({"uzemi_kod": ""}, "Řádek 2, sloupec uzemi_kod"),
        ({"uzemi": "Morava"}, "Řádek 2, sloupec uzemi: Kód CZ patří území Česko"),
        ({"jednotka": "kg"}, "Řádek 2, sloupec jednotka"),
        ({"presnost": "skoro"}, "Řádek 2, sloupec presnost"),
    ],
)
def test_bad_row_is_refused_by_row_and_column_and_the_good_ones_with_it(people, cells, where):
    problems = refused(csv_file(cells, {"obdobi_od": "1. 2. 2023"}))
    assert len(problems) == 1
    assert problems[0].startswith(where)


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"hodnota": "101"}, "Řádek 2, sloupec hodnota: Podíl"),
        ({"hodnota": "", "citatel": "5", "jmenovatel": "4"}, "Řádek 2, sloupec citatel: Čitatel"),
    ],
)
def test_bad_share_is_refused(cells, where):
    IndicatorFactory(slug="lide", unit="%")
    assert refused(csv_file(cells))[0].startswith(where)


def test_period_twice_in_the_file_is_refused(people):
    assert refused(csv_file({}, {"hodnota": "6"})) == [
        "Řádek 3, sloupec obdobi_od: Stejné území a\u00a0období je tu už na řádku 2."
    ]


def test_period_that_is_there_is_refused_until_it_is_marked_as_a_correction(people):
    old = ObservationFactory(indicator=people, region=None, value=4)
    with pytest.raises(ImportRefused, match=r"Řádek 2, sloupec oprava: .*4\u00a0osoby"):
        imports.check(csv_file({}))
    load(csv_file({"oprava": "ano"}))
    assert Observation.objects.get(corrects=old).value == 5


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (read_file("a.csv", [b""]), "prázdný"),
        (read_file("a.csv", [b"\xef\xbb\xbf\r\n"]), "prázdný"),
        (read_file("a.csv", [b"\x00\x01\x02"]), "ani sešit XLSX"),
        (read_file("a.xlsx", [b"PK\x03\x04zzz"]), "poškozený"),
        (read_file("a.csv", ["ukazatel;kód\r\n".encode("cp1250")]), "UTF-8"),
        (read_file("a.csv", [b"ukazatel,uzemi_kod,hodnota\r\n"]), "středníkem"),
        (read_file("a.csv", [b"ukazatel;hodnota;zdroj\r\n"]), "Chybí sloupec „uzemi_kod“"),
        (read_file("a.csv", [b'ukazatel;"hodnota\r\n']), "uvozovkami"),
        (csv_file({}, columns=[*layout.COLUMNS, "barva"]), "„barva“ portál nezná"),
        (csv_file({}, columns=[*layout.COLUMNS, "zdroj"]), "„zdroj“ je v souboru dvakrát"),
        (csv_file(), "není žádná hodnota"),
    ],
)
def test_file_nobody_can_read_is_refused_with_a_sentence(people, file, sentence):
    assert any(sentence in problem.replace("\u00a0", " ") for problem in refused(file))


def rich():
    """Values of every kind: shares, uncertain ones without a period, words, formulas, commas."""
    share = IndicatorFactory(slug="podil", unit="%", decimals=2)
    people = IndicatorFactory(slug="lide", region=share.region)
    town = MunicipalityFactory(name="Cheb", region=share.region)
    ObservationFactory(indicator=share, value=None, numerator="1.5", denominator=3)
    ObservationFactory(indicator=people, region=None, municipality=town, value="1296")
    wrong = ObservationFactory(indicator=people, region=None, year=2022, value=1)
    ObservationFactory(
        indicator=people,
        region=None,
        year=2022,
        value=2,
        corrects=wrong,
        qualifier=Qualifier.PROVISIONAL,
        source="=SUMA(A1)",
        note='dva; řádky\na „uvozovky“ ""',
    )
    ObservationFactory(
        indicator=people,
        period_start=None,
        period_end=None,
        value="4879",
        is_uncertain=True,
        note="Rok není uveden.",
        period_text="neznámo kdy",
    )


def exported(kind):
    rows = list(exports.sheet(Indicator.objects.all(), NOW))
    if kind == "xlsx":
        return read_file("a.xlsx", [workbook(rows)])
    from common import csv_files

    return read_file("a.csv", [csv_files.text([list(layout.COLUMNS), *rows]).encode()])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_exported_is_read_back_and_changes_nothing(kind):
    rich()
    changes = imports.check(exported(kind))
    assert changes.counts() == {
        "rows": 4,
        "indicators": 2,
        "new": 0,
        "corrected": 0,
        "unchanged": 4,
    }


def test_export_of_another_database_is_read_whole():
    rich()
    file = exported("xlsx")
    before = sorted(map(str, (tuple(row) for row in exports.sheet(Indicator.objects.all(), NOW))))
    from django.db import connection

    from common.append_only import drop_triggers, install_triggers

    drop_triggers(connection)
    Observation.objects.all()._raw_delete("default")
    install_triggers(connection)
    load(file)
    after = [tuple(row) for row in exports.sheet(Indicator.objects.all(), moment("2099-01-01"))]
    assert sorted(map(str, after)) == before


# The run


def test_preview_waits_and_confirmation_records(people, make_user):
    unit = make_user("unit")
    file = csv_file({})
    run = imports.preview(file, imports.check(file), by=unit)
    assert run.state == ImportState.PREVIEWED
    assert run.counts[common_imports.WAITING]["first"] == [
        ["nová", "Lidé", "Česko", "2023", "", "5 osob", "Zpráva"]
    ]
    assert not Observation.objects.exists()
    imports.confirm(run=run, by=unit)
    run.refresh_from_db()
    assert run.state == ImportState.DONE
    assert Observation.objects.get().author == unit


def test_confirmation_of_what_changed_meanwhile_writes_nothing_and_compares_anew(people):
    old = ObservationFactory(indicator=people, region=None, value=4)
    file = csv_file({"oprava": "ano"})
    run = imports.preview(file, imports.check(file), by=None)
    ObservationFactory(indicator=people, region=None, value=6, corrects=old)
    with pytest.raises(ImportRefused, match="se od kontroly změnily"):
        imports.confirm(run=run, by=None)
    run.refresh_from_db()
    assert run.counts[common_imports.WAITING]["first"][0][4:6] == ["6 osob", "5 osob"]
    assert Observation.objects.count() == 2


def test_import_takes_the_same_queries_for_many_rows(people, django_assert_max_num_queries):
    rows = [
        {"obdobi_od": f"{day}. 1. 2023", "obdobi_do": f"{day}. 1. 2023"} for day in range(1, 31)
    ]
    with django_assert_max_num_queries(6):
        assert imports.check(csv_file(*rows)).counts()["new"] == 30


def test_command_asks_writes_and_logs(people, tmp_path, capsys):
    path = tmp_path / "hodnoty.csv"
    path.write_bytes(csv_file({"hodnota": "12,5"}).content)
    with pytest.raises(CommandError, match="Řádek 2, sloupec hodnota"):
        call_command("import_observations", path, yes=True)
    assert ImportRun.objects.get().state == ImportState.REFUSED
    path.write_bytes(csv_file({}).content)
    call_command("import_observations", path, yes=True)
    assert Observation.objects.get().value == Decimal(5)
    assert "Hotovo: načteno." in capsys.readouterr().out
