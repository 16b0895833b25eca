"""The pages of methodology: expected texts were worked out by hand from the rules."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from measures.cycles import DUE_DAYS, SOON_DAYS, TOLERANCE_DAYS
from measures.status import StatusKey, status
from municipalities.index import HIGHEST, SMALL_POPULATION
from municipalities.models import IndexBand
from municipalities.models.index import MASKED_BELOW
from municipalities.sentences import STANDS_OUT
from portal.methodology import GROUPS, METHODS
from strategy.models import Correction
from tests.measures.in_memory import known, plan, promise, said
from tests.portal.reading import in_order, main_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

ABOUT = ["/o-portalu/", "/pristupnost/", "/snadne-cteni/"]
DETAILS = [f"/metodika/{slug}/" for slug in METHODS]
PAGES = ["/metodika/", *DETAILS, *ABOUT]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load all our files once for this module, and take them back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_data", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def read(client):
    return lambda path: text_of(client.get(path))


# All pages


def test_methodology_has_the_fourteen_pages():
    assert list(METHODS) == [
        "stav",
        "aktualnost",
        "souhrny",
        "minule-dny",
        "zmeny",
        "zasedani",
        "ukazatele",
        "penize-a-osoby",
        "potreby",
        "index",
        "pokryti",
        "opravy-textu",
        "opravy-dat",
        "zdroje",
        "slovnicek",
    ]


@pytest.mark.parametrize("path", PAGES)
def test_page_has_one_heading_and_its_title(client, path):
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert len(re.findall(r"<h1\b", page)) == 1
    assert re.search(r"<title>\S.* – Sociální začleňování", page)
    assert "lede" in main_of(response)


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_the_database_little(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(path)


@pytest.mark.parametrize("path", PAGES)
def test_page_sets_no_cookie_and_asks_no_other_server(client, path):
    response = client.get(path)
    assert not response.cookies
    assert not re.search(r"(?:src|rel=[^>]*href)=\"https?:", response.content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_page_gives_each_anchor_once(client, path):
    anchors = re.findall(r'\sid="([^"]+)"', client.get(path).content.decode())
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("path", PAGES)
def test_links_of_page_lead_somewhere(client, path):
    for link in set(re.findall(r'href="([/#][^"]*)"', main_of(client.get(path)))):
        target, _, anchor = link.partition("#")
        response = client.get(target or path)
        assert response.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in response.content.decode(), link


@pytest.mark.parametrize("path", DETAILS)
def test_method_shows_its_question_results_and_fellows(client, path):
    method = METHODS[path.split("/")[2]]
    page = main_of(client.get(path))
    text = text_of(client.get(path))
    assert f"{method.title} {method.question}" in text
    assert method.shown_on
    assert all(f'href="{page_.url}"' in page for page_ in method.shown_on)
    fellows = next(methods for _, methods in GROUPS if method in methods)
    assert all(f'href="{other.get_absolute_url()}"' in page for other in fellows if other != method)


def test_list_leads_to_each_method(client):
    page = main_of(client.get("/metodika/"))
    assert all(f'href="{path}"' in page for path in [*DETAILS, *ABOUT])


@pytest.mark.parametrize("slug", ["nic", "status"])
def test_unknown_method_is_not_found(client, slug):
    assert client.get(f"/metodika/{slug}/").status_code == 404


@pytest.mark.parametrize("path", ["/metodika/", "/metodika/stav/", *ABOUT])
def test_pages_refuse_a_post(client, path):
    assert client.post(path).status_code == 405


def test_link_to_a_method_has_a_text_of_its_own():
    link = render_to_string("components/method_link.html", {"slug": "stav"})
    assert f'href="{reverse("portal:methodology_detail", args=["stav"])}"' in link
    assert "Jak to počítáme" in link


def test_link_to_a_method_leads_to_a_place_on_it():
    context = {"slug": "index", "anchor": "skryto", "text": "Proč tu není číslo"}
    link = render_to_string("components/method_link.html", context)
    assert 'href="/metodika/index/#skryto"' in link
    assert "Proč tu není číslo" in link


# Status


def test_status_page_tells_the_conditions_in_their_order(read):
    assert in_order(
        read("/metodika/stav/"),
        "První shoda platí",
        "zrušeno Poslední hlášení",
        "pozastaveno Poslední hlášení",
        "splněno Poslední hlášení",
        "zpožděno o 34 dní Platí aspoň jedna",
        "nezahájeno bez hlášení Opatření nemá žádné hlášení",
        "neaktuální Za poslední dva uzavřené cykly",
        "ohroženo vážné potíže Poslední hlášení uvádí potíže",
        "nezahájeno Poslední hlášení říká, že opatření ještě nezačalo",
        "podle plánu plněno průběžně Opatření se připravuje nebo běží",
        "za posledních 12 měsíců",
        "probíhá bez termínů fáze neuvedena průběh neuveden Všechno ostatní",
    )


def test_status_page_says_whose_words_they_are(read):
    text = read("/metodika/stav/")
    assert "Pravidlo i slova stavů jsou tohoto portálu." in text
    assert "Stav nikdo nezadává." in text
    assert "„Hlášení se zde nevedou.“" in text


def test_status_page_shows_each_status_with_its_icon(client):
    page = main_of(client.get("/metodika/stav/"))
    icons = {"x", "paused", "done", "late", "ns", "none", "stale", "risk", "ok", "undated"}
    assert set(re.findall(r'href="#i-(\w+)"', page)) == icons


@pytest.mark.parametrize(
    ("milestone", "expected"),
    [
        (date(2026, 9, 30), "zpožděno o 20 dní"),
        (date(2026, 12, 15), "podle plánu"),
        (None, "probíhá bez termínů"),
    ],
)
def test_status_page_tells_its_example_as_the_rule_does(read, milestone, expected):
    facts = known(
        plan=plan(),
        report=said(as_of=date(2026, 10, 10)),
        milestones=[promise(milestone)] if milestone else [],
    )
    found = status(facts, date(2026, 10, 20))
    assert f"{found.word} {found.extra}".strip().replace("\u00a0", " ") == expected
    example = read("/metodika/stav/").split("Příklad Je 20. 10. 2026.")[1]
    assert expected in example


# Freshness


def test_freshness_page_names_the_terms_of_the_code(read):
    assert (DUE_DAYS, TOLERANCE_DAYS, SOON_DAYS) == (15, 7, 7)
    text = read("/metodika/aktualnost/")
    assert "má přijít do 15 dnů po jeho konci" in text
    assert "Dalších 7 dní po termínu je tolerance" in text
    assert "Od 7. dne před termínem" in text
    assert "do 8. dne před termínem" in text


def test_freshness_page_tells_the_conditions_in_their_order(read):
    words = ["bez hlášení", "aktuální", "neaktuální", "čeká se", "blíží se termín"]
    words += ["v toleranci", "po termínu"]
    rule = read("/metodika/aktualnost/").split("Jak portál aktuálnost určí")[1]
    assert in_order(rule.split("Příklad")[0], *(f" {word} " for word in words))


def test_freshness_page_works_an_example_day_by_day(read):
    text = read("/metodika/aktualnost/")
    assert "Opatření má hlášení za 2. čtvrtletí 2026." in text
    assert in_order(
        text,
        "skončil 30. 9. 2026, termín je 15. 10. 2026, tolerance končí 22. 10. 2026",
        "1. 10. 2026 7. 10. 2026 čeká se",
        "8. 10. 2026 15. 10. 2026 blíží se termín",
        "16. 10. 2026 22. 10. 2026 v toleranci",
        "23. 10. 2026 31. 12. 2026 po termínu",
        "1. 1. 2027 – neaktuální",
    )


# Roll-up


def test_rollup_page_orders_the_statuses_worst_first(read):
    assert in_order(
        read("/metodika/souhrny/").split("Pořadí stavů od nejhoršího")[1],
        "zpožděno",
        "ohroženo",
        "neaktuální",
        "bez hlášení",
        "probíhá bez termínů",
        "pozastaveno",
        "nezahájeno",
        "podle plánu",
        "plněno průběžně",
        "splněno",
        "zrušeno",
    )
    assert len(StatusKey) == 11


def test_rollup_page_counts_its_example(client, read):
    text = read("/metodika/souhrny/")
    assert "Priorita má 8 opatření." in text
    assert "vykázáno 4 ze 6" in text
    assert main_of(client.get("/metodika/souhrny/")).count("<rect ") == 8


# Progress, money, past days, coverage


def test_progress_page_tells_the_judgements_in_their_order(read):
    rule = read("/metodika/ukazatele/").split("Jak portál pokrok určí")[1]
    assert in_order(
        rule,
        "nelze hodnotit",
        "udržuje se / neudržuje se",
        "splněno / nesplněno",
        "chybí hodnota",
        "splněno A je 1 nebo víc",
        "zhoršení A je menší než 0",
        "příliš brzy E je menší než 0,10",
        "plní se P je 0,95 nebo víc",
        "mírně zaostává P je 0,60 nebo víc",
        "výrazně zaostává Všechno ostatní",
    )


@pytest.mark.parametrize(
    "example",
    [
        "Z 10 na 5 za 5 let. Po 2 letech je hodnota 8. 2 ÷ 5 = 0,4 2 ÷ 5 = 0,4 1,0 plní se",
        "Z 0 na 2 000 za 4 roky. Po 2 letech je hodnota 400. "
        "400 ÷ 2 000 = 0,2 2 ÷ 4 = 0,5 0,4 výrazně zaostává",
        "Z 10 na 5 za 5 let. Po 2 letech je hodnota 11. −1 ÷ 5 = −0,2 2 ÷ 5 = 0,4 – zhoršení",
    ],
)
def test_progress_page_holds_the_check_values(read, example):
    assert example in read("/metodika/ukazatele/")


def test_money_page_counts_a_project_once(read):
    text = read("/metodika/penize-a-osoby/")
    assert in_order(text, "60 % 6 mil. Kč", "30 % 3 mil. Kč", "kraj 10 mil. Kč")
    assert "přiřazení je naše" in text


def test_past_days_page_tells_of_the_time_before_the_first_record(read):
    text = read("/metodika/minule-dny/")
    assert "„Portál tehdy ještě neběžel.“" in text
    assert "?k=2026-09-12" in text
    assert "milník je 5 dní po termínu" in text


@pytest.mark.parametrize("row", ["2,71 % 2,90 %", "2,96 % 8,33 %", "6,77 % 9,46 %"])
def test_coverage_page_prints_the_shares_needs_are_judged_by(read, row):
    text = read("/metodika/pokryti/")
    assert row in text
    assert "Příspěvek na živobytí a dlouhodobá nezaměstnanost neodpovídají žádné prioritě." in text


# Index


@pytest.mark.parametrize(
    "band",
    [
        "0–1 žádný nebo nízký 0–1 bod Pokud se na daném území",
        "2–7 střední 2–7 bodů V některých oblastech",
        "8–11 zvýšený 8–11 bodů Sociální vyloučení je vícedimenzionální",
        "12–30 vysoký 12 a více bodů Sociální vyloučení je zásadní problém",
    ],
)
def test_index_page_prints_the_bands(read, band):
    assert band in read("/metodika/index/")


def test_index_page_reads_the_bands_from_the_database(read):
    with transaction.atomic():
        IndexBand.objects.filter(lower=8).update(lower=9, name="zkušební")
        text = read("/metodika/index/")
        transaction.set_rollback(True)
    assert "2–8 střední" in text
    assert "9–11 zkušební" in text


@pytest.mark.parametrize(
    "row",
    [
        "osoby v exekuci 6,77 % 8,46 %",
        "příjemci příspěvku na bydlení 2,71 % 3,39 %",
        "příjemci příspěvku na živobytí 0,70 % 0,88 %",
        "uchazeči o zaměstnání déle než 6 měsíců 1,82 % 2,28 %",
        "předčasné odchody ze vzdělávání 2,96 % 3,70 %",
    ],
)
def test_index_page_prints_the_national_shares_and_when_one_is_named(read, row):
    assert row in read("/metodika/index/")


@pytest.mark.parametrize(
    "row",
    [
        "osoby v exekuci 6,77 % 9,46 %",
        "příjemci příspěvku na bydlení 2,71 % 2,90 %",
        "předčasné odchody ze vzdělávání 2,96 % 8,33 %",
    ],
)
def test_index_page_prints_the_limits_of_the_classes_of_shares(read, row):
    text = read("/metodika/index/")
    assert "Hranice tříd, vydání 2023 Složka nad průměrem přes vysoký od" in text
    assert row in text


def test_classes_are_explained_where_the_map_is_coloured_by_them(client):
    link = 'href="/metodika/index/#tridy"'
    assert link in client.get("/obce/?slozka=exekuce").content.decode()
    assert link not in client.get("/obce/").content.decode()


def test_index_page_names_the_limits_of_the_code(read):
    assert (Decimal("1.25"), 5, 500, 30) == (STANDS_OUT, MASKED_BELOW, SMALL_POPULATION, HIGHEST)
    text = read("/metodika/index/")
    assert "jen od 1,25násobku" in text
    assert "méně než 5" in text
    assert "Pod 500 obyvatel" in text
    assert "0 až 30 bodů" in text
    assert "Rozdíl aspoň 1,5 bodu" in text
    assert "vojenský újezd, nezapočítává se" in text
    assert "K čemu index (ne)použít" in text


# Texts, sources, words


def test_corrections_page_shows_all_of_them_in_both_wordings(client, read):
    text = read("/metodika/opravy-textu/")
    assert Correction.objects.count() == 16
    assert "Strategie Karlovarského kraje 11 oprav" in text
    assert "Strategie Libereckého kraje 5 oprav" in text
    assert "název opatření 3.2 „povinostech“ „povinnostech“" in text
    assert "názvy priorit „ZAMĚSTNANOST“ „Zaměstnanost“" in text
    assert main_of(client.get("/metodika/opravy-textu/")).count('scope="row"') == 16


@pytest.mark.parametrize(
    "fact",
    [
        "208, ne 2083",
        "3 326 + 2 249 + 271 + 208 = 6 054",
        "6 258",
        "42 + 57 + 16 + 18 = 133",
        "18 ÷ 133 = 13,5 %",
        "„téměř v pětině obcí“",
        "4 890 z 6 258 obcí",
        "91 ze 133",
        "2 758 potřeb",
        "4 879 lidí",
        "k opatřením 1.1, 1.2, 1.4, 2.2, 2.3, 2.4, 3.5, 3.6 a 3.8",
        "Český statistický úřad 31. 12. 2020 fakta",
        "Agentura pro sociální začleňování, Index sociálního vyloučení 2023",
        "index-socialniho-vylouceni-2023.xlsx",
        "hodnoty od 8, jindy od 12 bodů",
    ],
)
def test_sources_page_tells(read, fact):
    assert fact in read("/metodika/zdroje/")


def test_numbers_of_the_sources_page_add_up():
    assert 3326 + 2249 + 271 + 208 == 6054
    assert 42 + 57 + 16 + 18 == 133
    assert round(100 * 18 / 133, 1) == 13.5
