"""The list of strategies and the page of one. Statuses are worked out by hand for 12. 9. 2026."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures import moment as moments
from measures.models import MeasureKind
from measures.status import StatusKey
from portal.filters import (
    BAD_TEXT,
    LONG_TEXT,
    NO_REPORTS,
    WRONG_DEPARTMENT,
    WRONG_FRESHNESS,
    WRONG_GOAL,
    WRONG_ORDER,
    WRONG_PLACE,
    WRONG_PRIORITY,
    WRONG_STATUS,
    WRONG_VIEW,
)
from portal.outline import outline
from portal.selection import Selection
from portal.strategy_page import strategy_page
from strategy.models import Strategy
from tests import factories as make
from tests.factories import moment
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def kk():
    """Two priorities; of their six measures each stands differently."""
    kk = make.StrategyFactory(slug="kk", title="Strategie kraje", short_name="Strategie kraje")
    housing = make.PriorityFactory(strategy=kk, code="1", name="Dostupnost bydlení")
    capacity = make.PriorityFactory(strategy=kk, code="4", name="Odborné kapacity")
    homes = make.GoalFactory(priority=housing, code="1.A", short_name="Dostupné bydlení")
    nets = make.GoalFactory(priority=capacity, code="4.D", short_name="Vzdělávací akce")
    for code, name, goal in [
        ("1.1", "Informovanost", homes),
        ("1.2", "Garanční fond", homes),
        ("1.3", "Čekání na hlášení", homes),
        ("4.9", "Síť spolupráce", nets),
        ("4.10", "Akce pro absolventy", nets),
        ("4.11", "Šíření zkušeností", nets),
    ]:
        make.make_measure(code, goal, name=name, short_name=name)
    late = measure("1.2")
    make.milestone(late, date(2026, 8, 9))
    make.report(late, date(2026, 8, 7))
    schools = make.OrganisationFactory(name="Odbor školství", kind="department")
    housing_unit = make.OrganisationFactory(name="Oddělení bydlení", kind="department")
    make.plan(measure("1.1"), kind=MeasureKind.CONTINUOUS, department=schools)
    make.output(measure("1.1"), date(2026, 9, 1))
    make.report(measure("1.1"), date(2026, 9, 10))
    make.report(measure("4.9"), date(2025, 12, 31))
    make.plan(measure("4.10"), start=date(2027, 9, 1), department=housing_unit)
    make.milestone(measure("4.11"), date(2026, 12, 5))
    make.report(measure("4.11"), date(2026, 9, 12), health="serious")
    return kk


@pytest.fixture
def lk():
    """Two priorities of one goal each, a measure of both goals and a cross-cutting one."""
    lk = make.StrategyFactory(slug="lk", title="Strategie LK", is_monitored=False)
    goals = [
        make.GoalFactory(
            priority=make.PriorityFactory(strategy=lk, code=code, name=name), code=number
        )
        for code, name, number in [("BEZPECI", "Bezpečí", "2"), ("BYDLENI", "Bydlení", "10")]
    ]
    make.make_measure("IX", *goals, short_name="Wellbeing")
    make.make_measure("VII", strategy=lk, is_cross_cutting=True, short_name="Efektivita služeb")
    return lk


def page_of(strategy):
    """Return the page of a whole strategy on the day of the tests."""
    return strategy_page(Selection({}, outline(strategy), moments.Moment(ON)))


def shown(client, query, slug="kk"):
    """Return the codes of the measures an address shows."""
    answer = client.get(f"/strategie/{slug}/?{query}")
    assert answer.status_code == 200
    return [row.measure.code for row in answer.context["page"].rows]


def measure(code):
    return make.measures.Measure.objects.get(code=code)


def tiles(page):
    """Return what stands on the page: priority, its goals, the codes of measures under each."""
    return [
        (
            section.title,
            [(part.goal.code, [row.measure.code for row in part.rows]) for part in section.goals],
            [row.measure.code for row in section.rows],
        )
        for section in page.sections
    ]


def ordered(client, order):
    """Return the codes in the table of the strategy in an order."""
    answer = client.get(f"/strategie/kk/?zobrazeni=tabulka&razeni={order}")
    return [row.record.measure.code for row in answer.context["table"].rows]


def test_measures_stand_by_priority_and_goal_in_natural_order(kk):
    assert tiles(page_of(kk)) == [
        ("Dostupnost bydlení", [("1.A", ["1.1", "1.2", "1.3"])], []),
        ("Odborné kapacity", [("4.D", ["4.9", "4.10", "4.11"])], []),
    ]


def test_statuses_and_counts_by_priority(kk):
    page = page_of(kk)
    assert {row.measure.code: row.status.key for row in page.rows} == {
        "1.1": StatusKey.CONTINUOUS,
        "1.2": StatusKey.LATE,
        "1.3": StatusKey.UNREPORTED,
        "4.9": StatusKey.STALE,
        "4.10": StatusKey.NOT_STARTED,
        "4.11": StatusKey.AT_RISK,
    }
    housing, capacity = page.sections
    assert housing.bar_label == ("Dostupnost bydlení: zpožděno 1, bez hlášení 1, plněno průběžně 1")
    assert housing.reported == "vykázáno\u00a02\u00a0ze\u00a03"
    assert capacity.reported == "vykázáno\u00a02\u00a0ze\u00a03"


def test_no_positive_count_includes_measures_without_a_fresh_report(kk):
    page = page_of(kk)
    assert page.rollup.positive == 1
    assert page.rollup.number(StatusKey.ON_TRACK) == 0


def test_page_shows_status_deadline_and_age_of_each_measure(client, kk):
    text = text_of(client.get("/strategie/kk/"))
    assert "1 Dostupnost bydlení vykázáno 2 ze 3 1.A Dostupné bydlení" in text
    assert "1.2 Garanční fond zpožděno o 34 dní termín 9. 8. · hlášeno před 36 d" in text
    assert "1.1 Informovanost plněno průběžně hlášeno před 2 d" in text
    assert "1.3 Čekání na hlášení bez hlášení 4.D" not in text
    assert "4.9 Síť spolupráce neaktuální , naposledy bez termínů hlášeno před 255 d" in text
    assert "4.10 Akce pro absolventy nezahájeno začátek 1. 9. 2027" in text
    assert "4.11 Šíření zkušeností vážné potíže termín 5. 12. · hlášeno před 0 d" in text


def test_chips_count_and_filter(client, kk):
    answer = client.get("/strategie/kk/")
    assert "vše 6 zpožděno 1 ohroženo 1 neaktuální 1 bez hlášení 1 nezahájeno 1" in text_of(answer)
    assert 'href="?stav=zpozdeno"' in answer.content.decode()


def test_filter_shows_only_its_measures_and_keeps_whole_counts(client, kk):
    answer = client.get("/strategie/kk/?stav=zpozdeno")
    assert [row.measure.code for row in answer.context["page"].rows] == ["1.2"]
    text = text_of(answer)
    assert "Výběru odpovídá 1 ze 6 opatření." in text
    assert "Informovanost" not in text
    assert "vykázáno 2 ze 3" in text
    assert "Odborné kapacity vykázáno 2 ze 3 Výběru tu nic neodpovídá." in text


def test_filter_without_a_match_shows_no_measure(client, kk):
    answer = client.get("/strategie/kk/?stav=zruseno")
    assert answer.context["page"].rows == []
    assert "Výběru odpovídá 0 ze 6 opatření." in text_of(answer)
    assert "zrušeno 0" in text_of(answer)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("stav=vyborne", WRONG_STATUS),
        ("stav=%00", WRONG_STATUS),
        ("priorita=9", WRONG_PRIORITY),
        ("cil=9.X", WRONG_GOAL),
        ("odpovedny=nikdo-takovy", WRONG_DEPARTMENT),
        ("obec=554481", WRONG_PLACE),
        ("aktualnost=vcera", WRONG_FRESHNESS),
        ("q=%00", BAD_TEXT),
        (f"q={'x' * 101}", LONG_TEXT),
        ("barva=modra", "Výběr „barva“ portál nezná, nepoužil se."),
        ("k=abc", "Den v adrese nejde přečíst, stránka ukazuje dnešek."),
        ("k=2026-09-13", "Den 13. 9. 2026 ještě nebyl, stránka ukazuje dnešek."),
        ("zobrazeni=graf", WRONG_VIEW),
        ("zobrazeni=tabulka&razeni=barva", WRONG_ORDER),
        ("stav=ZPOZDENO&zobrazeni=tabulka", WRONG_STATUS),
    ],
)
def test_bad_value_is_told_and_ignored(client, kk, query, sentence):
    answer = client.get(f"/strategie/kk/?{query}")
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert len(answer.context["page"].rows) == 6


def test_bad_value_of_one_choice_leaves_the_others(client, kk):
    answer = client.get("/strategie/kk/?stav=zpozdeno&zobrazeni=graf")
    assert WRONG_VIEW in text_of(answer)
    assert [row.measure.code for row in answer.context["page"].rows] == ["1.2"]


def test_chips_and_tools_keep_the_other_choices(client, kk):
    page = client.get("/strategie/kk/?zobrazeni=tabulka&razeni=-termin").content.decode()
    assert 'href="?stav=zpozdeno&amp;zobrazeni=tabulka&amp;razeni=-termin"' in page
    page = client.get("/strategie/kk/?stav=zpozdeno").content.decode()
    assert 'href="?stav=zpozdeno&amp;zobrazeni=tabulka"' in page


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("priorita=4", ["4.9", "4.10", "4.11"]),
        ("cil=1.A", ["1.1", "1.2", "1.3"]),
        ("odpovedny=odbor-skolstvi", ["1.1"]),
        ("odpovedny=bez-odpovedneho", ["1.2", "1.3", "4.9", "4.11"]),
        ("aktualnost=neaktualni", ["4.9"]),
        ("aktualnost=bez-hlaseni", ["1.3", "4.10"]),
        ("q=FOND", ["1.2"]),
        ("q=sit", ["4.9"]),
        ("q=4.1", []),
        ("q=4.10", ["4.10"]),
        ("q=1.a", ["1.1", "1.2", "1.3"]),
        ("q=1.a+garancni", ["1.2"]),
        ("q=+", ["1.1", "1.2", "1.3", "4.9", "4.10", "4.11"]),
        ("priorita=4&stav=nezahajeno", ["4.10"]),
        ("priorita=1&cil=4.D", []),
        ("priorita=4&aktualnost=bez-hlaseni&odpovedny=oddeleni-bydleni&q=absolventy", ["4.10"]),
    ],
)
def test_filters_narrow_and_combine(client, kk, query, codes):
    assert shown(client, query) == codes
    assert shown(client, f"{query}&zobrazeni=tabulka") == codes


def test_words_are_sought_in_activities_too(client, kk):
    make.ActivityFactory(measure=measure("1.3"), text="Zřídíme terénní službu.")
    make.ActivityFactory(measure=measure("1.3"), text="Zveřejníme přehled.")
    assert shown(client, "q=prehled+terenni") == ["1.3"]


def test_measures_are_chosen_by_the_municipality_they_name(client, kk):
    cheb = make.MunicipalityFactory(code="554481", name="Cheb")
    for code in ("1.2", "4.9"):
        measure(code).municipalities.add(cheb)
    assert shown(client, "obec=554481") == ["1.2", "4.9"]
    assert "obec Cheb ✕" in text_of(client.get("/strategie/kk/?obec=554481"))


def test_choices_without_a_use_are_not_offered(client, kk):
    page = client.get("/strategie/kk/").content.decode()
    assert 'name="odpovedny"' in page
    assert 'name="obec"' not in page


def test_each_choice_has_a_chip_that_removes_only_itself(client, kk):
    answer = client.get("/strategie/kk/?stav=zpozdeno&cil=1.A&q=fond&zobrazeni=tabulka")
    text = text_of(answer)
    assert "Výběru odpovídá 1 ze 6 opatření." in text
    assert (
        "Zrušit filtr: stav zpožděno ✕ Zrušit filtr: cíl 1.A ✕ Zrušit filtr: text „fond“ ✕"
    ) in text
    page = answer.content.decode()
    assert 'href="?cil=1.A&amp;q=fond&amp;zobrazeni=tabulka"' in page
    assert 'href="?stav=zpozdeno&amp;q=fond&amp;zobrazeni=tabulka"' in page
    assert '<a href="?zobrazeni=tabulka">zrušit vše</a>' in page


def test_form_keeps_status_and_view(client, kk):
    page = client.get("/strategie/kk/?stav=zpozdeno&zobrazeni=tabulka").content.decode()
    assert '<input type="hidden" name="stav" value="zpozdeno">' in page
    assert '<input type="hidden" name="zobrazeni" value="tabulka">' in page


def test_chips_count_within_the_other_choices(client, kk):
    text = text_of(client.get("/strategie/kk/?priorita=1&stav=zpozdeno"))
    assert "vše 3 zpožděno 1 bez hlášení 1 plněno průběžně 1" in text


def test_what_others_hang_on_links_is_no_filter(client, kk):
    assert "portál nezná" not in text_of(client.get("/strategie/kk/?utm_source=x&fbclid=y"))


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("opatreni", ["1.1", "1.2", "1.3", "4.9", "4.10", "4.11"]),
        ("-opatreni", ["4.11", "4.10", "4.9", "1.3", "1.2", "1.1"]),
        ("nazev", ["4.10", "1.3", "1.2", "1.1", "4.9", "4.11"]),
        ("-nazev", ["4.11", "4.9", "1.1", "1.2", "1.3", "4.10"]),
        ("cil", ["1.1", "1.2", "1.3", "4.9", "4.10", "4.11"]),
        ("-cil", ["4.9", "4.10", "4.11", "1.1", "1.2", "1.3"]),
        ("stav", ["1.2", "4.11", "4.9", "1.3", "4.10", "1.1"]),
        ("-stav", ["1.1", "4.10", "1.3", "4.9", "4.11", "1.2"]),
        ("termin", ["1.2", "4.11", "4.10", "1.1", "1.3", "4.9"]),
        ("-termin", ["4.10", "4.11", "1.2", "1.1", "1.3", "4.9"]),
        ("hlaseno", ["4.9", "1.2", "1.1", "4.11", "1.3", "4.10"]),
        ("-hlaseno", ["4.11", "1.1", "1.2", "4.9", "1.3", "4.10"]),
        ("odpovida", ["1.1", "4.10", "1.2", "1.3", "4.9", "4.11"]),
        ("-odpovida", ["4.10", "1.1", "1.2", "1.3", "4.9", "4.11"]),
    ],
)
def test_table_sorts_by_every_column_unknown_last(client, kk, order, codes):
    assert ordered(client, order) == codes


def test_table_shows_the_same_rows(client, kk):
    text = text_of(client.get("/strategie/kk/?zobrazeni=tabulka"))
    assert "Opatření ▲ Název Cíl Stav Nejbližší termín Hlášeno Odpovídá" in text
    assert "1.2 Garanční fond 1.A zpožděno o 34 dní 9. 8. 2026 před 36 dny" in text
    assert "1.3 Čekání na hlášení 1.A bez hlášení – – –" in text
    assert "neaktuální naposledy probíhá bez termínů – před 255 dny" in text


def test_table_is_narrowed_too(client, kk):
    answer = client.get("/strategie/kk/?zobrazeni=tabulka&stav=neaktualni")
    assert [row.record.measure.code for row in answer.context["table"].rows] == ["4.9"]


def test_strategy_not_monitored_shows_no_status(client, lk):
    answer = client.get("/strategie/lk/")
    text = text_of(answer)
    assert "Hlášení se zde nevedou." in text
    assert not any(key.label in text for key in StatusKey)
    assert "vykázáno" not in text
    assert 'class="chips"' not in answer.content.decode()
    assert tiles(answer.context["page"]) == [
        ("Bezpečí", [("2", ["IX"])], []),
        ("Bydlení", [("10", ["IX"])], []),
        ("Průřezová opatření", [], ["VII"]),
    ]
    assert "IX Wellbeing cíle 2, 10" in text


def test_status_cannot_be_chosen_where_none_is_kept(client, lk):
    answer = client.get("/strategie/lk/?stav=zpozdeno")
    assert NO_REPORTS in text_of(answer)
    assert [row.measure.code for row in answer.context["page"].rows] == ["VII", "IX"]


def test_table_of_strategy_not_monitored_has_no_columns_of_reporting(client, lk):
    text = text_of(client.get("/strategie/lk/?zobrazeni=tabulka"))
    assert "VII Efektivita služeb průřezové" in text
    assert "IX Wellbeing 2, 10" in text
    assert "Opatření ▲ Název Cíl VII" in text
    answer = client.get("/strategie/lk/?zobrazeni=tabulka&razeni=stav")
    assert WRONG_ORDER in text_of(answer)


def test_measure_without_goal_does_not_vanish(client, kk):
    make.make_measure("9.1", strategy=kk, short_name="Nezařazené")
    text = text_of(client.get("/strategie/kk/"))
    assert "Opatření bez cíle vykázáno 0 z 1 9.1 Nezařazené bez hlášení" in text


def test_unknown_strategy_is_not_found(client, kk):
    assert client.get("/strategie/xx/").status_code == 404


def test_empty_strategy_says_so(client):
    make.StrategyFactory(slug="kk")
    assert "Strategie zatím nemá žádné opatření." in text_of(client.get("/strategie/kk/"))


def test_list_shows_both_strategies_with_counts(client, kk, lk):
    text = text_of(client.get("/strategie/"))
    assert "Strategie kraje Schválení není známo 2 priority, 2 cíle, 6 opatření" in text
    assert "vykázáno 4 ze 6" in text
    assert "Strategie LK Schválení není známo 2 priority, 2 cíle, 2 opatření" in text
    assert text.index("Strategie kraje") < text.index("Strategie LK")
    assert "Hlášení se zde nevedou." in text


def test_list_says_who_adopted_and_when_as_far_as_known(client):
    make.StrategyFactory(
        adopted_by="Zastupitelstvo", adopted_on=date(2022, 10, 1), adopted_precision="month"
    )
    make.StrategyFactory(adopted_by="Zastupitelstvo", adopted_on=date(2021, 11, 30))
    text = text_of(client.get("/strategie/"))
    assert "Schváleno: Zastupitelstvo, říjen 2022" in text
    assert "Schváleno: Zastupitelstvo, 30. 11. 2021" in text


@pytest.mark.parametrize("path", ["/strategie/", "/strategie/kk/"])
def test_pages_are_only_read(client, kk, path):
    assert client.post(path).status_code == 405


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def grow(goal, count):
    """Add measures with a plan, a milestone, a report and an output under a goal."""
    for number in range(count):
        added = make.make_measure(f"7.{number}{goal.code}", goal)
        make.plan(added, end=date(2027, 12, 31))
        make.milestone(added, date(2026, 12, 31))
        make.report(added, date(2026, 9, 1))
        make.output(added, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/strategie/", 4),
        ("/strategie/kk/", 7),
        ("/strategie/kk/?k=2026-09-11", 7),
        ("/strategie/kk/?zobrazeni=tabulka", 7),
        ("/strategie/kk/?zobrazeni=tabulka&razeni=-stav&stav=podle-planu", 7),
        ("/strategie/kk/?priorita=1&cil=1.A&stav=podle-planu&aktualnost=aktualni", 7),
        ("/strategie/kk/?q=opatreni", 8),
    ],
)
def test_number_of_queries_does_not_grow(client, path, limit):
    strategy = make.StrategyFactory(slug="kk")
    priority = make.PriorityFactory(strategy=strategy, code="1")
    grow(make.GoalFactory(priority=priority, code="1.A"), 1)
    client.get(path)  # A past day asks once in a process when the portal began.
    assert queries(client, path) == limit
    grow(make.GoalFactory(priority=priority, code="1.B"), 99)
    assert queries(client, path) == limit


def test_signed_in_reader_costs_at_most_three_queries_more(client_as, kk):
    client = client_as("unit")
    client.get("/strategie/kk/")
    assert queries(client, "/strategie/kk/") <= 10


def test_page_opens_no_session(client, kk):
    answer = client.get("/strategie/kk/")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_record_written_later_today_counts(client, kk):
    """The page shows what is known by the end of its day."""
    make.report(measure("1.3"), ON, published_at=moment("2026-09-12 23:30"))
    page = client.get("/strategie/kk/").context["page"]
    assert {row.measure.code: row.status.key for row in page.rows}["1.3"] == StatusKey.UNDATED


def test_real_strategy_shows_nine_stale_and_22_unreported(client, monkeypatch):
    """Of 31 measures nine have the report of April 2023 and the others none."""
    monkeypatch.undo()
    call_command("load_data", verbosity=0)
    answer = client.get("/strategie/kk/")
    page = answer.context["page"]
    stale = [row.measure.code for row in page.rows if row.status.key == StatusKey.STALE]
    assert stale == ["1.1", "1.2", "1.4", "2.2", "2.3", "2.4", "3.5", "3.6", "3.8"]
    assert page.rollup.number(StatusKey.UNREPORTED) == 22
    assert page.rollup.positive == 0
    assert "vše 31 neaktuální 9 bez hlášení 22" in text_of(answer)
    codes = [row.measure.code for row in page.rows]
    assert codes.index("4.10") == codes.index("4.9") + 1
    lk = page_of(Strategy.objects.get(slug="lk"))
    goals = {row.measure.code: [goal.code for goal in row.goals] for row in lk.rows}
    assert (goals["IX"], goals["VII"]) == (["2", "3"], [])
    assert all(row.status is None for row in lk.rows)
