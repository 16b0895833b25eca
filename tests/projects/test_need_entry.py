"""Needs are written down in a grid or from a file: all or nothing, by new rows, numbers checked."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common.imports import ImportRefused, read_file
from common.models import ImportRun
from common.workbook import read_sheets
from projects import need_actions as acts
from projects import need_file
from projects.models import NeedResult
from projects.need_actions import NeedEntry, NeedsRefused, current, fingerprint, record_needs
from tests.projects.factories import NeedResultFactory, ProjectFactory

pytestmark = pytest.mark.django_db

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
HEADER = (
    "obdobi_od;obdobi_do;oblast;delka_spoluprace;zjisteno;vyreseno;podil_z_vyresenych;"
    "podil_slovy;nejistota;zdroj"
)


def entry(area="housing", identified=None, solved=None, *, period=YEAR, duration="all", **more):
    more = {"source": "karta"} | more
    return NeedEntry(area, *period, area, duration, identified, solved, **more)


def grid(**values):
    return {"start": "1. 1. 2025", "end": "31. 12. 2025", "source": "karta", "seen": "0"} | values


def address(project, rest=""):
    return f"/prace/projekty/{project.slug}/potreby/{rest}"


def csv_file(*rows, header=HEADER):
    text = "\ufeff" + "\r\n".join([header, *rows]) + "\r\n"
    return SimpleUploadedFile("potreby.csv", text.encode())


def refused(*rows, header=HEADER, known=None):
    content = "\r\n".join([header, *rows]).encode()
    with pytest.raises(ImportRefused) as error:
        need_file.check(read_file("potreby.csv", [content]), known or {})
    return [text.replace("\u00a0", " ") for text in error.value.problems]


# The action


def test_correction_is_a_new_row_that_names_the_old(make_user):
    project, by = ProjectFactory(), make_user("unit")
    (first,) = record_needs(project=project, entries=[entry(identified=20, solved=10)], by=by)
    (second,) = record_needs(project=project, entries=[entry(identified=20, solved=12)], by=by)
    assert second.corrects == first
    assert NeedResult.objects.count() == 2
    assert [one.solved for one in current(project).values()] == [12]
    assert (second.author, second.is_uncertain) == (by, False)


def test_what_is_known_already_is_not_written_again(make_user):
    project, by = ProjectFactory(), make_user("unit")
    record_needs(project=project, entries=[entry(identified=20)], by=by)
    assert record_needs(project=project, entries=[entry(identified=20)], by=by) == []
    assert NeedResult.objects.count() == 1


def test_a_note_makes_a_number_uncertain(make_user):
    entries = [entry(identified=20, note="jen odhad")]
    (made,) = record_needs(project=ProjectFactory(), entries=entries, by=make_user("unit"))
    assert made.is_uncertain


@pytest.mark.parametrize("role", ["councillor", "admin"])
def test_others_may_not_write(make_user, role):
    with pytest.raises(PermissionDenied):
        record_needs(project=ProjectFactory(), entries=[entry(identified=9)], by=make_user(role))
    assert not NeedResult.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field", "text"),
    [
        (entry(identified=10, solved=11), "solved", acts.TOO_MANY),
        (entry(identified=10, period=(None, None)), "start", acts.NO_PERIOD),
        (entry(identified=10, period=YEAR[::-1]), "end", acts.ENDS_EARLY),
        (entry(identified=10, source=""), "source", acts.NO_SOURCE),
        (entry(share=101), "share", acts.SHARE),
        (entry(note="nevíme"), "identified", acts.NO_NUMBER),
    ],
)
def test_one_wrong_entry_refuses_all(make_user, wrong, field, text):
    good = entry("labour", identified=30)
    with pytest.raises(NeedsRefused) as error:
        record_needs(project=ProjectFactory(), entries=[good, wrong], by=make_user("unit"))
    assert [(one.row, one.field, one.text) for one in error.value.problems] == [
        ("housing", field, text)
    ]
    assert not NeedResult.objects.exists()


def test_the_same_twice_is_refused(make_user):
    twice = [entry(identified=10), entry(identified=11)]
    with pytest.raises(NeedsRefused, match="dvakrát"):
        record_needs(project=ProjectFactory(), entries=twice, by=make_user("unit"))


def test_overlapping_period_is_refused_and_the_next_one_is_not(make_user):
    project, by = NeedResultFactory(identified=20).project, make_user("unit")
    half = entry(identified=10, period=(date(2025, 7, 1), date(2026, 6, 30)))
    with pytest.raises(NeedsRefused, match="překrývá"):
        record_needs(project=project, entries=[half], by=by)
    following = entry(identified=10, period=(date(2026, 1, 1), date(2026, 6, 30)))
    assert len(record_needs(project=project, entries=[following], by=by)) == 1


@pytest.mark.parametrize("part", [{"area": "labour"}, {"area": "all", "duration": "to_3"}])
def test_parts_above_their_total_are_refused(make_user, part):
    project = NeedResultFactory(area="all", identified=20).project
    with pytest.raises(NeedsRefused, match="dávají dohromady 21, víc než 20"):
        record_needs(project=project, entries=[entry(identified=21, **part)], by=make_user("unit"))


def test_written_number_cannot_be_erased(make_user):
    project = NeedResultFactory(identified=20).project
    with pytest.raises(NeedsRefused, match="nejde smazat"):
        record_needs(project=project, entries=[entry()], by=make_user("unit"))


def test_who_started_from_older_numbers_is_told(make_user):
    project, by = ProjectFactory(), make_user("unit")
    before = fingerprint(current(project))
    record_needs(project=project, entries=[entry(identified=20)], by=by, seen=before)
    with pytest.raises(ValidationError, match="mezitím"):
        record_needs(project=project, entries=[entry(identified=30)], by=by, seen=before)
    assert [one.identified for one in current(project).values()] == [20]


# The grid


def test_grid_saves_all_areas_and_begins_with_them_next_time(client_as):
    project, client = ProjectFactory(), client_as("unit")
    sent = grid(identified_housing="1\u202f296", solved_housing="700", identified_debts="0")
    response = client.post(address(project), sent)
    assert response.status_code == 302
    rows = {one.area: (one.identified, one.solved) for one in NeedResult.objects.all()}
    assert rows == {"housing": (1296, 700), "debts": (0, None)}
    page = client.get(response.url).content.decode()
    assert 'value="1296"' in page
    assert 'value="1. 1. 2025"' in page
    assert "Žádné údaje o" in page


def test_wrong_grid_writes_nothing_keeps_values_and_names_the_box(client_as):
    project, client = ProjectFactory(), client_as("unit")
    sent = grid(identified_housing="20", solved_housing="21", identified_debts="12,5")
    response = client.post(address(project), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Napište celé číslo." in page
    assert 'value="12,5"' in page
    sent["identified_debts"] = "12"
    page = client.post(address(project), sent).content.decode()
    assert 'href="#id_solved_housing"' in page
    assert "víc než zjištěných" in page
    assert not NeedResult.objects.exists()


@pytest.mark.parametrize("number", ["1e400", "-5", "12.5", "tři", "9999999999"])
def test_grid_refuses_what_is_no_count(client_as, number):
    project, client = ProjectFactory(), client_as("unit")
    response = client.post(address(project), grid(identified_housing=number))
    assert response.status_code == 422
    assert not NeedResult.objects.exists()


def test_grid_writes_the_chosen_length(client_as):
    project, client = ProjectFactory(), client_as("unit")
    client.post(address(project, "?delka=to-3"), grid(identified_housing="8"))
    assert NeedResult.objects.get().duration == "to_3"


def test_staff_see_masked_numbers_and_the_public_does_not(client_as, client):
    project = NeedResultFactory(identified=17, solved=3).project
    page = client.get(project.get_absolute_url()).content.decode()
    assert "méně než 5" in page
    desk = client_as("unit").get(address(project)).content.decode()
    assert '<td class="num">3</td>' in "".join(desk.split("\n")).replace("  ", "")


# The public data


def test_public_data_mask_what_the_page_masks(client):
    project = NeedResultFactory(area="all", identified=4321, solved=4003).project
    NeedResultFactory(project=project, area="housing", identified=4319, solved=4000)
    NeedResultFactory(project=project, area="labour", identified=2, solved=3 - 1)
    url = project.get_absolute_url()
    for kind in ("", "potreby.csv", "potreby.json"):
        text = client.get(f"{url}{kind}").content.decode().replace("\u00a0", "")
        assert "4319" in text
        assert "4321" not in text
        assert "4003" not in text
    rows = client.get(f"{url}potreby.json").json()["udaje"]
    assert [(row["zjisteno"], row["zjisteno_stav"]) for row in rows] == [
        (None, "neuvádí se"),
        (4319, "známé"),
        (None, "méně než 5"),
    ]


def test_corrected_number_changes_page_and_data(client):
    old = NeedResultFactory(identified=4321)
    url = old.project.get_absolute_url()
    assert "4 321" in client.get(url).content.decode().replace("\u00a0", " ")
    NeedResultFactory(
        project=old.project, identified=5678, corrects=old, recorded_at=timezone.now()
    )
    for kind in ("", "potreby.csv"):
        text = client.get(f"{url}{kind}").content.decode().replace("\u00a0", "")
        assert "5678" in text
        assert "4321" not in text


def test_needs_ask_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    project = NeedResultFactory().project
    for number in range(30):
        if number == 0:
            with django_assert_num_queries(2):
                client.get(f"{project.get_absolute_url()}potreby.csv")
        start = date(1991 + number, 1, 1)
        NeedResultFactory(
            project=project, period_start=start, period_end=start + timedelta(days=300)
        )
    with django_assert_num_queries(2):
        assert client.get(f"{project.get_absolute_url()}potreby.csv").status_code == 200


# The file


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_downloaded_is_taken_back_without_a_change(client_as, kind):
    project = NeedResultFactory(identified=1296, solved=3, note="").project
    NeedResultFactory(
        project=project,
        area="labour",
        identified=None,
        solved_share="12.5",
        words="osmina",
        is_uncertain=True,
        note="=1+1; „odhad“",
    )
    NeedResultFactory(
        project=project,
        area="debts",
        period_start=None,
        period_end=None,
        is_uncertain=True,
        note="bez období",
    )
    client = client_as("unit")
    file = io.BytesIO(client.get(address(project, f"tabulka.{kind}")).content)
    file.name = f"potreby.{kind}"
    response = client.post(address(project, "import/"), {"file": file}, follow=True)
    assert "nic se nezměnilo" in response.content.decode()
    assert ImportRun.objects.get().state == "unchanged"
    assert NeedResult.objects.count() == 3


def test_workbook_holds_numbers_as_numbers():
    (sheet,) = read_sheets(need_file.as_xlsx([NeedResultFactory(identified=1296)]))
    assert sheet[1][1][4] == 1296


def test_file_is_previewed_confirmed_and_written(client_as, django_capture_on_commit_callbacks):
    project = NeedResultFactory(identified=20, source="karta").project
    client = client_as("unit")
    rows = (
        "1. 1. 2025;31. 12. 2025;bydlení;bez ohledu na délku;25;;;;;karta",
        "2025-01-01;2025-12-31;Dluhy;;1 296;12;;;;karta",
    )
    response = client.post(address(project, "import/"), {"file": csv_file(*rows)})
    assert response.status_code == 302
    page = client.get(response.url).content.decode().replace("\u00a0", " ")
    assert "nové údaje 1, opravy 1, beze změny 0" in page
    assert "<del>20</del>" in page
    assert NeedResult.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(response.url, {"akce": "nacist"})
    found = {key[2]: one.identified for key, one in current(project).items()}
    assert found == {"housing": 25, "debts": 1296}
    assert ImportRun.objects.get().state == "done"


def test_file_compared_with_what_has_changed_waits_again(client_as, make_user):
    project, client = ProjectFactory(), client_as("unit")
    row = "1. 1. 2025;31. 12. 2025;bydlení;;25;;;;;karta"
    url = client.post(address(project, "import/"), {"file": csv_file(row)}).url
    by = make_user("head")
    record_needs(project=project, entries=[entry(identified=7)], by=by)
    page = client.post(url, {"akce": "nacist"}).content.decode()
    assert "od kontroly změnily" in page
    assert [one.identified for one in current(project).values()] == [7]
    client.post(url, {"akce": "nacist"})
    assert [one.identified for one in current(project).values()] == [25]


def test_abandoned_file_changes_nothing(client_as):
    project, client = ProjectFactory(), client_as("unit")
    row = "1. 1. 2025;31. 12. 2025;bydlení;;25;;;;;karta"
    url = client.post(address(project, "import/"), {"file": csv_file(row)}).url
    client.post(url, {"akce": "zahodit"})
    assert ImportRun.objects.get().state == "abandoned"
    assert not NeedResult.objects.exists()


def test_file_of_one_project_is_not_written_to_another(client_as):
    project, other, client = ProjectFactory(), ProjectFactory(), client_as("unit")
    row = "1. 1. 2025;31. 12. 2025;bydlení;;25;;;;;karta"
    url = client.post(address(project, "import/"), {"file": csv_file(row)}).url
    assert client.post(url.replace(project.slug, other.slug), {"akce": "nacist"}).status_code == 404
    assert not NeedResult.objects.exists()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (";;bydlení;;5;;;;;karta", "sloupec obdobi_od: Napište období od a do."),
        ("1. 1. 2025;1. 1. 2024;bydlení;;5;;;;;k", "sloupec obdobi_do: Období končí dřív, než"),
        ("1. 1. 2025;31. 2. 2025;bydlení;;5;;;;;k", "sloupec obdobi_do: Den 31. 2. 2025 v"),
        ("1. 1. 2025;2. 1. 2025;byty;;5;;;;;k", "sloupec oblast: „byty“ není oblast potřeb."),
        ("1. 1. 2025;2. 1. 2025;bydlení;rok;5;;;;;k", "sloupec delka_spoluprace: „rok“ není"),
        ("1. 1. 2025;2. 1. 2025;bydlení;;5;6;;;;k", "sloupec vyreseno: Vyřešených potřeb je víc"),
        ("1. 1. 2025;2. 1. 2025;bydlení;;1e400;;;;;k", "sloupec zjisteno: Napište číslo"),
        ("1. 1. 2025;2. 1. 2025;bydlení;;12,5;;;;;k", "sloupec zjisteno: Napište celé číslo."),
        ("1. 1. 2025;2. 1. 2025;bydlení;;1.296;;;;;k", "sloupec zjisteno: Zápis „1.296“ se dá"),
        ("1. 1. 2025;2. 1. 2025;bydlení;;;;101;;;k", "sloupec podil_z_vyresenych: Podíl je mezi"),
        ("1. 1. 2025;2. 1. 2025;bydlení;;5;;;;;", "sloupec zdroj: Napište zdroj údajů."),
    ],
)
def test_wrong_row_is_refused_with_its_column(row, problem):
    good = "1. 1. 2025;31. 12. 2025;dluhy;;9;;;;;karta"
    found = refused(good, row) if "2. 1. 2025" not in row else refused(row)
    number = 3 if "2. 1. 2025" not in row else 2
    assert len(found) == 1
    assert found[0].startswith(f"Řádek {number}, {problem}")


@pytest.mark.parametrize("text", ["1 296", "1\u00a0296", "1\u202f296", "1296"])
def test_number_with_any_space_is_understood(text):
    row = f"1. 1. 2025;31. 12. 2025;bydlení;;{text};;;;;karta"
    (found,) = need_file.read(read_file("a.csv", [f"{HEADER}\n{row}".encode()]))
    assert found.identified == 1296


def test_file_without_a_column_or_without_anything_is_refused():
    assert refused(header="obdobi_od;oblast")[0].startswith("Chybí sloupec „obdobi_do“.")
    assert refused() == ["V souboru nejsou žádné řádky s údaji."]
    with pytest.raises(ImportRefused, match="prázdný"):
        need_file.read(read_file("a.csv", [b""]))
    with pytest.raises(ImportRefused, match="UTF-8"):
        need_file.read(read_file("a.csv", ["oblast;škola".encode("cp1250")]))


def test_refused_file_is_logged_and_answers_422(client_as):
    project, client = ProjectFactory(), client_as("unit")
    row = "1. 1. 2025;31. 12. 2025;bydlení;;5;6;;;;karta"
    response = client.post(address(project, "import/"), {"file": csv_file(row)})
    assert response.status_code == 422
    assert "Řádek 2, sloupec vyreseno" in response.content.decode().replace("\u00a0", " ")
    assert ImportRun.objects.get().state == "refused"
