"""Pages of a priority, of a goal and about a strategy. Statuses are worked out by hand for
12. 9. 2026; what the documents say is copied from the brochures."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from measures import moment as moments
from measures.models import Measure, MeasureKind
from measures.status import StatusKey
from municipalities.models import BandCount
from portal.strategy_about import published_figures
from strategy.models import Goal, Priority, Strategy, StrategyText
from tests import factories as make
from tests.factories import moment
from tests.portal.reading import in_order, main_of, text_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)
PRIORITY, GOAL, ABOUT = "/strategie/kk/priorita/1/", "/strategie/kk/cil/1.A/", "/o-strategii/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: ON)


@pytest.fixture
def kk():
    """A priority of two goals with four measures, and another one without any."""
    kk = make.StrategyFactory(slug="kk", short_name="Strategie kraje")
    housing = make.PriorityFactory(
        strategy=kk,
        code="1",
        name="Dostupnost bydlení pro lidi",
        name_printed="Dostupnost bydlení pro LIDI",
        short_name="Dostupnost bydlení",
        motto="Důstojné bydlení je základ",
        summary="Zajišťujeme dostupné bydlení.",
        index_component="housing_benefit",
    )
    make.PriorityFactory(strategy=kk, code="2", short_name="Prevence")
    homes = make.GoalFactory(priority=housing, code="1.A", short_name="Dostupné bydlení")
    loss = make.GoalFactory(priority=housing, code="1.B", short_name="Prevence ztráty")
    late = make.make_measure("1.2", homes, name="Krajský fond")
    make.make_measure("1.10", homes, name="Podpora služeb")
    make.make_measure("1.3", homes, name="Nový záměr")
    steady = make.make_measure("1.4", loss, name="Podpora rodin")
    make.milestone(late, date(2026, 8, 9), title="Pravidla fondu", recorded_at=moment("2026-08-01"))
    make.report(late, date(2026, 8, 7))
    make.plan(steady, kind=MeasureKind.CONTINUOUS, recorded_at=moment("2026-08-01"))
    make.output(steady, date(2026, 9, 1))
    make.report(steady, date(2026, 9, 10))
    make.plan(measure("1.3"), start=date(2027, 1, 1), recorded_at=moment("2026-08-01"))
    return kk


@pytest.fixture
def lk():
    """Two tiers and a priority without one; a measure of goals of two priorities, and one of
    none."""
    lk = make.StrategyFactory(slug="lk", short_name="Strategie LK", is_monitored=False)
    homes, debts, school = [
        make.PriorityFactory(
            strategy=lk, code=code, short_name=name, tier=tier, is_tier_inferred=bool(tier)
        )
        for code, name, tier in [
            ("BYDLENI", "Bydlení", "A"),
            ("DLUHY", "Dluhy", ""),
            ("VZDELAVANI", "Vzdělávání", "B"),
        ]
    ]
    school.prerequisites.add(homes)
    four, five = (make.GoalFactory(priority=homes, code=code) for code in ("4", "5"))
    seven = make.GoalFactory(priority=debts, code="7")
    make.make_measure("I", four, five, seven, name="Návaznost služeb")
    make.make_measure("VII", strategy=lk, is_cross_cutting=True)
    return lk


@pytest.fixture
def documents():
    """What is loaded from the documents."""
    call_command("load_data", verbosity=0)


def measure(code):
    return Measure.objects.get(code=code)


def codes(lines):
    return [line.row.measure.code for line in lines]


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_priority_shows_motto_summary_and_printed_wording(client, kk):
    text = text_of(client.get(PRIORITY))
    assert in_order(
        text,
        "1 Dostupnost bydlení pro lidi",
        "„Důstojné bydlení je základ“",
        "Zajišťujeme dostupné bydlení.",
        "Vytištěno: „Dostupnost bydlení pro LIDI“.",
    )
    assert "Složka „příjemci příspěvku na bydlení“. Přiřazení je naše." in text


def test_priority_counts_its_measures_and_leads_to_them(client, kk):
    answer = client.get(PRIORITY)
    counts = answer.context["page"].counts
    found = {count.count.key: count.number for count in counts.links}
    assert found == {
        StatusKey.LATE: 1,
        StatusKey.UNREPORTED: 1,
        StatusKey.NOT_STARTED: 1,
        StatusKey.CONTINUOUS: 1,
    }
    assert "4 opatření · vykázáno 3 ze 4" in text_of(answer)
    assert 'href="/strategie/kk/?stav=zpozdeno&amp;priorita=1"' in main_of(answer)
    assert counts.bar_label.startswith("Dostupnost bydlení pro lidi: zpožděno 1")


def test_count_leads_to_the_measures_it_counts(client, kk):
    answer = client.get("/strategie/kk/?stav=zpozdeno&priorita=1")
    assert [row.measure.code for row in answer.context["page"].rows] == ["1.2"]


def test_priority_shows_measures_by_goal_with_the_reason(client, kk):
    answer = client.get(PRIORITY)
    sections = [(part.goal.code, codes(part.lines)) for part in answer.context["page"].goals]
    assert sections == [("1.A", ["1.2", "1.3", "1.10"]), ("1.B", ["1.4"])]
    text = text_of(answer)
    assert "1.2 Krajský fond zpožděno o 34 dní termín 9. 8. 2026: Pravidla fondu" in text
    assert "termín 9. 8. 2026: Pravidla fondu · hlášeno před 36 dny" in text
    assert "1.3 Nový záměr nezahájeno začátek 1. 1. 2027" in text
    assert "1.10 Podpora služeb bez hlášení 1.B" in text
    assert "1.4 Podpora rodin plněno průběžně hlášeno před 2 dny" in text


def test_priority_without_goals_says_so(client, kk):
    answer = client.get("/strategie/kk/priorita/2/")
    text = text_of(answer)
    assert "Strategie u této priority žádné cíle neuvádí." in text
    assert "Žádné složce indexu sociálního vyloučení." in text
    assert answer.context["page"].counts.links == []


def test_strategy_without_goals_has_priority_pages(client):
    make.PriorityFactory(strategy=make.StrategyFactory(slug="kk"), code="1")
    assert "žádné cíle neuvádí" in text_of(client.get(PRIORITY))


def test_priority_without_tiers_says_nothing_of_them(client, kk):
    text = text_of(client.get(PRIORITY))
    assert "tupeň" not in text
    assert "průřezov" not in text


def test_neighbours_of_priorities_and_goals(client, kk):
    page = client.get(PRIORITY).context["page"].neighbours
    assert (page.previous, page.following.url) == (None, "/strategie/kk/priorita/2/")
    page = client.get("/strategie/kk/cil/1.B/").context["page"].neighbours
    assert (page.previous.url, page.following) == (GOAL, None)


def test_tier_says_what_it_is_the_base_of_and_that_it_is_inferred(client, lk):
    text = text_of(client.get("/strategie/lk/priorita/BYDLENI/"))
    assert "Stupeň A odvozeno, v textu není" in text
    assert "„Priority A jsou podmínkou pro priority B.“" in text
    assert "Je podmínkou pro priority: Vzdělávání" in text
    assert "Staví na" not in text


def test_tier_says_what_it_builds_on(client, lk):
    answer = client.get("/strategie/lk/priorita/VZDELAVANI/")
    assert "Staví na prioritách: Bydlení" in text_of(answer)
    assert 'href="/strategie/lk/priorita/BYDLENI/"' in main_of(answer)


def test_tier_that_cannot_be_told_is_not_inferred(client, lk):
    text = text_of(client.get("/strategie/lk/priorita/DLUHY/"))
    assert "Stupeň nelze určit" in text
    assert "odvozeno" not in text


def test_measure_of_many_goals_is_counted_once(client, lk):
    answer = client.get("/strategie/lk/priorita/BYDLENI/")
    page = answer.context["page"]
    assert [(part.goal.code, codes(part.lines)) for part in page.goals] == [
        ("4", ["I"]),
        ("5", ["I"]),
    ]
    assert page.counts.total == 1
    text = text_of(answer)
    assert "I Návaznost služeb vede i k cílům 5, 7" in text
    assert "Strategie má i 1 průřezové opatření, které slouží všem prioritám." in text


def test_strategy_not_monitored_shows_no_status(client, lk):
    for path in ("/strategie/lk/priorita/BYDLENI/", "/strategie/lk/cil/4/"):
        text = text_of(client.get(path))
        assert "Hlášení se zde nevedou." in text
        assert "vykázáno" not in text
        assert not any(key.label in text for key in StatusKey)
        assert "Jak to bylo dřív" not in text


def test_goal_shows_its_priority_and_measures(client, kk):
    answer = client.get(GOAL)
    text = text_of(answer)
    assert codes(answer.context["page"].lines) == ["1.2", "1.3", "1.10"]
    assert "3 opatření · vykázáno 2 ze 3" in text
    assert "Priorita Dostupnost bydlení pro lidi" in text
    assert 'href="/strategie/kk/?stav=zpozdeno&amp;cil=1.A"' in main_of(answer)
    assert 'href="/strategie/kk/priorita/1/"' in main_of(answer)


def test_goal_without_measures_says_so(client, kk):
    make.GoalFactory(priority=kk.priorities.get(code="2"), code="2.A")
    text = text_of(client.get("/strategie/kk/cil/2.A/"))
    assert "Strategie k tomuto cíli žádné opatření nepřiřazuje." in text


def test_goal_names_the_further_goals_of_a_measure(client, lk):
    text = text_of(client.get("/strategie/lk/cil/7/"))
    assert "I Návaznost služeb vede i k cílům 4, 5" in text


def test_past_day_shows_what_was_known_and_links_stay_on_it(client, kk):
    """On 8. 8. the milestone of 9. 8. was still ahead."""
    answer = client.get(f"{PRIORITY}?k=2026-08-08")
    text = text_of(answer)
    assert "Stav k 8. 8. 2026" in text
    assert "1.2 Krajský fond podle plánu termín 9. 8. 2026: Pravidla fondu · hlášeno včera" in text
    page = answer.content.decode()
    for href in (
        "/strategie/kk/?k=2026-08-08",
        "/strategie/kk/cil/1.A/?k=2026-08-08",
        "/strategie/kk/opatreni/1.2/?k=2026-08-08",
        "/strategie/kk/priorita/2/?k=2026-08-08",
        "/strategie/kk/?stav=podle-planu&amp;priorita=1&amp;k=2026-08-08",
    ):
        assert f'href="{href}"' in page


@pytest.mark.parametrize("path", [PRIORITY, GOAL, f"/strategie/kk{ABOUT}"])
def test_day_before_the_first_record(client, kk, path):
    text = text_of(client.get(f"{path}?k=2020-01-01"))
    assert "Portál tehdy ještě neběžel." in text
    assert "neuvádí" not in text


@pytest.mark.parametrize("path", [PRIORITY, GOAL, f"/strategie/kk{ABOUT}"])
@pytest.mark.parametrize("day", ["abc", "2030-01-01", "%00", "31.2.2026"])
def test_day_that_cannot_be_shown_is_told(client, kk, path, day):
    answer = client.get(f"{path}?k={day}")
    assert answer.status_code == 200
    assert "stránka ukazuje dnešek" in text_of(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/strategie/kk/priorita/9/",
        "/strategie/kk/priorita/1%00/",
        "/strategie/kk/priorita/%00/",
        "/strategie/kk/cil/1.Z/",
        "/strategie/kk/cil/1.A%00/",
        "/strategie/xx/priorita/1/",
        "/strategie/xx/cil/1.A/",
        "/strategie/xx/o-strategii/",
    ],
)
def test_unknown_page_is_not_found(client, kk, path):
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?k=2020-01-01").status_code == 404


@pytest.mark.parametrize("path", [PRIORITY, GOAL, f"/strategie/kk{ABOUT}"])
def test_pages_are_only_read_and_open_no_session(client, kk, path):
    assert client.post(path).status_code == 405
    answer = client.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert main_of(answer).count("<h1") == 1


def grow(goal, count):
    """Add measures with a plan, a milestone, a report and an output under a goal."""
    start = Measure.objects.count()
    for number in range(start, start + count):
        added = make.make_measure(f"7.{number}", goal)
        make.plan(added, end=date(2027, 12, 31))
        make.milestone(added, date(2026, 12, 31))
        make.report(added, date(2026, 9, 1))
        make.output(added, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        (PRIORITY, 9),
        (f"{PRIORITY}?k=2026-09-11", 8),
        (GOAL, 4),
        (f"{GOAL}?k=2026-09-11", 4),
    ],
)
def test_number_of_queries_does_not_grow(client, path, limit):
    priority = make.PriorityFactory(strategy=make.StrategyFactory(slug="kk"), code="1")
    goal = make.GoalFactory(priority=priority, code="1.A")
    grow(goal, 1)
    client.get(path)  # A past day asks once in a process when the portal began.
    assert queries(client, path) == limit
    grow(goal, 1)
    grow(make.GoalFactory(priority=priority, code="1.B"), 28)
    assert queries(client, path) == limit


def test_about_pages_cost_at_most_eleven_queries(client, documents):
    assert queries(client, f"/strategie/kk{ABOUT}") == 11
    assert queries(client, f"/strategie/lk{ABOUT}") == 10
    kk = Strategy.objects.get(slug="kk")
    StrategyText.objects.create(strategy=kk, key="x", text="x", source="x", order=9)
    assert queries(client, f"/strategie/kk{ABOUT}") == 11


def test_signed_in_reader_costs_at_most_two_queries_more(client_as, kk):
    anonymous = queries(Client(), PRIORITY)
    client = client_as("unit")
    client.get(PRIORITY)
    assert queries(client, PRIORITY) <= anonymous + 2


def test_about_without_anything_known(client):
    make.StrategyFactory(slug="kk", title="Strategie kraje")
    text = text_of(client.get(f"/strategie/kk{ABOUT}"))
    assert "schválil orgán neuvedeno schváleno neuvedeno platnost platnost dokument neuvádí" in text
    assert "Brožura této strategie sociální vyloučení sama nevymezuje." in text
    assert "opravy textu žádné" in text
    assert "Co k tomu říkají data" not in text


def test_about_tells_validity_as_far_as_known(client):
    make.StrategyFactory(slug="kk", valid_from=date(2022, 10, 1))
    assert "platnost od 1. 10. 2022 obsahuje" in text_of(client.get(f"/strategie/kk{ABOUT}"))
    make.StrategyFactory(slug="lk", valid_from=date(2021, 1, 1), valid_to=date(2030, 12, 31))
    assert "od 1. 1. 2021 do 31. 12. 2030" in text_of(client.get(f"/strategie/lk{ABOUT}"))


def test_figures_are_made_of_the_newest_published_counts():
    """3 + 1 municipalities: a quarter is in the highest band."""
    strategy = make.StrategyFactory()
    low = make.IndexBandFactory(lower=0, name="nízký")
    high = make.IndexBandFactory(lower=12, name="vysoký")
    for year, band, number in [(2019, high, 9), (2020, low, 3), (2020, high, 1)]:
        make.BandCountFactory(region=strategy.region, year=year, band=band, count=number)
    sentence = published_figures(strategy.region).sentence
    assert sentence.replace("\u00a0", " ").replace("\u2060", "") == (
        "Podle zveřejněných počtů za rok 2020 měla vysokou hodnotu indexu (12 a více bodů) "
        "1 obec ze 4 (25,0 %), nízkou (0–11 bodů) 3."
    )


def test_figures_need_counts_and_bands_with_adjectives():
    strategy = make.StrategyFactory()
    assert published_figures(strategy.region) is None
    band = make.IndexBandFactory(lower=0, name="bez rozlišení")
    make.BandCountFactory(region=strategy.region, year=2020, band=band, count=3)
    assert published_figures(strategy.region) is None
    BandCount.objects.update(count=0)
    band.name = "nízký"
    band.save()
    assert published_figures(strategy.region) is None


def test_kk_about_quotes_the_brochure_and_counts_from_data(client, documents):
    """18 of 42 + 57 + 16 + 18 = 133 municipalities are 13.5 %."""
    answer = client.get(f"/strategie/kk{ABOUT}")
    text = text_of(answer)
    assert "„Začarovaný kruh potíží, které lidem brání zapojit se plně do společnosti." in text
    assert "„Téměř v pětině obcí je sociální vyloučení zásadním problémem." in text
    quoted = main_of(answer).split("<blockquote>")
    assert not any("pětině" in part.split("</blockquote>")[-1] for part in quoted)
    assert "Citace, ne údaj portálu" in text
    assert (
        "Podle zveřejněných počtů za rok 2020 mělo vysokou hodnotu indexu (12 a více bodů) 18 obcí "
        "ze 133 (13,5 %), zvýšenou (8–11 bodů) 16, střední (2–7 bodů) 57, žádnou nebo nízkou "
        "(0–1 bod) 42." in text
    )


def test_kk_about_tells_the_document(client, documents):
    answer = client.get(f"/strategie/kk{ABOUT}")
    text = text_of(answer)
    assert "schválil orgán Zastupitelstvo Karlovarského kraje schváleno říjen 2022" in text
    assert "platnost platnost dokument neuvádí" in text
    assert "4 priority, 13 cílů, 31 opatření" in text
    assert "11 oprav proti tisku" in text
    assert "/metodika/opravy-textu/#opravy-kk" in main_of(answer)
    assert "Memorandum mezi Ministerstvem pro místní rozvoj ČR (ASZ) a Karlovarským krajem" in text
    assert "říjen 2021 ·" in text
    assert "Školská inkluzivní koncepce" in text
    assert "Útvary krajského úřadu Implementační jednotka Karlovarského kraje" in text
    assert "Hlášení se zde nevedou." not in text
    assert "jeden cyklus má 3 měsíce" in text


def test_lk_about_tells_principle_tiers_bodies_and_instruments(client, documents):
    text = text_of(client.get(f"/strategie/lk{ABOUT}"))
    assert "Jdeme na to jinak, než bývá obvyklé. Zaměstnáním to nezačíná, ale vrcholí.“" in text
    assert "Inkluzivní vzdělávání stupeň B odvozeno, v textu není" in text
    assert "Eliminace předluženosti stupeň nelze určit" in text
    assert in_order(
        text,
        "Práce s cílovou skupinou zařazení odvozeno, v textu není Sociální práce Komunitní práce",
        "Koordinace aktérů zařazení odvozeno, v textu není Komunitní plánování",
        "Řízení Řídící výbor implementace",
        "Věcní garanti z krajského úřadu Odbor sociálních věcí",
        "Orgány a aktéři Rada kraje a její komise",
        "Mikrotýmy Mikrotým bydlení a dluhy",
        "„Do monitoringu a evaluace budou zapojeni všichni aktéři.",
        "Kdo se na sledování podílí Obce Kraj Aktéři, kteří pracují s cílovou skupinou Evaluace",
        "Hlášení se zde nevedou.",
        "schváleno 30. 11. 2021",
        "1. akční plán na období 2024–2025 (návrh)",
    )


def test_real_lk_measure_i_leads_to_four_goals(client, documents):
    answer = client.get("/strategie/lk/cil/4/")
    assert codes(answer.context["page"].lines) == ["I"]
    assert "vede i k cílům 5, 6, 7" in text_of(answer)
    text = text_of(client.get("/strategie/lk/priorita/BYDLENI/"))
    assert "2 opatření" in text
    assert "Je podmínkou pro priority: Vzdělávání Zaměstnanost" in text
    assert "Strategie má i 6 průřezových opatření" in text


def test_real_kk_priority_four_has_eleven_measures_in_natural_order(client, documents):
    page = client.get("/strategie/kk/priorita/4/").context["page"]
    assert page.counts.total == 11
    assert [(part.goal.code, codes(part.lines)) for part in page.goals] == [
        ("4.A", ["4.1", "4.2", "4.3", "4.4", "4.5"]),
        ("4.B", ["4.6", "4.7"]),
        ("4.C", ["4.8", "4.9"]),
        ("4.D", ["4.10", "4.11"]),
    ]


def test_titles_of_all_plan_pages_differ(client, documents):
    paths = [f"/strategie/{slug}{ABOUT}" for slug in ("kk", "lk")]
    for model, word in ((Priority, "priorita"), (Goal, "cil")):
        items = model.objects.values_list("strategy__slug", "code")
        paths += [f"/strategie/{slug}/{word}/{code}/" for slug, code in items]
    answers = [client.get(path).content.decode() for path in paths]
    titles = [page.split("<title>")[1].split("</title>")[0] for page in answers]
    assert len(paths) == 2 + 9 + 26
    assert len(set(titles)) == len(titles)
