import json
import re
from datetime import date
from decimal import Decimal

import pytest
import typst
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common import pdf as pdf_module
from common.pdf import Document
from municipalities.models import Component, ComponentShare, Municipality
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from portal import municipality_sheet as sheets
from portal import sheet_words
from portal.municipality_page import read
from tests.factories import (
    ComponentValueFactory,
    GoalFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrganisationFactory,
    OrpFactory,
    OutputFactory,
    OutputMunicipalityFactory,
    PriorityFactory,
    StrategyFactory,
    UserFactory,
    make_measure,
    milestone,
    plan,
)
from tests.municipalities.pages import text_of
from tests.projects.factories import ProjectFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
LONG = "Nejdelší myslitelný název, který se na jeden řádek listu obce nikdy vejít nemůže " * 4


@pytest.fixture
def place():
    """Cheb with 13 points in the edition of 2023, bands from 0 and 12, national shares 2 %."""
    IndexBandFactory(lower=0, name="nízký", sentence="Týká se jednotlivců.")
    IndexBandFactory(lower=12, name="vysoký", sentence="Je to zásadní problém.")
    cheb = MunicipalityFactory(
        code="554481",
        name="Cheb",
        kind=MunicipalityKind.TOWN,
        population=31920,
        population_date=date(2020, 12, 31),
        orp=OrpFactory(name="Cheb"),
    )
    edition = IndexEditionFactory(year=2023, source="Agentura pro sociální začleňování")
    IndexEntryFactory(municipality=cheb, edition=edition, value=13)
    for name in Component:
        for region, share in [(None, "2.0"), (cheb.region, "3.0")]:
            ComponentShare.objects.create(
                edition=edition,
                component=name,
                region=region,
                share=Decimal(share),
                percentile_90=None if region else Decimal("5.5"),
            )
    return cheb


def component(place, component, state, **numbers):
    return ComponentValueFactory(
        entry=place.index_entries.get(),
        component=component,
        state=state,
        **{name: Decimal(number) for name, number in numbers.items()},
    )


def shown(place, on=TODAY):
    return plain(sheets.display(read(place, on)))


def plain(value):
    """Return a display object with spaces that may break and without joiners."""
    text = json.dumps(value, ensure_ascii=False).replace("\u00a0", " ").replace("\u2060", "")
    return json.loads(text)


def pages(document):
    """How many pages a document has."""
    sources = {name: text.encode() for name, text in document.sources.items()}
    drawn = typst.compile(sources, format="svg", ignore_system_fonts=True)
    return len(drawn) if isinstance(drawn, list) else 1


def address(place):
    return f"{place.get_absolute_url()}list.pdf"


# What it says


def test_sheet_says_who_it_is_what_the_index_is_and_how_it_compares(place):
    component(place, Component.EXECUTION, ValueState.KNOWN, count="16", base="263", share="6.0837")
    luby = MunicipalityFactory(name="Luby", region=place.region, orp=place.orp)
    IndexEntryFactory(municipality=luby, value=5)
    found = shown(place)
    assert (found["name"], found["kind"], found["code"], found["orp"]) == (
        *("Cheb", "město", "554481"),
        "Cheb",
    )
    assert found["population"] == "31 920 obyvatel (31. 12. 2020)"
    assert found["answer"] == (
        "Index sociálního vyloučení 2023 je 13 z 30, pásmo vysoký (12 a více bodů)."
    )
    assert found["rest"] == (
        "Je vyšší než medián ORP Cheb (9) i kraje (9). "
        "Proti celému Česku vyčnívají osoby v exekuci (6,1 %, v Česku 2,0 %)."
    )
    assert found["ruler_head"] == "Kde obec stojí: nad mediánem ORP i kraje"
    assert found["ruler_alt"] == "Stupnice 0 až 30: Cheb 13, medián ORP Cheb 9, medián kraje 9"
    assert ">Cheb 13</text>" in found["ruler_svg"]
    assert found["band"] == {
        "shade": 2,
        "range": "12–30",
        "name": "vysoký",
        "sentence": "Je to zásadní problém.",
    }
    assert found["small"] == ""
    assert found["development"] == ["Vývoj nelze určit: načteno je jen vydání 2023."]


def test_sentences_of_the_sheet_stand_on_the_page(client, place):
    component(place, Component.EXECUTION, ValueState.KNOWN, count="16", base="263", share="6.0837")
    component(place, Component.SUBSISTENCE_BENEFIT, ValueState.MASKED)
    place.population = 400
    place.save()
    found = shown(place)
    page = re.sub(r"\s+", " ", text_of(client.get(place.get_absolute_url()))).replace(" , ", ", ")
    for sentence in [
        *found["answer"].rstrip(".").split(" (")[:1],
        found["population"],
        *found["development"],
        *found["use"],
        *found["not_use"],
        found["band"]["sentence"],
        "čtěte spíš víceletý vývoj než jedno číslo.",
        "Skrýváme počty větší než 0 a menší než 5 i podíly z nich.",
        *(one["detail"] for one in found["components"]),
        *(part for part in re.split(r"<.*?>", found["rest"].split(" Proti ")[0])),
    ]:
        assert sentence in page, sentence
    assert "čtěte spíš víceletý vývoj než jedno číslo." in found["small"]


def test_foot_names_the_day_and_the_address_of_the_page(place, settings):
    settings.PORTAL_URL = "https://portal.example.cz"
    assert shown(place)["footer"] == [
        "Stav k 25. 11. 2026",
        "portal.example.cz/obce/554481-cheb/",
    ]


def test_component_is_known_masked_borrowed_or_unknown(place):
    component(place, Component.EXECUTION, ValueState.KNOWN, count="16", base="263", share="5")
    component(place, Component.SUBSISTENCE_BENEFIT, ValueState.MASKED)
    component(place, Component.EARLY_LEAVERS, ValueState.BORROWED)
    execution, housing, subsistence, _, leavers = shown(place)["components"]
    assert (execution["share"], execution["times"]) == ("5,0 %", "2,5×")
    assert (execution["length"], execution["region_at"]) == (2.5, 1.5)
    assert execution["detail"] == "16 ze 263 osob od 15 let"
    assert (housing["share"], housing["state"]) == ("neznámé", "unknown")
    assert (subsistence["share"], subsistence["state"]) == ("méně než 5", "masked")
    assert (leavers["share"], leavers["state"]) == ("převzato", "borrowed")
    for one in (housing, subsistence, leavers):
        assert (one["length"], one["times"], one["region_at"]) == (0, "", None)


def test_orp_is_listed_by_the_alphabet_with_the_municipality_itself(place):
    for name, value in [("Luby", 20), ("Čerňava", 0), ("Aš", None)]:
        other = MunicipalityFactory(name=name, region=place.region, orp=place.orp)
        if value is not None:
            IndexEntryFactory(municipality=other, value=value)
    (group,) = shown(place)["surroundings"]
    assert group["heading"] == "Obce ORP Cheb"
    assert [tuple(one.values()) for one in group["places"]] == [
        ("Aš", None, None, False),
        ("Čerňava", 0, 1, False),
        ("Cheb", 13, 2, True),
        ("Luby", 20, 2, False),
    ]


def test_neighbours_and_similar_municipalities_stand_beside_the_orp(place):
    place.hex_q = place.hex_r = 0
    place.save()
    for n, (name, value) in enumerate([("Luby", 20), ("Aš", 1)], start=1):
        other = MunicipalityFactory(name=name, region=place.region, hex_q=n, hex_r=0)
        IndexEntryFactory(municipality=other, value=value)
    near, orp = shown(place)["surroundings"][:2]
    assert (near["heading"], near["note"]) == (
        "Sousední obce",
        "Podle abecedy; přibližně podle mapy obcí.",
    )
    assert [(one["name"], one["value"]) for one in near["places"]] == [("Luby", 20)]
    assert orp["heading"] == "Obce ORP Cheb"


def test_change_and_editions_are_told_by_years(place):
    before = IndexEditionFactory(year=2022)
    IndexEntryFactory(municipality=place, edition=before, value=10)
    found = shown(place)
    assert found["rest"].startswith("Index proti vydání 2022 vzrostl z 10 na 13.")
    assert found["development"][0] == "Index podle vydání – 2022: 10, 2023: 13."
    assert found["development"][1].startswith("Vývoj nelze určit: načtena jsou jen vydání")


def test_office_to_turn_to_is_a_department_and_never_a_person(place):
    office = OrganisationFactory(
        name="Odbor sociálních věcí", contact_role="vedoucí odboru", mailbox="odbor@kraj.example"
    )
    measure = make_measure("1.1", strategy=StrategyFactory(region=place.region))
    measure.municipalities.add(place)
    plan(measure, department=office, owner=UserFactory(name="Jana Nováková"))
    found = shown(place)
    assert found["contacts"] == ["Odbor sociálních věcí, vedoucí odboru, odbor@kraj.example"]
    assert "Nováková" not in json.dumps(found, ensure_ascii=False)


def test_measures_outputs_and_projects_that_name_it_stand_there(place):
    strategy = StrategyFactory(slug="kk", region=place.region)
    late = make_measure("1.2", strategy=strategy, short_name="Garanční fond")
    milestone(late, date(2026, 11, 1))
    make_measure("1.3", strategy=strategy, short_name="Jinde")
    late.municipalities.add(place)
    output = OutputFactory(measure=late, title="Seminář v Chebu", happened_on=date(2026, 6, 1))
    OutputMunicipalityFactory(output=output, municipality=place)
    ProjectFactory(name="Za jeden provaz", region=place.region, municipalities=[place])
    found = shown(place)
    (measure,) = found["measures"]["rows"]
    assert (measure["code"], measure["name"]) == ("1.2", "Garanční fond")
    assert (measure["icon"], measure["status"]) == ("late", "zpožděno o 24 dní")
    assert measure["due"] == "1. 11. 2026"
    (held,) = found["outputs"]["rows"]
    assert (held["day"], held["title"], held["measure"]) == ("1. 6. 2026", "Seminář v Chebu", "1.2")
    assert found["outputs_sum"] == "Za posledních 12 měsíců 1 seminář, celkem 1 výstup."
    (project,) = found["projects"]["rows"]
    assert (project["name"], project["recipient"], project["state"]) == (
        "Za jeden provaz",
        "příjemce neznámý",
        "stav neznámý",
    )


def test_measure_that_is_not_monitored_has_no_status(place):
    strategy = StrategyFactory(region=place.region, is_monitored=False)
    make_measure("I", strategy=strategy).municipalities.add(place)
    (measure,) = shown(place)["measures"]["rows"]
    assert (measure["status"], measure["icon"], measure["due"]) == ("", "", "")


def test_need_stands_beside_what_is_done(place):
    strategy = StrategyFactory(region=place.region)
    for code, name, answers in [
        ("1", "Bydlení", Component.HOUSING_BENEFIT),
        ("2", "Vzdělávání", Component.EARLY_LEAVERS),
        ("3", "Předlužení", Component.EXECUTION),
    ]:
        PriorityFactory(strategy=strategy, code=code, short_name=name, index_component=answers)
    component(place, Component.HOUSING_BENEFIT, ValueState.KNOWN, count="9", base="90", share="5.5")
    component(place, Component.EARLY_LEAVERS, ValueState.BORROWED)
    component(place, Component.EXECUTION, ValueState.KNOWN, count="9", base="90", share="1.5")
    found = [
        (one["priority"], one["need"], one["figures"], one["done"], one["is_gap"])
        for one in shown(place)["needs"]
    ]
    unknown = "údaj je skrytý, převzatý nebo chybí"
    assert found == [
        ("1 Bydlení", "vysoká", "5,50 %, v Česku 2,00 %, vysoká od 5,50 %", "nic", True),
        ("2 Vzdělávání", "potřeba neznámá", unknown, "nic", False),
        ("3 Předlužení", "pod průměrem", "1,50 %, v Česku 2,00 %, vysoká od 5,50 %", "nic", False),
    ]


def test_what_is_done_there_is_counted(place):
    strategy = StrategyFactory(region=place.region)
    priority = PriorityFactory(
        strategy=strategy, code="1", index_component=Component.HOUSING_BENEFIT
    )
    measure = make_measure("1.1", GoalFactory(priority=priority), strategy=strategy)
    output = OutputFactory(measure=measure, happened_on=date(2026, 6, 1))
    OutputMunicipalityFactory(output=output, municipality=place)
    component(place, Component.HOUSING_BENEFIT, ValueState.KNOWN, count="9", base="90", share="9")
    (row,) = shown(place)["needs"]
    assert (row["done"], row["is_gap"]) == ("v obci: 1 opatření", False)


def test_municipality_without_a_value_says_so_and_never_zero(place):
    other = MunicipalityFactory(name="Aš", region=place.region)
    found = shown(other)
    assert found["answer"] == (
        "Hodnota indexu není známa: vydání 2023 ji pro tuto obec nemá. Neznámá hodnota není nula."
    )
    assert (found["value"], found["ruler_svg"], found["components"]) == (None, "", [])
    assert pages(sheets.document(read(other, TODAY))) == 2


def test_municipality_before_any_edition_has_its_two_pages(db):
    one = MunicipalityFactory()
    assert shown(one)["answer"] == "Hodnota indexu není známa. Neznámá hodnota není nula."
    assert pages(sheets.document(read(one, TODAY))) == 2


# What it must not say


def withheld(place, count, share, quotient):
    """Two masked components that carry numbers, as an import would leave them."""
    place.index_entries.get().components.all().delete()
    component(place, Component.EXECUTION, ValueState.KNOWN, count="16", base="263", share="6.0837")
    for name in (Component.HOUSING_BENEFIT, Component.UNEMPLOYED_6M):
        component(
            place,
            name,
            ValueState.MASKED,
            count=count,
            base="8713",
            share=share,
            quotient=quotient,
        )
    strategy = StrategyFactory(slug="kk", region=place.region, short_name="Strategie kraje")
    PriorityFactory(strategy=strategy, code="1", index_component=Component.HOUSING_BENEFIT)
    made = sheets.document(read(place, TODAY))
    strategy.priorities.all().delete()
    strategy.delete()
    return made


@pytest.mark.parametrize("count", ["1", "2.5", "3.4167", "4.9"])
def test_numbers_of_a_masked_component_are_nowhere_in_the_document(place, count):
    made = withheld(place, count, "7.7531", "2.6994")
    assert [file.name for file in made.attachments] == ["obec.json", "obec.csv"]
    everything = plain([made.data, [file.content for file in made.attachments]])
    text = json.dumps(everything, ensure_ascii=False)
    for number in (
        *("8713", "8 713", "7.7", "7,7", "7,8", "7.75", "2.6994", "2,6994", "2,70", "3,88"),
        *((count, count.replace(".", ",")) if "." in count else ()),
        *(f"{sign}{count} z" for sign in (" ", '"', ";")),
    ):
        assert number not in text, number
    assert "méně než 5" in text


def test_document_is_the_same_whatever_is_masked(place):
    little = withheld(place, "0.5", "0.1", "0.0369")
    much = withheld(place, "4.9167", "99.9", "36.8635")
    assert little.fingerprint == much.fingerprint


def test_attached_files_are_the_data_of_the_page(client, place):
    component(place, Component.EXECUTION, ValueState.KNOWN, count="16", base="263", share="5")
    data, table = sheets.document(read(place, timezone.localdate())).attachments
    page = place.get_absolute_url()
    assert table.content == client.get(f"{page}data.csv").content.decode()
    told, of_page = json.loads(data.content), client.get(f"{page}data.json").json()
    assert told["obec"]["kod"] == "554481"
    assert told["udaje"] == of_page["udaje"]
    assert len(told["udaje"]) > 5


# Two pages


def test_ordinary_sheet_has_two_pages(place):
    component(place, Component.EXECUTION, ValueState.KNOWN, count="16", base="263", share="6.0837")
    assert pages(sheets.document(read(place, TODAY))) == 2


def overfull(data, rows):
    """Fill a display object with the longest texts there may be."""
    title = LONG[:120]
    filled = {
        **data,
        "name": LONG[:100],
        "orp": LONG[:100],
        "rest": LONG,
        "small": LONG,
        "sample": True,
        "sample_note": sheet_words.SAMPLE,
        "development": [LONG] * 3,
        "measures": {
            "total": 40,
            "rows": [
                {
                    "code": "XIII",
                    "name": LONG[:80],
                    "icon": "stale",
                    "status": "probíhá bez termínů",
                    "last": "naposledy: probíhá bez termínů",
                    "due": "31. 12. 2026",
                    "due_word": "plánovaný konec",
                }
            ]
            * rows,
        },
        "needs": [
            {
                "priority": LONG[:40],
                "component": LONG[:40],
                "need": "vysoká",
                "figures": "údaj",
                "done": "nic",
                "is_gap": True,
            }
        ]
        * 4,
        "outputs": {
            "total": 200,
            "rows": [{"day": "31. 12. 2026", "title": title, "sub": title, "measure": "1"}] * rows,
        },
        "projects": {
            "total": 30,
            "rows": [
                {
                    "name": LONG[:140],
                    "recipient": LONG[:80],
                    "programme": LONG[:60],
                    "state": LONG[:80],
                }
            ]
            * rows,
        },
    }
    group = data["surroundings"][0]
    places = [{"name": LONG[:30], "value": 30, "shade": 4, "is_own": False}] * 40
    filled["surroundings"] = [{**group, "places": places}] * 3
    filled["contacts"] = [LONG[:180]] * 4
    return filled


@pytest.mark.parametrize("rows", [1, 5, 15])
def test_longest_texts_and_many_rows_still_make_two_pages(place, rows):
    for name in Component:
        component(place, name, ValueState.BORROWED)
    data = overfull(sheets.display(read(place, TODAY)), rows)
    assert pages(Document("municipality.typ", data)) == 2


def test_rows_are_bounded_but_counted(place):
    strategy = StrategyFactory(region=place.region)
    for n in range(1, 31):
        make_measure(f"1.{n}", strategy=strategy).municipalities.add(place)
    found = shown(place)["measures"]
    assert (found["total"], len(found["rows"])) == (30, 15)


# The view


def test_pdf_is_served_to_look_at_under_a_good_name(client, place):
    answer = client.get(address(place))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == ('inline; filename="list-obce-554481-cheb.pdf"')
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_second_request_and_head_start_no_typst(client, place, monkeypatch):
    caches["pdf"].clear()
    first = client.get(address(place))

    def refuse(*args, **kwargs):
        raise AssertionError("Typst was started again.")

    monkeypatch.setattr(pdf_module, "build", refuse)
    assert client.get(address(place)).content == first.content
    head = client.head(address(place))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(first.content))
    again = client.get(address(place), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_change_of_the_index_changes_the_sheet(client, place):
    before = client.get(address(place)).headers["ETag"]
    entry = place.index_entries.get()
    entry.value = 14
    entry.save()
    assert client.get(address(place)).headers["ETag"] != before


def test_page_of_the_municipality_leads_to_its_sheet(client, place):
    assert f'href="{address(place)}"' in client.get(place.get_absolute_url()).content.decode()


def test_wrong_name_leads_to_the_right_sheet_for_good(client, place):
    answer = client.get("/obce/554481-as/list.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (301, address(place))


def test_military_area_has_no_sheet_and_no_link_to_one(client, place):
    area = MunicipalityFactory(
        name="Hradiště", kind=MunicipalityKind.MILITARY_AREA, region=place.region
    )
    assert client.get(address(area)).status_code == 404
    assert "list.pdf" not in client.get(area.get_absolute_url()).content.decode()


def test_unknown_code_is_not_found_and_nothing_is_posted(client, place):
    assert client.get("/obce/999999-cheb/list.pdf").status_code == 404
    assert client.post(address(place)).status_code == 405


def test_failure_is_a_page_that_says_what_to_do(client, place, monkeypatch):
    def fail(document):
        raise pdf_module.PdfError

    monkeypatch.setattr("portal.views.municipality_sheet.pdf", fail)
    answer = client.get(address(place))
    assert answer.status_code == 503
    assert "Tytéž údaje má stránka obce Cheb" in text_of(answer)


def test_made_up_data_are_framed(place, settings):
    assert shown(place)["sample"] is False
    settings.DEMO = True
    found = shown(place)
    assert found["sample"] is True
    assert found["sample_note"].startswith("Ukázková data:")


@pytest.mark.parametrize(
    "name",
    [
        "Příšerně žluťoučký kůň úpěl ďábelské ódy ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
        "#panic() $x$ <b>&amp;</b> *a* @b \\ _c_ `d` // [e] {f}",
        "Město 😀 漢 \u202e שלום",
    ],
)
def test_no_name_is_an_error(client, place, name):
    place.name = name
    place.save()
    strategy = StrategyFactory(region=place.region)
    measure = make_measure("1.1", strategy=strategy, short_name=name[:38])
    measure.municipalities.add(place)
    assert client.get(address(place)).status_code == 200


def test_sheet_takes_the_same_queries_for_1_and_30_measures(client, place):
    strategy = StrategyFactory(region=place.region)

    def named(code):
        measure = make_measure(code, strategy=strategy)
        measure.municipalities.add(place)
        output = OutputFactory(measure=measure, happened_on=date(2026, 6, 1))
        OutputMunicipalityFactory(output=output, municipality=place)
        ProjectFactory(region=place.region, municipalities=[place])

    def anew():
        """As the view does: nothing was remembered of the municipality before."""
        places = Municipality.objects.select_related("orp", "district", "region")
        return sheets.display(read(places.get(pk=place.pk), TODAY))

    named("1.1")
    with CaptureQueriesContext(connection) as one:
        anew()
    for n in range(2, 31):
        named(f"1.{n}")
    with CaptureQueriesContext(connection) as many:
        assert anew()["measures"]["total"] == 30
    assert len(one) == len(many)
