"""The page of an indicator with a target, on its days, its places and its files."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.due import add_months, next_due
from indicators.models import Accumulation, Direction
from measures import moment as moments
from tests.factories import MunicipalityFactory, moment
from tests.indicators.factories import IndicatorFactory, ObservationFactory, TargetFactory

pytestmark = pytest.mark.django_db

YESTERDAY, TODAY = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: TODAY)


def plain(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def falling():
    """From 10 to 5 in five years; after two years 8: it goes as it should."""
    indicator = IndicatorFactory(
        slug="lide",
        name="Lidé",
        direction=Direction.DOWN,
        base_value=10,
        base_date=date(2021, 12, 31),
    )
    TargetFactory(indicator=indicator, due_date=date(2026, 12, 31), value=5)
    ObservationFactory(indicator=indicator, year=2022, value=9)
    return indicator


def test_page_says_direction_judgement_and_arithmetic(client, falling):
    ObservationFactory(indicator=falling, year=2023, value=8)
    text = plain(client.get(falling.get_absolute_url()))
    assert "klesá – zlepšuje se" in text
    assert "plní se" in text
    assert "A = (8 − 10) ÷ (5 − 10) = 0,40" in text
    assert "E = 730 z 1 826 dní" in text
    assert "P = A ÷ E = 1,00" in text
    assert "k cíli 5 osob do 31. 12. 2026" in text


def test_page_without_a_target_says_what_is_missing_and_judges_nothing(client):
    row = ObservationFactory(value=5)
    text = plain(client.get(row.indicator.get_absolute_url()))
    assert "Chybí výchozí hodnota a cíl, proto pokrok hodnotit nejde." in text
    assert "Plnění cíle" not in text


def test_sum_shows_its_parts_and_what_it_left_out(client, falling):
    falling.accumulation = Accumulation.SUM
    falling.base_value = 0
    falling.save()
    ObservationFactory(indicator=falling, year=2023, value=3)
    ObservationFactory(indicator=falling, year=2024, value=4, is_uncertain=True, note="Nejisté.")
    text = plain(client.get(falling.get_absolute_url()))
    assert "12 osob = výchozí 0 + 9 osob (2022) + 3 osoby (2023)" in text
    assert "4 osoby (2024): nejistá hodnota." in text


def test_correction_changes_page_list_and_files_and_yesterday_stays(client, falling):
    wrong = ObservationFactory(
        indicator=falling, year=2023, value=8, recorded_at=moment("2026-11-20 10:00")
    )
    ObservationFactory(
        indicator=falling,
        year=2023,
        value=11,
        corrects=wrong,
        recorded_at=moment("2026-11-25 08:00"),
    )
    page, listed = falling.get_absolute_url(), reverse("indicators:indicator_list")
    csv, json = f"{page}hodnoty.csv", f"{page}hodnoty.json"
    past = f"?k={YESTERDAY.isoformat()}"
    assert "zhoršení" in plain(client.get(page))
    assert "<del>8 osob</del>" in plain(client.get(page))
    assert "zhoršení" in plain(client.get(listed)).split("Vybrat")[1]
    before = plain(client.get(page + past))
    assert "plní se" in before
    assert "11 osob" not in before
    assert "<del>" not in before
    assert "plní se" in plain(client.get(listed + past)).split("Vybrat")[1]
    rows = client.get(json).json()["radky"]
    assert [(row["hodnota"], row["opraveno"]) for row in rows] == [
        (9, ""),
        (8, "2026-11-25"),
        (11, ""),
    ]
    assert rows[2]["opravuje"] == wrong.pk
    assert [row["hodnota"] for row in client.get(json + past).json()["radky"]] == [9, 8]
    assert client.get(csv).getvalue().decode().count("\r\n") == 4
    overview = client.get("/ukazatele.json").json()["radky"][0]
    assert (overview["hodnota"], overview["hodnoceni"]) == (11, "zhoršení")
    assert "plní se" in client.get("/ukazatele.csv" + past).getvalue().decode()


def test_files_tell_no_name_of_whoever_entered_a_value(client, make_user):
    person = make_user("unit", email="jana@portal.test")
    row = ObservationFactory(author=person)
    for kind in ("csv", "json"):
        answer = client.get(f"{row.indicator.get_absolute_url()}hodnoty.{kind}")
        assert "jana" not in answer.getvalue().decode()


def test_day_before_the_first_record_says_so(client, falling):
    text = plain(client.get(falling.get_absolute_url() + "?k=2001-01-01"))
    assert "Portál tehdy ještě neběžel." in text
    assert "9 osob" not in text


def test_municipalities_have_their_own_values_and_no_judgement(client, falling):
    town = MunicipalityFactory(name="Cheb", code="554481", region=falling.region)
    for year, value in ((2021, 3), (2022, 4)):
        ObservationFactory(
            indicator=falling, region=None, municipality=town, year=year, value=value
        )
    text = plain(client.get(falling.get_absolute_url()))
    assert text.count("Cheb") == 1
    assert "4 osoby" in text
    assert "3 osoby" not in text
    own = plain(client.get(falling.get_absolute_url() + "?uzemi=554481"))
    assert "Cheb: 4 osoby (2022)." in own
    assert "Plnění cíle" not in own
    assert "Takovou obec" in plain(client.get(falling.get_absolute_url() + "?uzemi=1%00"))


def test_list_is_narrowed_by_region_judgement_and_words(client, falling):
    ObservationFactory(indicator=falling, year=2023, value=8)
    IndicatorFactory(name="Jiné věci")
    address = reverse("indicators:indicator_list")
    for query, shown in [
        ("hodnoceni=plni-se", "Lidé"),
        ("hodnoceni=nelze-hodnotit", "Jiné věci"),
        (f"kraj={falling.region.code}", "Lidé"),
        ("q=VECI", "Jiné věci"),
    ]:
        text = plain(client.get(f"{address}?{query}"))
        other = "Jiné věci" if shown == "Lidé" else "Lidé"
        assert shown in text, query
        assert other not in text, query
    bad = plain(client.get(f"{address}?hodnoceni=modre&kraj=x&k=abc"))
    assert "Lidé" in bad
    assert "Jiné věci" in bad
    assert "se nepoužil" in bad


# When the next value is due


@pytest.mark.parametrize(
    ("release", "months", "recorded", "day", "is_overdue"),
    [
        (None, None, "2024-02-01", None, False),
        (date(2026, 12, 1), None, "2024-02-01", date(2026, 12, 1), False),
        (date(2026, 11, 1), None, "2024-02-01", date(2026, 11, 1), True),
        (date(2026, 11, 1), None, "2026-11-01", None, False),
        (date(2026, 11, 1), 12, "2026-11-02", date(2027, 11, 1), False),
        (date(2024, 1, 31), 1, "2024-02-01", date(2024, 2, 29), True),
        (None, 12, "2024-02-01", date(2025, 12, 31), True),
        (None, 24, "2024-02-01", date(2027, 12, 31), False),
    ],
)
def test_next_value_is_due(release, months, recorded, day, is_overdue):
    indicator = IndicatorFactory.build(
        region=None, next_release_date=release, periodicity_months=months
    )
    row = ObservationFactory.build(
        indicator=indicator, region=None, year=2023, recorded_at=moment(f"{recorded} 10:00")
    )
    due = next_due(indicator, [row], TODAY)
    assert (due.day, due.is_overdue) == (day, is_overdue)


def test_months_keep_to_the_end_of_a_month():
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert add_months(date(2023, 1, 15), 24) == date(2025, 1, 15)
