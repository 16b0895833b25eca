import pytest

from indicators.models import Indicator, Qualifier
from indicators.readings import grouped, readings, summary
from indicators.values import value_rows
from tests.factories import MunicipalityFactory, RegionFactory, moment
from tests.indicators.factories import IndicatorFactory, ObservationFactory

pytestmark = pytest.mark.django_db

NOW = moment("2026-11-20 12:00")


def read(indicator, **kwargs):
    [row] = readings(Indicator.objects.filter(pk=indicator.pk).for_list(), NOW, **kwargs)
    return row


def test_newest_value_stands_with_the_one_before_and_the_nation():
    indicator = IndicatorFactory(unit="%", decimals=2)
    ObservationFactory(indicator=indicator, year=2020, value=10)
    ObservationFactory(indicator=indicator, year=2023, value="11.90")
    ObservationFactory(indicator=indicator, year=2023, value="6.77", region=None)
    ObservationFactory(indicator=indicator, year=2020, value="5", region=None)
    row = read(indicator)
    assert (row.value, row.period) == ("11,90\u00a0%", "2023")
    assert row.nation_value == "6,77\u00a0%"
    assert row.previous_text == "10,00\u00a0% (2020)"


def test_nation_of_another_period_is_not_compared():
    indicator = IndicatorFactory()
    ObservationFactory(indicator=indicator, year=2023)
    ObservationFactory(indicator=indicator, year=2020, region=None)
    assert read(indicator).nation_value == ""


def test_values_of_other_places_are_not_the_regions_own():
    indicator = IndicatorFactory()
    ObservationFactory(indicator=indicator, region=RegionFactory())
    ObservationFactory(indicator=indicator, region=None, municipality=MunicipalityFactory())
    row = read(indicator)
    assert (row.value, row.period, row.is_uncertain) == ("bez hodnoty", "", False)
    assert summary(row) == ["Žádnou hodnotu neznáme."]


def test_reading_of_a_municipality_takes_its_own_values():
    cheb = MunicipalityFactory(name="Cheb")
    indicator = IndicatorFactory(region=cheb.region)
    ObservationFactory(indicator=indicator, year=2023, value=1)
    ObservationFactory(indicator=indicator, year=2022, value=2, region=None, municipality=cheb)
    ObservationFactory(indicator=indicator, year=2022, value=3, region=None)
    row = read(indicator, municipality=cheb)
    assert (row.value, row.nation_value) == ("2\u00a0osoby", "3\u00a0osoby")
    assert summary(row)[0] == "Cheb: 2\u00a0osoby (2022)."


def test_corrected_value_is_not_read():
    wrong = ObservationFactory(value=10)
    ObservationFactory(indicator=wrong.indicator, value=11, corrects=wrong)
    assert read(wrong.indicator).value == "11\u00a0osob"


def test_summary_says_place_qualifier_and_period():
    region = RegionFactory(name="Liberecký kraj", name_locative="Libereckém kraji")
    row = ObservationFactory(
        indicator=IndicatorFactory(region=region),
        year=2019,
        value=5200,
        qualifier=Qualifier.AT_LEAST,
    )
    ObservationFactory(indicator=row.indicator, year=2018, value=1)
    ObservationFactory(indicator=row.indicator, year=2019, value=90000, region=None)
    assert summary(read(row.indicator)) == [
        "V\u00a0Libereckém kraji nejméně 5\u00a0200\u00a0osob (2019).",
        "V\u00a0celém Česku 90\u00a0000\u00a0osob.",
        "Předchozí hodnota: 1\u00a0osoba (2018).",
    ]


def test_readings_ask_the_same_for_one_and_for_thirty(django_assert_num_queries):
    for number in (1, 30):
        for row in IndicatorFactory.create_batch(number):
            ObservationFactory(indicator=row, year=2022)
            ObservationFactory(indicator=row, year=2023)
        with django_assert_num_queries(3):
            assert summary(readings(Indicator.objects.for_list(), NOW)[0])


def test_groups_keep_together_even_where_the_order_mixes_them():
    karlovarsky = RegionFactory(name="Karlovarský kraj")
    liberecky = RegionFactory(name="Liberecký kraj")
    for order, (region, group) in enumerate(
        [(liberecky, "a"), (karlovarsky, "x"), (karlovarsky, "y"), (karlovarsky, "x")]
    ):
        IndicatorFactory(region=region, group=group, order=order)
    rows = grouped(readings(Indicator.objects.for_list(), NOW))
    assert [
        (region.name, [(group, len(members)) for group, members in groups])
        for region, groups in rows
    ] == [("Karlovarský kraj", [("x", 2), ("y", 1)]), ("Liberecký kraj", [("a", 1)])]


def test_value_rows_tell_what_was_corrected_and_when():
    wrong = ObservationFactory(value=10)
    right = ObservationFactory(
        indicator=wrong.indicator,
        value=11,
        corrects=wrong,
        recorded_at=moment("2026-09-03 10:00"),
    )
    first, second = value_rows(wrong.indicator, [wrong, right])
    assert (first.is_corrected, first.correction) == (True, "opraveno 3.\u00a09.\u00a02026")
    assert (second.is_corrected, second.is_correction) == (False, True)
    assert not first.is_correction
