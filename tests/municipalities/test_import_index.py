"""The command that imports the index: what it says, and that a kill leaves nothing half done."""

import io

import pytest
from django.core.management import CommandError, call_command

from common.models import ImportRun
from municipalities.models import IndexEntry, Municipality
from tests.municipalities.killed import kill_midway
from tests.municipalities.pages import plain
from tests.municipalities.workbooks import town, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "index-2023.xlsx"
    path.write_bytes(workbook(town(560286, "Aš", index=13), town(560294, "Hazlov", index=2)))
    return path


def run(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_index", str(path), *options, stdout=out, stderr=err)
    return plain(out.getvalue()), plain(err.getvalue())


def test_command_tells_what_changes_and_imports(path):
    out, err = run(path, "--yes")
    assert "Vydání 2023, 2 obce, část republiky." in out
    assert "Nové hodnoty: 2" in out
    assert "Nově vzniknou: 1 kraj, 1 okres, 1 ORP, 2 obce." in out
    assert "Hotovo: načteno." in out
    assert "Kontroluji soubor" in err
    assert IndexEntry.objects.count() == 2
    log = ImportRun.objects.get()
    assert (log.state, log.file_name, log.person) == ("done", "index-2023.xlsx", None)


def test_command_says_when_there_is_nothing_to_do(path):
    run(path, "--yes")
    out, _ = run(path)
    assert "Beze změny: 2" in out
    assert "Všechno už je načtené, nic se nezměnilo." in out
    assert [log.state for log in ImportRun.objects.order_by("pk")] == ["done", "unchanged"]


@pytest.mark.parametrize(
    ("answer", "entries", "state"),
    [("ano\n", 2, "done"), ("ne\n", 0, "abandoned"), ("", 0, "abandoned")],
)
def test_command_asks(path, monkeypatch, answer, entries, state):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    _, err = run(path)
    assert "Načíst? [ano/ne]" in err
    assert IndexEntry.objects.count() == entries
    assert ImportRun.objects.get().state == state


def test_command_names_what_is_wrong_and_logs_it(path):
    path.write_bytes(workbook(town(560286, index=31), town(560286)))
    with pytest.raises(CommandError) as caught:
        run(path, "--yes")
    lines = [plain(line) for line in str(caught.value).splitlines()]
    assert lines[0] == "Nic se nenačetlo."
    assert lines[1].startswith("Řádek 2, sloupec AD")
    log = ImportRun.objects.get()
    assert (log.state, log.counts) == ("refused", {"problems": 1})
    assert len(log.problems) == 1
    assert not Municipality.objects.exists()


def test_command_without_a_file_says_so(tmp_path):
    with pytest.raises(CommandError, match="nelze přečíst"):
        run(tmp_path / "neni.xlsx")


KILLED = """
    from municipalities import imports

    imports._write_shares = wait
    call_command("import_index", sys.argv[1], "--yes", stdout=sys.stderr)
"""


@pytest.mark.django_db(transaction=True)
def test_import_killed_midway_leaves_everything_as_it_was(path, tmp_path):
    run(path, "--yes")
    other = tmp_path / "other.xlsx"
    other.write_bytes(workbook(town(560286, index=20), *(town(560300 + n) for n in range(30))))
    kill_midway(KILLED, other)
    values = IndexEntry.objects.order_by("municipality__code").values_list("value", flat=True)
    assert list(values) == [13, 2]
    assert Municipality.objects.count() == 2
    assert IndexEntry.history.count() == 2
    assert ImportRun.objects.count() == 1
    # Nothing is locked either.
    run(other, "--yes")
    assert IndexEntry.objects.get(municipality__code="560286").value == 20
