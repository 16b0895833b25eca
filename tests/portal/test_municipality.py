from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.models import Component, ComponentShare
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from tests.factories import (
    ComponentValueFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    StrategyFactory,
    make_measure,
    milestone,
)
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """Cheb with 13 points in the edition of 2023 and bands from 0 and 12."""
    IndexBandFactory(lower=0, name="nízký", sentence="Týká se jednotlivců.")
    IndexBandFactory(lower=12, name="vysoký", sentence="Je to zásadní problém.")
    cheb = MunicipalityFactory(
        code="554481",
        name="Cheb",
        kind=MunicipalityKind.TOWN,
        population=31920,
        population_date=date(2020, 12, 31),
    )
    edition = IndexEditionFactory(year=2023, source="Agentura pro sociální začleňování")
    IndexEntryFactory(municipality=cheb, edition=edition, value=13)
    return cheb


@pytest.fixture
def read(client):
    """Return a function that reads the page of a municipality."""
    return lambda municipality: client.get(municipality.get_absolute_url())


def component(place, component, state, **numbers):
    return ComponentValueFactory(
        entry=place.index_entries.get(),
        component=component,
        state=state,
        **{name: Decimal(number) for name, number in numbers.items()},
    )


def test_page_says_who_it_is_and_what_the_index_is(read, place):
    text = text_of(read(place))
    assert "město · ORP " in text
    assert "31 920 obyvatel (31. 12. 2020) · kód 554481" in text
    assert "Index sociálního vyloučení 2023 je 13 z 30 , pásmo vysoký (12 a více bodů)" in text
    assert "Je to zásadní problém." in text
    assert "Zdroj: Agentura pro sociální začleňování." in text
    assert "V malé obci" not in text


def test_address_holds_code_and_name():
    assert MunicipalityFactory(code="560286", name="Mariánské Lázně").get_absolute_url() == (
        "/obce/560286-marianske-lazne/"
    )


@pytest.mark.parametrize("slug", ["cheb-stary", "x", "as"])
def test_wrong_name_leads_to_the_right_one_for_good(client, place, slug):
    answer = client.get(f"/obce/554481-{slug}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/obce/554481-cheb/")


@pytest.mark.parametrize("code", ["999999", "0", "abc", "55448", "5544811"])
def test_unknown_code_is_not_found(client, place, code):
    assert client.get(f"/obce/{code}-cheb/").status_code == 404


def test_page_is_read_only(client, place):
    assert client.post(place.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(("population", "says"), [(499, True), (500, False), (None, False)])
def test_small_municipality_is_warned_of(read, place, population, says):
    place.population = population
    place.save()
    assert ("V malé obci index výrazně změní i několik případů." in text_of(read(place))) == says


def test_unknown_population_says_so(read, place):
    place.population = None
    place.save()
    assert "počet obyvatel neznámý" in text_of(read(place))


def test_military_area_has_no_number_and_no_components(read, place):
    area = MunicipalityFactory(
        name="Hradiště", kind=MunicipalityKind.MILITARY_AREA, region=place.region
    )
    entry = IndexEntryFactory(municipality=area, value=3)
    ComponentValueFactory(entry=entry, state=ValueState.KNOWN, count=0)
    response = read(area)
    text = text_of(response)
    assert "Vojenský újezd, nezapočítává se." in text
    assert "z 30" not in text
    assert not [name for name in ("entry", "components", "band") if name in response.context]


def test_municipality_without_an_entry_says_unknown_and_never_zero(read, place):
    other = MunicipalityFactory(name="Aš", region=place.region)
    text = text_of(read(other))
    assert "Hodnota indexu není známa: vydání 2023 ji pro tuto obec nemá." in text
    assert "Neznámá hodnota není nula." in text
    assert "z 30" not in text


def test_municipality_before_any_edition_says_unknown(read):
    assert "Hodnota indexu není známa." in text_of(read(MunicipalityFactory()))


def test_older_edition_does_not_stand_in_for_the_newest(read, place):
    other = MunicipalityFactory(name="Aš", region=place.region)
    IndexEntryFactory(municipality=other, edition=IndexEditionFactory(year=2022), value=20)
    text = text_of(read(other))
    assert "vydání 2023 ji pro tuto obec nemá" in text
    assert "20 z 30" not in text


def test_zero_is_a_value(read, place):
    other = MunicipalityFactory(name="Aš", region=place.region)
    IndexEntryFactory(municipality=other, value=0)
    assert "je 0 z 30 , pásmo nízký (0–11 bodů)" in text_of(read(other))


def test_components_tell_known_masked_borrowed_and_unknown_apart(read, place):
    component(place, Component.EXECUTION, ValueState.KNOWN, count="16", base="263", share="6.0837")
    component(place, Component.SUBSISTENCE_BENEFIT, ValueState.MASKED)
    component(place, Component.UNEMPLOYED_6M, ValueState.UNKNOWN)
    component(place, Component.EARLY_LEAVERS, ValueState.BORROWED)
    edition = place.index_entries.get().edition
    ComponentShare.objects.create(edition=edition, component="execution", share=Decimal("6.77"))
    ComponentShare.objects.create(
        edition=edition, component="execution", share=Decimal("11.90"), region=place.region
    )
    text = text_of(read(place))
    assert "Osoby v exekuci 16 ze 263 osob od 15 let 6,1 % 11,9 % 6,8 %" in text
    assert "Příjemci příspěvku na bydlení neznámé neznámé" in text
    assert "Příjemci příspěvku na živobytí méně než 5 případů méně než 5" in text
    assert "Uchazeči o zaměstnání déle než 6 měsíců neznámé neznámé" in text
    assert (
        "Předčasné odchody ze vzdělávání "
        "převzato od obce se školou nejblíž, číslo zveřejněno není převzato"
    ) in text


def test_numbers_of_a_masked_component_never_leave_the_server(read, place):
    component(
        place,
        Component.HOUSING_BENEFIT,
        ValueState.MASKED,
        count="3.4167",
        base="8713",
        share="7.7531",
        quotient="2.6994",
    )
    response = read(place)
    body = response.content.decode()
    for number in ("3.4", "3,4", "8713", "8\u00a0713", "7.7", "7,7", "7,8", "2.6", "2,7"):
        assert number not in body.replace("viewBox", "").split("<main")[1]
    line = next(row for row in response.context["components"] if row.is_masked)
    assert (line.share, "8" in line.detail) == ("", False)


def test_measures_that_name_the_municipality_stand_here_with_their_status(read, place):
    strategy = StrategyFactory(slug="kk", region=place.region, title="Strategie kraje")
    late = make_measure("1.2", strategy=strategy, name="Garanční fond")
    milestone(late, date(2023, 1, 1))
    make_measure("1.3", strategy=strategy, name="Jinde")
    late.municipalities.add(place)
    text = text_of(read(place))
    assert "1.2 Garanční fond zpožděno o " in text
    assert "Jinde" not in text
    assert "Strategie kraje" in text
    assert reverse("portal:measure_detail", args=["kk", "1.2"]) in read(place).content.decode()


def test_measure_of_a_strategy_not_monitored_here_has_no_status(read, place):
    strategy = StrategyFactory(slug="lk", is_monitored=False)
    make_measure("I", strategy=strategy, name="Bydlení").municipalities.add(place)
    response = read(place)
    assert "I Bydlení" in text_of(response)
    assert 'class="st ' not in response.content.decode()


def test_municipality_named_by_no_measure_says_so(read, place):
    assert "Žádné opatření toto území výslovně nejmenuje." in text_of(read(place))


def test_page_takes_the_same_few_queries_for_1_and_30_measures(read, place):
    strategy = StrategyFactory(region=place.region)
    for state in Component:
        component(place, state, ValueState.UNKNOWN)
    make_measure("1.1", strategy=strategy).municipalities.add(place)
    with CaptureQueriesContext(connection) as one:
        read(place)
    for n in range(2, 31):
        make_measure(f"1.{n}", strategy=strategy).municipalities.add(place)
    with CaptureQueriesContext(connection) as many:
        assert len(read(place).context["measures"]) == 30
    assert len(one) == len(many) <= 14
