"""The pages about the portal and the words it uses."""

import re

import pytest

from portal.glossary import TERMS
from portal.methodology import METHODS
from tests.portal.reading import in_order, main_of, text_of

pytestmark = pytest.mark.django_db

DOMAIN = (
    "kraj okres ORP obec strategie priorita cíl opatření aktivita hlášení fáze stav aktuálnost "
    "milník výstup ukazatel hodnota pásmo složka vydání projekt příjemce výsledek překážka výzva "
    "zasedání podklad usnesení snímek pokrytí vedoucí radní"
)


@pytest.fixture
def read(client):
    return lambda path: text_of(client.get(path))


@pytest.mark.parametrize("path", ["/metodika/", *(f"/metodika/{slug}/" for slug in METHODS)])
def test_method_stands_in_an_empty_portal(client, path):
    assert client.get(path).status_code == 200


# Glossary


def test_glossary_is_in_czech_order_with_an_anchor_for_each_word(client):
    page = main_of(client.get("/metodika/slovnicek/"))
    assert re.findall(r'<dt id="([^"]+)"', page) == [term.slug for term in TERMS]
    words = [term.word for term in TERMS]
    assert words.index("cyklus") < words.index("fáze") < words.index("hlášení")
    assert words.index("hodnota") < words.index("implementační jednotka")
    assert words.index("mezera v pokrytí") < words.index("milník") < words.index("obec")


def test_glossary_explains_each_word_in_a_sentence():
    assert all(term.definition.endswith(".") for term in TERMS)
    assert {term.method_slug for term in TERMS} - {""} <= set(METHODS)


def test_glossary_holds_the_words_of_the_domain():
    assert set(DOMAIN.split()) <= {term.word for term in TERMS}


# About


def test_about_page_says_whose_words_and_that_there_is_no_cookie(read):
    text = read("/o-portalu/")
    assert "Slova stavů jsou naše." in text
    assert "neukládá žádné cookies" in text
    assert "Kontakt na provozovatele portálu zatím není určen." in text


def test_accessibility_statement_says_what_was_tested_and_when(read):
    text = read("/pristupnost/")
    assert "č. 99/2019 Sb." in text
    assert "částečně v souladu" in text
    assert "ke dni 20. 11. 2026" in text
    assert "menší než doporučených 24 bodů" in text
    assert in_order(text, "Co jsme vyzkoušeli", "Co vyzkoušeno není", "odečítačem obrazovky")


def test_easy_reading_keeps_to_short_sentences(read):
    text = read("/snadne-cteni/")
    sentences = re.split(r"[.:?] ", text)
    assert max(len(sentence.split()) for sentence in sentences) <= 16
    assert "Každá obec má číslo od 0 do 30." in text
    assert "zpožděno Úkol měl být hotový dřív." in text
