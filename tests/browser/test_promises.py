"""Milestones, plans and outputs in a browser: each page accessible, the main ways walked."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from common import czech
from measures.models import Measure
from tests import factories

PATH = "/strategie/kk/opatreni/1.2/"


@pytest.fixture
def measure(transactional_db):
    """The real measure 1.2 with an open milestone and an output."""
    call_command("load_data", verbosity=0)
    return Measure.objects.get_by_natural_key("kk", "1.2")


@pytest.fixture
def milestone(measure):
    due = timezone.localdate() + timedelta(days=30)
    return factories.milestone(measure, due, title="Model garancí").milestone


@pytest.fixture
def output(measure):
    return factories.output(measure, timezone.localdate() - timedelta(days=9), title="Seminář")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(page_as, axe, measure, milestone, output, width, scheme):
    page = page_as("head")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    acts = ["", "hotovo/", "ocekavani/", "termin/", "nazev/", "zrusit/"]
    paths = [f"/prace/milnik/{milestone.pk}/{act}" for act in acts]
    paths += [f"/prace/opatreni/{measure.pk}/{name}/" for name in ("plan", "vystup")]
    paths += [f"/prace/vystup/{output.pk}/{act}/" for act in ("oprava", "zrusit")]
    paths += ["/prace/odpovednost/", "/prace/vystupy/", "/strategie/kk/vystupy/", PATH]
    for path in paths:
        page.goto(path)
        axe(page)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path


def test_output_is_written_by_keyboard_and_read_in_public(page_as, axe, measure, console_clean):
    console_clean.allow("422")
    page = page_as("unit")
    page.goto(PATH)
    page.get_by_role("link", name="Zapsat výstup").click()
    page.get_by_label("Seminář").focus()
    page.keyboard.press("Space")
    for typed in ("Seminář o dluzích", czech.date(timezone.localdate()), "34", "Chodov"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Obcí jménem Chodov je víc")
    axe(page)
    page.get_by_label("Obce").fill("Chodov (Sokolov), Aš")
    page.get_by_role("button", name="Uložit výstup").click()
    expect(page.locator("#vystupy")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("seminář · Aš, Chodov · 34\u00a0účastníků")


def test_due_day_is_moved_and_everybody_reads_by_how_much(page_as, milestone, console_clean):
    console_clean.allow("422")
    page = page_as("head")
    page.goto(PATH)
    page.get_by_role("link", name=re.compile("Upravit.*Model garancí")).click()
    page.get_by_role("link", name="Posunout termín").click()
    due = timezone.localdate() + timedelta(days=40)
    page.get_by_label("Nový termín").fill(czech.date(due))
    page.get_by_role("button", name="Posunout termín").click()
    expect(page.get_by_role("alert")).to_contain_text("důvod nebo číslo usnesení")
    page.get_by_label("Důvod").fill("Čeká se na stanovisko.")
    page.get_by_role("button", name="Posunout termín").click()
    expect(page.get_by_role("main")).to_contain_text("termín posunut 1×, celkem +10\u00a0dní")


def test_owner_is_set_for_many(page_as, measure):
    page = page_as("head")
    page.goto("/prace/odpovednost/")
    page.get_by_label("1.1 ").check()
    page.get_by_label("1.2 ").check()
    page.get_by_label("Odpovídá").select_option(label="head@portal.test")
    page.get_by_role("button", name="Nastavit zaškrtnutým").click()
    expect(page.get_by_text("Změněno u\u00a02\u00a0opatření.")).to_be_visible()
    page.get_by_role("link", name="Jen bez odpovědného").click()
    expect(page.locator("input[name=opatreni]")).to_have_count(29)
