from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import periods
from indicators.models import Observation, Qualifier
from tests.factories import MunicipalityFactory
from tests.indicators.factories import IndicatorFactory, ObservationFactory

pytestmark = pytest.mark.django_db


def address(indicator, query="obdobi=2023"):
    return f"{reverse('indicators:entry_grid', args=[indicator.slug])}?{query}"


def row(number, **cells):
    return {f"r{number}-{name}": value for name, value in cells.items()}


def typed(number, hodnota, **cells):
    return row(number, **{"hodnota": hodnota, "presnost": "přesně", "zdroj": "Zpráva"} | cells)


# Periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2. čtvrtletí 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("1. pololetí 2023", date(2023, 1, 1), date(2023, 6, 30)),
        ("6/2021", date(2021, 6, 1), date(2021, 6, 30)),
        ("1. 1. 2021", date(2021, 1, 1), date(2021, 1, 1)),
        ("5. 1. 2021 – 7. 3. 2021", date(2021, 1, 5), date(2021, 3, 7)),
    ],
)
def test_period_is_read_and_typed_back(text, start, end):
    assert periods.parse_period(f" {text} ") == (start, end)
    assert periods.typed(start, end) == text


@pytest.mark.parametrize(
    "text", ["", "loni", "13/2021", "5. čtvrtletí 2023", "3. pololetí 2023", "1800", "2023 – 2022"]
)
def test_period_nobody_knows_is_refused(text):
    with pytest.raises(ValueError, match=r"portál nezná|končí dřív"):
        periods.parse_period(text)


@pytest.mark.parametrize(
    ("text", "months", "after"),
    [
        ("2023", None, "2024"),
        ("2023", 12, "2024"),
        ("4. čtvrtletí 2023", None, "1. čtvrtletí 2024"),
        ("1. 1. 2021", 12, "1. 1. 2022"),
        ("31. 12. 2021", 6, "30. 6. 2022"),
    ],
)
def test_period_that_follows(text, months, after):
    assert periods.typed(*periods.following(*periods.parse_period(text), months)) == after


# The page


def test_list_shows_what_is_waited_for(client_as):
    late = IndicatorFactory(name="Pozdní", next_release_date=date(2020, 1, 1))
    IndicatorFactory(name="Neznámý")
    ObservationFactory(indicator=late, recorded_at=timezone.now().replace(year=2019))
    text = client_as("unit").get(reverse("indicators:entry_list")).content.decode()
    assert text.index("Pozdní") < text.index("Neznámý")
    assert "po termínu" in text


def test_grid_offers_the_last_periods_and_the_next_one(client_as):
    indicator = ObservationFactory(year=2022, value=8).indicator
    ObservationFactory(indicator=indicator, year=2023, value=9)
    text = client_as("unit").get(address(indicator, "")).content.decode()
    for year in (2022, 2023, 2024):
        assert f"{year}, {indicator.region.name}" in text
        assert f"{year}, Česko" in text
    assert 'value="8"' in text


def test_grid_records_new_values_and_corrections_at_once(client_as):
    old = ObservationFactory(value=10)
    client = client_as("unit")
    posted = typed(1, "11", pred=old.pk) | typed(2, "1\u00a0296", presnost="nejméně")
    answer = client.post(address(old.indicator), posted, follow=True)
    text = answer.content.decode()
    assert "1\u00a0nová hodnota, 1\u00a0oprava" in text
    assert "předtím 10\u00a0osob" in text
    fixed = Observation.objects.get(corrects=old)
    assert (fixed.value, fixed.author.email) == (11, "unit@portal.test")
    nation = Observation.objects.get(region=None)
    assert (nation.value, nation.qualifier) == (1296, Qualifier.AT_LEAST)


def test_grid_saves_all_or_nothing_and_keeps_what_was_typed(client_as):
    indicator = IndicatorFactory()
    posted = typed(1, "12") | typed(2, "1.296")
    answer = client_as("unit").post(address(indicator), posted)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "dvojím způsobem" in text
    assert 'href="#r2-hodnota"' in text
    assert 'value="12"' in text
    assert 'value="1.296"' in text
    assert not Observation.objects.exists()


def test_row_left_as_it_was_writes_nothing(client_as):
    old = ObservationFactory(value=10, source="Zpráva")
    answer = client_as("unit").post(
        address(old.indicator), typed(1, "10", pred=old.pk) | row(2, hodnota=""), follow=True
    )
    assert "Nic se nezměnilo" in answer.content.decode()
    assert Observation.objects.count() == 1


def test_value_is_not_removed_by_emptying_its_row(client_as):
    old = ObservationFactory(value=10)
    answer = client_as("unit").post(address(old.indicator), typed(1, "", pred=old.pk))
    assert answer.status_code == 422
    assert "Hodnotu nejde smazat" in answer.content.decode()


def test_share_is_typed_as_numerator_and_denominator(client_as):
    indicator = IndicatorFactory(unit="%", decimals=2)
    client = client_as("head")
    wrong = typed(1, "", citatel="5", jmenovatel="4")
    assert client.post(address(indicator), wrong).status_code == 422
    client.post(address(indicator), typed(1, "", citatel="1", jmenovatel="3"))
    saved = Observation.objects.get()
    assert (saved.numerator, saved.denominator, saved.value) == (1, 3, None)


def test_uncertain_value_needs_a_note(client_as):
    indicator = IndicatorFactory()
    client = client_as("unit")
    answer = client.post(address(indicator), typed(1, "5", nejiste="ano"))
    assert "v\u00a0čem je nejistota" in answer.content.decode()
    client.post(address(indicator), typed(1, "5", nejiste="ano", poznamka="Dvojí čtení."))
    assert Observation.objects.get().is_uncertain


def test_one_source_serves_the_rows_that_name_none(client_as):
    indicator = IndicatorFactory()
    client_as("unit").post(address(indicator), typed(1, "5", zdroj="") | {"zdroj": "Hlášení"})
    assert Observation.objects.get().source == "Hlášení"


def test_value_recorded_meanwhile_is_shown_not_overwritten(client_as):
    indicator = IndicatorFactory()
    client = client_as("unit")
    ObservationFactory(indicator=indicator, value=7)
    answer = client.post(address(indicator), typed(1, "8", pred=""))
    assert answer.status_code == 422
    assert "Mezitím tu někdo zapsal 7\u00a0osob" in answer.content.decode()


def test_grid_of_municipalities_has_a_row_for_each(client_as):
    indicator = IndicatorFactory()
    town = MunicipalityFactory(name="Cheb", region=indicator.region)
    MunicipalityFactory(name="Jinde")
    query = "obdobi=2023&uzemi=obce"
    client = client_as("unit")
    text = client.get(address(indicator, query)).content.decode()
    assert "2023, Cheb" in text
    assert "Jinde" not in text
    client.post(address(indicator, query), typed(1, "5"))
    assert Observation.objects.get().municipality == town


@pytest.mark.parametrize("query", ["obdobi=loni", "uzemi=mesic", "obdobi=" + ",".join("2023")])
def test_bad_choice_of_rows_is_said(client_as, query):
    answer = client_as("unit").get(address(IndicatorFactory(), query))
    assert answer.status_code == 200
    assert "opravte prosím" in answer.content.decode()


def test_grid_asks_the_same_for_few_and_for_many(client_as, django_assert_num_queries):
    indicator = IndicatorFactory()
    client = client_as("unit")
    client.get(address(indicator))
    for query in ("obdobi=2023", "obdobi=2019,2020,2021,2022,2023"):
        with django_assert_num_queries(4):
            client.get(address(indicator, query))
        for year in range(2019, 2024):
            ObservationFactory(indicator=indicator, year=year) if query == "obdobi=2023" else None
