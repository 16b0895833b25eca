import json
from decimal import Decimal

import pytest
from django.db import IntegrityError

from common.loading import LoadingError, Tally, load_files
from common.models import LoadedFile, LoadedRecord
from measures.models import Measure, PlanVersion
from municipalities.models import District, IndexBand, IndexEntry, Municipality, Region
from strategy.models import Goal, Organisation, Priority, Strategy
from tests.factories import OrganisationFactory, RegionFactory

pytestmark = pytest.mark.django_db


def table(model, key, columns, *rows):
    return {"model": model, "key": key.split(), "columns": columns.split(), "rows": list(rows)}


REGIONS = table("municipalities.region", "code", "code name", ["CZ041", "Karlovarský kraj"])
STRATEGIES = table(
    "strategy.strategy",
    "slug",
    "slug title short_name region",
    ["kk", "Strategie kraje", "Strategie", "CZ041"],
    ["lk", "Jiná strategie", "Jiná", "CZ041"],
)
PRIORITIES = table(
    "strategy.priority",
    "strategy code",
    "strategy code name short_name prerequisites",
    ["kk", "1", "Bydlení", "Bydlení", [["kk", "2"]]],
    ["kk", "2", "Vzdělávání", "Vzdělávání", []],
    ["lk", "1", "Dluhy", "Dluhy", []],
)
GOALS = table(
    "strategy.goal",
    "strategy code",
    "strategy code priority name short_name",
    ["kk", "1.A", ["kk", "1"], "Cíl A", "Cíl A"],
    ["kk", "1.B", ["kk", "1"], "Cíl B", "Cíl B"],
)
MEASURE_COLUMNS = "strategy code name short_name goals partners"


def measures(goals, partners):
    row = ["kk", "1.1", "Opatření", "Opatření", goals, partners]
    return table("measures.measure", "strategy code", MEASURE_COLUMNS, row)


def organisations(*rows):
    return table("strategy.organisation", "name", "name kind note", *rows)


PLAN = (REGIONS, STRATEGIES, PRIORITIES, GOALS)


@pytest.fixture
def load(tmp_path):
    """Return a function that writes tables into a file, loads it and returns the tally."""

    def write_and_load(*tables):
        path = tmp_path / "data.json"
        path.write_text(json.dumps({"source": "zkouška", "tables": tables}), encoding="utf-8")
        [(_, tally)] = load_files([path])
        return tally

    return write_and_load


def test_new_rows_are_added_with_what_save_works_out(load):
    assert load(REGIONS) == Tally(created=1)
    region = Region.objects.get(code="CZ041")
    assert region.name == "Karlovarský kraj"
    assert region.search_key == "karlovarsky kraj"
    assert LoadedRecord.objects.get().key == '["CZ041"]'


def test_references_lead_to_records_by_natural_keys(load):
    load(*PLAN, organisations(["ASZ", "partner", ""]), measures([["kk", "1.A"]], ["ASZ"]))
    goal = Goal.objects.get(code="1.A")
    assert goal.priority == Priority.objects.get(strategy__slug="kk", code="1")
    measure = Measure.objects.get()
    assert list(measure.goals.all()) == [goal]
    assert [partner.name for partner in measure.partners.all()] == ["ASZ"]


def test_list_may_point_to_a_later_row_of_the_same_table(load):
    load(REGIONS, STRATEGIES, PRIORITIES)
    first = Priority.objects.get(strategy__slug="kk", code="1")
    assert [priority.code for priority in first.prerequisites.all()] == ["2"]


def test_same_file_again_costs_one_query(load, django_assert_num_queries):
    load(*PLAN)
    with django_assert_num_queries(1):
        assert load(*PLAN) is None


def test_reformatted_file_changes_nothing(load):
    tables = [*PLAN, organisations(["ASZ", "partner", ""]), measures([["kk", "1.A"]], ["ASZ"])]
    load(*tables)
    assert load(*tables, organisations()) == Tally()


def test_changed_file_updates_only_what_people_left(load):
    load(organisations(["A", "partner", "stará"], ["B", "partner", "stará"]))
    Organisation.objects.filter(name="A").update(note="od lidí")
    tally = load(organisations(["A", "recipient", "nová"], ["B", "partner", "nová"]))
    assert tally == Tally(updated=2, kept=1)
    rows = Organisation.objects.order_by("name").values_list("name", "kind", "note")
    assert list(rows) == [("A", "recipient", "od lidí"), ("B", "partner", "nová")]


def test_kept_change_survives_every_later_file(load):
    load(organisations(["A", "partner", "první"]))
    Organisation.objects.update(note="od lidí")
    load(organisations(["A", "partner", "druhá"]))
    load(organisations(["A", "partner", "třetí"]))
    assert Organisation.objects.get().note == "od lidí"


def test_changed_list_of_references_follows_unless_people_changed_it(load):
    partners = organisations(["A", "partner", ""], ["B", "partner", ""])
    load(*PLAN, partners, measures([["kk", "1.A"]], ["A"]))
    measure = Measure.objects.get()
    measure.partners.add(OrganisationFactory(name="Od lidí"))
    load(*PLAN, partners, measures([["kk", "1.B"]], ["A", "B"]))
    assert [goal.code for goal in measure.goals.all()] == ["1.B"]
    assert set(measure.partners.values_list("name", flat=True)) == {"A", "Od lidí"}


def test_numbers_and_days_are_compared_as_the_database_has_them(load):
    columns = "code name kind region district orp population population_date longitude latitude"

    def town(longitude, name="Cheb"):
        row = ["554481", name, "mesto", "CZ041", "CZ0411", "4102", 1, "2020-12-31", longitude, 50.0]
        return (
            REGIONS,
            table("municipalities.district", "code", "code name region", ["CZ0411", "O", "CZ041"]),
            table("municipalities.orp", "code", "code name region", ["4102", "O", "CZ041"]),
            table("municipalities.municipality", "code", columns, row),
        )

    load(*town(12.37))
    assert Municipality.objects.get().longitude == Decimal("12.37")
    assert load(*town(12.370001, "Eger")) == Tally(updated=1)
    assert Municipality.objects.get().longitude == Decimal("12.370001")
    assert Municipality.objects.get().search_key == "eger"


def test_new_column_fills_only_what_is_still_empty(load):
    load(organisations(["A", "partner", ""], ["B", "partner", ""]))
    Organisation.objects.filter(name="A").update(website="https://lide.example.cz")
    columns = "name kind note website"
    site = "https://nase.example.cz"
    rows = [["A", "partner", "", site], ["B", "partner", "", site]]
    load(table("strategy.organisation", "name", columns, *rows))
    websites = Organisation.objects.order_by("name").values_list("website", flat=True)
    assert list(websites) == ["https://lide.example.cz", site]


def test_deleted_record_is_never_brought_back(load):
    load(organisations(["A", "partner", ""]))
    Organisation.objects.all().delete()
    assert load(organisations(["A", "partner", "nová"])) == Tally(kept=1)
    assert not Organisation.objects.exists()


def test_what_points_to_a_deleted_record_stays_out_and_stops_nothing(load):
    partners = organisations(["A", "partner", ""], ["B", "partner", ""])
    load(*PLAN, partners, measures([["kk", "1.A"]], ["A"]))
    Organisation.objects.filter(name="A").delete()
    Priority.objects.filter(strategy__slug="lk").delete()
    new_goal = ["lk", "1", ["lk", "1"], "Cíl smazané priority", "Cíl"]
    goals = {**GOALS, "rows": [*GOALS["rows"], new_goal]}
    load(REGIONS, STRATEGIES, PRIORITIES, goals, partners, measures([["kk", "1.A"]], ["A", "B"]))
    assert [partner.name for partner in Measure.objects.get().partners.all()] == ["B"]
    assert not Goal.objects.filter(strategy__slug="lk").exists()


def test_record_made_by_people_first_is_left_as_it_is(load):
    OrganisationFactory(name="A", note="od lidí")
    assert load(organisations(["A", "partner", "naše"])) == Tally(kept=1)
    assert Organisation.objects.get().note == "od lidí"
    Organisation.objects.all().delete()
    load(organisations(["A", "partner", "jiná"]))
    assert not Organisation.objects.exists()


def test_row_that_left_the_file_stays(load):
    load(organisations(["A", "partner", ""], ["B", "partner", ""]))
    assert load(organisations(["B", "partner", ""])) == Tally()
    assert Organisation.objects.count() == 2


def test_append_only_record_is_added_once_and_never_touched(load):
    def plans(reason):
        row = [["kk", "1.1"], "unknown", reason]
        return table("measures.planversion", "measure", "measure kind reason", row)

    load(*PLAN, measures([], []), plans("první"))
    PlanVersion.objects.create(measure=Measure.objects.get(), reason="od lidí")
    assert load(plans("druhá")) == Tally()
    reasons = PlanVersion.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["první", "od lidí"]


BROKEN = {
    "unknown model": (table("strategy.nothing", "code", "code"), "takový model neexistuje"),
    "unknown column": (
        table("municipalities.region", "code", "code nazev", ["CZ051", "x"]),
        "sloupec „nazev“ neexistuje",
    ),
    "reverse column": (
        table("municipalities.region", "code", "code name districts", ["CZ051", "x", []]),
        "sloupec „districts“ neexistuje",
    ),
    "key not among the columns": (
        table("municipalities.region", "slug", "code name", ["CZ051", "x"]),
        "klíč (key) tvoří",
    ),
    "no rows": ({"model": "municipalities.region"}, "chybí sloupce"),
    "too few values": (
        table("municipalities.region", "code", "code name", ["CZ051"]),
        "řádek 1: místo hodnot pro 2 sloupců",
    ),
    "key twice": (
        table("municipalities.region", "code", "code name", ["CZ051", "x"], ["CZ051", "y"]),
        'řádek 2: klíč ["CZ051"] se opakuje',
    ),
    "reference to nothing": (
        table("strategy.strategy", "slug", "slug title short_name region", ["a", "b", "c", "CZ9"]),
        'řádek 1: sloupec „region“: odkaz "CZ9" nikam nevede',
    ),
    "reference in parts that do not fit": (
        table("strategy.goal", "code", "code priority", ["1.A", "1"]),
        'řádek 1: sloupec „priority“: odkaz "1" má mít 2 částí',
    ),
    "missing reference": (
        table("strategy.strategy", "slug", "slug title short_name region", ["a", "b", "c", None]),
        "řádek 1: sloupec „region“: odkaz chybí",
    ),
    "list that is none": (
        measures("1.A", []),
        "řádek 1: sloupec „goals“: čeká se seznam odkazů",
    ),
    "value out of the choices": (
        table("strategy.organisation", "name", "name kind", ["A", "spolek"]),
        "řádek 1: sloupec „kind“",
    ),
    "number that is none": (
        table("municipalities.indexband", "lower", "lower name sentence", ["x", "a", "b"]),
        "řádek 1: sloupec „lower“",
    ),
    "rule of the database": (
        table("municipalities.indexband", "lower", "lower name sentence", [31, "a", "b"]),
        "řádek 1: databáze ho odmítla: Index má hodnoty 0–30.",
    ),
    "rule of the model": (
        table(
            "strategy.goal",
            "strategy code",
            "strategy code priority name short_name",
            ["lk", "1.A", ["kk", "1"], "Cíl", "Cíl"],
        ),
        "řádek 1: Priorita patří jiné strategii.",
    ),
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_bad_file_is_refused_whole_with_a_sentence(load, wrong):
    bad, sentence = BROKEN[wrong]
    with pytest.raises(LoadingError) as refusal:
        load(REGIONS, STRATEGIES, PRIORITIES, bad)
    assert str(refusal.value).startswith(f"Soubor data.json, tabulka {bad['model']}")
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert not str(refusal.value).endswith("..")
    for model in (Region, Strategy, LoadedFile, LoadedRecord, IndexBand):
        assert not model.objects.exists()


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"tables": 1}', '{"tables": [1]}'])
def test_file_that_is_no_list_of_tables_is_refused(tmp_path, content):
    path = tmp_path / "data.json"
    path.write_text(content)
    with pytest.raises(LoadingError, match=r"Soubor data\.json"):
        list(load_files([path]))


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(LoadingError, match=r"Soubor nic\.json nelze přečíst"):
        list(load_files([tmp_path / "nic.json"]))


def test_files_before_a_bad_one_stay_loaded(tmp_path):
    good, bad = tmp_path / "1.json", tmp_path / "2.json"
    good.write_text(json.dumps({"tables": [REGIONS]}))
    row = ["CZ0411", "Cheb", "CZ099"]
    districts = table("municipalities.district", "code", "code name region", row)
    bad.write_text(json.dumps({"tables": [districts]}))
    with pytest.raises(LoadingError, match=r"Soubor 2\.json, tabulka municipalities\.district"):
        list(load_files([good, bad]))
    assert Region.objects.count() == 1
    assert not District.objects.exists()


def test_model_without_a_natural_key_cannot_be_pointed_to(load):
    row = [["kk", "1.1"], [1]]
    versions = table("measures.milestone", "measure", "measure follows", row)
    with pytest.raises(LoadingError, match="nemá přirozený klíč"):
        load(*PLAN, measures([], []), versions)


def test_key_of_several_nested_parts_is_found(load):
    RegionFactory(code="CZ051")
    load(
        REGIONS,
        table("municipalities.district", "code", "code name region", ["CZ0411", "O", "CZ041"]),
        table("municipalities.orp", "code", "code name region", ["4102", "O", "CZ041"]),
        table(
            "municipalities.municipality",
            "code",
            "code name kind region district orp",
            ["554481", "Cheb", "mesto", "CZ041", "CZ0411", "4102"],
        ),
        table("municipalities.indexedition", "year", "year source", [2023, "ASZ"]),
        table(
            "municipalities.indexentry",
            "edition municipality",
            "edition municipality value",
            [2023, "554481", 13],
        ),
        table(
            "municipalities.componentvalue",
            "entry component",
            "entry component state count base share",
            [[2023, "554481"], "execution", "known", 10, 100, 10.0],
        ),
    )
    assert IndexEntry.objects.get().components.get().share == 10


def test_refused_row_names_the_error_of_the_database(load, monkeypatch):
    def save(self, *args, **kwargs):
        raise IntegrityError("UNIQUE constraint failed: strategy_organisation.name")

    monkeypatch.setattr(Organisation, "save", save)
    with pytest.raises(LoadingError, match="UNIQUE constraint failed"):
        load(organisations(["A", "partner", ""]))
