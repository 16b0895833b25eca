"""What readers come for, each task with JavaScript and without it."""

import re

import pytest
from playwright.sync_api import expect

KK = "/strategie/kk/"
TABLE = f"{KK}?zobrazeni=tabulka"
CODE = re.compile(r"^\d\.\d+")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("as", "/obce/554499-as/"),
        ("mariansky", "/obce/554642-marianske-lazne/"),
        ("karlovy v", "/obce/554961-karlovy-vary/"),
    ],
)
def test_mayor_reaches_their_page_by_one_word_and_one_click(reader, typed, path):
    hits = find(reader, typed)
    hits.first.get_by_role("link").click()
    expect(reader).to_have_url(re.compile(path + "$"))
    expect(reader.locator("h1")).to_be_visible()


def test_mayor_tells_municipalities_of_one_name_apart(reader):
    hits = find(reader, "chodov")
    read = [re.sub(r"\s+", " ", text) for text in hits.all_inner_texts()[:2]]
    links = [link.get_attribute("href") for link in hits.get_by_role("link").all()[:2]]
    assert set(links) == {"/obce/560383-chodov/", "/obce/578011-chodov/"}
    assert read[0] != read[1]


def find(reader, typed):
    """Search from the home page and return the hits."""
    reader.goto("/")
    box = reader.get_by_role("main").get_by_role("searchbox")
    box.fill(typed)
    box.press("Enter")
    return reader.get_by_role("main").locator("ol > li")


def test_councillor_sees_what_is_late_in_one_click(reader):
    reader.goto("/")
    reader.get_by_role("main").get_by_role("link", name=re.compile("zpožděno")).first.click()
    tiles = reader.locator("a.tile")
    expect(tiles).to_have_count(1)
    expect(tiles).to_contain_text("1.2")
    expect(tiles).to_contain_text("zpožděno o")


def test_reader_filters_the_measures_and_lifts_the_filter(reader):
    reader.goto(KK)
    tiles = reader.locator("a.tile")
    expect(tiles).to_have_count(31)
    main = reader.get_by_role("main")
    main.get_by_label("Priorita").select_option(index=1)
    main.get_by_role("button", name="Vybrat").click()
    expect(reader).to_have_url(re.compile("priorita="))
    expect(tiles).not_to_have_count(31)
    codes = tiles.locator("b").filter(has_text=CODE).all_inner_texts()
    assert {code[0] for code in codes} == {"1"}
    main.get_by_role("link", name=re.compile("Zrušit filtr")).click()
    expect(tiles).to_have_count(31)


def test_reader_sorts_the_table(reader):
    reader.goto(TABLE)
    rows = reader.locator("tbody tr")
    expect(rows).to_have_count(31)
    heading = reader.get_by_role("columnheader", name="Opatření")
    assert rows.first.inner_text().startswith("1.1")
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_contain_text(re.compile(r"^\s*4\.\d"))


def test_reader_asks_for_a_past_day_and_stays_in_it(reader):
    reader.goto(KK)
    main = reader.get_by_role("main")
    main.get_by_label(re.compile("jinému dni")).fill("12. 9. 2026")
    main.get_by_role("button", name="Ukázat").click()
    expect(main).to_contain_text(re.compile(r"12\.\s9\.\s2026"))
    tile = reader.locator("a.tile", has_text="1.2")
    expect(tile).not_to_contain_text("zpožděno")
    tile.click()
    expect(reader).to_have_url(re.compile(r"/opatreni/1\.2/\?k=2026-09-12$"))
    expect(main).to_contain_text(re.compile(r"12\.\s9\.\s2026"))
    expect(main).not_to_contain_text("zpožděno")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("k=2023-06-01", "Portál tehdy ještě neběžel."),
        ("k=abc", "stránka ukazuje dnešek"),
        ("k=2099-01-01", "ještě nebyl"),
        ("stav=modre", "nepoužil"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_sentence(page, query, sentence):
    response = page.goto(f"{KK}?{query}")
    assert response.status == 200
    expect(page.get_by_role("main")).to_contain_text(sentence)
