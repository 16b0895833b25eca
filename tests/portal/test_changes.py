"""The page of changes. „Today“ is 12. 9. 2026; expected items are worked out by hand."""

from datetime import date

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from common.history import recording
from measures import moment as moments
from municipalities.models import IndexEdition
from portal.period import period_of
from tests import factories as make
from tests.factories import moment
from tests.indicators.factories import IndicatorFactory, ObservationFactory
from tests.portal.reading import in_order, text_of
from tests.projects.factories import ProjectFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)
PAGE = "/strategie/kk/zmeny/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def kk():
    return make.StrategyFactory(slug="kk", short_name="Strategie kraje")


@pytest.fixture
def fund(kk):
    """A measure planned on 1. 6. 2026, so the portal runs since then."""
    fund = make.make_measure("1.2", strategy=kk, short_name="Garanční fond")
    make.plan(fund, recorded_at=moment("2026-06-01 10:00"))
    return fund


def asked(query, start=None):
    return period_of(RequestFactory().get(f"/?{query}"), start)


# The two days


@pytest.mark.parametrize("written", ["od=2026-07-01&do=2026-08-01", "od=1.7.2026&do=1.+8.+2026"])
def test_days_are_read_in_both_writings(fund, written):
    period = asked(written)
    assert (period.since, period.until) == (date(2026, 7, 1), date(2026, 8, 1))
    assert (period.sentences, period.is_past) == ((), True)


def test_without_days_it_is_ninety_days_to_today():
    """Nothing is recorded, so no first day moves the beginning."""
    period = asked("")
    assert (period.since, period.until, period.is_past) == (date(2026, 6, 14), ON, False)
    assert asked("", start=date(2026, 9, 1)).since == date(2026, 9, 1)
    assert asked("do=2026-08-01").since == date(2026, 5, 3)


def test_beginning_nobody_asked_for_is_never_before_the_portal(fund):
    period = asked("do=2026-08-01")
    assert (period.since, period.sentences) == (date(2026, 6, 1), ())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("od=abc", "Den „od“ nejde přečíst, stránka ho nepoužila. Datum napište jako"),
        ("do=31.2.2026", "Den „do“ nejde přečíst, stránka ho nepoužila. Den 31. 2. 2026 v"),
        ("od=%00", "Den „od“ nejde přečíst"),
        ("do=2026-09-13", "Den 13. 9. 2026 ještě nebyl, stránka ho nepoužila."),
        ("od=2026-09-13", "Den 13. 9. 2026 ještě nebyl, stránka ho nepoužila."),
    ],
)
def test_bad_day_is_told_and_the_default_stays(query, said):
    period = asked(query)
    assert (period.since, period.until) == (date(2026, 6, 14), ON)
    [sentence] = period.sentences
    assert sentence.replace("\u00a0", " ").startswith(said)


def test_reversed_days_change_places(client, fund):
    text = text_of(client.get(f"{PAGE}?od=2026-08-01&do=2026-07-01"))
    assert "Den „od“ je až po dni „do“" in text
    assert "Od konce dne 1. 7. 2026 do konce dne 1. 8. 2026: nic se nezměnilo." in text


def test_day_before_the_portal_is_told(client, fund):
    text = text_of(client.get(f"{PAGE}?od=2020-01-01"))
    assert "Portál tehdy ještě neběžel. Změny ukazuje od 1. 6. 2026" in text
    assert "Od konce dne 1. 6. 2026 do konce dne 12. 9. 2026: nic se nezměnilo." in text


def test_both_days_before_the_portal_show_nothing(client, fund):
    text = text_of(client.get(f"{PAGE}?od=2020-01-01&do=2021-01-01"))
    assert "Portál tehdy ještě neběžel." in text
    assert "Zhoršilo se" not in text


# The page


def test_page_groups_what_changed(client, kk, fund):
    make.milestone(fund, date(2026, 8, 9), title="Model", recorded_at=moment("2026-06-01 10:00"))
    make.report(fund, date(2026, 6, 5), published_at=moment("2026-06-05 10:00"))
    moved = make.milestone(
        fund, date(2026, 10, 1), title="Smlouvy", recorded_at=moment("2026-06-01 10:00")
    )
    make.restate(moved, due_date=date(2026, 10, 31), recorded_at=moment("2026-07-10 10:00"))
    make.output(fund, date(2026, 9, 1), title="Beseda", participants=12)
    with recording(by=make.UserFactory(name="Jana Tajná"), moment=moment("2026-06-02 08:00")):
        fund.save()
    with recording(by=make.UserFactory(name="Jana Tajná"), moment=moment("2026-09-02 08:00")):
        fund.name = "Fond"
        fund.save()
    answer = client.get(f"{PAGE}?od=2026-06-30")
    text = text_of(answer)
    assert "1 zhoršení · 1 změna termínu · 1 nový údaj · 1 změna znění." in text
    assert in_order(
        text,
        "Zhoršilo se",
        "1.2 Garanční fond podle plánu → zpožděno o 34 dní",
        "10. 8. 2026 · Milník „Model“ měl být hotov 9. 8. 2026 a je otevřený.",
        "Zlepšilo se Žádné opatření se nezlepšilo.",
        "Termíny 1 změna termínu",
        "10. 7. 2026 · Milník „Smlouvy“: termín 1. 10. 2026 → 31. 10. 2026 (+30 dní).",
        "Nová data",
        "1. 9. 2026 · Seminář 1. 9. 2026: Beseda, 12 účastníků.",
        "Znění a odpovědnost",
        "2. 9. 2026 · Změnilo se: název.",
        "název Opatření 1.2 → Fond",
    )
    assert "Tajná" not in answer.content.decode()
    assert "@" not in text


def test_same_day_twice_shows_nothing(client, fund):
    make.output(fund, ON)
    assert "nic se nezměnilo" in text_of(client.get(f"{PAGE}?od=12.9.2026&do=12.9.2026"))


def test_links_of_a_past_end_stay_on_its_day(client, fund):
    make.output(fund, date(2026, 7, 10))
    page = client.get(f"{PAGE}?od=2026-07-01&do=2026-08-01").content.decode()
    assert 'href="/strategie/kk/opatreni/1.2/?k=2026-08-01"' in page


def test_strategy_without_reports_says_so(client, fund):
    lk = make.StrategyFactory(slug="lk", is_monitored=False)
    make.make_measure("I", strategy=lk)
    make.IndexEditionFactory(year=2024)
    IndexEdition.objects.update(imported_at=moment("2026-08-01 10:00"))
    answer = client.get("/strategie/lk/zmeny/")
    text = text_of(answer)
    assert "Hlášení se zde nevedou." in text
    assert "Zhoršilo se" not in text
    assert "Termíny" not in text
    assert in_order(text, "Nová data", "Přibylo vydání 2024.", "Nic se nepřepsalo.")


# What other apps tell


def test_data_of_the_other_apps(client, kk, fund):
    make.IndexEditionFactory(year=2024)
    make.IndexEditionFactory(year=2023)
    IndexEdition.objects.filter(year=2024).update(imported_at=moment("2026-08-01 10:00"))
    IndexEdition.objects.filter(year=2023).update(imported_at=moment("2026-06-01 10:00"))
    own = IndicatorFactory(name="Lidé v exekuci", strategy=kk, region=kk.region)
    elsewhere = IndicatorFactory(name="Odjinud", region=make.RegionFactory())
    old = ObservationFactory(indicator=own, value=5200, recorded_at=moment("2026-06-01 10:00"))
    ObservationFactory(
        indicator=own, value=5300, corrects=old, recorded_at=moment("2026-08-02 10:00")
    )
    ObservationFactory(indicator=own, value=4900, year=2024, recorded_at=moment("2026-08-02 11:00"))
    ObservationFactory(indicator=elsewhere, recorded_at=moment("2026-08-02 11:00"))
    ObservationFactory(indicator=own, year=2025, recorded_at=moment("2026-09-13 11:00"))
    with recording(by=None, moment=moment("2026-08-03 10:00")):
        ProjectFactory(name="Byty Ostrov", region=kk.region)
        ProjectFactory(name="Jinde")
    with recording(by=None, moment=moment("2026-06-03 10:00")):
        ProjectFactory(name="Dřívější", region=kk.region)
    text = text_of(client.get(f"{PAGE}?od=2026-07-01"))
    name = kk.region.name
    assert in_order(
        text,
        "Index sociálního vyloučení",
        "1. 8. 2026 · Přibylo vydání 2024.",
        "Lidé v exekuci",
        f"Opravená hodnota: 5 300 osob ({name}, 2023). Nová hodnota: 4 900 osob ({name}, 2024).",
        "Byty Ostrov",
        "3. 8. 2026 · Přibyl projekt.",
    )
    for absent in ("Odjinud", "Jinde", "Dřívější", "vydání 2023", "2025"):
        assert absent not in text


def test_many_values_of_a_day_are_counted(client, kk, fund):
    own = IndicatorFactory(name="Lidé v exekuci", strategy=kk, region=kk.region)
    for year in range(2019, 2024):
        ObservationFactory(indicator=own, year=year, recorded_at=moment("2026-08-02 10:00"))
    text = text_of(client.get(f"{PAGE}?od=2026-07-01"))
    assert "Ukazatel má 5 nových hodnot." in text


# Queries and links


def test_page_takes_the_same_queries_for_one_and_thirty_measures(client, kk):
    def grow(code):
        made = make.make_measure(code, strategy=kk)
        make.plan(made)
        first = make.milestone(made, date(2026, 8, 1))
        make.restate(first, due_date=date(2026, 12, 1), recorded_at=moment("2026-08-10 10:00"))
        make.report(made, date(2026, 8, 20))
        make.output(made, date(2026, 8, 20))
        own = IndicatorFactory(strategy=kk, region=kk.region)
        ObservationFactory(indicator=own, recorded_at=moment("2026-08-02 10:00"))
        with recording(by=None, moment=moment("2026-08-03 10:00")):
            ProjectFactory(region=kk.region)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    grow("1.1")
    client.get(PAGE)  # remembers the first day
    assert queries() == 14
    for number in range(29):
        grow(f"2.{number}")
    assert queries() == 14


def test_pages_of_the_strategy_lead_to_what_is_new(client, fund):
    feed = 'type="application/atom+xml" title="Co je nového: Strategie kraje" '
    for page in ("/strategie/kk/", "/strategie/kk/opatreni/1.2/"):
        shown = client.get(page).content.decode()
        assert f'{feed}href="/strategie/kk/zmeny.atom"' in " ".join(shown.split())
        assert 'href="/strategie/kk/zmeny/"' in shown
    assert 'href="/strategie/kk/terminy.ics"' in client.get("/strategie/kk/").content.decode()
    past = client.get("/strategie/kk/?k=2026-08-01").content.decode()
    assert 'href="/strategie/kk/zmeny/?do=2026-08-01"' in past


@pytest.mark.parametrize("name", ["zmeny/", "zmeny.atom", "terminy.ics"])
def test_unknown_strategy_is_not_found_and_nothing_is_written(client, fund, name):
    assert client.get(f"/strategie/xx/{name}").status_code == 404
    assert client.post(f"/strategie/kk/{name}").status_code == 405
