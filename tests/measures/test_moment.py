"""The time machine: `?k=` shows a day as it was known then. „Today“ is 12. 9. 2026."""

from datetime import date

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from measures import moment as moments
from measures.moment import Moment, first_day, moment_of
from measures.status import StatusKey
from tests import factories as make
from tests.factories import moment
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)
NOT_YET = "Portál tehdy ještě neběžel."


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def fund():
    """A measure of one goal: on track on 31. 8., late by 1 day on 11. 9., by 2 days today, when
    the unit also reported trouble and promised another milestone."""
    kk = make.StrategyFactory(slug="kk", short_name="Strategie kraje")
    goal = make.GoalFactory(priority=make.PriorityFactory(strategy=kk, code="1"), code="1.A")
    fund = make.make_measure("1.2", goal, short_name="Garanční fond")
    make.plan(fund, recorded_at=moment("2026-08-01 10:00"))
    make.milestone(fund, date(2026, 9, 10), title="Model", recorded_at=moment("2026-08-01 10:00"))
    make.report(fund, date(2026, 8, 20))
    make.report(fund, ON, health="serious", kind="risk", note="Chybí stanovisko.")
    make.milestone(fund, date(2026, 12, 1), title="Smlouvy", recorded_at=moment("2026-09-12 10:00"))
    return fund


def asked(query):
    return moment_of(RequestFactory().get(f"/?{query}"))


def statuses(client, query):
    page = client.get(f"/strategie/kk/?{query}").context["page"]
    return {row.measure.code: (row.status.key, row.status.extra) for row in page.rows}


def test_no_day_is_today_without_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked("") == Moment(ON)
        assert asked("k=2026-09-12") == Moment(ON)


@pytest.mark.parametrize("written", ["2026-09-01", "1. 9. 2026", "1.9.2026"])
def test_past_day_is_read_with_one_query(fund, written, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = asked(f"k={written}")
    assert found == Moment(date(2026, 9, 1), is_past=True, first=date(2026, 8, 1))
    assert found.known == moment("2026-09-02 00:00")
    assert found.keep("/a/?b=1#c") == "/a/?b=1&k=2026-09-01#c"


@pytest.mark.parametrize("written", ["abc", "2026-02-30", "2026-13-01", "31. 2. 2026", "1", "%00"])
def test_unreadable_day_is_told_and_today_stays(written):
    found = asked(f"k={written}")
    assert found.on == ON
    assert not found.is_past
    assert found.error.startswith("Den v adrese nejde přečíst, stránka ukazuje dnešek.")


def test_future_day_is_told_and_today_stays():
    found = asked("k=2026-09-13")
    assert found.on == ON
    assert "Den 13.\u00a09.\u00a02026 ještě nebyl" in found.error


def test_first_day_is_that_of_the_first_record_of_any_kind(fund):
    assert first_day() == date(2026, 8, 1)
    make.output(fund, date(2026, 7, 1), recorded_at=moment("2026-07-30 23:30"))
    assert first_day() == date(2026, 7, 30)
    make.report(fund, date(2026, 6, 1))
    assert first_day() == date(2026, 6, 1)


def test_empty_portal_has_no_first_day():
    assert first_day() is None
    assert asked("k=2026-09-01").is_before_first


@pytest.mark.parametrize("view", ["", "zobrazeni=tabulka&"])
def test_strategy_shows_the_status_of_the_day(client, fund, view):
    assert statuses(client, f"{view}k=2026-08-31") == {"1.2": (StatusKey.ON_TRACK, "")}
    assert statuses(client, f"{view}k=2026-09-11") == {"1.2": (StatusKey.LATE, "o\u00a01\u00a0den")}
    assert statuses(client, view) == {"1.2": (StatusKey.LATE, "o\u00a02\u00a0dny")}


@pytest.mark.parametrize("path", ["/strategie/", "/strategie/kk/", "/strategie/kk/opatreni/1.2/"])
def test_page_says_which_day_it_shows_and_links_keep_it(client, fund, path):
    answer = client.get(f"{path}?k=2026-08-31")
    assert "Stav k 31. 8. 2026, jak byl znám ten den." in text_of(answer)
    page = answer.content.decode()
    assert f'<a href="{path}">Zobrazit dnešek</a>' in page
    inner = page[page.index("<main") : page.index("</main>")]
    assert "k=2026-08-31" in inner


def test_every_choice_of_the_strategy_keeps_the_day(client, fund):
    page = client.get("/strategie/kk/?k=2026-08-31&cil=1.A").content.decode()
    assert 'href="?stav=podle-planu&amp;cil=1.A&amp;k=2026-08-31"' in page
    assert 'href="?cil=1.A&amp;zobrazeni=tabulka&amp;k=2026-08-31"' in page
    assert '<input type="hidden" name="k" value="2026-08-31">' in page
    assert 'href="/strategie/kk/opatreni/1.2/?k=2026-08-31"' in page
    page = client.get("/strategie/kk/?k=2026-08-31&zobrazeni=tabulka").content.decode()
    assert 'href="/strategie/kk/opatreni/1.2/?k=2026-08-31"' in page
    assert "k=2026-08-31&amp;zobrazeni=tabulka&amp;razeni=" in page


def test_list_counts_as_of_the_day(client, fund):
    answer = client.get("/strategie/?k=2026-08-31")
    assert "podle plánu 1" in text_of(answer)
    assert 'href="/strategie/kk/?stav=podle-planu&amp;k=2026-08-31"' in answer.content.decode()


def test_measure_shows_only_what_was_known(client, fund):
    text = text_of(client.get(f"{fund.get_absolute_url()}?k=2026-08-31"))
    assert "podle plánu" in text
    assert "20. 8. 2026 · hlášení" in text
    assert "Chybí stanovisko." not in text
    assert "Smlouvy" not in text
    assert "odvozeno" not in text
    text = text_of(client.get(f"{fund.get_absolute_url()}?k=2026-09-11"))
    assert "zpožděno o 1 den" in text
    assert "11. 9. 2026 · odvozeno z termínu" in text
    text = text_of(client.get(fund.get_absolute_url()))
    assert "Chybí stanovisko." in text
    assert "Smlouvy" in text


def test_late_record_of_an_old_day_does_not_show_before_it_was_written(client, fund):
    make.report(fund, date(2026, 8, 30), published_at=moment("2026-09-05 10:00"), note="Dodatečně.")
    path = fund.get_absolute_url()
    assert "Dodatečně." not in text_of(client.get(f"{path}?k=2026-09-04"))
    assert "Dodatečně." in text_of(client.get(f"{path}?k=2026-09-05"))


def test_correction_stays_unknown_until_it_came(client, fund):
    old = fund.reports.get(as_of_date=date(2026, 8, 20))
    make.report(fund, date(2026, 8, 20), corrects=old, published_at=moment("2026-09-03 10:00"))
    path = fund.get_absolute_url()
    assert "Opraveno" not in text_of(client.get(f"{path}?k=2026-09-02"))
    assert "Opraveno" in text_of(client.get(f"{path}?k=2026-09-03"))


def test_department_is_that_of_the_day(client, fund):
    unit = make.OrganisationFactory(name="Odbor bydlení", kind="department")
    make.plan(fund, department=unit, recorded_at=moment("2026-09-01 10:00"))
    path = "/strategie/kk/?odpovedny=odbor-bydleni"
    assert len(client.get(path).context["page"].rows) == 1
    before = client.get(f"{path}&k=2026-08-31")
    assert "Takový útvar za žádné opatření neodpovídá" in text_of(before)


def test_actions_are_not_offered_on_a_past_day(client_as, fund):
    reader = client_as("head")
    path = fund.get_absolute_url()
    assert "Podat hlášení" in text_of(reader.get(path))
    text = text_of(reader.get(f"{path}?k=2026-09-11"))
    for action in ("Podat hlášení", "Přidat milník", "Hotovo", "Opravit hlášení"):
        assert action not in text


@pytest.mark.parametrize(
    "path",
    [
        "/strategie/",
        "/strategie/kk/",
        "/strategie/kk/?zobrazeni=tabulka&stav=zpozdeno",
        "/strategie/kk/opatreni/1.2/",
    ],
)
def test_before_the_first_record_the_page_says_so(client, fund, path):
    joint = "&" if "?" in path else "?"
    answer = client.get(f"{path}{joint}k=2026-07-31")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count("<h1") == 1
    assert f"<h1>{NOT_YET}</h1>" in page
    assert f'<a href="{path.partition("?")[0]}">Zobrazit dnešek</a>' in page
    assert "zpožděno" not in text_of(answer)


def test_on_the_day_of_the_first_record_the_page_is_whole(client, fund):
    text = text_of(client.get("/strategie/kk/?k=2026-08-01"))
    assert NOT_YET not in text
    assert "bez hlášení 1" in text


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/strategie/", 7), ("/strategie/kk/", 10), ("/strategie/kk/opatreni/1.2/", 13)],
)
def test_past_day_costs_one_query(client, fund, path, limit):
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{path}?k=2026-09-11")
    assert len(captured) <= limit


@pytest.mark.parametrize("written", ["abc", "2026-09-13"])
def test_page_says_why_another_day_is_not_shown(client, fund, written):
    for path in ("/strategie/", "/strategie/kk/", "/strategie/kk/opatreni/1.2/"):
        answer = client.get(f"{path}?k={written}")
        assert answer.status_code == 200
        assert "stránka ukazuje dnešek" in text_of(answer)


def test_first_day_is_asked_of_the_database_once(client, fund, django_assert_num_queries):
    path = "/strategie/?k=2026-09-11"
    assert client.get(path).status_code == 200
    with django_assert_num_queries(4):
        client.get(path)
