"""The page of one measure. Days and statuses are worked out by hand for 12. 9. 2026."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures import moment as moments
from measures.models import MeasureKind, Territory
from measures.status import StatusKey
from tests import factories as make
from tests.factories import moment
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def fund():
    """Measure 1.2 of a monitored strategy under the goal 1.A; nothing else is known of it."""
    kk = make.StrategyFactory(slug="kk", short_name="Strategie kraje")
    priority = make.PriorityFactory(strategy=kk, code="1", name="Dostupnost bydlení")
    goal = make.GoalFactory(priority=priority, code="1.A", name="Sociální bydlení")
    return make.make_measure("1.2", goal, name="Garanční fond")


@pytest.fixture
def read(client, fund):
    """Return a function that reads the page of the measure as text."""
    return lambda: text_of(client.get(fund.get_absolute_url()))


def test_unknown_stays_unknown(read):
    text = read()
    assert "Strategie / Strategie kraje" not in text
    assert "1.2 Garanční fond bez hlášení K opatření zatím nikdo nepodal hlášení." in text
    assert "neznamená to, že nezačalo" in text
    assert "Žádný milník zatím není stanoven." in text
    assert "Strategie u tohoto opatření žádné aktivity neuvádí." in text
    assert "odpovídá neuvedeno spolupráce neuvedeno" in text
    assert "začátek neuvedeno konec neuvedeno druh druh neurčen" in text
    assert "Kde území neurčeno" in text
    assert "Vývoj Zatím nic." in text


def test_late_measure_says_why_who_and_by_when(read, fund):
    make.milestone(fund, date(2026, 8, 9), title="Model garancí")
    make.report(
        fund,
        date(2026, 7, 10),
        health="minor",
        kind="risk",
        note="Chybí stanovisko.",
        obstacle="čeká se na právní odbor",
        actor_role="právní odbor",
        act_by_date=date(2026, 10, 4),
        next_step="projednání v radě",
        needs_decision=True,
        decision="zda kraj ponese první ztrátu",
    )
    text = read()
    assert "zpožděno o 34 dní Milník „Model garancí“ měl být hotov 9. 8. 2026" in text
    assert "Zpožděno je opatření, které má aspoň jeden milník po termínu." in text
    assert "co brání čeká se na právní odbor" in text
    assert "kdo jedná právní odbor, do 4. 10. 2026" in text
    assert "další krok projednání v radě" in text
    assert "o čem rozhodne rada zda kraj ponese první ztrátu" in text


def test_freshness_names_cycle_age_and_next_report(read, fund):
    """The 3rd quarter runs; its report is due on 15 October."""
    make.report(fund, date(2026, 6, 30))
    assert (
        "Hlášení za 2. čtvrtletí 2026 je ke dni 30. 6. 2026 (před 74 dny) · "
        "aktuálnost: aktuální · další hlášení za 3. čtvrtletí 2026 se čeká do 15. 10. 2026"
    ) in read()


def test_overdue_report_is_said_to_be_missing(read, fund):
    """The report for the 2nd quarter was due on 15 July."""
    make.report(fund, date(2026, 3, 31))
    text = read()
    assert "aktuálnost: po termínu" in text
    assert "hlášení za 2. čtvrtletí 2026 mělo přijít do 15. 7. 2026" in text


def test_first_report_is_asked_for_the_first_full_cycle(read, fund):
    """Loaded in the 3rd quarter, the measure is first expected to report for the 4th."""
    fund.__class__.objects.filter(pk=fund.pk).update(loaded_at=moment("2026-08-01 10:00"))
    assert (
        "Hlášení zatím žádné není · první hlášení za 4. čtvrtletí 2026 se čeká do 15. 1. 2027"
    ) in read()


def test_no_report_is_asked_of_a_completed_measure(read, fund):
    make.report(fund, date(2026, 6, 30), phase="completed", health="")
    text = read()
    assert "splněno Podle hlášení ke dni 30. 6. 2026 je opatření dokončeno." in text
    assert "se čeká do" not in text


def test_stale_measure_shows_last_known_status_beside(read, fund):
    make.document_report(
        fund,
        date(2023, 4, 14),
        cycle=date(2023, 1, 1),
        phase="preparing",
        note="Schází se pracovní skupina.",
        source_text="Zpráva kraje; přiřazení k opatření je naše",
    )
    text = read()
    assert "neaktuální naposledy probíhá bez termínů" in text
    assert "Poslední hlášení je ke dni 14. 4. 2023." in text
    assert "Mezi opatření, která jdou dobře, se nepočítá." in text
    assert "14. 4. 2023 · z dokumentu" in text
    assert "Pokrok. Schází se pracovní skupina." in text
    assert "Zdroj: Zpráva kraje; přiřazení k opatření je naše" in text


def test_milestones_late_first_then_next_three(client, read, fund):
    late = make.milestone(fund, date(2026, 5, 22), title="Model", recorded_at=make.EARLY)
    make.restate(late, due_date=date(2026, 8, 9), recorded_at=moment("2026-05-21 10:00"))
    done = make.milestone(fund, date(2026, 7, 10), title="Připomínky")
    make.finish(done, date(2026, 7, 9))
    dropped = make.milestone(fund, date(2026, 7, 20), title="Zrušený krok")
    make.drop(dropped, date(2026, 7, 11))
    for month in (9, 10, 11, 12):
        make.milestone(fund, date(2026, month, 30), title=f"Krok {month}")
    standing = client.get(fund.get_absolute_url()).context["standing"]
    assert [row.version.title for row in standing.nearest] == [
        "Model",
        "Krok 9",
        "Krok 10",
        "Krok 11",
    ]
    assert [row.version.title for row in standing.others] == [
        "Připomínky",
        "Zrušený krok",
        "Krok 12",
    ]
    text = read()
    assert "hotovo 1 ze 6 · termín posunut 1×, celkem +79 dní" in text
    assert "9. 8. 2026 Model zpožděno o 34 dní původně 22. 5. 2026 → 9. 8. 2026" in text
    assert "30. 9. 2026 Krok 9 otevřený" in text
    assert "10. 7. 2026 Připomínky hotovo 9. 7. 2026" in text
    assert "20. 7. 2026 Zrušený krok zrušený 11. 7. 2026" in text


def test_milestone_expected_later_says_so(read, fund):
    make.milestone(fund, date(2026, 10, 17), title="Model", expected_date=date(2026, 12, 18))
    make.report(fund, date(2026, 9, 1))
    text = read()
    assert "ohroženo Milník „Model“ má termín 17. 10. 2026, ale očekává se až 18. 12. 2026" in text
    assert "očekáváme 18. 12. 2026" in text


def test_activities_stand_in_adopted_wording_with_what_was_printed(read, fund):
    make.ActivityFactory(measure=fund, order=2, text="Druhá.")
    make.ActivityFactory(measure=fund, order=1, text="S Platformou.", text_printed="S Ptalformou.")
    fund.note = "Brožura tiskne názvy za sebou."
    fund.name_printed = "Garanční fondd"
    fund.save()
    text = read()
    assert "S Platformou. (vytištěno: „S Ptalformou.“) Druhá." in text
    assert "Název vytištěn: „Garanční fondd“." in text
    assert "Brožura tiskne názvy za sebou." in text


def test_who_when_where_and_goals(client, read, fund):
    department = make.OrganisationFactory(name="odbor sociálních věcí", mailbox="osv@kraj.test")
    make.plan(
        fund,
        start=date(2023, 1, 1),
        end=date(2027, 12, 31),
        kind=MeasureKind.DELIVERABLE,
        department=department,
    )
    fund.partners.set([make.OrganisationFactory(name="Nadační fond")])
    fund.territory = Territory.NAMED
    fund.save()
    fund.municipalities.set([make.MunicipalityFactory(code="554481", name="Cheb")])
    text = read()
    assert "odpovídá odbor sociálních věcí spolupráce Nadační fond kontakt osv@kraj.test" in text
    assert "začátek 1. 1. 2023 konec 31. 12. 2027 druh výstup s termínem" in text
    assert "Kde Cheb Cíl 1.A Sociální bydlení – Dostupnost bydlení" in text
    page = client.get(fund.get_absolute_url()).content.decode()
    assert '<a href="/obce/554481-cheb/">Cheb</a>' in page


def test_line_of_time_shows_differences(client, fund):
    make.milestone(fund, date(2026, 12, 31), title="Model")
    make.report(fund, date(2026, 4, 10), note="Běží to.")
    make.report(fund, date(2026, 7, 11), health="minor", kind="risk", note="Potíže.")
    answer = client.get(fund.get_absolute_url())
    text = text_of(answer)
    assert (
        "11. 7. 2026 · hlášení, Implementační jednotka Riziko. Potíže. "
        "stav podle plánu → ohroženo jak to jde bez potíží → menší potíže"
    ) in text
    page = " ".join(answer.content.decode().split())
    assert "<del>podle plánu</del>" in page
    assert "<ins>ohroženo</ins>" in page


def test_text_of_people_is_escaped(client, fund):
    make.report(fund, date(2026, 9, 1), note="<script>alert(1)</script>")
    page = client.get(fund.get_absolute_url()).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_names_of_staff_never_appear(client, fund):
    person = make.UserFactory(name="Jana Tajná", email="tajna@kraj.test")
    make.plan(fund, owner=person, author=person)
    make.report(fund, date(2026, 9, 1), author=person)
    make.milestone(fund, date(2026, 12, 31), author=person)
    page = client.get(fund.get_absolute_url()).content.decode()
    assert "Tajná" not in page
    assert "tajna@" not in page


def test_corrected_report_and_its_correction_point_at_each_other(read, fund):
    old = make.report(fund, date(2026, 9, 1), note="Překlep.")
    make.report(
        fund,
        date(2026, 9, 1),
        note="Správně.",
        corrects=old,
        published_at=moment("2026-09-03 10:00"),
    )
    text = read()
    assert "Správně. Opravuje: hlášení ze dne 1. 9. 2026" in text
    assert "Opraveno: novým hlášením ze dne 3. 9. 2026" in text


def test_measure_of_strategy_not_monitored_shows_no_status(client):
    lk = make.StrategyFactory(slug="lk", is_monitored=False)
    priority = make.PriorityFactory(strategy=lk, name="Bezpečí")
    goals = [
        make.GoalFactory(priority=priority, code=code, name=f"Cíl č. {code}")
        for code in ("10", "2")
    ]
    measure = make.make_measure("IX", *goals, name="Wellbeing", note="Odvozujeme hlavní cíle.")
    make.plan(measure, reason="Neuvádějí.")
    text = text_of(client.get("/strategie/lk/opatreni/IX/"))
    assert "IX Wellbeing Hlášení se zde nevedou." in text
    assert "Cíle 2 Cíl č. 2 – Bezpečí 10 Cíl č. 10 – Bezpečí" in text
    assert "Odvozujeme hlavní cíle." in text
    assert not any(key.label in text for key in StatusKey)
    assert "Vývoj" not in text
    assert "aktuálnost" not in text


def test_cross_cutting_measure_says_it_has_no_goals(client):
    lk = make.StrategyFactory(slug="lk", is_monitored=False)
    make.make_measure("VII", strategy=lk, is_cross_cutting=True)
    text = text_of(client.get("/strategie/lk/opatreni/VII/"))
    assert "Průřezové opatření: strategie mu jednotlivé cíle nepřiřazuje." in text


def test_way_leads_over_the_one_goal(client, fund):
    fund.goals.get().priority.short_name = "Bydlení"
    page = client.get(fund.get_absolute_url())
    assert [label for label, _ in page.context["trail"]] == [
        "Strategie",
        "Strategie kraje",
        fund.goals.get().priority.short_name,
        "Cíl 1.A",
        "1.2",
    ]
    assert [url for _, url in page.context["trail"]][2:] == [
        "/strategie/kk/priorita/1/",
        "/strategie/kk/cil/1.A/",
        "",
    ]


def test_way_of_a_measure_of_more_goals_stops_at_the_strategy(client, fund):
    fund.goals.add(make.GoalFactory(priority=fund.goals.get().priority, code="1.B"))
    labels = [label for label, _ in client.get(fund.get_absolute_url()).context["trail"]]
    assert labels == ["Strategie", "Strategie kraje", "1.2"]


def test_neighbours_stand_in_the_order_of_the_plan(client, fund):
    for code in ("1.10", "1.1", "1.3"):
        make.make_measure(code, fund.goals.get(), short_name=f"Název {code}")
    text = text_of(client.get(fund.get_absolute_url()))
    assert "Předchozí opatření: 1.1 Název 1.1 Další opatření: 1.3 Název 1.3" in text
    last = text_of(client.get("/strategie/kk/opatreni/1.10/"))
    assert "Předchozí opatření: 1.3 Název 1.3" in last
    assert "Další opatření" not in last


def test_rules_are_linked_from_what_they_made(client, fund):
    page = client.get(fund.get_absolute_url()).content.decode()
    assert "/metodika/stav/" in page
    assert "/metodika/aktualnost/" in page


@pytest.mark.parametrize(
    "path",
    [
        "/strategie/kk/opatreni/9.9/",
        "/strategie/xx/opatreni/1.2/",
        "/strategie/kk/opatreni/%20/",
        "/strategie/kk/opatreni/1.2%00/",
    ],
)
def test_unknown_measure_is_not_found(client, fund, path):
    assert client.get(path).status_code == 404


def test_page_is_only_read(client, fund):
    assert client.post(fund.get_absolute_url()).status_code == 405


ACTIONS = ["Podat hlášení", "Přidat milník", "Hotovo", "Zrušit"]


@pytest.mark.parametrize(
    ("role", "may"), [(None, False), ("unit", True), ("head", True), ("councillor", False)]
)
def test_actions_are_offered_to_those_who_may(client, client_as, fund, role, may):
    make.milestone(fund, date(2026, 12, 31))
    reader = client_as(role) if role else client
    page = reader.get(fund.get_absolute_url())
    assert [action in text_of(page) for action in ACTIONS] == [may] * 4
    assert (reverse("measures:report_form", args=[fund.pk]) in page.content.decode()) is may


def test_actions_are_not_offered_on_a_measure_of_another(client_as, fund):
    make.plan(fund, owner=make.UserFactory())
    make.milestone(fund, date(2026, 12, 31))
    text = text_of(client_as("unit").get(fund.get_absolute_url()))
    assert not any(action in text for action in ACTIONS)


def queries(client, measure):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(measure.get_absolute_url()).status_code == 200
    return len(captured)


def grow(measure, count):
    for number in range(count):
        make.ActivityFactory(measure=measure)
        make.plan(measure, recorded_at=moment("2026-01-02 10:00"), reason=f"{number}")
        done = make.milestone(measure, date(2026, 12, 31))
        make.finish(done, date(2026, 3, 1))
        make.report(measure, date(2026, 6, 1), actor=make.OrganisationFactory())
        seminar = make.output(measure, date(2026, 6, 1), organiser=make.OrganisationFactory())
        make.OutputMunicipalityFactory(output=seminar)
        measure.municipalities.add(make.MunicipalityFactory())
        measure.partners.add(make.OrganisationFactory())


def test_number_of_queries_does_not_grow_with_history(client, fund):
    grow(fund, 1)
    assert queries(client, fund) == 12
    grow(fund, 30)
    assert queries(client, fund) == 12


def test_number_of_queries_does_not_grow_with_measures(client, fund):
    grow(fund, 1)
    for number in range(99):
        make.make_measure(f"9.{number}", fund.goals.get())
    assert queries(client, fund) == 12


def test_signed_in_reader_costs_at_most_two_queries_more(client_as, fund):
    grow(fund, 1)
    assert queries(client_as("unit"), fund) <= 14


def test_page_opens_no_session(client, fund):
    answer = client.get(fund.get_absolute_url())
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
