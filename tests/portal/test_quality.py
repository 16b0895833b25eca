"""The quality page: who may see it, and what each of its checks finds; days worked out by hand."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from measures.models import Measure, MeasureKind
from portal.quality import groups, monitored_facts, pace, rates, writing_time
from tests import factories
from tests.factories import make_measure, milestone, moment, noon, plan, report
from tests.indicators.factories import IndicatorFactory, ObservationFactory
from tests.municipalities.pages import plain, text_of
from tests.projects.factories import OutcomeFactory, ProjectFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 25)
NOW = noon(ON)
SIGN_IN = 2
"""Queries of a signed-in reader: the session, and the person with their roles."""


def days(n):
    return ON + timedelta(days=n)


def findings():
    """Return the findings by their key."""
    found = groups(monitored_facts(ON), ON, NOW)
    return {finding.key: finding for group in found for finding in group.findings}


def items(key):
    """Return what a check found: texts with notes, with plain spaces."""
    return [(plain(item.text), plain(item.note)) for item in findings()[key].items]


def running(code, **fields):
    """Return a measure with a report of the last finished cycle."""
    measure = make_measure(code, short_name="X", **fields)
    report(measure, date(2026, 9, 20))
    return measure


# Who may see it


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 403), ("councillor", 403), ("admin", 403), ("head", 200)]
)
def test_quality_is_for_the_head(client_as, role, status):
    client = client_as(role)
    assert client.get("/prace/kvalita/").status_code == status
    assert client.post("/prace/kvalita/").status_code == 405


def test_quality_sends_a_stranger_to_sign_in(client):
    assert client.get("/prace/kvalita/").url == "/ucet/login/?next=/prace/kvalita/"


def test_quality_is_kept_by_no_browser(client_as):
    assert "no-store" in client_as("head").get("/prace/kvalita/").headers["Cache-Control"]


# The page


def test_page_without_a_fault_says_so_of_each_check(client_as):
    text = text_of(client_as("head").get("/prace/kvalita/"))
    assert "Všechny kontroly jsou v pořádku." in text
    for fine in [
        "Každé opatření má odpovědného.",
        "Všichni odpovědní a zástupci mají účet v provozu.",
        "Každé běžící opatření má milník do 90 dnů, nebo nedávný výstup.",
        "O žádném opatření není poslední hlášení starší než dva cykly.",
        "O každém opatření už nějaké hlášení přišlo.",
        "Žádný výsledek projektu není nejistý.",
        "Žádná platná hodnota ukazatele není nejistá.",
        "O každém projektu víme všechno, co má být zveřejněno.",
        "Žádný import nečeká na potvrzení a po posledním načtení nebyl žádný odmítnut.",
        "Na schválení nic nečeká.",
        "Žádnou adresu poštovní server neodmítl.",
        "Na všechny dotazy partneři odpověděli.",
        "Do 14 dnů není nikdo pryč.",
    ]:
        assert fine in text
    assert "Jak dlouho trvá napsat hlášení, zatím nevíme" in text


def test_page_counts_what_it_found_and_leads_where_it_is_mended(client_as):
    measure = make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")
    response = client_as("head").get("/prace/kvalita/")
    text = text_of(response)
    assert "Něco našlo 3 ze 14 kontrol." in text
    assert "Opatření bez odpovědného 1 Připomínky o nich chodí vedoucímu" in text
    assert "Vypsat (1) 1.2 Krizový fond" in text
    page = response.content.decode()
    forms = [f"/prace/opatreni/{measure.pk}/{name}/" for name in ("hlaseni", "milnik")]
    for link in ["#bez-odpovedneho", "/prace/kolo/", *forms]:
        assert f'href="{link}"' in page
    assert "Určit odpovědné" in text


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_the_same_queries_for_many(client_as, django_assert_num_queries, number):
    strategy = factories.StrategyFactory()
    for n in range(number):
        measure = make_measure(f"1.{n}", strategy=strategy)
        gone = factories.UserFactory(is_active=False)
        plan(measure, owner=gone, deputy=factories.UserFactory())
        milestone(measure, days(n))
        factories.output(measure, days(-n))
        report(measure, days(-n), writing_seconds=n)
        factories.ReportDraftFactory(measure=measure, state="submitted")
        factories.PartnerRequestFactory(measure=measure)
        factories.RefusedMailFactory(person=gone)
        today = timezone.localdate()
        factories.AbsenceFactory(user=gone, start_date=today, end_date=today)
        OutcomeFactory(is_uncertain=True, note="Nejisté.")
        ObservationFactory(is_uncertain=True, note="Nejisté.")
        factories.ImportRunFactory(state="refused", person=gone)
    client = client_as("head")
    # Facts 3, outcomes, values, indicators with targets and values 3, projects with budgets 2,
    # imports, drafts, addresses, partners, absences, rates 2, seconds.
    with django_assert_num_queries(20 + SIGN_IN):
        assert client.get("/prace/kvalita/").status_code == 200


# Measures


def test_measure_without_an_owner_is_found_unless_it_ended():
    strategy = factories.StrategyFactory()
    make_measure("1.1", strategy=strategy, short_name="Bez plánu")
    plan(make_measure("1.2", strategy=strategy, short_name="S plánem"))
    owned = make_measure("1.3", strategy=strategy)
    plan(owned, owner=factories.UserFactory())
    ended = make_measure("1.4", strategy=strategy)
    report(ended, days(-3), phase="completed")
    make_measure("IX", strategy__is_monitored=False)
    assert items("bez-odpovedneho") == [("1.1 Bez plánu", ""), ("1.2 S plánem", "")]


def test_owner_and_deputy_without_an_account_are_found():
    gone = factories.UserFactory(name="Eva Bývalá", is_active=False)
    here = factories.UserFactory()
    strategy = factories.StrategyFactory()
    for n, people in enumerate(
        [{"owner": gone}, {"owner": here, "deputy": gone}, {"owner": here}, {}]
    ):
        plan(make_measure(f"1.{n}", strategy=strategy, short_name="X"), **people)
    assert items("neaktivni-lide") == [
        ("1.0 X", "už nepřistupuje: Eva Bývalá"),
        ("1.1 X", "už nepřistupuje: Eva Bývalá"),
    ]


@pytest.mark.parametrize(
    ("due", "note"),
    [
        (days(-1), None),
        (days(0), None),
        (days(90), None),
        (days(91), "nejbližší milník 24. 2. 2027"),
        (None, "žádný otevřený milník"),
    ],
)
def test_measure_that_promises_nothing_within_ninety_days_is_found(due, note):
    measure = running("1.1")
    if due:
        milestone(measure, due)
    assert items("bez-milniku") == ([("1.1 X", note)] if note else [])


def test_finished_milestone_promises_nothing():
    measure = running("1.1")
    factories.finish(milestone(measure, days(5)), days(-1))
    assert items("bez-milniku") == [("1.1 X", "žádný otevřený milník")]


def test_measures_that_need_no_milestone_are_not_found():
    strategy = factories.StrategyFactory()
    suspended = make_measure("1.1", strategy=strategy)
    report(suspended, days(-3), phase="suspended", review_date=days(200))
    continuous = running("1.2", strategy=strategy)
    plan(continuous, kind=MeasureKind.CONTINUOUS)
    factories.output(continuous, date(2025, 11, 26))
    later = make_measure("1.3", strategy=strategy)
    plan(later, start=days(91))
    assert items("bez-milniku") == []
    old = running("1.4", strategy=strategy)
    plan(old, kind=MeasureKind.CONTINUOUS)
    factories.output(old, date(2025, 11, 25))
    soon = make_measure("1.5", strategy=strategy, short_name="X")
    plan(soon, start=days(90))
    assert [text for text, _ in items("bez-milniku")] == ["1.4 X", "1.5 X"]


def test_old_and_missing_reports_are_found():
    strategy = factories.StrategyFactory()
    report(make_measure("1.1", strategy=strategy, short_name="X"), date(2026, 3, 31))
    report(make_measure("1.2", strategy=strategy, short_name="X"), date(2026, 4, 1))
    make_measure("1.3", strategy=strategy, short_name="X")
    ended = make_measure("1.4", strategy=strategy)
    report(ended, date(2025, 1, 1), phase="cancelled")
    assert items("neaktualni") == [("1.1 X", "naposledy 31. 3. 2026")]
    assert items("bez-hlaseni") == [("1.3 X", "")]


# Figures


def test_unsure_figures_are_found_with_their_doubt():
    project = ProjectFactory(name="Pod jednou střechou")
    OutcomeFactory(project=project, value=12, unit="osob", is_uncertain=True, note="Dvojí čtení.")
    OutcomeFactory(project=project, value=5, unit="osob")
    unsure = ObservationFactory(
        indicator__name="Lidé v dluhové pasti", value=7, is_uncertain=True, note="Bez zdroje."
    )
    ((text, note),) = items("nejiste-vysledky")
    assert (text.startswith("Pod jednou střechou: 12"), note) == (True, "Dvojí čtení.")
    ((text, note),) = items("nejiste-hodnoty")
    assert (text.startswith("Lidé v dluhové pasti: 7"), note) == (True, "Bez zdroje.")
    ObservationFactory(indicator=unsure.indicator, corrects=unsure, recorded_at=NOW)
    assert items("nejiste-hodnoty") == []


def test_projects_tell_what_is_not_known_and_how_much_together():
    ProjectFactory(name="Prázdný", programme="", registration_number=None)
    known = ProjectFactory(
        name="Ví se",
        recipient=factories.OrganisationFactory(region=factories.RegionFactory()),
        state="running",
        programme="OPZ+",
        fund="ESF+",
        goal="Pomáhat.",
        registration_number="CZ.1",
        start_date=date(2025, 1, 1),
        end_date=date(2026, 1, 1),
    )
    assert items("neuplne-projekty") == [
        (
            "Prázdný",
            "chybí 11 ze 12 údajů: příjemce, účel a očekávané nebo dosažené výsledky, začátek, "
            "konec, celkové náklady, fond, specifický cíl, míra spolufinancování EU, území, "
            "sídlo příjemce, typ intervence",
        ),
        (
            "Ví se",
            "chybí 6 ze 12 údajů: očekávané nebo dosažené výsledky, celkové náklady, "
            "specifický cíl, míra spolufinancování EU, území, typ intervence",
        ),
    ]
    finding = findings()["neuplne-projekty"]
    assert "Celkem chybí 17 údajů," in plain(finding.why)
    assert finding.items[1].url == f"/prace/projekty/{known.pk}/"


# People and letters


def test_reports_that_wait_for_approval_are_found():
    draft = factories.ReportDraftFactory(
        measure=make_measure("1.1", short_name="X"),
        author__name="Jana Nová",
        state="submitted",
        submitted_at=moment("2026-11-24 23:30"),
    )
    factories.ReportDraftFactory(measure=draft.measure)
    assert items("ke-schvaleni") == [("1.1 X", "odevzdáno 24. 11. 2026, autor Jana Nová")]


def test_refused_addresses_are_found_with_the_answer_of_the_server():
    factories.RefusedMailFactory(
        address="stara@example.cz",
        person=factories.UserFactory(name="Petr Starý"),
        reason="550 neznámý",
        refused_at=NOW,
    )
    assert items("odmitnuta-posta") == [
        ("stara@example.cz (Petr Starý)", "25. 11. 2026: 550 neznámý")
    ]


def test_partners_who_did_not_answer_are_found():
    measure = make_measure("1.1")
    for name, fields in [
        ("Čeká", {"asked_at": NOW, "sent_at": NOW, "expires_at": moment("2026-12-05")}),
        ("Neodešlo", {"asked_at": NOW, "expires_at": moment("2026-12-06")}),
        ("Vypršelo", {"expires_at": NOW, "sent_at": NOW}),
        ("Odpověděl", {"answered_at": NOW, "expires_at": moment("2026-12-07")}),
    ]:
        factories.PartnerRequestFactory(
            measure=measure, organisation__name=name, email="p@example.cz", **fields
        )
    again = factories.OrganisationFactory(name="Ptáme se znovu")
    factories.PartnerRequestFactory(measure=measure, organisation=again)
    factories.PartnerRequestFactory(
        measure=measure,
        organisation=again,
        asked_at=NOW,
        expires_at=moment("2026-12-08"),
        answered_at=NOW,
    )
    assert items("dotazy-partnerum") == [
        ("Vypršelo: opatření 1.1", "p@example.cz, odkaz vypršel 25. 11. 2026"),
        ("Čeká: opatření 1.1", "p@example.cz, odesláno 25. 11. 2026, odkaz platí do 5. 12. 2026"),
        ("Neodešlo: opatření 1.1", "p@example.cz, e-mail zatím neodešel"),
    ]


def test_people_away_are_found_with_what_nobody_covers():
    away, next_away, back = [factories.UserFactory(name=name) for name in ("Ada", "Bob", "Cyril")]
    for user, start, end in [
        (away, days(-3), days(0)),
        (next_away, days(14), days(20)),
        (back, days(-9), days(-1)),
        (factories.UserFactory(), days(15), days(20)),
    ]:
        factories.AbsenceFactory(user=user, start_date=start, end_date=end)
    strategy = factories.StrategyFactory()
    for n, deputy in enumerate([None, back, next_away]):
        plan(make_measure(f"1.{n}", strategy=strategy), owner=away, deputy=deputy)
    assert items("nepritomni") == [
        ("Ada: 22. 11. 2026 až 25. 11. 2026", "odpovídá za 3 opatření; nikdo nezastupuje 2 z nich"),
        ("Bob: 9. 12. 2026 až 15. 12. 2026", "za žádné opatření neodpovídá"),
    ]


# How reports come


def test_rates_tell_the_last_two_finished_cycles_with_their_n():
    strategy = factories.StrategyFactory(short_name="Strategie K")
    timely, late, silent = [make_measure(f"1.{n}", strategy=strategy) for n in range(3)]
    report(timely, date(2026, 9, 20))
    report(late, date(2026, 9, 20), published_at=moment("2026-10-16 08:00"))
    report(silent, date(2026, 6, 20))
    make_measure("IX", strategy__is_monitored=False)
    found = [
        (
            rate.strategy,
            plain(rate.cycle),
            plain(rate.due),
            plain(rate.reported),
            plain(rate.on_time),
        )
        for rate in rates(monitored_facts(ON), ON)
    ]
    assert found == [
        ("Strategie K", "3. čtvrtletí 2026", "15. 10. 2026", "2 ze 3", "1 ze 3"),
        ("Strategie K", "2. čtvrtletí 2026", "15. 7. 2026", "1 ze 3", "1 ze 3"),
    ]


def test_cycle_nothing_was_expected_for_has_no_rate(client_as):
    make_measure("1.1", loaded_at=timezone.now())
    text = text_of(client_as("head").get("/prace/kvalita/"))
    assert text.count("za tento cyklus se žádné hlášení nečekalo") == 2


def test_time_of_writing_is_the_median_of_ninety_days():
    measure = make_measure("1.1")
    for n, seconds in [(0, 30), (5, 48), (80, 600), (91, 5), (3, None)]:
        report(measure, days(-n), writing_seconds=seconds)
    words, number = writing_time(NOW)
    assert (plain(words), number) == ("48 s", 3)


def test_time_of_writing_is_unknown_without_a_form():
    report(make_measure("1.1"), days(-1))
    assert writing_time(NOW) is None


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (72, "1 min 12 s")]
)
def test_length_of_time_in_words(seconds, words):
    assert plain(pace.in_words(seconds)) == words


def test_page_shows_rates_and_median(client_as):
    measure = make_measure("1.1")
    report(measure, timezone.localdate(), writing_seconds=72)
    text = text_of(client_as("head").get("/prace/kvalita/"))
    assert "nejvýš 1 min 12 s (medián; 1 hlášení za posledních 90 dnů)" in text
    assert Measure.objects.count() == 1
    assert text.count("z 1 do ") == 2


# Imports


def test_imports_that_wait_or_were_refused_since_the_last_good_one_are_found():
    person = factories.UserFactory(name="Jana")
    runs = [
        ("stary.xlsx", "refused", "2026-11-01 08:00"),
        ("dobry.xlsx", "done", "2026-11-02 08:00"),
        ("spatny.xlsx", "refused", "2026-11-03 08:00"),
        ("zahozeny.xlsx", "abandoned", "2026-11-04 08:00"),
        ("ceka.xlsx", "previewed", "2026-11-05 08:00"),
    ]
    for name, state, started in runs:
        factories.ImportRunFactory(
            file_name=name, state=state, started_at=moment(started), person=person
        )
    about = "index sociálního vyloučení, Jana"
    assert items("importy") == [
        ("ceka.xlsx: čeká na potvrzení", f"5. 11. 2026 8:00, {about}"),
        ("spatny.xlsx: odmítnuto", f"3. 11. 2026 8:00, {about}"),
    ]


def test_good_import_of_another_kind_mends_nothing():
    factories.ImportRunFactory(state="refused", started_at=moment("2026-11-01"))
    factories.ImportRunFactory(kind="boundaries", started_at=moment("2026-11-02"))
    assert len(items("importy")) == 1


# Indicators


def test_indicator_waiting_for_a_value_is_told_with_the_way_to_enter_it(client_as):
    late = IndicatorFactory(name="Lidé", slug="lide", next_release_date=days(-10))
    ObservationFactory(indicator=late, value=5)
    IndicatorFactory(name="Včas", next_release_date=days(10))
    text = client_as("head").get("/prace/kvalita/").content.decode()
    assert "Lidé: 5 osob (2023)" in text.replace("\u00a0", " ")
    assert "/prace/ukazatele/lide/" in text
    assert "Včas" not in text
