"""The head brings a file of the index: refused, previewed, confirmed, by keyboard and with axe."""

import re

import pytest
from playwright.sync_api import expect

from common.models import ImportRun
from municipalities.models import IndexEntry
from tests.municipalities.workbooks import town, workbook

WIDE, NARROW = 1280, 360
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
FORM, LOG = "/prace/importy/index/", "/prace/importy/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = [
    town(560286, "Aš", index=13, execution=30),
    town(560294, "Hazlov", index=2, execution=3),
]


@pytest.fixture
def upload(transactional_db):
    """Return a function that chooses a made file on a page and has it checked."""

    def choose(page, content, name="index-2023.xlsx"):
        page.goto(FORM)
        file = {"name": name, "mimeType": XLSX, "buffer": content}
        page.get_by_label("Soubor XLSX").set_input_files(file)
        page.get_by_role("button", name="Zkontrolovat").press("Enter")

    return choose


def read_by_axe(page, axe):
    """Read a page in both widths and themes; colours must not glide while they are read."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page, rules=COLOUR_RULES)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} of {width}"


def test_file_is_previewed_and_confirmed(page_as, upload, axe):
    page = page_as("head")
    page.goto(LOG)
    page.get_by_role("link", name="Načíst soubor indexu").press("Enter")
    expect(page).to_have_url(re.compile(FORM + "$"))
    read_by_axe(page, axe)
    upload(page, workbook(*ROWS))
    expect(page.get_by_role("heading", level=1)).to_have_text("Načíst index 2023?")
    expect(page.get_by_role("main")).to_contain_text("Nové hodnoty: 2")
    read_by_axe(page, axe)
    assert not IndexEntry.objects.exists()
    page.get_by_role("button", name="Načíst do portálu").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Index 2023 je načtený.")
    expect(page).to_have_url(re.compile(LOG + "$"))
    assert sorted(IndexEntry.objects.values_list("value", flat=True)) == [2, 13]
    page.get_by_text("Podrobnosti").press("Enter")
    expect(page.get_by_text("SHA-256")).to_be_visible()
    read_by_axe(page, axe)


def test_differences_are_downloaded_as_a_table(page_as, upload):
    page = page_as("head")
    upload(page, workbook(*ROWS))
    with page.expect_download() as started:
        page.get_by_role("link", name="Stáhnout všechny rozdíly").click()
    with open(started.value.path(), encoding="utf-8-sig", newline="") as file:
        lines = file.read().split("\r\n")
    assert lines[0] == "Co se stane;Kód;Název;Kraj;Údaj;Dříve;Nyní"
    assert "nová;560286;Aš;Karlovarský kraj;index;;13" in lines


def test_refused_file_is_told_by_row_and_column_and_focused(page_as, upload, axe, console_clean):
    console_clean.allow("422")
    page = page_as("admin")
    upload(page, workbook(ROWS[0], town(560294, "Hazlov", index=31)))
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Soubor nejde načíst, v portálu se nic nezměnilo.")
    expect(told).to_contain_text("Řádek 3, sloupec AD (Index soc. vyloučení): 31")
    expect(told).to_be_focused()
    read_by_axe(page, axe)
    assert not IndexEntry.objects.exists()
    page.goto(LOG)
    expect(page.get_by_role("main")).to_contain_text("odmítnuto")


def test_file_is_thrown_away_without_javascript(new_context, base_url, page_as, upload):
    cookies = page_as("head").context.cookies()
    context = new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    upload(page, workbook(*ROWS))
    page.get_by_role("button", name="Zahodit soubor").click()
    expect(page.get_by_role("main")).to_contain_text("Soubor je zahozený, nic se nezměnilo.")
    assert ImportRun.objects.get().state == "abandoned"
