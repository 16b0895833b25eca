"""Setting a second factor up and signing in with it, in a real browser, under the strict policy."""

import re

import pytest
from playwright.sync_api import expect

from tests.accounts.codes import PASSWORD, code
from tests.factories import UserFactory

LOOKS = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]


@pytest.fixture
def head(transactional_db, settings):
    settings.REQUIRE_MFA = True
    return UserFactory(email="vedouci@kraj.cz", password=PASSWORD, roles=["head"])


def sign_in(page):
    page.goto("/ucet/login/?next=/prace/")
    page.get_by_label("E-mail").fill("vedouci@kraj.cz")
    page.get_by_label("Heslo").fill(PASSWORD)
    page.keyboard.press("Enter")


def read_key(page):
    return page.locator("code.key").inner_text().replace(" ", "")


def type_code(page, value):
    page.get_by_label("Jednorázový kód").fill(value)
    page.keyboard.press("Enter")


def test_head_sets_the_factor_up_and_signs_in_with_it(page, head, axe, console_clean):
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zapnutí jednorázových kódů")
    # The picture is there for the camera of a phone.
    assert page.locator("img.qr").evaluate("picture => picture.naturalWidth") > 0
    key = read_key(page)
    type_code(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("Tento kód neplatí.")
    axe(page)
    type_code(page, code(key))
    expect(page.get_by_role("heading", level=1)).to_have_text("Záložní kódy")
    expect(page.locator(".codes li")).to_have_count(10)
    axe(page)
    page.get_by_role("link", name="Mám je uložené, pokračovat").click()
    expect(page).to_have_url(re.compile(r"/prace/$"))
    page.get_by_role("button", name="Odhlásit").click()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Druhý krok přihlášení")
    axe(page)
    type_code(page, code(key))
    expect(page).to_have_url(re.compile(r"/prace/$"))


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_pages_of_the_factor_are_accessible(page, head, axe, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zapnutí jednorázových kódů")
    axe(page)
    type_code(page, code(read_key(page)))
    expect(page.get_by_role("heading", level=1)).to_have_text("Záložní kódy")
    for path in ("", "vypnout/", "zalozni-kody/", "zalozni-kody/nove/"):
        page.goto(f"/ucet/druhy-faktor/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto("/ucet/email/")
    axe(page)


def test_lock_out_is_told_on_a_page_of_ours(page, head, axe, console_clean):
    console_clean.allow("status of 429")
    for _ in range(5):
        page.goto("/ucet/login/")
        page.get_by_label("E-mail").fill("vedouci@kraj.cz")
        page.get_by_label("Heslo").fill("spatne-heslo-1")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Přihlášení je na chvíli zablokované")
    axe(page)
