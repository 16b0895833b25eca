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
from tests.municipalities.pages import body, text_of

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
    assert response.context["profile"] is None


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


def withheld(place, count, share, quotient):
    """The page with two masked components that carry numbers, as an import would leave them."""
    entry = place.index_entries.get()
    entry.components.all().delete()
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
    return place


@pytest.fixture
def shares(place):
    edition = place.index_entries.get().edition
    for name in Component:
        for region in (None, place.region):
            ComponentShare.objects.create(
                edition=edition, component=name, region=region, share=Decimal("2.71")
            )


def test_numbers_of_a_masked_component_never_leave_the_server(read, place, shares):
    response = read(withheld(place, "3.4167", "7.7531", "2.6994"))
    page = body(response)
    for number in ("3.4", "3,4", "8713", "8\u00a0713", "7.7", "7,7", "7,8", "2.6994", "2,7 "):
        assert number not in page
    for line, bar in response.context["profile"].components[1:]:
        assert (line.share, line.times, bar.length, bar.region_x) == ("", None, 0, None)


def test_page_is_the_same_whatever_is_masked(read, place, shares):
    """Lengths of bars, orders and sentences are outputs too: nothing may depend on the number."""
    little = body(read(withheld(place, "0.5", "0.1", "0.0369"))).split("<footer")[0]
    much = body(read(withheld(place, "4.9167", "99.9", "36.8635"))).split("<footer")[0]
    assert little == much


def test_what_stands_out_is_said_first_and_never_from_a_masked_component(read, place, shares):
    withheld(place, "4", "99", "36")
    assert "Proti celému Česku vyčnívají osoby v exekuci (6,1 %, v Česku 2,7 %)." in text_of(
        read(place)
    )


def test_page_compares_with_the_medians_of_orp_and_region(read, place):
    for name, value, orp in [("Luby", 6, place.orp), ("Milhostov", 5, place.orp), ("Aš", 1, None)]:
        fields = {"orp": orp} if orp else {}
        other = MunicipalityFactory(name=name, region=place.region, **fields)
        IndexEntryFactory(municipality=other, value=value)
    response = read(place)
    text = text_of(response)
    assert f"Je vyšší než medián ORP {place.orp.name} (6) i kraje (5,5)." in text
    assert "Cheb: nad mediánem ORP i kraje" in text
    # By the alphabet, whatever the values are.
    assert [row.name for row, _ in response.context["profile"].others] == ["Luby", "Milhostov"]
    assert "Luby 6 Milhostov 5 Podle abecedy. Medián ORP 6, kraje 5,5." in text


def test_military_area_is_in_no_median_and_in_no_list(read, place):
    area = MunicipalityFactory(
        name="Hradiště",
        kind=MunicipalityKind.MILITARY_AREA,
        region=place.region,
        orp=place.orp,
    )
    IndexEntryFactory(municipality=area, value=3)
    response = read(place)
    assert response.context["profile"].others == []
    assert response.context["profile"].region.median == 13
    assert "Jiná obec v tomto ORP není." in text_of(response)


def test_only_value_of_an_orp_is_not_compared_with_itself(read, place):
    text = text_of(read(place))
    assert "Je stejný jako medián kraje (13)." in text
    assert "medián ORP" not in text


def test_way_leads_over_the_orp(read, place):
    assert f'href="{place.orp.get_absolute_url()}"' in read(place).content.decode()


def test_page_says_what_the_index_is_good_for_and_where_it_comes_from(read, place):
    text = text_of(read(place))
    assert "K čemu index (ne)použít" in text
    assert "k žebříčku obcí: rozdíl jednoho bodu nic neznamená" in text
    assert "Index a složky 2023: Agentura pro sociální začleňování" in text
    assert "Vývoj nelze určit: načteno je jen vydání 2023." in text


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
    assert len(one) == len(many) <= 12
