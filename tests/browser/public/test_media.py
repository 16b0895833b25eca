"""Paper, keyboard, forced colours, less motion, and how much a first visit weighs."""

import re

import brotli
import pytest
from playwright.sync_api import expect

from tests.browser.pages import Page

# What is drawn and what is read, one page of each kind.
KINDS = ["/", "/strategie/kk/", "/strategie/kk/opatreni/1.2/", "/obce/", "/obce/554481-cheb/"]
KINDS += ["/obce/srovnani/?o=554481,560286,560472", "/strategie/kk/pokryti/"]
EACH_KIND = pytest.mark.parametrize("path", KINDS)
FIRST_VISIT = 60_000
MOVING = """() => [...document.querySelectorAll('*')].filter((e) => {
  const style = getComputedStyle(e);
  const moves = (value) => value.split(', ').some((time) => parseFloat(time) > 0);
  return moves(style.transitionDuration)
    || (style.animationName !== 'none' && moves(style.animationDuration));
}).map((e) => e.outerHTML.slice(0, 80))"""
RING = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  return (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent).trim();
}"""


def sheets(page):
    """Return the number of pages of A4 a page prints on."""
    document = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", document))


def test_mosaic_prints_on_one_sheet(visit):
    page = visit(Page("/strategie/kk/"))
    assert sheets(page) == 1


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 2), ("/strategie/kk/?zobrazeni=tabulka", 3), ("/strategie/lk/", 1), ("/kraj/", 3)],
)
def test_page_prints_on_few_sheets(visit, path, most):
    assert sheets(visit(Page(path))) <= most


def test_first_sheet_is_not_left_empty(visit):
    page = visit(Page("/obce/"))
    page.set_viewport_size({"width": 680, "height": 800})
    page.emulate_media(media="print")
    kept = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((e) =>
          getComputedStyle(e).breakInside === 'avoid' && e.getBoundingClientRect().height > 700
        ).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert kept == []


def test_keyboard_goes_from_the_top_in_the_order_of_reading(visit):
    page = visit(Page("/"))
    names = []
    for _ in range(10):
        page.keyboard.press("Tab")
        names.append(re.sub(r"\s+", " ", page.evaluate(FOCUSED)))
        assert page.evaluate(RING), f"focus is not seen on {names[-1]}"
    assert names[0] == "Přeskočit na obsah"
    assert names[1].startswith("Sociální začleňování")
    assert names[2:6] == ["Obce", "Strategie", "Zasedání", "Metodika a data"]
    assert names[6:9] == ["Hledat na portálu", "Hledat", "Přihlásit"]


@EACH_KIND
def test_page_is_read_in_forced_colours(visit, axe, path):
    page = visit(Page(path))
    page.emulate_media(forced_colors="active")
    axe(page)
    current = page.locator("nav[aria-label=Hlavní] [aria-current]")
    for item in current.all():
        assert item.evaluate("e => parseFloat(getComputedStyle(e).borderBottomWidth)") > 0
    for icon in page.locator("main .ico:visible").all()[:5]:
        own, behind = icon.evaluate(
            "e => [getComputedStyle(e).fill, getComputedStyle(document.body).backgroundColor]"
        )
        assert own != behind
    page.keyboard.press("Tab")
    assert page.evaluate(RING)


@EACH_KIND
def test_nothing_moves_for_readers_who_ask_for_it(visit, path):
    page = visit(Page(path))
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []


@EACH_KIND
def test_first_visit_is_light(page, path):
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    sizes = {answer.url: len(brotli.compress(answer.body())) for answer in answers}
    assert sum(sizes.values()) <= FIRST_VISIT, sizes
    expect(page.locator("h1")).to_be_visible()
