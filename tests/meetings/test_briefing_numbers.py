"""The index of the region, components and indicators in a briefing: nothing masked is told."""

from datetime import date

import pytest

from meetings.briefing import briefing
from meetings.content import BandSaid, ComponentSaid, IndicatorSaid, PlaceSaid
from municipalities.models import ComponentShare
from tests.factories import (
    BandCountFactory,
    ComponentValueFactory,
    GoalFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrpFactory,
    PriorityFactory,
    StrategyFactory,
    moment,
)
from tests.indicators.factories import IndicatorFactory, ObservationFactory, TargetFactory
from tests.meetings.factories import BodyFactory, MeetingFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 14)
KNOWN = moment("2026-11-15")


@pytest.fixture
def strategy():
    return StrategyFactory()


@pytest.fixture
def region(strategy):
    return strategy.region


def said_of(strategy, on=ON):
    meeting = MeetingFactory(body=BodyFactory(strategy=strategy), meeting_date=date(2026, 11, 26))
    return briefing(meeting, on, KNOWN)


def place(region, name, value, edition, **fields):
    municipality = MunicipalityFactory(name=name, region=region, **fields)
    return IndexEntryFactory(municipality=municipality, edition=edition, value=value)


def bands():
    return [
        IndexBandFactory(lower=lower, name=name)
        for lower, name in ((0, "Nízký"), (2, "Střední"), (12, "Vysoký"))
    ]


def test_region_says_its_bands_over_years(strategy, region):
    low, _, high = bands()
    edition = IndexEditionFactory(year=2023, source="Agentura.")
    old = IndexEditionFactory(year=2022, source="Agentura")
    cheb = place(region, "Cheb", 13, edition, orp=OrpFactory(name="Cheb", region=region))
    IndexEntryFactory(edition=old, municipality=cheb.municipality, value=3)
    place(region, "Aš", 17, edition)
    place(region, "Luby", 1, edition)
    place(region, "Hradiště", 0, edition, kind="vojensky_ujezd")
    for band, count in ((low, 42), (high, 18)):
        BandCountFactory(region=region, year=2020, band=band, count=count, source="brožura kraje")
    BandCountFactory(region=None, year=2020, band=low, count=999)

    found = said_of(strategy).region

    assert (found.year, found.source, found.years) == (2023, "Agentura", (2020, 2022, 2023))
    assert found.bands == (
        BandSaid(0, "0–1", "Nízký", (42, 0, 1)),
        BandSaid(2, "2–11", "Střední", (None, 1, 0)),
        BandSaid(12, "12–30", "Vysoký", (18, 0, 2)),
    )
    assert found.sentence.startswith("2 obce ze 3 mají vysokou hodnotu indexu (12 a více bodů)")
    assert found.notes == (
        "Sčítají se obce, ne obyvatelé.",
        "Hradiště: vojenský újezd, nezapočítává se.",
        "Rok 2020: zveřejněné součty, brožura kraje.",
        "Z rozdílu dvou let se trend neurčuje.",
    )


def test_places_of_the_map_tell_only_what_counts(strategy, region):
    bands()
    edition = IndexEditionFactory(year=2023)
    orp = OrpFactory(name="Cheb", region=region)
    cell = {"hex_q": 3, "hex_r": -1}
    cheb = place(region, "Cheb", 13, edition, code="554481", orp=orp, **cell)
    ComponentValueFactory(entry=cheb, component="early_leavers", state="borrowed")
    place(region, "Hradiště", 5, edition, code="555177", orp=orp, kind="vojensky_ujezd")
    MunicipalityFactory(name="Dalovice", region=region, code="537870", orp=orp)
    place(StrategyFactory().region, "Liberec", 5, edition)

    found = said_of(strategy).region

    assert found.places == (
        PlaceSaid("537870", "Dalovice", "Cheb", None, False, True, None, None),
        PlaceSaid("554481", "Cheb", "Cheb", 13, True, True, 3, -1),
        PlaceSaid("555177", "Hradiště", "Cheb", None, False, False, None, None),
    )
    assert "U 1 obce hodnota není známa." in found.notes
    assert "U 1 obce ze 2 je složka vzdělávání převzata od obce se školou nejblíž." in found.notes


def test_edition_of_a_year_to_come_is_not_told(strategy, region):
    bands()
    municipality = MunicipalityFactory(region=region)
    for year in (2023, 2026):
        IndexEntryFactory(edition=IndexEditionFactory(year=year), municipality=municipality)

    found = said_of(strategy, on=date(2025, 11, 14)).region

    assert (found.year, found.years) == (2023, (2023,))


def test_region_without_an_index_is_left_out(strategy):
    PriorityFactory(strategy=strategy, index_component="execution")

    found = said_of(strategy)

    assert found.region is None
    assert found.priorities[0].component is None
    assert not [one for one in found.vintages if "index" in one.what]
    assert not [text for text in found.methods if "Index" in text]


def shares(region, edition):
    for place_of, share in ((region, "3.0400"), (None, "2.7149")):
        ComponentShare.objects.create(
            edition=edition, region=place_of, component="housing_benefit", share=share
        )


def test_priority_names_its_component_with_the_nation(strategy, region):
    bands()
    edition = IndexEditionFactory(year=2023, source="Agentura.")
    place(region, "Cheb", 13, edition)
    shares(region, edition)
    PriorityFactory(strategy=strategy, code="1", index_component="housing_benefit")
    PriorityFactory(strategy=strategy, code="2", index_component="execution")
    PriorityFactory(strategy=strategy, code="3")

    found = said_of(strategy)

    assert [priority.component for priority in found.priorities] == [
        ComponentSaid("příjemci příspěvku na bydlení", "3.04", "2.71", "index 2023, Agentura"),
        None,
        None,
    ]


def test_source_that_names_its_year_stands_alone(strategy, region):
    bands()
    edition = IndexEditionFactory(year=2023, source="Agentura, Index 2023.")
    place(region, "Cheb", 13, edition)
    shares(region, edition)
    PriorityFactory(strategy=strategy, index_component="housing_benefit")

    (priority,) = said_of(strategy).priorities

    assert priority.component.source == "Agentura, Index 2023"


def test_share_that_would_give_a_masked_number_away_is_withheld(strategy, region):
    bands()
    edition = IndexEditionFactory(year=2023)
    shares(region, edition)
    hidden = place(region, "Cheb", 13, edition)
    ComponentValueFactory(entry=hidden, component="housing_benefit", state="masked")
    PriorityFactory(strategy=strategy, index_component="housing_benefit")

    (priority,) = said_of(strategy).priorities

    assert (priority.component.region, priority.component.nation) == ("", "2.71")


def test_indicators_stand_under_their_priorities(strategy, region):
    housing = PriorityFactory(strategy=strategy, code="1")
    school = PriorityFactory(strategy=strategy, code="2")
    goal = GoalFactory(priority=housing, code="1.A")
    direct = IndicatorFactory(name="Byty", region=region, order=1, unit="byt, byty, bytů, bytu")
    direct.priorities.set([housing, school])
    direct.goals.set([goal])
    by_goal = IndicatorFactory(name="Rodiny", region=region, order=2)
    by_goal.goals.set([goal])
    IndicatorFactory(name="Jiný", region=region).priorities.set([PriorityFactory()])
    ObservationFactory(indicator=direct, year=2022, value=3)
    ObservationFactory(indicator=direct, year=2023, value=5, source="výkaz", is_uncertain=False)
    ObservationFactory(indicator=direct, year=2023, value=70, region=None)
    ObservationFactory(indicator=direct, year=2024, value=9, recorded_at=KNOWN)

    first, second = said_of(strategy).priorities

    url, before = direct.get_absolute_url(), "3 byty (2022)"
    flats = IndicatorSaid("Byty", url, "5 bytů", "2023", "70 bytů", before, False, "výkaz")
    assert first.indicators == (
        flats,
        IndicatorSaid("Rodiny", by_goal.get_absolute_url(), "", "", "", "", False, ""),
    )
    assert second.indicators == (flats,)


def test_indicator_with_a_target_carries_its_judgement(strategy, region):
    priority = PriorityFactory(strategy=strategy)
    flats = IndicatorFactory(region=region, base_value=10, base_date=date(2021, 12, 31))
    flats.priorities.set([priority])
    TargetFactory(indicator=flats, due_date=date(2026, 12, 31), value=5)
    ObservationFactory(indicator=flats, year=2023, value=8)
    said = told(strategy)
    assert (said.judgement, said.judgement_word) == ("plni-se", "plní se")
    ObservationFactory(indicator=flats, year=2024, value=11)
    assert told(strategy).judgement_word == "zhoršení"


def told(strategy):
    [indicator] = said_of(strategy).priorities[0].indicators
    return indicator
