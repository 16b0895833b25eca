"""What the search finds first in our real data: every answer here was chosen by hand."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from municipalities.models import Municipality, Region
from portal import search_sources
from portal.search import (
    LONGEST,
    SHOWN,
    Entry,
    Match,
    Query,
    forms,
    marked,
    match,
    one_letter_off,
    search,
    words_of,
)
from tests import factories as make
from tests.meetings.factories import BodyFactory, MeetingFactory
from tests.meetings.frozen import frozen
from tests.meetings.small import small
from tests.municipalities.pages import plain
from tests.portal.reading import in_order, main_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]

QUERIES = 13


@pytest.fixture(scope="module")
def data(django_db_setup, django_db_blocker):
    """Load all our files once for this module, and take them back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_data", verbosity=0)
        yield
        transaction.set_rollback(True)


def found(text):
    """Return what a query finds as „kind code name“, the best first."""
    hits = search(Query.of(text), search_sources.SOURCES, search_sources.misspelled).hits
    return [" ".join(f"{h.entry.kind} {h.entry.code} {h.entry.name}".split()) for h in hits]


def entry(name, **known):
    known = {"kind": "obec", "link": lambda: "/", "order": (name,), **known}
    return Entry(name=name, **known)


# The search set: what is typed and what stands first

FIRST = [
    # Places by name, by its beginning, in other cases, by code
    ("as", "město Aš"),
    ("AŠ", "město Aš"),
    ("v Aši", "město Aš"),
    ("cheb", "město Cheb"),
    ("v chebu", "město Cheb"),
    ("z Chebu", "město Cheb"),
    ("554481", "město Cheb"),
    ("obec Cheb", "město Cheb"),
    ("mariansky", "město Mariánské Lázně"),
    ("mariánských lázních", "město Mariánské Lázně"),
    ("lazne", "město Lázně Kynžvart"),
    ("karlovy v", "statutární město Karlovy Vary"),
    ("Karlových Varů", "statutární město Karlovy Vary"),
    ("nejdek", "město Nejdek"),
    ("v Nejdku", "město Nejdek"),
    ("v Lokti", "město Loket"),
    ("sokolově", "město Sokolov"),
    ("kynsperk", "město Kynšperk nad Ohří"),
    ("zadub", "obec Zádub-Závišín"),
    ("závišín", "obec Zádub-Závišín"),
    ("nová ves", "obec Nová Ves"),
    ("krasne u", "město Krásné Údolí"),
    ("hradiště", "vojenský újezd Hradiště"),
    ("ORP Cheb", "území ORP Cheb"),
    ("4107", "území ORP Sokolov"),
    ("chodov karlovy vary", "obec Chodov"),
    # Misspelled, too many words
    ("chebb", "město Cheb"),
    ("sokolv", "město Sokolov"),
    ("karlovyvary", "statutární město Karlovy Vary"),
    ("marianske lasne", "město Mariánské Lázně"),
    ("index cheb", "město Cheb"),
    # Plans by code
    ("1.2", "opatření 1.2 Krajský garanční a krizový fond"),
    ("„1.2“", "opatření 1.2 Krajský garanční a krizový fond"),
    ("1,2", "opatření 1.2 Krajský garanční a krizový fond"),
    ("opatření 1.2", "opatření 1.2 Krajský garanční a krizový fond"),
    ("4.1", "opatření 4.1 Tým v rámci krajského úřadu"),
    ("4.10", "opatření 4.10 Vzdělávací akce pro absolventy"),
    ("1.A", "cíl 1.A Dostupné a sociální bydlení"),
    ("1.a", "cíl 1.A Dostupné a sociální bydlení"),
    ("IX", "opatření IX Wellbeing a podpora zdraví"),
    ("lk IX", "opatření IX Wellbeing a podpora zdraví"),
    ("xi", "opatření XI Kampaně, osvěta, vzdělávání"),
    ("priorita 1", "priorita 1 Dostupnost bydlení"),
    ("1", "priorita 1 Dostupnost bydlení"),
    ("cíl 1 lk", "cíl 1 Bezpečná komunita"),
    # Plans by words of their names
    ("garanční fond", "opatření 1.2 Krajský garanční a krizový fond"),
    ("garančního fondu", "opatření 1.2 Krajský garanční a krizový fond"),
    ("dluhy", "priorita Dluhy"),
    ("předlužení", "priorita 3 Předlužení"),
    ("exekuce", "opatření 3.6 Tým k řešení exekucí občanů"),
    ("dětské exekuce", "cíl 3.D Zrušení dětských exekucí"),
    ("mestske", "opatření 2.3 Doprava do měst za vzděláním"),
    ("wellbeing", "opatření IX Wellbeing a podpora zdraví"),
    ("karlovarský kraj", "strategie Strategie Karlovarského kraje"),
    ("kk", "strategie Strategie Karlovarského kraje"),
    # Projects, indicators, words and rules
    ("za jeden provaz", "projekt Za jeden provaz"),
    ("lidé v exekuci", "ukazatel Lidé v exekuci"),
    ("sociální vyloučení", "pojem sociální vyloučení"),
    ("milníky", "pojem milník"),
    ("převzatá hodnota", "pojem převzatá hodnota"),
    ("stav opatření", "metodika Stav opatření"),
]


@pytest.mark.parametrize(("text", "first"), FIRST)
def test_first_hit(text, first):
    assert found(text)[:1] == [first]


@pytest.mark.parametrize(
    ("text", "contexts"),
    [
        ("chodov", ["ORP Sokolov · 13 089 obyvatel", "ORP Karlovy Vary · 115 obyvatel"]),
        ("brezova", ["ORP Sokolov · 2 660 obyvatel", "ORP Karlovy Vary · 543 obyvatel"]),
    ],
)
def test_namesakes_stand_first_both_and_are_told_apart(text, contexts):
    hits = search(Query.of(text), search_sources.SOURCES).hits[:2]
    assert [hit.entry.context.replace("\u00a0", " ") for hit in hits] == contexts


def test_a_name_stands_before_words_that_contain_it():
    assert found("chodov") == ["město Chodov", "obec Chodov"]
    assert found("cheb")[:2] == ["město Cheb", "území ORP Cheb"]
    assert in_order("|".join(found("loket")), "město Loket")


def test_own_strategy_stands_before_the_other_at_equal_match():
    assert found("1")[:2] == ["priorita 1 Dostupnost bydlení", "cíl 1 Bezpečná komunita"]


@pytest.mark.parametrize("text", [text for text, _ in FIRST])
def test_the_database_leaves_out_no_municipality_that_answers(text):
    query = Query.of(text)
    chosen = {one.name for one in search_sources.municipalities(query) if match(query, one)}
    place = search_sources._place
    every = map(place, Municipality.objects.select_related("orp", "district"))
    answers = {one.name for one in every if (match(query, one) or Match.TEXT) < Match.TEXT}
    assert answers <= chosen


# Rules


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("krásné údolí", Match.EXACT),
        ("obec krásné údolí", Match.EXACT),
        ("500", Match.EXACT),
        ("v krásném údolí", Match.DECLINED),
        ("krásné ú", Match.BEGINNING),
        ("údolí krás", Match.WORDS),
        ("dolí", Match.INSIDE),
        ("krásným údolím", Match.FORM),
        ("údolí sokolov", Match.TEXT),
        ("údolí ostrov", None),
        ("údolíčko", None),
    ],
)
def test_match(text, best):
    place = entry("Krásné Údolí", aliases=("500",), also="ORP Sokolov", labels=frozenset(["obec"]))
    assert match(Query.of(text), place) == best


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lazne", "laznich"),
        ("loket", "lokti"),
        ("vary", "varech"),
        ("cheb", "chebu"),
        ("fond", "fondu"),
        ("mesto", "mestske"),
        ("dluhy", "dluhoveho"),
        ("sluzby", "sluzeb"),
        ("as", "asi"),
    ],
)
def test_forms_of_one_word_share_a_stem(one, other):
    assert forms(one) & forms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("cheb", "chleb"), ("xi", "xii"), ("1.a", "1"), ("ves", "vez")]
)
def test_other_words_share_none(one, other):
    assert not forms(one) & forms(other)


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("cheb", "chebb", True),
        ("cheb", "heb", True),
        ("cheb", "cbeb", True),
        ("cheb", "cheb", False),
        ("cheb", "ceb s", False),
        ("cheb", "hceb", False),
    ],
)
def test_one_letter_off(one, other, is_near):
    assert one_letter_off(one, other) is is_near
    assert one_letter_off(other, one) is is_near


def test_equal_matches_stand_by_source_and_then_by_their_order():
    first = [entry("Lom", order=(2,)), entry("Lom", order=(1,))]
    second = [entry("Lom", order=(0,))]
    hits = search(Query.of("lom"), [lambda query: first, lambda query: second]).hits
    assert [hit.entry for hit in hits] == [first[1], first[0], second[0]]


def test_some_words_do_only_where_all_find_nothing():
    places = [entry("Dolní Lom"), entry("Horní Lom"), entry("Horní Ves")]
    results = search(Query.of("horní lom xyz"), [lambda query: places])
    assert results.are_partial
    assert [hit.entry.name for hit in results.hits] == ["Horní Lom"]


def test_marked_words_are_those_looked_for():
    parts = marked("Krajský garanční a krizový fond", Query.of("garančního fondu a"))
    assert [piece for piece, is_marked in parts if is_marked] == ["garanční", "fond"]
    assert "".join(piece for piece, _ in parts) == "Krajský garanční a\u00a0krizový fond"


def test_words_keep_codes_whole():
    assert words_of("Opatření „1.2“, cíl 4.A; Zádub-Závišín.") == (
        *("opatreni", "1.2", "cil", "4.a"),
        *("zadub", "zavisin"),
    )


# The page


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "a\x00b",
        "\x00",
        "'",
        '"',
        "%",
        "_",
        "\\",
        "😀",
        "((",
        "1.",
        ".",
        "ﬁ",
        "ß",
        "İ",
    ],
)
def test_any_query_gets_a_page(client, text):
    answer = client.get("/hledat/", {"q": text})
    assert answer.status_code == 200
    assert "Nalezeno 1" not in text_of(answer)


def test_wildcards_find_nothing():
    assert found("%") == found("_") == []
    assert found("kar%") == found("kar_") == found("kar")


def test_a_long_query_is_cut_and_said(client):
    answer = client.get("/hledat/", {"q": "cheb " * 2000})
    assert len(answer.context["query"].typed) <= LONGEST
    assert "hledali jsme prvních 100 znaků" in text_of(answer)
    assert "Cheb" in text_of(answer)


def test_what_was_typed_is_escaped(client):
    main = main_of(client.get("/hledat/", {"q": '<script>alert("1")</script>'}))
    assert "<script>" not in main
    assert 'value="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"' in main


def test_an_empty_query_shows_the_form_and_what_can_be_typed(client):
    with CaptureQueriesContext(connection) as captured:
        text = text_of(client.get("/hledat/"))
    assert "Co se dá napsat" in text
    assert "Nalez" not in text
    assert len(captured) == 0


def test_nothing_found_says_what_to_try(client):
    text = text_of(client.get("/hledat/", {"q": "xyzzy"}))
    assert in_order(text, "Pro „xyzzy“ jsme nic nenašli.", "Co zkusit", "jen začátek slova")


def test_a_guess_is_said_to_be_one(client):
    text = text_of(client.get("/hledat/", {"q": "chebb"}))
    assert in_order(text, "„chebb“ tu není. Neměli jste na mysli toto?", "Cheb město ORP Cheb")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("1.2", "Nalezen 1 výsledek."), ("v chebu", "Nalezeny 2 výsledky."), ("ve", "Nalezeno ")],
)
def test_the_number_of_hits_is_said(client, text, sentence):
    assert sentence in text_of(client.get("/hledat/", {"q": text}))


def test_a_hit_shows_its_kind_context_and_leads_there(client):
    answer = client.get("/hledat/", {"q": "garančního fondu"})
    assert 'href="/strategie/kk/opatreni/1.2/"' in main_of(answer)
    assert "<mark>garanční</mark>" in main_of(answer)
    assert in_order(
        text_of(answer),
        "1.2 Krajský garanční a krizový fond opatření Strategie Karlovarského kraje",
        "cíl 1.A Dostupné a sociální bydlení",
        "na podporu bydlení",
    )


@pytest.mark.parametrize("text", ["cheb", "1.A", "priorita 1", "as", "pásmo", "kk", "exekuce"])
def test_every_hit_leads_to_a_page(client, text):
    for hit in search(Query.of(text), search_sources.SOURCES).hits[:4]:
        assert client.get(hit.entry.url.split("#")[0]).status_code == 200


def test_more_than_fits_is_said(client):
    region = make.RegionFactory()
    make.MunicipalityFactory.create_batch(SHOWN + 1, name="Lhota", region=region)
    answer = client.get("/hledat/", {"q": "lhota"})
    assert "Nalezeno 51 výsledků, tady je prvních 50. Další slovo výběr zúží." in text_of(answer)
    assert main_of(answer).count("počet obyvatel neznámý") == SHOWN


def test_the_number_of_queries_does_not_grow(client):
    def queries(text):
        with CaptureQueriesContext(connection) as captured:
            client.get("/hledat/", {"q": text})
        return len(captured)

    strategy = make.StrategyFactory(slug="zz")
    make.make_measure("1.1", strategy=strategy)
    assert queries("opatření") == queries("obec 1") == QUERIES
    for number in range(30):
        make.make_measure(f"2.{number}", strategy=strategy)
        make.MunicipalityFactory()
    assert queries("opatření") == queries("obec 1") == QUERIES
    assert queries("xyzzy") == QUERIES + 1


def test_the_page_is_only_read_and_opens_no_session(client):
    assert client.post("/hledat/").status_code == 405
    assert not client.get("/hledat/").cookies


# Other regions


@pytest.fixture
def elsewhere():
    """Three places of the name of one of ours, in another region."""
    region = Region.objects.get(code="CZ051")
    district = make.DistrictFactory(name="Semily", region=region)
    turnov = make.OrpFactory(name="Turnov", region=region)
    jilemnice = make.OrpFactory(name="Jilemnice", region=region)
    places = [("577001", turnov, 99_999), ("577002", turnov, 5), ("577003", jilemnice, 7)]
    for code, orp, people in places:
        make.MunicipalityFactory(
            code=code,
            name="Kraslice",
            region=region,
            district=district,
            orp=orp,
            population=people,
            population_date=date(2020, 12, 31),
        )


def test_places_of_other_regions_name_their_region_and_are_told_apart(elsewhere):
    hits = search(Query.of("kraslice"), search_sources.SOURCES).hits
    assert [plain(hit.entry.context) for hit in hits if hit.entry.kind in ("obec", "město")] == [
        "ORP Kraslice · 6 705 obyvatel",
        "ORP Turnov · okres Semily · Liberecký kraj · 99 999 obyvatel · kód 577001",
        "ORP Jilemnice · okres Semily · Liberecký kraj · 7 obyvatel",
        "ORP Turnov · okres Semily · Liberecký kraj · 5 obyvatel · kód 577002",
    ]


def test_a_place_is_found_by_the_name_of_another_region(elsewhere):
    hits = search(Query.of("kraslice liberecký kraj"), search_sources.SOURCES).hits
    assert {hit.entry.url[6:12] for hit in hits} == {"577001", "577002", "577003"}


# Meetings


@pytest.mark.parametrize("typed", ["zasedání 2026", "rada kraje", "podklad rada", "2026-11-26"])
def test_frozen_meeting_is_found(typed):
    body = BodyFactory(name="Rada kraje", slug="rada-kraje")
    frozen(MeetingFactory(body=body, meeting_date=date(2026, 11, 26)), small())
    MeetingFactory(body=body, meeting_date=date(2026, 12, 17))
    hits = [one for one in found(typed) if one.startswith("zasedání")]
    assert plain(hits[0]) == "zasedání Rada kraje, 26. 11. 2026"
    assert len(hits) == 1
