"""The list on our own data, against numbers of the brochure (2020) and counted by hand (2023)."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from municipalities.index import band_counts, in_order
from municipalities.models import BandCount, IndexBand, IndexEntry
from tests.municipalities.pages import listed, names, text_of, titles_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load all our files once for this module, and take them back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_data", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def show(client, db):
    """Return a function that reads the list with a query string."""

    def read(query=""):
        return client.get(reverse("municipalities:municipality_list") + query)

    return read


def test_counts_of_2023_are_worked_out_from_entries_without_hradiste(db):
    bands = in_order(IndexBand.objects.all())
    entries = IndexEntry.objects.counted().filter(edition__year=2023)
    assert band_counts(entries.values_list("value", flat=True), bands) == [51, 47, 9, 26]


def test_counts_of_2020_are_the_published_totals(db):
    rows = BandCount.objects.filter(region__code="CZ041", year=2020).order_by("band__lower")
    assert list(rows.values_list("count", flat=True)) == [42, 57, 16, 18]


def test_list_prints_the_values_of_a_band_beside_its_count(show):
    assert (
        "vysoký 12–30 26 obcí zvýšený 8–11 9 obcí střední 2–7 47 obcí "
        "žádný nebo nízký 0–1 51 obcí šrafovaně 91 obcí"
    ) in text_of(show())


def test_region_prints_2020_as_published_beside_2023(client, db):
    text = text_of(client.get("/kraj/"))
    assert "0–1 žádný nebo nízký 2–7 střední 8–11 zvýšený 12–30 vysoký celkem medián" in text
    assert "2023 spočítáno z obcí 51 47 9 26 133 3" in text
    assert "2020 zveřejněné součty 42 57 16 18 133 –" in text
    assert "zvýšený 8–11 bodů, vysoký 12 a více bodů." in text
    assert "Rok 2020: zveřejněné součty" in text
    assert (
        "V pásmu „vysoký“ bylo v roce 2020 podle zveřejněných součtů 18 obcí, "
        "v roce 2023 jich je 26."
    ) in text
    assert "vysoký 208, zvýšený 271, střední 2 249, žádný nebo nízký 3 326." in text
    assert "dávají dohromady 6 054" in text


def test_map_holds_133_numbers_and_hradiste(show):
    response = show()
    found = titles_of(response)
    assert len(found) == 134
    assert found[0] == "Potůčky: 3, střední, složka vzdělávání převzata"
    assert found[-1].startswith("Trstěnice: 2, střední")
    assert "Kraslice: 13, vysoký" in found
    assert "Chodov (ORP Sokolov): 16, vysoký" in found
    assert "Hradiště: vojenský újezd, nezapočítává se" in found
    assert sum("převzata" in title for title in found) == 91
    names_on_map = {label.name for label in response.context["map"].layout.labels}
    assert names_on_map == {
        "Aš",
        "Cheb",
        "Karlovy Vary",
        "Kraslice",
        "Mariánské Lázně",
        "Ostrov",
        "Sokolov",
    }


def test_borders_of_the_seven_orps_are_seven_loops(show):
    assert show().context["map"].layout.borders.count("M") == 7


def test_orp_sokolov_has_11_high_of_30(client, db):
    text = text_of(client.get("/orp/4107-sokolov/"))
    assert "11 obcí z 30 má vysokou hodnotu indexu (12 a více bodů) , další 3 zvýšenou" in text
    assert "Medián ORP je 5,5 bodu, kraje 3 body." in text
    assert "Od 0 do 19, aspoň polovina obcí má nejvýš 5 bodů" in text


def test_kraslice_reads_as_designed(client, db):
    response = client.get("/obce/560472-kraslice/")
    text = text_of(response)
    assert (
        "je 13 z 30 , pásmo vysoký (12 a více bodů). Je vyšší než medián ORP Kraslice (5)" in text
    )
    assert (
        "Proti celému Česku vyčnívají osoby v exekuci (14,7 %, v Česku 6,8 %) "
        "a příjemci příspěvku na živobytí (1,3 %, v Česku 0,7 %)."
    ) in text
    assert "Kraslice: nad mediánem ORP i kraje" in text
    others = [row.name for row, _ in response.context["profile"].others]
    assert others == [
        "Bublava",
        "Jindřichovice",
        "Oloví",
        "Přebuz",
        "Rotava",
        "Stříbrná",
        "Šindelová",
    ]


def test_sindelova_is_small_with_borrowed_and_masked_components(client, db):
    response = client.get("/obce/560677-sindelova/")
    text = text_of(response)
    assert "V malé obci index výrazně změní i několik případů. Šindelová má 310 obyvatel" in text
    assert "Žádná zveřejněná složka nepřevyšuje podíl v Česku aspoň o čtvrtinu." in text
    states = [bar.state for _, bar in response.context["profile"].components]
    assert states == ["known", "known", "masked", "masked", "borrowed"]


def test_list_says_what_it_found(show):
    assert (
        "26 obcí ze 133 má vysokou hodnotu indexu (12 a více bodů) , "
        "dalších 9 zvýšenou (8–11 bodů). "
        "Z 26 obcí s vysokou hodnotou jich nejvíc, 11, leží v ORP Sokolov, které má 30 obcí."
    ) in text_of(show())


def test_list_counts_and_medians_of_each_orp_agree_with_the_mockup(show):
    text = text_of(show())
    for row in [
        "Aš 5 1 3 0 1 5",
        "Cheb 21 9 10 0 2 2",
        "Karlovy Vary 40 17 12 5 6 2",
        "Kraslice 8 2 3 0 3 5",
        "Mariánské Lázně 14 6 6 0 2 2",
        "Ostrov 15 6 7 1 1 3",
        "Sokolov 30 10 6 3 11 5,5",
        "kraj 133 51 47 9 26 3",
    ]:
        assert row in text


def test_list_is_alphabetical_in_czech(show):
    order = list(dict.fromkeys(names(show())))
    first = order.index("Hroznětín")
    wanted = ["Hroznětín", "Cheb", "Chlum Svaté Maří", "Chodov", "Chyše", "Jáchymov"]
    assert order[first : first + 6] == wanted
    assert order.index("Čichalov") == order.index("Černava") + 1


def test_namesakes_are_told_apart_by_their_orp(show):
    rows = listed(show())
    assert sorted(row for row in rows if row.startswith(("Chodov ", "Březová "))) == [
        "Březová (Karlovy Vary)",
        "Březová (Sokolov)",
        "Chodov (Karlovy Vary)",
        "Chodov (Sokolov)",
    ]


def test_hradiste_stands_apart_without_a_number(show):
    response = show()
    assert len(names(response)) == 133
    assert "Hradiště" not in names(response)
    assert "Hradiště – vojenský újezd, nezapočítává se." in text_of(response)


def test_list_marks_borrowed_values_with_a_word(show):
    response = show()
    assert response.content.decode().count('<span class="visually-hidden">převzato</span>') == 91
    assert "převzata od nejbližší obce se školou (91 obcí)" in text_of(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?orp=sokolov", 30),
        ("?pasmo=vysoky", 26),
        ("?orp=sokolov&pasmo=vysoky", 11),
        ("?pasmo=zadny-nebo-nizky", 51),
        ("?nazev=mariansky", 0),
        ("?nazev=marianske", 1),
        ("?nazev=CHODOV", 2),
        ("?nazev=K%C5%99i%C5%BEovatka", 1),
    ],
)
def test_filters_find(show, query, found):
    assert len(names(show(query))) == found


def test_cheb_is_high_with_13(client, db):
    text = text_of(client.get("/obce/554481-cheb/"))
    assert "Index sociálního vyloučení 2023 je 13 z 30 , pásmo vysoký (12 a více bodů)" in text
