"""Our projects and indicators against the documents: every number here was read by a person."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from common import czech
from indicators.models import Direction, Indicator, Observation
from indicators.readings import readings
from municipalities.index import band_counts, in_order
from municipalities.models import BandCount, ComponentShare, IndexBand, IndexEntry
from portal import data
from projects import sheet, wording
from projects.models import BudgetPart, ExternalFact, Outcome, Project, ProjectMeasure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

SYSTEM, ROPE, APPLICATIONS, FIELD_WORK, PLANNING = (
    "kv-opzp-system",
    "za-jeden-provaz",
    "predcasne-odchody-pripravovane",
    "kv-oplzz-svl",
    "kv-stredne-planovani-iii",
)
BANDS = {0: "0-1", 2: "2-7", 8: "8-11", 12: "12-a-vice"}
COMPONENTS = {
    "execution": "kk-osoby-v-exekuci",
    "housing_benefit": "kk-prispevek-na-bydleni",
    "subsistence_benefit": "kk-prispevek-na-zivobyti",
    "unemployed_6m": "kk-nezamestnani-dele-nez-6-mesicu",
    "early_leavers": "kk-predcasne-odchody-ze-vzdelavani",
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load all our files once for this module, and take them back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_data", verbosity=0)
        yield
        transaction.set_rollback(True)


def facts_of(slug):
    project = Project.objects.for_page().get(slug=slug)
    return {row.label: row for row in sheet.facts(project, project.budget_parts.all())}


def unknown_of(slug):
    return sheet.unknown(facts_of(slug).values())


def value_of(slug):
    return Observation.objects.get(indicator__slug=slug)


def plain(text):
    """Return a text as it stands in a data file, with spaces that may break."""
    return text.replace(czech.NBSP, " ").replace(czech.WORD_JOINER, "")


# Projects


def test_there_are_five_projects_and_no_budget_is_known():
    assert set(Project.objects.values_list("slug", flat=True)) == {
        SYSTEM,
        ROPE,
        APPLICATIONS,
        FIELD_WORK,
        PLANNING,
    }
    assert not BudgetPart.objects.exists()
    assert not Project.objects.exclude(registration_number=None).exists()


@pytest.mark.parametrize(
    ("slug", "missing"),
    [
        (SYSTEM, ["registrační číslo", "začátek", "konec", "rozpočet"]),
        (ROPE, ["program", "registrační číslo", "začátek", "konec", "rozpočet"]),
        (
            APPLICATIONS,
            ["příjemce", "program", "registrační číslo", "začátek", "konec", "rozpočet"],
        ),
        (FIELD_WORK, ["registrační číslo", "začátek", "rozpočet"]),
        (
            PLANNING,
            [
                "stav podle zdroje",
                "program",
                "registrační číslo",
                "začátek",
                "konec",
                "rozpočet",
            ],
        ),
    ],
)
def test_unknown_stays_unknown(slug, missing):
    assert unknown_of(slug) == missing


@pytest.mark.parametrize(
    ("slug", "state"),
    [
        (SYSTEM, "v realizaci (duben\u00a02023)"),
        (ROPE, "finančně podpořen; bude realizován (duben\u00a02023)"),
        (APPLICATIONS, "v přípravě (duben\u00a02023)"),
        (FIELD_WORK, "ukončen"),
        (PLANNING, ""),
    ],
)
def test_states_are_literal_and_dated(slug, state):
    assert wording.state_text(Project.objects.get(slug=slug)) == state


@pytest.mark.parametrize(
    ("slug", "codes"),
    [
        (SYSTEM, ["1.1", "1.2", "1.4", "2.2", "2.3", "2.4", "3.5", "3.6", "3.8"]),
        (ROPE, ["2.2"]),
        (APPLICATIONS, ["2.2"]),
        (FIELD_WORK, []),
        (PLANNING, ["3.4"]),
    ],
)
def test_measures_are_ours_unless_the_measure_names_the_project(slug, codes):
    links = ProjectMeasure.objects.filter(project__slug=slug).in_plan_order()
    assert [link.measure.code for link in links] == codes
    assert all(link.is_ours == (slug != PLANNING) for link in links)
    assert all(link.share is None for link in links)


def test_places_are_municipalities_and_nothing_below_them():
    places = {
        project.slug: sorted(place.name for place in project.municipalities.all())
        for project in Project.objects.all()
    }
    assert places == {
        SYSTEM: [],
        ROPE: ["Cheb"],
        APPLICATIONS: ["Karlovy Vary", "Kraslice", "Ostrov"],
        FIELD_WORK: [],
        PLANNING: [],
    }


def test_line_of_time_is_known_to_the_month():
    events = Project.objects.get(slug=SYSTEM).events.order_by("happened_on")
    steps = sheet.steps(events[0].project, events)
    assert [step.when for step in steps] == [
        "říjen\u00a02021",
        "říjen\u00a02022",
        "prosinec\u00a02022",
        "leden\u00a02023",
    ]


def test_end_of_the_older_project_is_uncertain_and_its_budget_is_not_its_own():
    project = Project.objects.get(slug=FIELD_WORK)
    assert (project.end_date, project.is_end_uncertain) == (date(2015, 5, 31), True)
    [money] = ExternalFact.objects.filter(project=project, text__contains="45 mil. Kč")
    assert money.is_uncertain


@pytest.mark.parametrize(
    ("key", "figure", "number", "counted"),
    [
        ("localities", "17\u00a0lokalit", "", "places"),
        ("people_supported", "1\u00a0296\u00a0osob", "", "persons"),
        ("needs", "2\u00a0758\u00a0potřeb", "", "needs"),
        ("needs_solved_share", "57\u00a0%", "", "needs"),
        ("solved_material_share", "čtvrtina", "přibližně 25\u00a0%", "needs"),
        ("solved_labour_share", "15\u00a0%", "", "needs"),
        ("people_employed", "125\u00a0osob", "", "persons"),
        ("solved_housing_share", "pětina", "přibližně 20\u00a0%", "needs"),
        ("cooperation_min_days", "14\u00a0dní", "", "cooperations"),
        (
            "cooperation_max_months",
            "déle než 22\u00a0měsíců",
            "nejméně 22\u00a0měsíců",
            "cooperations",
        ),
        ("cooperation_within_year_share", "69\u00a0%", "", "cooperations"),
        ("solved_cooperation_months", "přibližně 10\u00a0měsíců", "", "cooperations"),
        ("longest_successful_months", "9\u2060–\u206014\u00a0měsíců", "", "cooperations"),
    ],
)
def test_figures_of_the_closing_sheet(key, figure, number, counted):
    outcome = Outcome.objects.get(project__slug=FIELD_WORK, key=key)
    [row], _ = sheet.figures(outcome.project, [outcome])
    assert (row.figure, row.number, outcome.counted) == (figure, number, counted)


def test_sheet_has_thirteen_figures_of_which_one_is_uncertain():
    outcomes = Outcome.objects.all()
    assert Counter(outcomes.values_list("project__slug", "is_uncertain")) == {
        (FIELD_WORK, False): 12,
        (FIELD_WORK, True): 1,
    }
    needs = outcomes.get(is_uncertain=True)
    assert needs.key == "needs"


def test_two_readings_of_the_needs_are_told_and_nothing_is_computed_from_them():
    note = Outcome.objects.get(key="needs").note
    assert "dvojím způsobem" in note
    # The only numbers are those of the sheet itself.
    assert set(re.findall(r"\d[\d ]*\d", note)) == {"2 758", "57"}


def test_four_obstacles():
    obstacles = Project.objects.get(slug=FIELD_WORK).obstacles
    assert obstacles.count() == 4


def test_recipients_are_organisations():
    recipients = dict(Project.objects.values_list("slug", "recipient__name"))
    assert recipients == {
        SYSTEM: "Karlovarský kraj",
        ROPE: "Krajská rada dětí a mládeže Karlovarska, z. s.",
        APPLICATIONS: None,
        FIELD_WORK: "Karlovarský kraj",
        PLANNING: "Karlovarský kraj",
    }


def test_what_was_found_elsewhere_says_where():
    assert Counter(ExternalFact.objects.values_list("project__slug", flat=True)) == {
        SYSTEM: 2,
        FIELD_WORK: 4,
        PLANNING: 1,
    }


def test_wording_of_the_older_sheet_is_not_used():
    text = (data.FIXTURES / "09-projects.json").read_text(encoding="utf-8")
    assert not re.search(r"romsk|Rom[yůo]|Štítar", text)


# Indicators


def test_there_are_eight_figures_of_one_region_and_nine_of_the_other():
    assert Counter(Indicator.objects.values_list("region__code", "strategy__slug")) == {
        ("CZ051", "lk"): 8,
        ("CZ041", "kk"): 9,
    }
    assert set(Indicator.objects.values_list("direction", flat=True)) == {Direction.UNKNOWN}


@pytest.mark.parametrize(
    ("slug", "value", "qualifier", "start", "end"),
    [
        ("lk-lide-v-chudobe", 5200, "at_least", date(2019, 1, 1), date(2019, 12, 31)),
        ("lk-lide-vylouceni-z-bydleni", 4727, "estimate", date(2018, 1, 1), date(2018, 12, 31)),
        ("lk-deti-v-chudobe", 2244, "at_least", date(2021, 6, 1), date(2021, 6, 30)),
        ("lk-lide-vylouceni-z-trhu-prace", 3039, "at_least", date(2019, 1, 1), date(2019, 12, 31)),
        ("lk-predcasne-odchody-ze-zs", 187, "exact", date(2020, 1, 1), date(2020, 12, 31)),
        ("lk-lide-v-exekuci", 36583, "exact", date(2020, 1, 1), date(2020, 12, 31)),
        (
            "lk-mladi-mimo-vzdelani-a-zamestnani",
            519,
            "at_least",
            date(2021, 1, 1),
            date(2021, 1, 1),
        ),
        ("lk-lide-ve-vyloucene-lokalite", 4879, "exact", None, None),
    ],
)
def test_figures_of_the_brochure_keep_their_marks(slug, value, qualifier, start, end):
    row = value_of(slug)
    assert (row.value, row.qualifier) == (value, qualifier)
    assert (row.period_start, row.period_end) == (start, end)
    assert row.region.code == "CZ051"
    assert row.is_uncertain == (start is None)


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("lk-lide-v-chudobe", "2 623"),
        ("lk-lide-vylouceni-z-bydleni", "1 252 byly děti"),
        ("lk-predcasne-odchody-ze-zs", "přibližně o 200 dětí"),
        ("lk-lide-v-exekuci", "7 787"),
        ("lk-lide-ve-vyloucene-lokalite", "neuvádí rok, zdroj"),
    ],
)
def test_parts_of_the_figures_stand_in_the_notes(slug, told):
    assert told in value_of(slug).note


def test_mean_month_is_told_in_the_words_of_the_brochure():
    texts = Observation.objects.exclude(period_text="").values_list("period_text", flat=True)
    assert list(texts) == 2 * ["průměrný měsíc roku 2019"]


@pytest.mark.parametrize(
    ("lower", "published", "counted"), [(12, 18, 26), (8, 16, 9), (2, 57, 47), (0, 42, 51)]
)
def test_counts_by_band_are_those_of_the_loaded_data(lower, published, counted):
    indicator = Indicator.objects.get(slug=f"kk-obce-index-{BANDS[lower]}")
    older, newer = indicator.observations.in_time_order()
    assert (older.value, older.period_start.year) == (published, 2020)
    assert (newer.value, newer.period_start.year) == (counted, 2023)
    band = BandCount.objects.get(year=2020, band__lower=lower, region__code="CZ041")
    assert band.count == older.value


def test_counts_of_2023_follow_from_the_entries():
    entries = IndexEntry.objects.counted().filter(edition__year=2023)
    values = list(entries.values_list("value", flat=True))
    bands = in_order(IndexBand.objects.all())
    for band, count in zip(bands, band_counts(values, bands), strict=True):
        indicator = Indicator.objects.get(slug=f"kk-obce-index-{BANDS[band.lower]}")
        assert indicator.observations.get(period_start__year=2023).value == count
        assert plain(band.threshold) in indicator.name


@pytest.mark.parametrize(
    ("component", "region", "nation"),
    [
        ("execution", "11.90", "6.77"),
        ("housing_benefit", "3.04", "2.71"),
        ("subsistence_benefit", "1.11", "0.70"),
        ("unemployed_6m", "2.23", "1.82"),
        ("early_leavers", "4.18", "2.96"),
    ],
)
def test_shares_of_the_region_stand_beside_the_nation(component, region, nation):
    indicator = Indicator.objects.get(slug=COMPONENTS[component])
    here, everywhere = (
        indicator.observations.get(region__code="CZ041"),
        indicator.observations.get(region=None),
    )
    assert (here.value, everywhere.value) == (Decimal(region), Decimal(nation))
    shares = ComponentShare.objects.filter(edition__year=2023, component=component)
    assert here.value == round(shares.get(region__code="CZ041").share, 2)
    assert everywhere.value == round(shares.get(region=None).share, 2)


def test_shares_answer_to_the_priorities_of_their_components():
    for component, slug in COMPONENTS.items():
        priorities = Indicator.objects.get(slug=slug).priorities.all()
        expected = {priority for priority in priorities if priority.index_component == component}
        assert set(priorities) == expected
    linked = Indicator.objects.filter(slug__in=COMPONENTS.values(), priorities__isnull=False)
    assert linked.count() == 3


def test_every_indicator_has_a_value_with_a_source():
    rows = readings(Indicator.objects.for_list(), timezone.now())
    assert len(rows) == 17
    assert all(row.latest and row.latest.source for row in rows)


# Pages


def test_every_page_opens(client):
    addresses = [reverse("indicators:indicator_list"), reverse("projects:project_list")]
    rows = [*Project.objects.all(), *Indicator.objects.all()]
    addresses += [row.get_absolute_url() for row in rows]
    assert {client.get(address).status_code for address in addresses} == {200}
