"""Import of the index into the database: differences, one transaction, history, shares."""

from decimal import Decimal

import pytest

from common import imports as common_imports
from common.imports import ImportRefused, read_file
from common.models import ImportRun, ImportState
from municipalities import imports, index_shares
from municipalities.index_wording import differences, first_differences, summary
from municipalities.models import (
    ComponentShare,
    ComponentValue,
    District,
    IndexEdition,
    IndexEntry,
    Municipality,
    Orp,
    Region,
)
from tests import factories as make
from tests.municipalities.pages import plain
from tests.municipalities.workbooks import town, workbook

pytestmark = pytest.mark.django_db


def file_of(*rows, name="index.xlsx", **options):
    return read_file(name, [workbook(*rows, **options)])


def do_import(file, by=None):
    return imports.import_index(file=file, changes=imports.check(file), by=by)


def values(code, component):
    """Return what the database holds of a component of a municipality."""
    return (
        ComponentValue.objects.filter(entry__municipality__code=code, component=component)
        .values_list("state", "count", "base", "share", "quotient")
        .get()
    )


ELSEWHERE = {
    "orp": 5102,
    "orp_name": "Frýdlant",
    "district": "CZ0513",
    "district_name": "Liberec",
    "region": "CZ051",
    "region_name": "Liberecký kraj",
}


# What is made


def test_territories_are_made_with_their_keys():
    do_import(file_of(town(560286, "Aš", status="M"), town(564206, "Černousy", **ELSEWHERE)))
    region = Region.objects.get(code="CZ051")
    assert (region.name, region.name_genitive) == ("Liberecký kraj", "Libereckého kraje")
    assert (region.name_locative, region.search_key) == ("Libereckém kraji", "liberecky kraj")
    assert District.objects.get(code="CZ0513").region == region
    assert Orp.objects.get(code="5102").region == region
    town_ = Municipality.objects.select_related("orp", "district").get(code="564206")
    assert (town_.name, town_.kind, town_.region_id) == ("Černousy", "obec", region.pk)
    assert (town_.orp.name, town_.district.name) == ("Frýdlant", "Liberec")
    again = Municipality(name="Černousy")
    again.set_keys()
    assert (town_.sort_key, town_.search_key) == (again.sort_key, "cernousy")
    assert Municipality.objects.get(code="560286").kind == "mesto"


def test_entries_and_components_are_made_as_the_file_has_them():
    do_import(file_of(town(560286, index=13, execution=3, housing=20.25, housing_quotient=0.77777)))
    entry = IndexEntry.objects.get()
    assert (entry.edition.year, entry.value, entry.has_own_school) == (2023, 13, False)
    assert values("560286", "execution") == ("masked", 3, 200, Decimal("1.5"), 1)
    share, quotient = Decimal("10.125"), Decimal("0.7778")
    assert values("560286", "housing_benefit") == ("known", Decimal("20.25"), 200, share, quotient)
    assert values("560286", "unemployed_6m") == ("known", 0, 160, 0, 0)
    assert values("560286", "early_leavers") == ("borrowed", None, None, None, None)


def test_places_of_ours_keep_their_names_and_kinds():
    region = make.RegionFactory(code="CZ041", name="Karlovarský kraj", name_genitive="Karlovarska")
    ours = make.MunicipalityFactory(code="560286", name="Aš u hranic", kind="mesto", region=region)
    do_import(file_of(town(560286, "Aš")))
    kept = Municipality.objects.get(code="560286")
    assert (kept.pk, kept.name, kept.kind) == (ours.pk, "Aš u hranic", "mesto")
    assert Region.objects.get().name_genitive == "Karlovarska"


def test_municipality_of_another_region_here_is_refused():
    make.MunicipalityFactory(code="560286", region=make.RegionFactory(code="CZ042"))
    with pytest.raises(ImportRefused) as caught:
        imports.check(file_of(town(560286, "Aš")))
    assert [plain(text) for text in caught.value.problems] == [
        "Řádek 2: obec Aš (560286) leží podle souboru v kraji CZ041, v portálu v kraji CZ042."
    ]


def test_edition_says_where_it_came_from(make_user):
    person = make_user("head")
    file = file_of(town(560286), name="index-2023.xlsx")
    run = do_import(file, by=person)
    edition = IndexEdition.objects.get()
    assert edition.source == "Agentura pro sociální začleňování, Index sociálního vyloučení 2023"
    assert (edition.file_name, edition.imported_by) == ("index-2023.xlsx", person)
    assert edition.sha256 == run.sha256 == file.sha256
    assert (run.state, run.person, run.size) == ("done", person, len(file.content))
    assert run.counts["new"] == 1


def test_edition_that_is_there_keeps_its_source():
    old = make.IndexEditionFactory(year=2023, source="Brožura")
    before = old.imported_at
    do_import(file_of(town(560286)))
    old.refresh_from_db()
    assert old.source == "Brožura"
    assert old.imported_at > before


# What is compared


def test_second_run_changes_nothing_and_says_so():
    file = file_of(town(560286, index=3, execution=3), town(564206, index=8, **ELSEWHERE))
    do_import(file)
    edition = IndexEdition.objects.get()
    rows = {model: model.history.count() for model in (IndexEntry, ComponentValue, IndexEdition)}
    changes = imports.check(file)
    assert changes.is_empty
    run = imports.preview(file, changes, by=None)
    assert (run.state, run.stored_name) == (ImportState.UNCHANGED, "")
    assert (run.counts["unchanged"], run.counts["new"], run.counts["changed"]) == (2, 0, 0)
    assert IndexEdition.objects.get().imported_at == edition.imported_at
    assert {model: model.history.count() for model in rows} == rows


def test_differences_are_told_old_against_new():
    do_import(file_of(town(560286, "Aš", index=13, execution=40), town(560294, "Hazlov", index=2)))
    file = file_of(
        town(560286, "Aš", index=14, execution=4), town(560294, "Hazlov", index=2), town(560499)
    )
    changes = imports.check(file)
    told = [tuple(map(plain, row)) for row in differences(changes)]
    region = "Karlovarský kraj"
    assert told[0] == ("nová", "560499", "Obec", region, "index", "", "0")
    about = ("změněná", "560286", "Aš", region)
    assert (*about, "index", "13", "14") in told
    execution = ("40 z 200 (20 %), kvocient 1", "4 z 200 (2 %), kvocient 1, méně než 5")
    assert (*about, "osoby v exekuci", *execution) in told
    assert [row for row in told if row[1] == "560294"] == []
    assert first_differences(changes)[0][0] == "změněná"


def test_changed_rows_take_the_values_of_the_file():
    do_import(file_of(town(560286, index=13, execution=40), town(560294, index=2)))
    pks = dict(IndexEntry.objects.values_list("municipality__code", "pk"))
    do_import(file_of(town(560286, index=14, execution=4), town(560294, index=2, leavers=5)))
    assert dict(IndexEntry.objects.values_list("municipality__code", "pk")) == pks
    assert IndexEntry.objects.get(municipality__code="560286").value == 14
    assert values("560286", "execution") == ("masked", 4, 200, 2, 1)
    # 5 / 20
    assert values("560294", "early_leavers") == ("known", 5, 20, 25, 1)
    assert IndexEntry.objects.get(municipality__code="560294").has_own_school


def test_value_a_person_removed_comes_back():
    do_import(file_of(town(560286, execution=40)))
    ComponentValue.objects.filter(component="execution").delete()
    do_import(file_of(town(560286, execution=40)))
    assert values("560286", "execution") == ("known", 40, 200, 20, 1)


def test_another_year_is_another_edition():
    do_import(file_of(town(560286, index=13)))
    do_import(file_of(town(560286, index=3), year=2024))
    found = IndexEntry.objects.order_by("edition__year").values_list("edition__year", "value")
    assert list(found) == [(2023, 13), (2024, 3)]


def test_entry_that_left_a_whole_region_is_removed():
    rows = [town(560300 + n) for n in range(40)]
    do_import(file_of(*rows, town(564206, index=9, **ELSEWHERE)))
    changes = imports.check(file_of(*rows[:39]))
    assert [old.code for old in changes.gone] == ["560339"]
    assert changes.counts()["left_out"] == 0
    do_import(file_of(*rows[:39]))
    codes = set(IndexEntry.objects.values_list("municipality__code", flat=True))
    assert codes == {str(560300 + n) for n in range(39)} | {"564206"}
    # The municipality itself stays, and so does the history of its value.
    assert Municipality.objects.filter(code="560339").exists()
    assert IndexEntry.history.filter(history_type="-").count() == 1
    assert ComponentValue.history.filter(history_type="-").count() == 5


def test_entries_of_a_region_the_file_has_in_part_stay():
    rows = [town(560300 + n, execution=20) for n in range(40)]
    do_import(file_of(*rows))
    share = ComponentShare.objects.get(component="execution").share
    part = [town(560300 + n, execution=10) for n in range(30)]
    changes = imports.check(file_of(*part))
    assert (len(changes.changed), changes.gone, len(changes.left_out)) == (30, [], 10)
    assert "v něm chybí 10; jejich hodnoty zůstanou." in plain(summary(changes.counts())[-1])
    do_import(file_of(*part))
    assert IndexEntry.objects.count() == 40
    # Of a part the share of the region is not known.
    assert ComponentShare.objects.get(component="execution").share == share


# Shares of territories


def test_share_of_a_region_is_the_sum_of_counts_by_the_sum_of_bases():
    do_import(
        file_of(
            town(560286, execution=30, leavers=3, leavers_base=40),
            town(560294, execution=3, base_15=1000),
            town(555177, "Hradiště", status="U", base_15=0, base_15_64=0),
        )
    )
    found = {
        row.component: row.share for row in ComponentShare.objects.filter(region__code="CZ041")
    }
    # (30 + 3) / (200 + 1000); masked counts are counted, those of nobody are not.
    assert found["execution"] == Decimal("2.75")
    # 3 / 40, of the one with a school.
    assert found["early_leavers"] == Decimal("7.5")
    assert not ComponentShare.objects.filter(region=None).exists()


def test_part_of_the_nation_keeps_national_shares():
    edition = make.IndexEditionFactory(year=2023)
    ComponentShare.objects.create(edition=edition, component="execution", share="6.77")
    do_import(file_of(town(560286, execution=30)))
    assert ComponentShare.objects.get(region=None).share == Decimal("6.77")


def test_whole_nation_has_shares_and_the_percentile_of_its_municipalities(monkeypatch):
    monkeypatch.setattr(index_shares, "REGIONS", 2)
    monkeypatch.setattr(index_shares, "NATION_FROM", 10)
    edition = make.IndexEditionFactory(year=2023)
    kept = ComponentShare.objects.create(edition=edition, component="execution", share="6.77")
    # Shares of 1, 2, … 9 % in one region, of 50 % in the other, which is smaller.
    rows = [town(560300 + n, base_15=1000, execution=10 * n) for n in range(1, 10)]
    rows.append(town(564206, base_15=100, base_15_64=50, execution=50, **ELSEWHERE))
    changes = imports.check(file_of(*rows))
    assert changes.is_nation
    assert plain(summary(changes.counts())[0]) == "Vydání 2023, 10 obcí, celá republika."
    do_import(file_of(*rows))
    nation = ComponentShare.objects.get(region=None, component="execution")
    assert nation.pk == kept.pk
    # (450 + 50) / 9100 = 5.49450 %
    assert nation.share == Decimal("5.4945")
    # Ten values: the 9.9th of them, nine tenths of the way from 9 to 50.
    assert nation.percentile_90 == Decimal("45.9")
    assert ComponentShare.objects.get(region__code="CZ051", component="execution").share == 50
    # Nobody here has a school of its own.
    assert not ComponentShare.objects.filter(component="early_leavers").exists()


# History


def test_history_says_who_wrote_what(make_user):
    person = make_user("admin")
    do_import(file_of(town(560286, index=3), name="a.xlsx"), by=person)
    do_import(file_of(town(560286, index=4), name="b.xlsx"), by=person)
    entry = IndexEntry.objects.get()
    first, second = entry.history.order_by("history_id")
    assert (first.history_type, first.value, first.history_user) == ("+", 3, person)
    assert first.history_change_reason == "import indexu 2023: a.xlsx"
    assert (second.history_type, second.value) == ("~", 4)
    assert second.history_change_reason == "import indexu 2023: b.xlsx"
    municipality = Municipality.objects.get()
    assert [row.name for row in municipality.history.all()] == ["Obec"]
    assert ComponentValue.history.count() == 5
    assert {row.history_user for row in ComponentValue.history.all()} == {person}


def test_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    do_import(file_of(*(town(560300 + n) for n in range(60))))
    counts = []
    for year, number in ((2024, 58), (2025, 60)):
        file = file_of(*(town(560300 + n, index=n % 30) for n in range(number)), year=year)
        with django_assert_max_num_queries(60) as asked:
            do_import(file)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# One at a time, and only what was seen


def test_other_import_is_refused_while_one_runs(monkeypatch):
    file = file_of(town(560286))
    changes = imports.check(file)

    def busy():
        raise ImportRefused([common_imports.BUSY])

    monkeypatch.setattr(common_imports, "alone", busy)
    with pytest.raises(ImportRefused, match="Právě běží jiný import"):
        imports.import_index(file=file, changes=changes, by=None)
    assert not IndexEntry.objects.exists()


def test_database_that_changed_meanwhile_refuses_the_import():
    file = file_of(town(560286, index=3))
    changes = imports.check(file)
    do_import(file_of(town(560286, index=4)))
    with pytest.raises(ImportRefused, match="od kontroly změnily"):
        imports.import_index(file=file, changes=changes, by=None)
    assert IndexEntry.objects.get().value == 4


def test_run_that_waits_is_confirmed_once(django_capture_on_commit_callbacks):
    file = file_of(town(560286, index=3))
    run = imports.preview(file, imports.check(file), by=None)
    assert (run.state, common_imports.waiting_file(run)) == ("previewed", file)
    with django_capture_on_commit_callbacks(execute=True):
        imports.confirm(run=run, by=None)
    run.refresh_from_db()
    assert (run.state, run.stored_name, run.counts["new"]) == ("done", "", 1)
    assert "waiting" not in run.counts
    with pytest.raises(ImportRefused, match="už na potvrzení nečeká"):
        imports.confirm(run=run, by=None)


def test_run_that_waits_is_compared_anew_when_the_database_changed():
    file = file_of(town(560286, index=3), town(560294, index=5))
    run = imports.preview(file, imports.check(file), by=None)
    do_import(file_of(town(560286, index=4)))
    with pytest.raises(ImportRefused, match="od kontroly změnily"):
        imports.confirm(run=run, by=None)
    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.counts["changed"]) == ("previewed", 1, 1)
    imports.confirm(run=run, by=None)
    assert set(IndexEntry.objects.values_list("value", flat=True)) == {3, 5}


def test_error_in_the_middle_leaves_everything_as_it_was(monkeypatch):
    do_import(file_of(town(560286, index=3)))

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(imports, "_write_shares", fail)
    with pytest.raises(RuntimeError):
        do_import(file_of(town(560286, index=4), town(560294)))
    assert IndexEntry.objects.get().value == 3
    assert Municipality.objects.count() == 1
    assert ImportRun.objects.count() == 1
    assert IndexEntry.history.count() == 1
