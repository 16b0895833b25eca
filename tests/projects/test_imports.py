"""Files of projects: what is understood, what is refused by row and column, what is written."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.management import call_command
from django.core.management.base import CommandError

from common.imports import ImportRefused, read_file
from common.models import ImportRun
from projects import export, imports
from projects.models import BudgetPart, Project, ProjectMeasure
from strategy.models import Organisation
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    PriorityFactory,
    RegionFactory,
    make_measure,
)
from tests.projects.factories import BudgetPartFactory, ProjectFactory, ProjectMeasureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return RegionFactory(code="CZ041")


def file_of(text, name="projekty.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return read_file(name, [content])


def table(*rows):
    """A CSV of rows given as texts with semicolons."""
    return file_of("\n".join(rows))


def load(file):
    return imports.import_projects(file=file, changes=imports.check(file), by=None)


def refused(file):
    with pytest.raises(ImportRefused) as caught:
        imports.check(file)
    return [problem.replace("\u00a0", " ") for problem in caught.value.problems]


def one(column, value, **more):
    """What is wrong with a file of one row with a name, a source and one more column."""
    return refused(quoted({column: value, **more}))


def quoted(cells):
    cells = {"nazev": "Projekt", "zdroj": "zpráva", **cells}
    texts = ('"' + text.replace('"', '""') + '"' for text in cells.values())
    return table(";".join(cells), ";".join(texts))


def test_row_of_a_file_becomes_a_project(home):
    measure = make_measure("1.2")
    other = make_measure("1.3", strategy=measure.strategy)
    cheb = MunicipalityFactory(code="554481")
    slug = measure.strategy.slug
    load(
        quoted(
            {
                "prijemce": "Město Cheb",
                "registracni_cislo": "CZ.03.02.01/00/22_001/0000001",
                "stav": "V realizaci",
                "zacatek": "10/2023",
                "konec": "říjen 2024",
                "mira_eu": "76,73",
                "obce": "554481",
                "opatreni": f"{slug}/1.2 40 % naše; {slug}/1.3 12,5 %",
                "schvaleno_celkem": "1\u00a0296\u202f000,50",
                "vyplaceno_eu": "0",
            }
        )
    )
    project = Project.objects.get()
    assert project.slug == "projekt"
    assert project.recipient.name == "Město Cheb"
    assert (project.start_date, project.start_precision) == (date(2023, 10, 1), "month")
    assert (project.end_date, project.end_precision) == (date(2024, 10, 31), "month")
    assert (project.state, project.territory) == ("running", "named")
    assert project.eu_rate == Decimal("76.73")
    assert list(project.municipalities.all()) == [cheb]
    assert list(
        project.measure_links.order_by("pk").values_list("measure", "share", "is_ours")
    ) in (
        [(measure.pk, 40, True), (other.pk, Decimal("12.50"), False)],
        [(other.pk, Decimal("12.50"), False), (measure.pk, 40, True)],
    )
    parts = set(BudgetPart.objects.values_list("stage", "kind", "amount", "currency"))
    assert parts == {
        ("approved", "total", Decimal("1296000.50"), "CZK"),
        ("paid", "eu", Decimal("0.00"), "CZK"),
    }
    assert project.history.get().history_change_reason == "import projektů: projekty.csv"


def test_the_same_file_again_changes_nothing(home):
    file = quoted({"prijemce": "Kraj"})
    load(file)
    changes = imports.check(file)
    assert changes.counts() == {"new": 0, "changed": 0, "same": 1}
    assert changes.is_empty


def rich(home):
    """A project with everything a file can say of it."""
    measure, other = make_measure("4.10"), make_measure("4.9")
    parent = ProjectFactory(region=home, name="Celek")
    project = ProjectFactory(
        region=home,
        name="=Název, který začíná jako vzorec",
        recipient=OrganisationFactory(),
        registration_number="CZ.1/2",
        state="finished",
        state_text="ukončen",
        state_date=date(2023, 4, 1),
        state_precision="month",
        start_date=date(2023, 1, 5),
        end_date=date(2024, 2, 29),
        end_precision="month",
        is_end_uncertain=True,
        dates_note="Dva zdroje.",
        goal="Více\nřádků; se středníkem a „uvozovkami“",
        eu_rate=Decimal("76.73"),
        territory="named",
        municipalities=MunicipalityFactory.create_batch(2),
        parent=parent,
        source_url="https://example.cz/a?b=c",
    )
    project.priorities.add(PriorityFactory(code="2"))
    ProjectMeasureFactory(project=project, measure=measure, share=Decimal("12.5"), is_ours=True)
    ProjectMeasureFactory(project=project, measure=other)
    BudgetPartFactory(project=project, amount=Decimal("1250000.5"))
    BudgetPartFactory(project=project, amount=50_000, currency="EUR")
    BudgetPartFactory(project=project, kind="eu", amount=7, is_uncertain=True, note="Nevíme.")
    return project


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_goes_out_comes_in_as_the_same(home, form):
    rich(home)
    out = "".join(export.as_csv()).encode() if form == "csv" else export.as_xlsx()
    changes = imports.check(file_of(out, f"projekty.{form}"))
    assert [row.differences for row in changes.rows] == [(), ()]
    assert changes.counts() == {"new": 0, "changed": 0, "same": 2}


def test_export_into_an_empty_portal_and_back(home):
    project = rich(home)
    out = "".join(export.as_csv())
    places = [place.code for place in project.municipalities.all()]
    for made in (project, Project.objects.get(name="Celek")):
        made.delete()
    load(file_of(out))
    made = Project.objects.get(slug=project.slug)
    assert made.parent.name == "Celek"
    assert made.goal == "Více\nřádků; se středníkem a „uvozovkami“"
    assert {place.code for place in made.municipalities.all()} == set(places)
    assert made.budget_parts.get(kind="eu").note == "Nevíme."
    assert made.budget_parts.get(currency="EUR").amount == 50_000
    assert "".join(export.as_csv()) == out


def test_column_that_is_not_there_stays_and_an_empty_cell_is_unknown(home):
    project = ProjectFactory(region=home, slug="a", name="A", programme="OPZ+", fund="ESF+")
    changes = imports.check(table("zkratka;nazev;fond", "a;A;"))
    assert changes.rows[0].differences == (("fond", "ESF+", ""),)
    load(table("zkratka;nazev;fond", "a;A;"))
    project.refresh_from_db()
    assert (project.programme, project.fund) == ("OPZ+", "")


def test_known_number_names_the_project(home):
    project = ProjectFactory(region=home, name="Starý", registration_number="CZ.1")
    load(table("nazev;registracni_cislo", "Nový;CZ.1"))
    project.refresh_from_db()
    assert project.name == "Nový"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("nazev", "", "Řádek 2, nazev: název chybí."),
        ("nazev", "=1+1", "Řádek 2, nazev: začíná jako vzorec."),
        ("nazev", 301 * "a", "Řádek 2, nazev:"),
        ("zdroj", "", "Řádek 2, zdroj:"),
        ("stav", "spící", "Řádek 2, stav: „spící“ neznáme."),
        ("konec", "31. 2. 2024", "Řádek 2, konec: Den"),
        ("zacatek", "někdy", "Řádek 2, zacatek: Napište den"),
        ("mena", "USD", "Řádek 2, mena: měnu „USD“ neznáme."),
        ("schvaleno_celkem", "1e400", "Řádek 2, schvaleno_celkem: Napište číslo"),
        ("schvaleno_celkem", "nan", "Řádek 2, schvaleno_celkem: Napište číslo"),
        ("schvaleno_celkem", "-5", "Řádek 2, schvaleno_celkem: Číslo nemůže být záporné."),
        ("schvaleno_celkem", "99999999999999", "Řádek 2, schvaleno_celkem: Číslo je příliš velké."),
        ("schvaleno_celkem", "5?", "Řádek 2, k_castkam: u nejisté částky"),
        ("schvaleno_celkem", "5; 6", "Řádek 2, mena: částek je víc než měn."),
        ("mira_eu", "101", "Řádek 2, mira_eu: je víc než 100 %."),
        ("opatreni", "9.9", "Řádek 2, opatreni: opatření „9.9“ v portálu není."),
        ("obce", "000000", "Řádek 2, obce: obec s kódem „000000“ v portálu není."),
        ("priority", "kk/9", "Řádek 2, priority: priorita „kk/9“ v portálu není."),
        ("kraj", "XX", "Řádek 2, kraj: kraj s kódem „XX“ v portálu není."),
        ("uzemi", "vyjmenované obce", "Řádek 2, uzemi: vyjmenované obce"),
        ("uzemi", "Měsíc", "Řádek 2, uzemi: „Měsíc“ neznáme."),
        ("soucast", "neni", "Řádek 2, soucast: projekt s touto zkratkou"),
        ("adresa_zdroje", "javascript:alert(1)", "Řádek 2, adresa_zdroje:"),
        ("konec_nejisty", "možná", "Řádek 2, konec_nejisty: napište ano, nebo ne."),
        ("konec_nejisty", "ano", "Řádek 2, k_datum: u nejistého data"),
        ("zkratka", "Má mezery", "Řádek 2, zkratka:"),
    ],
)
def test_bad_value_is_refused_by_row_and_column(home, column, value, said):
    [problem] = one(column, value)
    assert problem.replace("\u00a0", " ").startswith(said)


def test_shares_of_101_percent_are_refused(home):
    first = make_measure("1.1")
    make_measure("1.2", strategy=first.strategy)
    [problem] = one("opatreni", "1.1 60 %; 1.2 41 %")
    assert "víc než 100" in problem
    load(quoted({"opatreni": "1.1 60 %; 1.2 40 %"}))
    assert ProjectMeasure.objects.count() == 2


def test_end_before_the_start_is_refused(home):
    [problem] = one("zacatek", "10/2023", konec="9/2023")
    assert problem == "Řádek 2, konec: konec je dřív než začátek."
    assert imports.check(quoted({"zacatek": "10/2023", "konec": "10/2023"})).rows


def test_month_that_begins_within_is_compared_with_what_stands_there(home):
    ProjectFactory(region=home, slug="a", name="A", start_date=date(2024, 1, 1))
    [problem] = refused(table("zkratka;nazev;konec", "a;A;12/2023"))
    assert "konec je dřív" in problem


def test_doubled_number_is_refused_in_the_file_and_against_the_portal(home):
    head = "zkratka;nazev;registracni_cislo;zdroj"
    [problem] = refused(table(head, "a;A;CZ.1;z", "b;B;cz.1;z"))
    assert problem.startswith("Řádek 3, registracni_cislo: stejný projekt nebo číslo")
    ProjectFactory(region=home, slug="c", registration_number="CZ.1")
    [problem] = refused(table(head, "a;A;CZ.1;z"))
    assert problem == "Řádek 2, registracni_cislo: toto číslo už má jiný projekt v portálu."


def test_project_twice_in_a_file_is_refused(home):
    ProjectFactory(region=home, slug="a", name="A")
    [problem] = refused(table("zkratka;nazev", "a;A", "a;B"))
    assert problem.startswith("Řádek 3, zkratka:")


def test_circle_of_projects_is_refused(home):
    problems = refused(table("zkratka;nazev;soucast;zdroj", "a;A;b;z", "b;B;a;z"))
    assert len(problems) == 2
    assert "součástí sebe sama" in problems[0]


def test_one_bad_row_lets_nothing_in(home):
    file = table("nazev;mena;zdroj", "Dobrý;CZK;z", "Špatný;USD;z")
    assert len(refused(file)) == 1
    assert not Project.objects.exists()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nemá řádek"),
        (b"nazev;zdroj\n", "není žádný řádek"),
        (b"nazev;vaha\nA;1\n", "„vaha“ neznáme"),
        (b"zdroj\nz\n", "Chybí sloupec nazev"),
        (b"nazev;nazev\nA;B\n", "dvakrát"),
        (b"nazev\nA;B\n", "víc hodnot"),
        (b"PK\x03\x04 nic", "poškozený"),
        (b"nazev\x00\nA\n", "není CSV"),
        (b'nazev\n"A\n', "není CSV"),
    ],
)
def test_file_that_is_no_table_is_refused(home, content, said):
    assert said in refused(file_of(content))[0]


def workbook(write):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for column, name in enumerate(("nazev", "zdroj", "opatreni", "schvaleno_celkem", "zacatek")):
        sheet.write(0, column, name)
        sheet.write(1, column, "A" if column < 2 else "")
    write(book, sheet)
    book.close()
    return file_of(stream.getvalue(), "projekty.xlsx")


def test_workbook_with_a_formula_is_refused_by_its_cell(home):
    problems = refused(workbook(lambda book, sheet: sheet.write_formula(1, 3, "=1+1")))
    assert problems[0].startswith("Řádek 2, sloupec D: je tu vzorec")


def test_code_of_a_measure_as_a_number_is_refused(home):
    [problem] = refused(workbook(lambda book, sheet: sheet.write_number(1, 2, 4.10)))
    assert problem.startswith("Řádek 2, opatreni: je číslo, z 4.10 by bylo 4.1.")


def test_numbers_and_days_of_a_workbook_are_understood(home):
    def write(book, sheet):
        sheet.write_number(1, 3, 1_250_000.5)
        sheet.write_datetime(1, 4, date(2023, 10, 1), book.add_format({"num_format": "d.m.yyyy"}))

    load(workbook(write))
    project = Project.objects.get()
    assert project.budget_parts.get().amount == Decimal("1250000.50")
    assert (project.start_date, project.start_precision) == (date(2023, 10, 1), "day")


def test_archive_that_unpacks_to_too_much_is_refused(home):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    [problem] = refused(file_of(stream.getvalue(), "projekty.xlsx"))
    assert problem == "Soubor je po rozbalení příliš velký."


def test_old_spreadsheet_in_the_windows_code_page_is_read(home):
    load(file_of("nazev;zdroj\nŽlutý kůň;z\n".encode("cp1250")))
    assert Project.objects.get().name == "Žlutý kůň"


def test_command_loads_a_file_and_logs_it(home, tmp_path):
    path = tmp_path / "projekty.csv"
    path.write_text("nazev;zdroj\nA;z\n")
    call_command("import_projects", path, "--yes")
    assert Project.objects.get().name == "A"
    path.write_text("nazev;mena;zdroj\nB;USD;z\n")
    with pytest.raises(CommandError, match="USD"):
        call_command("import_projects", path, "--yes")
    assert list(ImportRun.objects.order_by("pk").values_list("kind", "state")) == [
        ("projects", "done"),
        ("projects", "refused"),
    ]


def test_comparison_asks_the_same_for_one_and_for_thirty(home, django_assert_max_num_queries):
    for _ in range(30):
        ProjectFactory(region=home, recipient=OrganisationFactory())
    out = "".join(export.as_csv())
    with django_assert_max_num_queries(16):
        imports.check(file_of(out))
