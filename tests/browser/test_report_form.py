"""The report form as people use it: by keys alone, in two windows, over an ended session."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from common import czech
from measures.models import Report, ReportDraft
from tests import factories

EMAIL, PASSWORD = "jednotka@portal.test", "dobre-heslo-123"


@pytest.fixture
def measure(transactional_db):
    measure = factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")
    factories.make_measure("1.3", short_name="Dostupné bydlení", strategy=measure.strategy)
    return measure


@pytest.fixture
def address(measure):
    return f"/prace/opatreni/{measure.pk}/hlaseni/"


def kept(page):
    expect(page.locator("#ulozeno")).to_contain_text("Koncept uložen")


def sign_in(page):
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Heslo").fill(PASSWORD)
    page.get_by_role("button", name="Přihlásit").click()


@pytest.fixture
def signed_in(page, make_user, measure):
    """The page of somebody who signed in by the real door."""
    make_user("unit", email=EMAIL, password=PASSWORD)
    page.goto("/ucet/login/?next=/prace/")
    sign_in(page)
    expect(page).to_have_url(re.compile("/prace/$"))
    return page


def test_full_report_by_keyboard_alone(page_as, measure, address):
    page = page_as("unit")
    keys = page.keyboard
    page.goto(address)
    keys.press("3")
    expect(page.get_by_label("Riziko")).to_be_checked()
    keys.press("Tab")
    keys.type("běží")
    keys.press("Tab")
    keys.type("menší")
    keys.press("Tab")
    keys.type("Mzdy nejsou pokryté, chybí 340 tis. Kč.")
    expect(page.get_by_label("Riziko")).to_be_checked()
    keys.press("Tab")
    keys.type("chybí dotace")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("odbor sociálních věcí")
    keys.press("Tab")
    keys.type(czech.date(timezone.localdate()).replace(czech.NBSP, " "))
    keys.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/prace/opatreni/\d+/hlaseni/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.3")
    expect(page.get_by_role("main")).to_contain_text("je zveřejněné")
    report = Report.objects.get()
    assert (report.measure, report.kind, report.phase) == (measure, "risk", "running")
    assert (report.health, report.obstacle) == ("minor", "chybí dotace")
    assert report.note == "Mzdy nejsou pokryté, chybí 340 tis. Kč."
    assert (report.actor_role, report.act_by_date) == (
        "odbor sociálních věcí",
        timezone.localdate(),
    )
    assert report.writing_seconds is not None


def test_what_belongs_to_trouble_is_seen_only_then_or_once_filled_in(page_as, address):
    page = page_as("unit")
    page.goto(address)
    obstacle = page.get_by_label("Co brání")
    expect(obstacle).to_be_hidden()
    page.get_by_label("Jak to jde").select_option(label="vážné potíže")
    expect(obstacle).to_be_visible()
    page.get_by_label("Jak to jde").select_option(label="bez potíží")
    expect(obstacle).to_be_hidden()
    page.get_by_label("Jak to jde").select_option(label="vážné potíže")
    obstacle.fill("chybí dotace")
    page.get_by_label("Jak to jde").select_option(label="bez potíží")
    expect(obstacle).to_be_visible()
    expect(page.get_by_label("O čem má rada rozhodnout")).to_be_hidden()
    page.get_by_label("Potřebuji rozhodnutí rady").check()
    expect(page.get_by_label("O čem má rada rozhodnout")).to_be_visible()


def test_draft_survives_closing_the_page(page_as, context, address):
    page = page_as("unit")
    page.goto(address)
    page.get_by_label("Fáze").select_option(label="běží")
    page.get_by_label("Poznámka").fill("Rozepsáno.")
    kept(page)
    expect(page.locator("#stav-bude")).to_contain_text("Stav bude: probíhá bez termínů")
    page.close()
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_label("Poznámka")).to_have_value("Rozepsáno.")


def test_conflict_in_two_windows(page_as, context, address, console_clean, axe):
    console_clean.allow("409")
    first = page_as("unit")
    second = context.new_page()
    first.goto(address)
    second.goto(address)
    first.get_by_label("Poznámka").fill("Mzdy chybí. Dotaci projedná výbor.")
    kept(first)
    second.get_by_label("Poznámka").fill("Mzdy chybí. Jednáme o dotaci.")
    expect(second.locator("#ulozeno")).to_contain_text("Váš text zůstává tady")
    axe(second)
    second.get_by_role("button", name="Porovnat obě znění").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("změnil v jiném okně")
    expect(second.locator("input[type=radio]:checked")).to_have_count(0)
    for scheme in ("light", "dark"):
        second.emulate_media(color_scheme=scheme)
        axe(second)
    second.get_by_label("Spojit do jednoho textu").check()
    second.get_by_role("button", name="Použít výběr").click()
    expect(second.get_by_label("Poznámka")).to_have_value(
        "Mzdy chybí. Jednáme o dotaci. Dotaci projedná výbor."
    )
    assert ReportDraft.objects.get().note == "Mzdy chybí. Jednáme o dotaci. Dotaci projedná výbor."


def test_ended_session_is_told_and_writing_goes_on(signed_in, context, address, console_clean):
    console_clean.allow("401")
    console_clean.allow("409")
    page = signed_in
    page.goto(address)
    Session.objects.all().delete()
    page.get_by_label("Poznámka").fill("Můj text.")
    expect(page.locator("#ulozeno")).to_contain_text("Přihlášení vypršelo")
    with context.expect_page() as opening:
        page.get_by_role("link", name="Přihlaste se v novém okně").click()
    sign_in(opening.value)
    expect(opening.value).to_have_url(re.compile(address))
    page.get_by_label("Poznámka").press_sequentially(" A dál.")
    kept(page)
    expect(page.get_by_label("Poznámka")).to_have_value("Můj text. A dál.")
    assert ReportDraft.objects.get().note == "Můj text. A dál."


def test_report_sent_after_the_session_ended_is_not_lost(signed_in, address):
    page = signed_in
    page.goto(address)
    page.get_by_label("Pokrok").check()
    page.get_by_label("Poznámka").fill("Můj text.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Uložit koncept").click()
    sign_in(page)
    expect(page).to_have_url(re.compile(address))
    expect(page.get_by_role("main")).to_contain_text("zatím to není uložené ani zveřejněné")
    expect(page.get_by_label("Poznámka")).to_have_value("Můj text.")
    expect(page.get_by_label("Pokrok")).to_be_checked()
    page.get_by_role("button", name="Uložit koncept").click()
    expect(page.get_by_role("main")).to_contain_text("Koncept je uložený.")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_is_accessible(page_as, measure, address, axe, console_clean, width, scheme):
    console_clean.allow("422")
    factories.milestone(measure, timezone.localdate(), title="Smlouva")
    page = page_as("unit")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.get_by_label("Riziko").check()
    page.get_by_text("Výstupy, přílohy a odkazy").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Zveřejnit a další").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    axe(page)


def test_form_works_without_javascript(browser, base_url, make_user, address, page_as, context):
    page_as("unit")
    plain = browser.new_context(base_url=base_url, java_script_enabled=False, locale="cs-CZ")
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(address)
    page.get_by_label("Pokrok").check()
    page.get_by_label("Fáze").select_option(label="běží")
    page.get_by_label("Jak to jde").select_option(label="bez potíží")
    page.get_by_role("button", name="Spočítat stav").click()
    expect(page.locator("#stav-bude")).to_contain_text("Stav bude: probíhá bez termínů")
    page.get_by_role("button", name="Uložit koncept").click()
    expect(page.get_by_role("main")).to_contain_text("Koncept je uložený.")
    page.get_by_role("button", name="Zveřejnit", exact=True).click()
    expect(page).to_have_url(re.compile(r"/opatreni/1\.2/$"))
    assert Report.objects.count() == 1
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_approval_is_accessible_and_returns_with_a_comment(
    page_as, measure, axe, scheme, make_user
):
    measure.strategy.needs_approval = True
    measure.strategy.save()
    author = make_user("unit", email="autor@portal.test")
    draft = factories.ReportDraftFactory(
        measure=measure,
        author=author,
        as_of_date=timezone.localdate(),
        phase="running",
        health="on_track",
        note="Výbor rozhodl.",
        state="submitted",
        submitted_at=timezone.now(),
    )
    page = page_as("head")
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/prace/schvaleni/{draft.pk}/")
    axe(page)
    page.get_by_label("Co má autor doplnit nebo změnit").fill("Doplňte částku.")
    page.get_by_role("button", name="Vrátit autorovi").click()
    expect(page.get_by_role("main")).to_contain_text("se vrátilo autorovi")
    draft.refresh_from_db()
    assert draft.state == "returned"
