"""The map of hexagons in a real browser: the keyboard walks over it, and without JavaScript the
table does the same tasks.

    row 2:   Aš   Bečov
    row 1:     Cheb  Dalovice
    row 0:   Elbogen      Františkovy Lázně
"""

import pytest
from playwright.sync_api import expect

from municipalities.models import Municipality
from tests.factories import (
    BoundaryFactory,
    BoundarySetFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    OrpFactory,
    RegionFactory,
)

PLACES = [
    ("Aš", 0, 2, 17),
    ("Bečov", 1, 2, 0),
    ("Cheb", 0, 1, 13),
    ("Dalovice", 1, 1, 2),
    ("Elbogen", 0, 0, 5),
    ("Františkovy Lázně", 2, 0, 6),
]


@pytest.fixture
def places(live_server, transactional_db):
    region = RegionFactory(name="Kraj")
    IndexBandFactory(lower=0, name="nízký")
    IndexBandFactory(lower=12, name="vysoký")
    edition = IndexEditionFactory(year=2023)
    orp = OrpFactory(name="Cheb", region=region)
    for n, (name, q, r, value) in enumerate(PLACES):
        place = MunicipalityFactory(
            code=f"55000{n}", name=name, region=region, orp=orp, hex_q=q, hex_r=r
        )
        IndexEntryFactory(edition=edition, municipality=place, value=value)


def focused(page):
    """Return what the focused hexagon is called, up to its value."""
    title = page.evaluate("document.activeElement.querySelector?.('title')?.textContent ?? ''")
    return title.split(":")[0]


@pytest.fixture
def map_page(page, places):
    page.goto("/obce/")
    expect(page.locator("svg.hex[role=group] a")).to_have_count(6)
    return page


def test_map_is_one_tab_stop_after_its_skip_link(map_page):
    map_page.get_by_role("link", name="Přeskočit mapu na tabulku").focus()
    map_page.keyboard.press("Tab")
    assert focused(map_page) == "Aš"
    map_page.keyboard.press("Tab")
    assert focused(map_page) == ""
    map_page.keyboard.press("Shift+Tab")
    assert focused(map_page) == "Aš"


@pytest.mark.parametrize(
    ("keys", "reached"),
    [
        (["ArrowRight"], "Bečov"),
        (["ArrowRight", "ArrowRight"], "Bečov"),
        (["ArrowLeft"], "Aš"),
        (["ArrowUp"], "Aš"),
        (["ArrowDown"], "Cheb"),
        (["ArrowDown", "ArrowDown"], "Elbogen"),
        (["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"], "Aš"),
        (["ArrowDown", "ArrowRight"], "Dalovice"),
        (["ArrowDown", "ArrowRight", "ArrowUp"], "Bečov"),
        # Over the hole in the southern row, and down to the only hexagon on that side.
        (["End", "ArrowLeft"], "Elbogen"),
        (["ArrowDown", "ArrowDown", "ArrowRight"], "Františkovy Lázně"),
        (["ArrowRight", "ArrowDown", "ArrowDown"], "Františkovy Lázně"),
        (["End"], "Františkovy Lázně"),
        (["End", "Home"], "Aš"),
    ],
)
def test_arrows_walk_to_neighbours(map_page, keys, reached):
    map_page.locator("svg.hex[role=group] a").first.focus()
    for key in keys:
        map_page.keyboard.press(key)
    assert focused(map_page) == reached


def test_the_hexagon_walked_to_stays_the_tab_stop(map_page):
    map_page.locator("svg.hex[role=group] a").first.focus()
    map_page.keyboard.press("ArrowDown")
    map_page.keyboard.press("Tab")
    map_page.keyboard.press("Shift+Tab")
    assert focused(map_page) == "Cheb"
    expect(map_page.locator("svg.hex[role=group] a[tabindex='0']")).to_have_count(1)


def test_enter_opens_the_municipality(map_page):
    map_page.locator("svg.hex[role=group] a").first.focus()
    map_page.keyboard.press("ArrowDown")
    map_page.keyboard.press("Enter")
    expect(map_page.get_by_role("heading", level=1)).to_have_text("Cheb")


def test_a_hexagon_opens_by_a_click_and_lights_its_row(map_page):
    link = map_page.locator("svg.hex[role=group] a", has_text="13")
    link.hover()
    expect(map_page.locator("tr.is-lit")).to_contain_text("Cheb")
    link.click()
    expect(map_page.get_by_role("heading", level=1)).to_have_text("Cheb")


def test_map_and_filters_are_accessible(map_page, axe):
    axe(map_page)
    map_page.goto("/obce/?pasmo=vysoky")
    axe(map_page)


def test_without_javascript_the_table_does_the_task(browser, base_url, places):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/obce/")
    page.get_by_label("Pásmo").select_option("vysoky")
    page.get_by_role("button", name="Vybrat").click()
    rows = page.get_by_role("table").filter(has_text="Převzato").get_by_role("rowheader")
    expect(rows).to_have_text(["Aš", "Cheb"])
    page.get_by_role("link", name="Cheb", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cheb")
    context.close()


@pytest.fixture
def boundaries(places):
    """The same six as squares, where their hexagons stand."""
    found = BoundarySetFactory()
    for place in Municipality.objects.all():
        x, y = 1000 * place.hex_q + 500 * (place.hex_r % 2), -1000 * place.hex_r
        BoundaryFactory(
            municipality=place,
            boundary_set=found,
            path=f"M{x} {y}l1000 0 0 1000-1000 0z",
            left=x,
            top=y,
            right=x + 1000,
            bottom=y + 1000,
            label_x=x + 500,
            label_y=y + 500,
        )


@pytest.fixture
def boundary_page(page, boundaries):
    page.goto("/obce/")
    page.get_by_role("link", name="Hranice obcí").click()
    expect(page.locator("svg.geo a")).to_have_count(6)
    return page


@pytest.mark.parametrize(
    ("keys", "reached"),
    [
        (["ArrowRight"], "Bečov"),
        (["ArrowLeft"], "Aš"),
        (["ArrowDown"], "Cheb"),
        (["ArrowDown", "ArrowRight"], "Dalovice"),
        (["ArrowDown", "ArrowDown"], "Elbogen"),
        (["End"], "Františkovy Lázně"),
        (["End", "ArrowLeft"], "Elbogen"),
    ],
)
def test_arrows_walk_over_boundaries(boundary_page, keys, reached):
    boundary_page.locator("svg.geo a").first.focus()
    for key in keys:
        boundary_page.keyboard.press(key)
    assert focused(boundary_page) == reached


def test_boundary_opens_by_a_click_and_lights_its_row(boundary_page):
    link = boundary_page.locator("svg.geo a", has_text="13")
    link.hover()
    expect(boundary_page.locator("tr.is-lit")).to_contain_text("Cheb")
    link.click()
    expect(boundary_page.get_by_role("heading", level=1)).to_have_text("Cheb")


def test_map_of_boundaries_is_accessible(boundary_page, axe):
    axe(boundary_page)
