"""Pages of the five loaded projects: each figure, doubt and source, typed by hand."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.db import transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

REPORT = "Zpráva Karlovarského kraje o projektu"
SHEET = "Závěrečný list projektu terénní práce v sociálně vyloučených lokalitách"

PAGES = {
    "kv-opzp-system": (
        *(
            "Karlovarský kraj podporuje sociální začleňování odborně a systémově",
            "Karlovarský kraj",
        ),
        *("Operační program Zaměstnanost plus (OPZ+)", "Evropský sociální fond plus"),
        *("v realizaci (duben 2023)", "chybí 7 ze 12 údajů", "celý Karlovarský kraj"),
        *("říjen 2021", "říjen 2022", "prosinec 2022", "leden 2023", "Žádost byla schválena."),
        *("Bydlení", "Dluhy", "Vzdělávání", "„Jak na dluhy v Karlovarském kraji“"),
        *("Přiřazení je naše.", "podíl neznáme", "14. 4. 2023", "20. 12. 2023"),
        *("https://denik.obce.cz/clanek.asp?id=6901065", "id=6943169", "Pomoc v nouzi, o. p. s."),
        *("Prioritu 4 jsme odvodili", REPORT),
    ),
    "za-jeden-provaz": (
        *("Za jeden provaz", "Krajská rada dětí a mládeže Karlovarska, z. s."),
        *("finančně podpořen; bude realizován (duben 2023)", "město Cheb", "program nejmenuje"),
        *("Přiřazení je naše.", "chybí 7 z 11 údajů", REPORT),
    ),
    "predcasne-odchody-pripravovane": (
        *("v přípravě (duben 2023)", "Kraslice", "Ostrov", "Karlovy Vary", "Název je náš."),
        *("chybí 10 ze 12 údajů", REPORT),
    ),
    "kv-oplzz-svl": (
        *("Operační program Lidské zdroje a zaměstnanost (OP LZZ), oblast podpory 3.2", "ukončen"),
        *("31. 5. 2015", "nejisté", "17 lokalit", "1 296 osob", "2 758 potřeb", "57 %", "čtvrtina"),
        *("čtvrtina ze všech vyřešených (25 %)", "15 % ze všech vyřešených", "125 osob"),
        *("pětina ze všech vyřešených (20 %)", "14 dní"),
        *("déle než 22 měsíců", "69 %", "přibližně 10 měsíců", "9–14 měsíců"),
        *(
            "Buď bylo zjištěno 2 758 potřeb a 57 % z nich bylo vyřešeno.",
            "nic z něj nepočítáme.",
        ),
        *("45 mil. Kč", "52 lokalit", "61 lokalit", "6–8 tisíc", "13 a asi 4 tisíce", "Gabalovu"),
        *("často střídali", "nezaměstnanost", "minimální mzda", "mladší 15 let", SHEET),
        *("IPKK_vyl_lok.aspx", "apdm.cz/2014/05/o-projektu-13", "chebsky.denik.cz"),
        *("Kolik z toho připadá na každý z nich, nevíme", "chybí 7 ze 12 údajů"),
    ),
    "kv-stredne-planovani-iii": (
        *("Podpora procesu střednědobého plánování rozvoje sociálních služeb", "3.4"),
        *("odbor sociálních věcí", "okresní multitýmy", "přes 14 % osob", "e-karlovarsko.cz"),
        *("chybí 8 ze 12 údajů", "Projekt jmenuje sám text opatření.", "„realizujeme“"),
    ),
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load all our files once for this module, and take them back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_data", verbosity=0)
        yield
        transaction.set_rollback(True)


def plain(text):
    return re.sub(r"\s+", " ", unescape(text).replace("\u00a0", " ").replace("\u2060", ""))


@pytest.mark.parametrize("slug", PAGES)
def test_page_says_all_that_is_known_with_doubt_and_source(client, slug):
    text = plain(client.get(f"/projekty/{slug}/").content.decode())
    assert [said for said in PAGES[slug] if said not in text] == []


@pytest.mark.parametrize("slug", PAGES)
def test_nothing_is_computed_from_the_two_readings(client, slug):
    text = plain(client.get(f"/projekty/{slug}/").content.decode())
    assert not re.search(r"1 572|4 839", text)


def test_list_names_what_is_missing_and_sums_nothing(client):
    text = plain(client.get("/projekty/").content.decode())
    assert text.count("chybí 7 ze 12 údajů") == 2
    assert "U žádného z těchto projektů částku neznáme, proto ani součet." in text
    # What two projects cost together is no budget of either.
    assert "45 mil" not in text
