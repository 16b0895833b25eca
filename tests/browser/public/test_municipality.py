"""Sections of the municipality page and the comparison, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

CHEB = "/obce/554481-cheb/"
WIDE, NARROW = 1280, 360
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
HEADINGS = [
    "Z čeho index vychází",
    "Co je potřeba a co se pro to dělá",
    "Co se tu dělá",
    "Co se tu konalo",
    "Podobné obce",
    "K čemu index (ne)použít",
    "Sousední obce",
    "Obce ORP Cheb",
    "Údaje ke stažení",
    "List obce",
    "Odkud údaje jsou",
]
PLACE = """() => {
  const e = document.activeElement;
  const section = e.closest('section');
  return section?.querySelector('h2')?.textContent.replace(/\\s+/g, ' ').trim() ?? '';
}"""


def test_tab_goes_through_the_sections_in_the_order_of_reading(page):
    page.goto(CHEB)
    titles = [re.sub(r"\s+", " ", text) for text in page.locator("main h2").all_inner_texts()]
    assert titles == HEADINGS
    stops = page.locator("main :is(a[href], summary, button, input)").count()
    page.get_by_role("main").focus()
    passed = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        place = page.evaluate(PLACE)
        if place and place != (passed or [""])[-1]:
            passed.append(place)
    # What nothing was held of and where figures come from have no link to stop at.
    assert passed == [title for title in HEADINGS if title in passed]
    assert {"Z čeho index vychází", "Podobné obce", "Obce ORP Cheb", "List obce"} <= set(passed)


def test_distance_of_similar_municipalities_is_unfolded_and_accessible(page, axe):
    page.goto(CHEB)
    page.locator("summary", has_text="Z čeho vzdálenost vznikla").press("Enter")
    expect(page.locator("details[open] > :not(summary)").first).to_be_visible()
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page, rules=COLOUR_RULES)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_data_are_reached_from_the_page(page, ending):
    page.goto(CHEB)
    link = page.get_by_role("link", name=re.compile(ending, re.IGNORECASE))
    answer = page.request.get(link.get_attribute("href"))
    assert answer.ok
    assert "Cheb" in answer.text()


def test_municipality_is_added_to_the_comparison_and_taken_away(reader):
    reader.goto("/obce/srovnani/?o=554481")
    box = reader.get_by_label("Přidat obec (název nebo kód)")
    box.fill("kraslice")
    box.press("Enter")
    expect(reader).to_have_url(re.compile(r"o=554481(,|%2C)560472"))
    names = reader.locator("section[aria-labelledby=slozky] tbody").first.locator("th[scope=row]")
    expect(names).to_have_count(2)
    reader.get_by_role("link", name=re.compile("odebrat")).first.press("Enter")
    expect(names).to_have_count(1)
    expect(names).to_contain_text("Kraslice")
