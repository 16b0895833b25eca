"""The first page. Numbers are worked out by hand for 12. 9. 2026."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.views import home
from tests import factories as make
from tests.meetings.factories import BodyFactory, MeetingFactory, SnapshotFactory
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(home, "timezone", SimpleNamespace(localdate=lambda: ON))


@pytest.fixture
def kk():
    """Four measures: one late by 34 days, one on track, one stale and one without a report."""
    kk = make.StrategyFactory(slug="kk", short_name="Strategie kraje")
    late, fine, stale, _ = [make.make_measure(f"1.{n}", strategy=kk) for n in range(1, 5)]
    make.milestone(late, date(2026, 8, 9))
    make.report(late, date(2026, 8, 7))
    make.milestone(fine, date(2026, 12, 31))
    make.report(fine, date(2026, 9, 10))
    make.report(stale, date(2023, 4, 14))
    return kk


def test_home_says_how_the_strategy_stands(client, kk):
    text = text_of(client.get("/"))
    assert "Strategie kraje: stav k 12. 9. 2026" in text
    assert (
        "Ze 4 opatření je 1 zpožděno a 1 se plní podle plánu nebo průběžně. "
        "U 1 je poslední hlášení neaktuální a u 1 zatím žádné hlášení není."
    ) in text
    assert "vykázáno 2 ze 4" in text
    assert "zpožděno 1 neaktuální 1 bez hlášení 1 podle plánu 1" in text


def test_home_counts_lead_to_the_filtered_strategy(client, kk):
    page = client.get("/").content.decode()
    assert 'href="/strategie/kk/?stav=zpozdeno"' in page
    assert 'href="/strategie/kk/?stav=podle-planu"' in page


def test_home_bar_tells_its_counts_in_words(client, kk):
    page = client.get("/").content.decode()
    assert (
        'aria-label="Opatření podle stavu: zpožděno 1, neaktuální 1, bez hlášení 1, podle plánu 1"'
    ) in page


def test_home_has_three_doors(client, kk):
    page = client.get("/").content.decode()
    for address in ("/obce/", "/zasedani/", "/prace/"):
        assert f'<a class="door" href="{address}">' in page


def test_home_says_how_old_the_data_are(client, kk):
    make.IndexEditionFactory(year=2021)
    make.IndexEditionFactory(year=2023)
    make.MunicipalityFactory(population=300, population_date=date(2020, 12, 31))
    text = text_of(client.get("/"))
    assert (
        "Stáří dat hlášení poslední ke dni 10. 9. 2026 index vydání 2023 obyvatelé 31. 12. 2020"
    ) in text


def test_home_of_an_empty_portal_says_what_is_missing(client):
    text = text_of(client.get("/"))
    assert "Stáří dat index zatím není načten obyvatelé neznámo" in text


def test_home_without_reports_says_so(client):
    make.make_measure("1.1")
    assert "hlášení zatím žádné" in text_of(client.get("/"))


def test_home_leaves_out_strategies_not_monitored(client):
    lk = make.StrategyFactory(slug="lk", short_name="Strategie LK", is_monitored=False)
    make.make_measure("I", strategy=lk)
    assert "Strategie LK" not in text_of(client.get("/"))


def test_home_knows_nothing_that_was_written_later(client, kk):
    make.report(kk.measures.get(code="1.4"), date(2026, 9, 13))
    assert "vykázáno 2 ze 4" in text_of(client.get("/"))


def test_home_takes_seventeen_queries_for_one_and_hundred_measures(client):
    strategy = make.StrategyFactory(slug="kk")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    def grow(code):
        added = make.make_measure(code, strategy=strategy)
        make.plan(added)
        make.plan(added, end=date(2027, 12, 31), recorded_at=make.moment("2026-01-02 10:00"))
        promised = make.milestone(added, date(2026, 12, 31))
        make.restate(
            promised, due_date=date(2026, 12, 30), recorded_at=make.moment("2026-01-02 10:00")
        )
        make.report(added, date(2026, 9, 1))
        make.output(added, date(2026, 9, 1))

    grow("1.1")
    client.get("/")  # remembers the first day
    assert queries() == 17
    for number in range(99):
        grow(f"2.{number}")
    assert queries() == 17


def test_home_searches_for_a_municipality(client, kk):
    page = client.get("/").content.decode()
    assert "Najděte svou obec" in page
    assert 'action="/hledat/"' in page


def test_home_says_when_nothing_is_late_and_links_what_is(client):
    strategy = make.StrategyFactory(slug="kk")
    make.make_measure("1.1", strategy=strategy)
    answer = client.get("/")
    said = "Podle toho, co je zapsáno, teď není zpožděné žádné opatření. Co je zpožděné"
    assert said in text_of(answer)
    assert '<a href="/strategie/kk/?stav=zpozdeno">Co je zpožděné</a>' in answer.content.decode()


def test_home_links_what_is_late(client, kk):
    answer = client.get("/")
    assert "není zpožděné žádné" not in text_of(answer)
    assert '<a href="/strategie/kk/?stav=zpozdeno">Co je zpožděné</a>' in answer.content.decode()


def test_home_shows_five_changes_of_ninety_days_the_worst_first(client, kk):
    """Seven since 14. 6. 2026; the third deadline and the output are left out."""
    late, fine, stale, silent = kk.measures.order_by("code_key")
    make.plan(late)
    make.plan(late, end=date(2027, 1, 31), recorded_at=make.moment("2026-09-11 08:00"))
    moved = make.milestone(fine, date(2026, 10, 1), title="Model")
    make.restate(moved, due_date=date(2026, 10, 31), recorded_at=make.moment("2026-09-11 10:00"))
    make.output(silent, date(2026, 9, 11), title="Beseda v Chebu")
    done = make.milestone(stale, date(2026, 12, 1), title="Krok")
    make.finish(done, date(2026, 9, 12), recorded_at=make.moment("2026-09-12 09:00"))
    make.report(stale, ON, published_at=make.moment("2026-09-12 09:00"))
    answer = client.get("/")
    shown = answer.context["latest"].shown
    assert [(item.group.value, item.code, str(item.day)) for item in shown] == [
        ("zhorsilo-se", "1.1", "2026-08-10"),
        ("zlepsilo-se", "1.2", "2026-09-10"),
        ("zlepsilo-se", "1.3", "2026-09-12"),
        ("terminy", "1.1", "2026-09-11"),
        ("terminy", "1.2", "2026-09-11"),
    ]
    text = text_of(answer)
    assert "Co je nového od 14. 6. 2026" in text
    assert "1 zhoršení · 2 zlepšení · 3 změny termínů · 1 nový údaj" in text
    assert "1.1 Opatření 1.1 bez hlášení → zpožděno o 34 dní 10. 8. 2026 · Milník" in text
    assert "Milník „Model“: termín 1. 10. 2026 → 31. 10. 2026 (+30 dní)." in text
    assert 'href="/strategie/kk/zmeny/?od=2026-06-14"' in answer.content.decode()


def test_changes_of_the_home_page_begin_no_sooner_than_the_portal(client):
    told = make.make_measure("1.1", strategy=make.StrategyFactory(slug="kk"))
    make.report(told, date(2023, 4, 14), published_at=make.moment("2026-09-05 10:00"))
    assert "Co je nového od 5. 9. 2026 Od toho dne se nic nezměnilo." in text_of(client.get("/"))


def test_home_without_changes_says_so(client):
    assert "Co je nového od 14. 6. 2026 Od toho dne se nic nezměnilo." in text_of(client.get("/"))


def test_home_has_no_time_machine(client, kk):
    text = text_of(client.get("/?k=2026-09-01"))
    assert "stav k 12. 9. 2026" in text


def test_home_opens_no_session(client, kk):
    answer = client.get("/")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_home_is_only_read(client):
    assert client.post("/").status_code == 405


def test_page_travels_compressed_to_those_who_take_it(client):
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2


# Since the last meeting


def test_news_of_home_begin_with_the_last_frozen_meeting(client, kk):
    council = BodyFactory(strategy=kk, name="Rada kraje", slug="rada")
    for day in (date(2026, 6, 11), date(2026, 8, 20), ON):
        SnapshotFactory(meeting=MeetingFactory(body=council, meeting_date=day))
    MeetingFactory(body=council, meeting_date=date(2026, 9, 3))  # nobody froze its briefing
    text = text_of(client.get("/"))
    assert "Co je nového od 20. 8. 2026 Od posledního zasedání: Rada kraje, 20. 8. 2026 ." in text
