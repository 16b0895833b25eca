"""What holds for every public page: accessible, whole, in its width, printable."""

import re

import pytest
from playwright.sync_api import expect

from portal.methodology import METHODS
from tests.browser.pages import PAGES, listed_views, public_views

EVERY_PAGE = pytest.mark.parametrize("wanted", PAGES, ids=str)
WIDE, NARROW, NARROWEST = 1280, 360, 320
HEIGHT = 800
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# A4 between the margins of print.css, 180 mm.
PAPER = 680
WIDER = """() => {
  const limit = document.documentElement.clientWidth;
  const right = (e) => (e.closest('svg') ?? e).getBoundingClientRect().right;
  const name = (e) => `${e.tagName}.${e.getAttribute('class')}: ${e.textContent.trim()}`;
  const over = [...document.querySelectorAll('body, body *')].filter((e) => right(e) > limit + 1);
  const width = document.documentElement.scrollWidth;
  return width > limit ? [width, ...over.slice(0, 5).map((e) => name(e).slice(0, 60))] : [];
}"""


def test_every_public_address_is_listed():
    assert public_views() == listed_views()


def test_every_page_of_the_methodology_is_listed():
    paths = {page.path for page in PAGES}
    assert {method.get_absolute_url() for method in METHODS.values()} <= paths


def test_titles_of_pages_differ(context, base_url):
    paths = sorted({page.path.split("?")[0] for page in PAGES})
    titles = {}
    for path in paths:
        found = re.search("<title>(.+?)</title>", context.request.get(path).text(), re.DOTALL)
        assert found, path
        titles.setdefault(found[1].strip(), []).append(path)
    assert [same for same in titles.values() if len(same) > 1] == []


@EVERY_PAGE
def test_page_is_accessible(visit, axe, wanted):
    # Themes and widths differ in nothing but CSS: a page is loaded once and then changed, and in
    # the dark only what depends on colours is asked again. Colours that glide over to the other
    # theme would be caught half-way.
    page = visit(wanted)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page, rules=COLOUR_RULES)


@EVERY_PAGE
def test_page_is_whole(visit, wanted):
    page = visit(wanted)
    expect(page.locator("html")).to_have_attribute("lang", "cs")
    expect(page.locator("h1")).to_have_count(1)
    assert re.match(r"\S.* – Sociální začleňování", page.title())
    enter_by_skip_link(page)
    for width in (WIDE, NARROW, NARROWEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate(WIDER) == [], f"wider than {width}"
    page.set_viewport_size({"width": PAPER, "height": HEIGHT})
    page.emulate_media(media="print")
    assert page.evaluate(WIDER) == [], "wider than the paper"


def enter_by_skip_link(page):
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Přeskočit na obsah")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
