"""The page of coverage and its downloads. What is a gap was worked out by hand for 12. 9. 2026 from
the shares below: Česko 2,71 %, high from 2,90 %."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures import moment as moments
from measures.models import Territory
from municipalities.models import Component, ComponentShare
from municipalities.models.territory import MunicipalityKind
from projects.models import ProjectState, ProjectTerritory
from tests import factories as make
from tests.municipalities.pages import text_of
from tests.portal.reading import in_order
from tests.projects.factories import ProjectFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)
PAGE = "/strategie/kk/pokryti/"
BY_MEASURES = f"{PAGE}?podle=opatreni&priorita="


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def kk():
    return make.StrategyFactory(slug="kk", region=make.RegionFactory(name="Karlovarský kraj"))


@pytest.fixture
def housing(kk):
    """The goal of the priority that answers to the housing benefit."""
    priority = make.PriorityFactory(
        strategy=kk, code="1", short_name="Bydlení", index_component=Component.HOUSING_BENEFIT
    )
    make.PriorityFactory(strategy=kk, code="4", short_name="Kapacity", index_component="")
    return make.GoalFactory(priority=priority, code="1.A")


@pytest.fixture
def town(kk):
    """Return a function that makes a municipality with a share of the housing benefit."""
    orps = {}

    def make_town(name, share="3.40", *, orp="Cheb", state="known", count=50):
        orp = orps.setdefault(orp, None) or make.OrpFactory(name=orp, region=kk.region)
        orps[orp.name] = orp
        one = make.MunicipalityFactory(name=name, region=kk.region, orp=orp)
        entry = make.IndexEntryFactory(municipality=one)
        ComponentShare.objects.get_or_create(
            edition=entry.edition,
            region=None,
            component=Component.HOUSING_BENEFIT,
            defaults={"share": Decimal("2.71"), "percentile_90": Decimal("2.90")},
        )
        make.ComponentValueFactory(
            entry=entry,
            component=Component.HOUSING_BENEFIT,
            state=state,
            count=count,
            base=1000 if count is not None else None,
            share=None if share is None else Decimal(share),
        )
        return one

    return make_town


@pytest.fixture
def masked(town):
    """A municipality whose need is unknown: its count is below five."""
    return town("Luby", None, state="masked", count=None, orp="Aš")


def measure(goal, code="1.1", territory=Territory.NAMED, places=()):
    one = make.make_measure(code, goal, territory=territory, short_name=f"Opatření {code}")
    one.municipalities.set(places)
    return one


def output(of, *places, day=date(2026, 6, 1)):
    made = make.output(of, day)
    for place in places:
        make.OutputMunicipalityFactory(output=made, municipality=place)


@pytest.fixture
def world(housing, town, masked):
    """Aš with work, Cheb and Ostrov with a gap, Sokolov above the mean, Luby unknown."""
    as_ = town("Aš", "4.00", orp="Aš")
    town("Ostrov", "2.90", orp="Ostrov")
    town("Cheb", "3.40")
    town("Sokolov", "2.80", orp="Sokolov")
    output(measure(housing, places=[as_]), as_)
    return housing


@pytest.fixture
def read(client):
    return lambda query="", page=PAGE: text_of(client.get(f"{page}{query}"))


def shown(client, query=""):
    """The municipalities of the table in its order."""
    rows = client.get(f"{PAGE}{query}").context["table"].rows
    return [row.record.municipality.name for row in rows]


# What is said


def test_page_says_how_many_gaps_there_are_and_lists_them_by_the_alphabet(read, world):
    text = read()
    assert "Mezeru v pokrytí mají 2 z 5 obcí: potřeba je v nich vysoká a portál" in text
    assert (
        "Vysokou potřebu mají 3 z 5 obcí. Mezeru v pokrytí z nich mají 2 obce. "
        "V 1 obci se něco děje. U 1 obce potřebu neznáme."
    ) in text
    assert "Složka „příjemci příspěvku na bydlení“: Česko 2,71 %, potřeba je vysoká od" in text
    assert "od 2,90 %." in text
    assert "Mezery v pokrytí Cheb · Ostrov" in text


def test_undetermined_territory_means_that_nobody_can_tell(read, world):
    """Aš has work of its own; for Cheb and Ostrov it is unknown."""
    measure(world, "1.2", Territory.UNDETERMINED)
    text = read()
    assert (
        "Kde jsou mezery, zatím říct nejde: u 1 opatření není určeno, kde působí. "
        "Vysokou potřebu aspoň v jedné prioritě mají 3 z 5 obcí."
    ) in text
    assert "U 2 z nich to nejde říct: u 1 opatření není určeno, kde působí." in text
    assert "Obce s vysokou potřebou (3) Aš · Cheb · Ostrov" in text


def test_places_of_one_name_are_told_apart(read, housing, town):
    town("Březová", orp="Sokolov")
    town("Březová", orp="Karlovy Vary")
    text = read()
    assert "Březová (Karlovy Vary)" in text
    assert "Březová (Sokolov)" in text


def test_no_high_need_is_said(read, housing, town):
    town("Cheb", "1.00")
    assert "Vysokou potřebu nemá žádná obec, u které potřebu známe." in read()


def test_what_is_counted_apart_is_named(read, world):
    region = measure(world, "1.3", Territory.REGION)
    output(region)
    measure(world, "1.4", Territory.UNDETERMINED)
    unsure = ProjectFactory(name="Dávný projekt", state=ProjectState.UNKNOWN)
    unsure.priorities.set([world.priority])
    assert in_order(
        read(),
        "Pro celý kraj 1.3 Opatření 1.3 – 1 Bydlení",
        "Území neurčeno 1.4 Opatření 1.4 – 1 Bydlení",
        "Projekty, o kterých nevíme, jestli běží projekt Dávný projekt – 1 Bydlení",
        "neodpovídají žádné prioritě",
    )


def test_components_without_a_priority_are_named(read, housing, town, kk):
    """Those two of five that no strategy answers to."""
    town("Cheb")
    for code, component in (("2", Component.EARLY_LEAVERS), ("3", Component.EXECUTION)):
        make.PriorityFactory(strategy=kk, code=code, index_component=component)
    assert (
        "Složky „příjemci příspěvku na živobytí“ a „uchazeči o zaměstnání déle než 6 měsíců“ "
        "neodpovídají žádné prioritě"
    ) in read()


def test_region_without_the_index_says_so(read, housing):
    text = read()
    assert "Index sociálního vyloučení pro tento kraj na portálu zatím není." in text
    assert "Obce a priority" not in text


def test_strategy_that_is_not_monitored_looks_for_no_gap(read, client, world, kk):
    kk.is_monitored = False
    kk.save()
    text = read()
    assert "aspoň v jedné prioritě mají 3 z 5 obcí. Mezery tu portál nehledá" in text
    assert "Hlášení se zde nevedou." in text
    assert "vysoká 3,40 % nesleduje se" in text
    covers = [value for value, _ in client.get(PAGE).context["form"]["pokryti"].field.choices]
    assert covers == ["", "v-obci", "nesleduje-se"]


# The table


def test_cell_says_the_need_its_share_and_what_is_done(read, client, world):
    assert in_order(
        read(),
        "Aš Aš vysoká 4,00 % v obci: 1.1",
        "Cheb Cheb vysoká 3,40 % mezera v pokrytí",
        "Luby Aš potřeba neznámá nic",
        "Ostrov Ostrov vysoká 2,90 % mezera v pokrytí",
        "Sokolov Sokolov nad průměrem 2,80 % nic",
    )
    assert '<a href="/strategie/kk/opatreni/1.1/">1.1</a>' in client.get(PAGE).content.decode()


def test_project_in_a_cell_is_named_and_linked(read, world, kk):
    project = ProjectFactory(
        name="Za jeden provaz",
        slug="provaz",
        territory=ProjectTerritory.NAMED,
        start_date=date(2026, 1, 1),
        end_date=date(2026, 12, 31),
    )
    project.priorities.set([world.priority])
    project.municipalities.set(kk.region.municipalities.filter(name="Cheb"))
    assert "Cheb Cheb vysoká 3,40 % v obci: projekt Za jeden provaz" in read()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Aš", "Cheb", "Luby", "Ostrov", "Sokolov"]),
        ("?razeni=-obec", ["Sokolov", "Ostrov", "Luby", "Cheb", "Aš"]),
        ("?razeni=orp", ["Aš", "Luby", "Cheb", "Ostrov", "Sokolov"]),
        ("?razeni=-orp", ["Sokolov", "Ostrov", "Cheb", "Aš", "Luby"]),
        ("?razeni=p-1", ["Sokolov", "Ostrov", "Cheb", "Aš", "Luby"]),
        ("?razeni=-p-1", ["Aš", "Cheb", "Ostrov", "Sokolov", "Luby"]),
        ("?orp=as", ["Aš", "Luby"]),
        ("?potreba=vysoka", ["Aš", "Cheb", "Ostrov"]),
        ("?potreba=neznama", ["Luby"]),
        ("?potreba=pod-prumerem", []),
        ("?pokryti=mezera", ["Cheb", "Ostrov"]),
        ("?pokryti=nic", ["Cheb", "Luby", "Ostrov", "Sokolov"]),
        ("?pokryti=v-obci&priorita=1", ["Aš"]),
        ("?pokryti=v-obci&orp=cheb", []),
    ],
)
def test_table_is_narrowed_and_sorted(client, world, query, names):
    assert shown(client, query) == names


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("orp=nikde", "Takové ORP v kraji není"),
        ("priorita=9", "Takovou prioritu tu nejde vybrat"),
        ("priorita=4", "Takovou prioritu tu nejde vybrat"),
        ("potreba=velka", "Takovou potřebu portál nezná"),
        ("pokryti=x", "Takové pokrytí portál nezná"),
        ("razeni=podil", "Takhle tabulku řadit nejde"),
        ("podle=x", "Takové zobrazení portál nemá"),
        ("barva=modra", "Výběr „barva“ portál nezná"),
    ],
)
def test_bad_choice_is_told_and_ignored(client, read, world, query, sentence):
    assert sentence in read(f"?{query}")
    assert len(shown(client, f"?{query}")) == 5


def test_choices_stay_on_the_past_day(client, world):
    make.report(make.make_measure("9.9", strategy=world.strategy), date(2026, 1, 5))
    html = client.get(f"{PAGE}?potreba=vysoka&k=2026-05-31").content.decode()
    assert '<input type="hidden" name="k" value="2026-05-31">' in html
    assert "?k=2026-05-31" in html


def test_past_day_shows_what_was_done_by_then(client, world):
    """The output in Aš is of 1. 6."""
    make.report(make.make_measure("9.9", strategy=world.strategy), date(2026, 1, 5))
    assert shown(client, "?pokryti=mezera&k=2026-05-31") == ["Aš", "Cheb", "Ostrov"]
    assert shown(client, "?pokryti=mezera&k=2026-06-01") == ["Cheb", "Ostrov"]


def test_day_before_the_first_record_has_nothing(client, world):
    assert "Portál tehdy ještě neběžel." in text_of(client.get(f"{PAGE}?k=2020-01-01"))


# By measures


def test_measures_of_one_priority_by_municipality(client, read, world, kk):
    cheb = kk.region.municipalities.get(name="Cheb")
    measure(world, "1.2", places=[cheb])
    measure(world, "1.3", Territory.REGION)
    measure(world, "1.5", Territory.UNDETERMINED)
    ended = measure(world, "1.9")
    make.report(ended, date(2026, 7, 1), phase="completed")
    text = read(page=f"{BY_MEASURES}1")
    assert in_order(
        text,
        "1.1 Opatření 1.1 jmenuje 1 obec za rok výstup nebo milník: 1 obec",
        "1.3 Opatření 1.3 celý kraj",
        "1.5 Opatření 1.5 území neurčeno",
        "Skončila: 1.9 Opatření 1.9",
        "Aš Aš v obci nic celý kraj neurčeno",
        "Cheb Cheb nic jmenuje, bez výstupu celý kraj neurčeno",
    )
    rows = client.get(f"{BY_MEASURES}1&orp=cheb").context["table"].rows
    assert [row.record.municipality.name for row in rows] == ["Cheb"]


def test_measures_of_a_priority_without_a_component(read, world, kk):
    goal = make.GoalFactory(priority=kk.priorities.get(code="4"), code="4.A")
    measure(goal, "4.1", Territory.REGION)
    text = read(page=f"{BY_MEASURES}4")
    assert "4.1 Opatření 4.1 celý kraj" in text
    assert "Cheb Cheb celý kraj" in text


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("o-1-2", ["Cheb", "Aš", "Luby", "Ostrov", "Sokolov"]),
        ("-o-1-2", ["Aš", "Luby", "Ostrov", "Sokolov", "Cheb"]),
        ("orp", ["Aš", "Luby", "Cheb", "Ostrov", "Sokolov"]),
        ("-obec", ["Sokolov", "Ostrov", "Luby", "Cheb", "Aš"]),
    ],
)
def test_table_of_measures_sorts_by_every_column(client, world, kk, order, names):
    measure(world, "1.2", places=[kk.region.municipalities.get(name="Cheb")])
    rows = client.get(f"{BY_MEASURES}1&razeni={order}").context["table"].rows
    assert [row.record.municipality.name for row in rows] == names


def test_wrong_priority_of_measures_is_told(read, world):
    text = read(page=f"{BY_MEASURES}9")
    assert "Takovou prioritu tu nejde vybrat" in text
    assert "1.1 Opatření 1.1" in text


# Downloads


def test_csv_and_json_hold_the_same_rows(client, world):
    answer = client.get("/strategie/kk/pokryti.csv?pokryti=mezera")
    assert answer["Content-Disposition"] == 'attachment; filename="pokryti-kk-2026-09-12.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["obec"], row["podil"], row["mezera"]) for row in rows] == [
        ("Aš", "4", "ne"),
        ("Cheb", "3,4", "ano"),
        ("Luby", "", "nejde říct"),
        ("Ostrov", "2,9", "ano"),
        ("Sokolov", "2,8", "ne"),
    ]
    first = [rows[0][name] for name in ("pokryti", "opatreni", "mez_vysoke")]
    assert first == ["v obci", "1.1", "2,9"]
    data = client.get("/strategie/kk/pokryti.json").json()
    assert [(one["obec"], one["podil"]) for one in data["radky"]] == [
        ("Aš", 4.0),
        ("Cheb", 3.4),
        ("Luby", None),
        ("Ostrov", 2.9),
        ("Sokolov", 2.8),
    ]
    assert set(data["slovnik"]) == set(data["radky"][0]) == set(rows[0])
    assert data["priority"][0]["podil_cesko"] == 2.71


def test_share_of_the_nation_leaves_to_two_places(client, world):
    ComponentShare.objects.filter(component="housing_benefit").update(
        share=Decimal("2.7153"), percentile_90=Decimal("2.8961")
    )
    data = client.get("/strategie/kk/pokryti.json").json()
    first = data["radky"][0]
    assert (first["podil_cesko"], first["mez_vysoke"]) == (2.72, 2.9)
    assert (data["priority"][0]["podil_cesko"], data["priority"][0]["mez_vysoke"]) == (2.72, 2.9)
    text = client.get("/strategie/kk/pokryti.csv").content.decode()
    assert ";2,72;2,9;" in text
    assert "2,7153" not in text


def test_masked_share_leaves_by_no_way(client, housing, town):
    """The official file gives staff the number behind; readers get it nowhere."""
    town("Luby", "7.77", count=3, state="masked")
    for address in (PAGE, f"{BY_MEASURES}1", PAGE[:-1] + ".csv", PAGE[:-1] + ".json"):
        page = client.get(address).content.decode()
        assert "7,77" not in page
        assert "7.77" not in page
    assert shown(client, "?potreba=neznama") == ["Luby"]


@pytest.mark.parametrize(
    ("query", "status"), [("?k=vcera", 400), ("?k=2020-01-01", 404), ("?k=2027-01-01", 400)]
)
def test_file_of_a_day_that_is_not_there_is_refused(client, world, query, status):
    assert client.get(f"/strategie/kk/pokryti.csv{query}").status_code == status


@pytest.mark.parametrize("path", ["pokryti/", "pokryti.csv", "pokryti.json"])
def test_unknown_strategy_is_not_found_and_nothing_is_posted(client, kk, path):
    assert client.get(f"/strategie/xx/{path}").status_code == 404
    assert client.post(f"/strategie/kk/{path}").status_code == 405


def test_military_area_is_in_no_row(client, world, kk):
    make.MunicipalityFactory(name="Hradiště", kind=MunicipalityKind.MILITARY_AREA, region=kk.region)
    assert "Hradiště" not in client.get(PAGE).content.decode()
    assert "Hradiště" not in client.get(f"{BY_MEASURES}1").content.decode()


# Where it is linked, what it costs


def test_page_of_the_priority_shows_municipalities_by_need(client, world):
    page = client.get("/strategie/kk/priorita/1/")
    text = text_of(page)
    assert "Obce podle potřeby Vysokou potřebu mají 3 z 5 obcí." in text
    assert "Mezery v pokrytí Cheb · Ostrov" in text
    assert f'href="{PAGE}?priorita=1"' in page.content.decode()
    assert "Obce podle potřeby" not in text_of(client.get("/strategie/kk/priorita/4/"))


def test_page_of_the_strategy_leads_there(client, world):
    assert f'href="{PAGE}"' in client.get("/strategie/kk/").content.decode()


@pytest.mark.parametrize("path", [PAGE, f"{BY_MEASURES}1", "/strategie/kk/pokryti.json"])
def test_number_of_queries_does_not_grow(client, housing, town, path):
    def grow(first, count):
        for n in range(first, first + count):
            place = town(f"Obec {n}")
            output(measure(housing, f"1.{n}", places=[place]), place)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    grow(1, 1)
    few = queries()
    grow(2, 29)
    assert queries() == few
    assert few <= 13


def test_json_is_one_document(client, world):
    assert json.loads(client.get("/strategie/kk/pokryti.json").content)["den"] == "2026-09-12"


def test_sentence_says_where_the_measures_of_a_priority_work(read, world):
    """1.1 had an output in Aš; 1.2 and 1.3 are for the whole region, 1.5 is not determined."""
    for code in ("1.2", "1.3"):
        measure(world, code, Territory.REGION)
    measure(world, "1.5", Territory.UNDETERMINED)
    assert (
        "1 opatření jmenuje obce, 2 opatření působí v celém kraji, u 1 opatření není určeno, kde "
        "působí. Výstup nebo splněný milník mělo za posledních 12 měsíců v některé obci 1 opatření."
    ) in read(page=f"{BY_MEASURES}1")
