"""The page of a municipality over two editions, the second made from the first by known changes.

2021 → 2023 in Cheb: index 4 → 14, execution 12.0 → 18.1 % (0.90 of the nation's 6.77), housing
benefit 2.0 → 2.2 % (0.07 of 2.71), subsistence masked then, early leavers borrowed now,
unemployment unknown in both.
"""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Component, ComponentShare, ComponentValue
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind
from tests.factories import (
    ComponentValueFactory,
    GoalFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PriorityFactory,
    StrategyFactory,
    make_measure,
)
from tests.municipalities.pages import body, text_of

pytestmark = pytest.mark.django_db

NATION = {
    Component.EXECUTION: ("6.77", "9.46"),
    Component.HOUSING_BENEFIT: ("2.71", "2.90"),
    Component.SUBSISTENCE_BENEFIT: ("0.70", None),
    Component.UNEMPLOYED_6M: ("1.82", None),
    Component.EARLY_LEAVERS: ("2.96", "8.33"),
}


def entry(place, year, value, **components):
    """An entry with components: (state, count, base, share) by the name of the component."""
    made = IndexEntryFactory(
        municipality=place, edition=IndexEditionFactory(year=year), value=value
    )
    for name, (state, count, base, share) in components.items():
        ComponentValueFactory(
            entry=made,
            component=Component[name.upper()],
            state=state,
            count=count and Decimal(count),
            base=base and Decimal(base),
            share=share and Decimal(share),
        )
    return made


def known(count, base, share):
    return ValueState.KNOWN, count, base, share


MASKED = (ValueState.MASKED, "3", "8713", "7.7531")
BORROWED = (ValueState.BORROWED, None, None, None)


@pytest.fixture
def place():
    for lower, name in [(0, "nízký"), (2, "střední"), (12, "vysoký")]:
        IndexBandFactory(lower=lower, name=name, sentence=f"Co je {name}.")
    cheb = MunicipalityFactory(
        code="554481",
        name="Cheb",
        kind=MunicipalityKind.TOWN,
        population=1000,
        population_date=date(2020, 12, 31),
        hex_q=2,
        hex_r=2,
    )
    entry(
        cheb,
        2021,
        4,
        execution=known("120", "1000", "12.0"),
        housing_benefit=known("20", "1000", "2.0"),
        subsistence_benefit=MASKED,
        early_leavers=known("5", "100", "5.0"),
    )
    entry(
        cheb,
        2023,
        14,
        execution=known("181", "1000", "18.1"),
        housing_benefit=known("22", "1000", "2.2"),
        subsistence_benefit=known("7", "1000", "0.7"),
        early_leavers=BORROWED,
    )
    edition = IndexEditionFactory(year=2023)
    for component, (share, high) in NATION.items():
        ComponentShare.objects.create(
            edition=edition, component=component, share=share, percentile_90=high
        )
        ComponentShare.objects.create(
            edition=edition, component=component, share=share, region=cheb.region
        )
    return cheb


@pytest.fixture
def read(client):
    return lambda place: client.get(place.get_absolute_url())


def neighbour(place, name, cell=(None, None), population=1000, shares=("12.0", "2.0"), **fields):
    """Another municipality of the region with two shares in 2023."""
    other = MunicipalityFactory(
        name=name,
        region=place.region,
        orp=place.orp,
        population=population,
        population_date=date(2020, 12, 31),
        hex_q=cell[0],
        hex_r=cell[1],
        **fields,
    )
    execution, housing = shares
    entry(
        other,
        2023,
        5,
        execution=known("50", "500", execution),
        housing_benefit=known("50", "500", housing),
    )
    return other


# Change and development


def test_first_lines_say_what_changed_and_by_which_share(read, place):
    assert (
        "pásmo vysoký (12 a více bodů). Index proti vydání 2021 vzrostl ze 4 na 14. "
        "Nejvíc se změnil podíl osob v exekuci (ze 12,0 % na 18,1 %)." in text_of(read(place))
    )


def test_only_what_both_editions_publish_is_compared(read, place):
    text = text_of(read(place))
    assert "S vydáním 2021 lze srovnat 2 z 5 složek" in text
    assert "Osoby v exekuci 12,0 % 18,1 % +6,1 +0,90×" in text
    assert "Příjemci příspěvku na bydlení 2,0 % 2,2 % +0,2 +0,07×" in text


def test_two_editions_have_a_chart_with_a_gap_and_a_table(read, place):
    response = read(place)
    text = text_of(response)
    assert "Vydání Index Pásmo 2021 4 střední 2023 14 vysoký" in text
    assert "Vývoj nelze určit: načtena jsou jen vydání 2021, 2023" in text
    wide, narrow = response.context["profile"].developments
    assert (wide.line, narrow.line) == ("", "")
    assert "bez vydání" in body(response)


def test_one_edition_has_no_development_and_says_why(read, place):
    place.index_entries.get(edition__year=2021).delete()
    text = text_of(read(place))
    assert "Vývoj nelze určit: načteno je jen vydání 2023." in text
    assert "Jak se index vyvíjel" not in text
    assert "proti vydání" not in text


def test_edition_of_the_region_without_this_municipality_is_unknown(read, place):
    neighbour(place, "Luby")
    place.index_entries.get(edition__year=2021).delete()
    entry(MunicipalityFactory(region=place.region, orp=place.orp), 2021, 3)
    text = text_of(read(place))
    assert "Ve vydání 2021 obec hodnotu indexu nemá." in text
    assert "Vydání Index Pásmo 2021 neznámý 2023 14 vysoký" in text


def test_published_totals_of_bands_are_no_edition(read, place):
    from tests.factories import BandCountFactory

    BandCountFactory(region=place.region, year=2020)
    assert [one.year for one in read(place).context["profile"].history] == [2021, 2023]


def test_four_editions_have_a_trend(read, place):
    """4 and 6 before, 10 and 14 now: 12.0 against 5.0."""
    for year, value in [(2020, 4), (2022, 10)]:
        entry(place, year, value)
    place.index_entries.filter(edition__year=2021).update(value=6)
    assert (
        "Index roste – zhoršuje se. Průměr vydání 2022 a 2023 je 12,0, vydání 2020 a 2021 byl 5,0."
        in text_of(read(place))
    )


def test_page_is_the_same_whatever_was_masked_in_the_edition_before(read, place):
    pages = []
    for share in ("0.1", "99.9"):
        ComponentValue.objects.filter(state=ValueState.MASKED).update(share=share)
        pages.append(body(read(place)).split("<footer")[0])
    assert pages[0] == pages[1]


# Surroundings


def test_neighbours_are_listed_by_the_alphabet_with_their_index(read, place):
    neighbour(place, "Luby", (3, 2))
    neighbour(place, "Aš", (1, 3))
    MunicipalityFactory(
        name="Hradiště",
        region=place.region,
        orp=place.orp,
        kind=MunicipalityKind.MILITARY_AREA,
        hex_q=1,
        hex_r=2,
    )
    text = text_of(read(place))
    assert "Sousední obce podle abecedy Obec Index 2023 Aš 5 Hradiště vojenský újezd Luby 5" in text
    assert "kde sousedství platí jen přibližně" in text


def test_similar_municipalities_say_how_far_they_are_and_in_what(read, place):
    """Of three municipalities two have 1 000 inhabitants and one 2 000, housing benefit likewise
    twice 2.2 and 4.4, execution twice 18.1 and 9.0: with deviations of √2/3 of the difference
    Daleko differs by 3/√2 = 2.12 in each part, so it is 2.12 away."""
    neighbour(place, "Daleko", population=2000, shares=("9.0", "4.4"))
    neighbour(place, "Blízko", population=1000, shares=("18.1", "2.2"))
    text = text_of(read(place))
    assert "Blízko 5 0,00 Ve všem skoro stejná. Daleko 5 2,12" in text
    assert "osoby v exekuci 9,0 % (tady 18,1 %), rozdíl −2,12" in text
    assert "počet obyvatel 2 000 (tady 1 000), rozdíl +2,12" in text
    assert "Daleko (3 ze 6 údajů)" in text


def test_comparison_starts_with_the_nearest(read, place):
    near = neighbour(place, "Blízko", shares=("18.1", "2.2"))
    far = neighbour(place, "Aš", population=2000, shares=("9.0", "4.4"))
    expected = f"/obce/srovnani/?o=554481,{near.code},{far.code}"
    assert expected in read(place).content.decode()


# Needs


@pytest.fixture
def strategy(place):
    strategy = StrategyFactory(slug="kk", region=place.region)
    for code, component in [
        ("1", Component.HOUSING_BENEFIT),
        ("2", Component.EARLY_LEAVERS),
        ("3", Component.EXECUTION),
    ]:
        PriorityFactory(
            strategy=strategy, code=code, short_name=f"Priorita {code}", index_component=component
        )
    return strategy


def test_gap_is_named_with_its_threshold(read, place, strategy):
    text = text_of(read(place))
    assert (
        "mezera v pokrytí Priorita 3 Potřeba je vysoká: osoby v exekuci 18,10 %, v Česku 6,77 %, "
        "vysoká od 9,46 % (90. percentil obcí). Za posledních 12 měsíců tu neevidujeme" in text
    )
    assert "Priorita 1 Potřeba je pod průměrem: příjemci příspěvku na bydlení 2,20 %" in text
    assert "Priorita 2 Potřeba neznámá: podíl (předčasné odchody ze vzdělávání)" in text
    assert text.count("mezera v pokrytí") == 1


def test_undetermined_territory_is_no_gap(read, place, strategy):
    goal = GoalFactory(priority=strategy.priorities.get(code="3"))
    make_measure("3.1", strategy=strategy).goals.add(goal)
    text = text_of(read(place))
    assert "Území neurčeno" in text
    assert "mezera v pokrytí" not in text


def test_strategy_whose_priorities_answer_to_nothing_has_no_needs(read, place):
    StrategyFactory(slug="kk", region=place.region)
    assert "Co je potřeba" not in text_of(read(place))


def test_office_is_named_only_where_its_mailbox_is_known(read, place):
    strategy = StrategyFactory(slug="kk", region=place.region)
    measure = make_measure("1.1", strategy=strategy)
    measure.municipalities.add(place)
    assert "Na koho se obrátit" not in text_of(read(place))
    from tests.factories import PlanVersionFactory

    office = OrganisationFactory(name="Odbor sociálních věcí", mailbox="social@example.cz")
    PlanVersionFactory(measure=measure, department=office)
    assert "Na koho se obrátit Odbor sociálních věcí social@example.cz" in text_of(read(place))


# Data


def table(client, place):
    answer = client.get(f"{place.get_absolute_url()}data.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def found(rows, **wanted):
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def test_csv_has_every_figure_with_unit_state_and_source(client, place):
    rows = table(client, place)
    assert found(rows, udaj="index", obdobi="2023")[0] == {
        "oddil": "index",
        "udaj": "index",
        "uzemi": "Cheb",
        "obdobi": "2023",
        "hodnota": "14",
        "jednotka": "bod",
        "stav": "známé",
        "zdroj": "Agentura pro sociální začleňování",
    }
    execution = found(rows, oddil="složka: osoby v exekuci", obdobi="2023", uzemi="Cheb")
    assert [(row["udaj"], row["hodnota"], row["jednotka"]) for row in execution] == [
        ("počet", "181", "osob"),
        ("základ", "1000", "osob"),
        ("podíl", "18,1", "%"),
    ]
    assert found(rows, udaj="počet obyvatel")[0]["obdobi"] == "2020-12-31"


def test_csv_says_why_a_number_is_not_there(client, place):
    rows = table(client, place)

    def state(component, year):
        return [
            (row["udaj"], row["hodnota"], row["stav"])
            for row in found(rows, oddil=f"složka: {component}", obdobi=year, uzemi="Cheb")
        ]

    assert state("příjemci příspěvku na živobytí", "2021") == [("podíl", "", "méně než 5")]
    assert state("předčasné odchody ze vzdělávání", "2023") == [("podíl", "", "převzato")]
    assert state("uchazeči o zaměstnání déle než 6 měsíců", "2023") == [("podíl", "", "neznámé")]


def test_shares_of_territories_leave_to_two_places(client, place):
    shares = ComponentShare.objects.filter(edition__year=2023, component="execution")
    shares.update(share=Decimal("6.7735"))
    shares.filter(region=None).update(percentile_90=Decimal("9.4649"))
    rows = found(table(client, place), oddil="složka: osoby v exekuci", obdobi="2023")
    told = {(row["udaj"], row["uzemi"]): row["hodnota"] for row in rows if row["uzemi"] != "Cheb"}
    assert told == {
        ("podíl", "Česko"): "6,77",
        ("90. percentil obcí", "Česko"): "9,46",
        ("podíl", place.region.name): "6,77",
    }
    text = client.get(f"{place.get_absolute_url()}data.json").content.decode()
    assert "6.7735" not in text
    assert "9.4649" not in text


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_data_hold_no_masked_number(client, place, ending):
    text = client.get(f"{place.get_absolute_url()}data.{ending}").content.decode()
    assert "méně než 5" in text
    for number in ("8713", "7.75", "7,75"):
        assert number not in text


def test_json_has_numbers_and_the_dictionary_of_its_columns(client, place):
    answer = client.get(f"{place.get_absolute_url()}data.json")
    data = json.loads(answer.content)
    assert data["obec"] == {
        "kod": "554481",
        "nazev": "Cheb",
        "adresa": "http://testserver/obce/554481-cheb/",
    }
    assert list(data["sloupce"]) == list(data["udaje"][0])
    shares = found(data["udaje"], oddil="složka: osoby v exekuci", udaj="podíl", uzemi="Cheb")
    assert [(row["obdobi"], row["hodnota"]) for row in shares] == [("2021", 12), ("2023", 18.1)]


def test_text_that_looks_like_a_formula_is_disarmed_for_spreadsheets(client, place):
    strategy = StrategyFactory(slug="kk", region=place.region)
    measure = make_measure("1.1", strategy=strategy, name="Vzorec")
    measure.municipalities.add(place)
    from tests.factories import OutputFactory, OutputMunicipalityFactory

    output = OutputFactory(measure=measure, title="=1+1", happened_on=date(2026, 1, 2))
    OutputMunicipalityFactory(output=output, municipality=place)
    assert [row["udaj"] for row in found(table(client, place), obdobi="2026-01-02")] == ["'=1+1"]


def test_page_leads_to_its_data(read, place):
    page = read(place).content.decode()
    for ending in ("csv", "json"):
        assert f'href="/obce/554481-cheb/data.{ending}"' in page


def test_page_takes_the_same_queries_for_1_and_30_neighbours(read, place):
    cells = [(1, 2), (3, 2), (1, 1), (2, 1), (1, 3), (2, 3)]
    neighbour(place, "Obec první", cells[0])
    with CaptureQueriesContext(connection) as one:
        read(place)
    for n in range(2, 31):
        neighbour(place, f"Obec č. {n}", cells[n - 1] if n <= 6 else (20 + n, 9))
    with CaptureQueriesContext(connection) as many:
        assert len(read(place).context["profile"].neighbours) == 6
    assert len(one) == len(many)
