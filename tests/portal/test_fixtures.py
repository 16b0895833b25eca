"""Our data against the documents: every number here was read or worked out by hand."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from measures.models import Activity, Measure, PlanVersion, Report
from municipalities.models import (
    BandCount,
    ComponentShare,
    ComponentValue,
    District,
    IndexBand,
    IndexEdition,
    IndexEntry,
    Municipality,
    Orp,
)
from portal import data
from strategy.models import (
    Correction,
    Goal,
    GoverningBody,
    Instrument,
    Organisation,
    Priority,
    RelatedDocument,
    Strategy,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

HRADISTE = "555177"
COMPONENTS = [
    "execution",
    "housing_benefit",
    "subsistence_benefit",
    "unemployed_6m",
    "early_leavers",
]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load all our files once for this module, and take them back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_data", verbosity=0)
        yield
        transaction.set_rollback(True)


def by_strategy(model):
    return Counter(model.objects.values_list("strategy__slug", flat=True))


def component(code, name):
    return ComponentValue.objects.get(entry__municipality__code=code, component=name)


def every_string(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from every_string(item)
    elif isinstance(value, list):
        for item in value:
            yield from every_string(item)


# Files and the command


def test_every_file_of_the_folder_is_loaded_in_its_order():
    assert sorted(data.FIXTURES.glob("*.json")) == data.FILES


def test_loading_again_says_so_and_asks_once(capsys, django_assert_num_queries):
    with django_assert_num_queries(1):
        call_command("load_data")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(data.FILES)
    assert lines[0] == "01-bands.json: beze změny"


def test_loading_tells_what_it_did(capsys, tmp_path, monkeypatch):
    path = tmp_path / "nova.json"
    table = {"model": "municipalities.region", "key": ["code"], "columns": ["code", "name"]}
    path.write_text(json.dumps({"tables": [{**table, "rows": [["CZ010", "Praha"]]}]}))
    monkeypatch.setattr("portal.management.commands.load_data.FILES", [path])
    call_command("load_data")
    assert capsys.readouterr().out == "nova.json: nové 1, upravené 0, ponechané 0\n"


def test_bad_file_is_a_sentence_of_the_command(tmp_path, monkeypatch):
    path = tmp_path / "vadny.json"
    path.write_text("{}")
    monkeypatch.setattr("portal.management.commands.load_data.FILES", [path])
    with pytest.raises(CommandError, match=r"^Soubor vadny\.json nemá seznam tabulek"):
        call_command("load_data")


@pytest.mark.parametrize("path", data.FILES, ids=lambda path: path.name)
def test_texts_are_set_as_czech_is(path):
    for text in every_string(json.loads(path.read_text())["tables"]):
        assert text == text.strip()
        assert '"' not in text
        assert "  " not in text
        assert "..." not in text


def test_no_count_of_people_between_zero_and_five_is_in_the_files():
    [table] = [
        table
        for path in data.FILES
        for table in json.loads(path.read_text())["tables"]
        if table["model"] == "municipalities.componentvalue"
    ]
    at = table["columns"].index
    for row in table["rows"]:
        count = row[at("count")]
        assert count is None or count == 0 or count >= 5
        if row[at("state")] == "masked":
            assert [count, row[at("share")], row[at("quotient")]] == [None, None, None]
            assert row[at("base")] > 0


# Municipalities


def test_there_are_133_municipalities_and_a_military_area():
    assert Municipality.objects.counted().count() == 133
    [area] = set(Municipality.objects.all()) - set(Municipality.objects.counted())
    assert (area.code, area.name, area.population) == (HRADISTE, "Hradiště", 0)
    assert (District.objects.count(), Orp.objects.count()) == (3, 7)
    assert Counter(Municipality.objects.values_list("district__name", flat=True)) == {
        "Karlovy Vary": 56,
        "Cheb": 40,
        "Sokolov": 38,
    }


def test_every_unit_has_its_own_hexagon_and_a_dated_population():
    cells = set(Municipality.objects.values_list("hex_q", "hex_r"))
    assert len(cells) == 134
    assert (None, None) not in cells
    dates = set(Municipality.objects.values_list("population_date", flat=True))
    assert dates == {date(2020, 12, 31)}


@pytest.mark.parametrize("name", ["Chodov", "Březová"])
def test_namesakes_are_told_apart_by_code_and_orp(name):
    pair = Municipality.objects.filter(name=name)
    assert len({place.code for place in pair}) == 2
    assert len({place.orp_id for place in pair}) == 2


def test_municipalities_stand_in_czech_order():
    names = list(Municipality.objects.in_czech_order().values_list("name", flat=True))
    expected = ["Černava", "Čichalov", "Hroznětín", "Cheb", "Chlum Svaté Maří", "Chodov"]
    expected += ["Chyše", "Jáchymov"]
    assert [name for name in dict.fromkeys(names) if name in expected] == expected


# Index


def test_bands_have_the_published_bounds():
    bands = IndexBand.objects.order_by("lower").values_list("lower", "name")
    assert list(bands) == [
        (0, "žádný nebo nízký"),
        (2, "střední"),
        (8, "zvýšený"),
        (12, "vysoký"),
    ]


def test_published_counts_of_2020_are_as_in_the_brochure():
    def counts(**region):
        rows = BandCount.objects.filter(year=2020, **region).order_by("band__lower")
        return list(rows.values_list("count", flat=True))

    assert counts(region__code="CZ041") == [42, 57, 16, 18]
    assert counts(region=None) == [3326, 2249, 271, 208]
    assert sum(counts(region=None)) == 6054
    for row in BandCount.objects.filter(region=None):
        assert "6 054" in row.note
        assert "Agentura pro sociální začleňování" in row.source


def test_counts_of_2023_follow_from_the_entries_without_hradiste():
    lowers = [0, 2, 8, 12]
    values = IndexEntry.objects.counted().values_list("value", flat=True)
    counts = Counter(max(lower for lower in lowers if lower <= value) for value in values)
    assert [counts[lower] for lower in lowers] == [51, 47, 9, 26]
    assert IndexEntry.objects.count() == 134
    assert IndexEntry.objects.get(municipality__code=HRADISTE).value == 3


def test_cheb_has_thirteen_points():
    assert IndexEntry.objects.get(municipality__code="554481").value == 13
    assert Municipality.objects.get(code="554481").name == "Cheb"


def test_edition_names_its_source():
    edition = IndexEdition.objects.get()
    assert (edition.year, edition.imported_by) == (2023, None)
    assert edition.file_name == "index-socialniho-vylouceni-2023.xlsx"


def test_shares_of_nation_and_region_are_as_worked_out_from_the_national_file():
    def shares(**region):
        rows = ComponentShare.objects.filter(**region).values_list("component", "share")
        return [str(dict(rows)[name].quantize(Decimal("0.01"))) for name in COMPONENTS]

    assert shares(region=None) == ["6.77", "2.71", "0.70", "1.82", "2.96"]
    assert shares(region__code="CZ041") == ["11.90", "3.04", "1.11", "2.23", "4.18"]


def test_states_of_components_are_as_in_the_file():
    found = Counter(ComponentValue.objects.values_list("component", "state"))
    expected = {
        "execution": {"known": 131, "masked": 2, "unknown": 1},
        "housing_benefit": {"known": 87, "masked": 46, "unknown": 1},
        "subsistence_benefit": {"known": 63, "masked": 70, "unknown": 1},
        "unemployed_6m": {"known": 89, "masked": 44, "unknown": 1},
        "early_leavers": {"known": 26, "masked": 15, "borrowed": 92, "unknown": 1},
    }
    assert found == {(name, s): n for name, states in expected.items() for s, n in states.items()}


def test_known_shares_are_count_of_base():
    known = ComponentValue.objects.filter(state="known")
    assert all(abs(v.count / v.base * 100 - v.share) < Decimal("0.0002") for v in known)


def test_numbers_of_a_few_municipalities_are_as_in_the_file():
    def numbers(code, name):
        value = component(code, name)
        return [value.state, value.count, value.base, value.share, value.quotient]

    known = [Decimal(x) for x in ("37", "204", "18.1373", "1.9429")]
    assert numbers("500101", "execution") == ["known", *known]
    assert numbers("500101", "housing_benefit") == ["masked", None, 204, None, None]
    # Long unemployment is of those 15 to 64 years old.
    assert numbers("500101", "unemployed_6m")[:3] == ["known", 5, 167]
    assert numbers("500101", "early_leavers") == ["borrowed", None, None, None, None]
    assert numbers("537918", "early_leavers") == ["known", 0, 20, 0, 0]
    # Královské Poříčí: none of no school leavers.
    assert numbers("560464", "early_leavers") == ["unknown", None, 0, None, None]
    assert numbers(HRADISTE, "execution") == ["unknown", None, 0, None, None]


def test_borrowed_education_is_that_of_municipalities_without_a_school():
    without = IndexEntry.objects.filter(has_own_school=False)
    borrowed = ComponentValue.objects.filter(state="borrowed").values_list("entry", flat=True)
    assert set(borrowed) == set(without.values_list("pk", flat=True))
    assert without.counted().count() == 91


# Strategies


def test_strategies_are_whole():
    assert by_strategy(Priority) == {"kk": 4, "lk": 5}
    assert by_strategy(Goal) == {"kk": 13, "lk": 13}
    assert by_strategy(Measure) == {"kk": 31, "lk": 13}
    assert Activity.objects.filter(measure__strategy__slug="kk").count() == 59
    assert by_strategy(GoverningBody) == {"lk": 1 + 3 + 5 + 9 + 3 + 4}
    assert by_strategy(Instrument) == {"lk": 6}


def test_strategies_say_when_they_were_adopted_and_whether_they_are_monitored():
    kk, lk = Strategy.objects.get(slug="kk"), Strategy.objects.get(slug="lk")
    assert (kk.adopted_on, kk.adopted_precision) == (date(2022, 10, 1), "month")
    assert (lk.adopted_on, lk.adopted_precision) == (date(2021, 11, 30), "day")
    assert "č. 513/21/ZK" in lk.adopted_source
    assert (kk.is_monitored, lk.is_monitored) == (True, False)
    assert {kk.valid_from, kk.valid_to, lk.valid_from, lk.valid_to} == {None}


def test_measures_stand_in_the_order_of_their_codes():
    def codes(slug):
        rows = Measure.objects.filter(strategy__slug=slug).in_plan_order()
        return list(rows.values_list("code", flat=True))

    assert codes("kk")[-3:] == ["4.9", "4.10", "4.11"]
    roman = "I II III IV V VI VII VIII IX X XI XII XIII"
    assert codes("lk") == roman.split()


def test_every_kk_measure_has_one_goal_of_its_own_strategy():
    goals = Measure.objects.filter(strategy__slug="kk").annotate(number=Count("goals"))
    assert set(goals.values_list("number", flat=True)) == {1}
    for measure in Measure.objects.prefetch_related("goals"):
        assert {goal.strategy_id for goal in measure.goals.all()} <= {measure.strategy_id}


@pytest.mark.parametrize(
    ("code", "goals"),
    [("I", "4 5 6 7"), ("IV", "1 2 10 11"), ("VI", "12 13"), ("IX", "2 3"), ("VII", "")],
)
def test_lk_measure_leads_to_the_goals_of_the_brochure(code, goals):
    measure = Measure.objects.get(strategy__slug="lk", code=code)
    found = measure.goals.order_by("code_key").values_list("code", flat=True)
    assert list(found) == goals.split()


def test_cross_cutting_measures_are_those_without_goals():
    crossing = Measure.objects.filter(is_cross_cutting=True).order_by("code_key")
    assert [measure.code for measure in crossing] == ["VII", "VIII", "X", "XI", "XII", "XIII"]
    assert set(Measure.objects.filter(goals=None)) == set(crossing)


def test_priorities_answer_to_components_of_the_index():
    rows = Priority.objects.exclude(index_component="").values_list(
        "strategy__slug", "code", "index_component"
    )
    assert set(rows) == {
        ("kk", "1", "housing_benefit"),
        ("kk", "2", "early_leavers"),
        ("kk", "3", "execution"),
        ("lk", "BYDLENI", "housing_benefit"),
        ("lk", "VZDELAVANI", "early_leavers"),
        ("lk", "DLUHY", "execution"),
    }


def test_lk_tiers_are_marked_as_inferred_and_b_builds_on_a():
    rows = Priority.objects.filter(strategy__slug="lk").order_by("code_key")
    assert [(priority.code, priority.tier) for priority in rows] == [
        ("BEZPECI", "A"),
        ("BYDLENI", "A"),
        ("DLUHY", ""),
        ("VZDELAVANI", "B"),
        ("ZAMESTNANOST", "B"),
    ]
    for priority in rows:
        assert priority.is_tier_inferred is bool(priority.tier)
        built_on = set(priority.prerequisites.values_list("code", flat=True))
        assert built_on == ({"BEZPECI", "BYDLENI"} if priority.tier == "B" else set())


def test_printed_wording_is_kept_beside_the_corrected():
    printed = Measure.objects.exclude(name_printed="").order_by("code_key")
    assert [measure.code for measure in printed] == ["1.1", "2.3", "2.5", "2.6", "3.2", "4.9"]
    for measure in printed:
        correction = Correction.objects.get(place=f"název opatření {measure.code}")
        assert correction.printed in measure.name_printed
        assert correction.corrected in measure.name
    activity = Activity.objects.get(measure__code="1.1", order=3)
    assert ("Ptalformou" in activity.text_printed, "Platformou" in activity.text) == (True, True)
    assert Activity.objects.exclude(text_printed="").count() == 3
    assert by_strategy(Correction)["kk"] == 11


def test_measures_whose_activities_cannot_be_told_apart_say_so():
    numbers = Measure.objects.filter(code__in=["4.2", "4.3", "4.4"]).order_by("code_key")
    assert [measure.activities.count() for measure in numbers] == [0, 0, 2]
    assert all("mohou patřit ke všem třem" in measure.note for measure in numbers)


def test_short_names_tell_the_items_of_a_strategy_apart():
    for model in (Priority, Goal, Measure):
        names = list(model.objects.values_list("strategy", "short_name"))
        assert len(set(names)) == len(names)


def test_related_documents_are_those_the_texts_name():
    titles = RelatedDocument.objects.order_by("strategy__slug", "order").values_list("title")
    memorandum, plan, school, action_plan = (title for (title,) in titles)
    assert memorandum.startswith("Memorandum")
    assert plan == "Střednědobý plán sociálních služeb kraje"
    assert school == "Školská inkluzivní koncepce"
    assert action_plan == "1. akční plán na období 2024–2025 (návrh)"


def test_no_contact_is_invented():
    assert not Organisation.objects.exclude(mailbox="", contact_role="", website="").exists()
    recipients = Organisation.objects.filter(kind="recipient").values_list("name", flat=True)
    assert set(recipients) == {"Karlovarský kraj", "Krajská rada dětí a mládeže Karlovarska, z. s."}
    guarantors = Organisation.objects.filter(kind="department", region__code="CZ051")
    assert guarantors.count() == 5


def test_nothing_is_claimed_of_territory_and_plans():
    assert set(Measure.objects.values_list("territory", flat=True)) == {"undetermined"}
    plans = PlanVersion.objects.values_list(
        "start_date", "end_date", "kind", "owner", "deputy", "department", "author"
    )
    assert len(plans) == 44
    assert set(plans) == {(None, None, "unknown", None, None, None, None)}
    assert set(PlanVersion.objects.values_list("measure", flat=True)) == set(
        Measure.objects.values_list("pk", flat=True)
    )


# First reports


def test_first_nine_reports_come_from_the_document_of_april_2023():
    phases = dict(Report.objects.values_list("measure__code", "phase"))
    assert phases == {
        "1.1": "running",
        "1.2": "preparing",
        "1.4": "running",
        "2.2": "running",
        "2.3": "not_started",
        "2.4": "not_started",
        "3.5": "not_started",
        "3.6": "running",
        "3.8": "running",
    }
    same = Report.objects.values_list(
        "measure__strategy__slug", "cycle_start", "as_of_date", "kind", "health", "source", "author"
    )
    day = date(2023, 4, 14)
    assert set(same) == {("kk", date(2023, 1, 1), day, "progress", "", "document", None)}
    for report in Report.objects.all():
        assert report.source_text.endswith("přiřazení k opatření je naše")
        assert report.note
