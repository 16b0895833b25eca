"""The main job end to end: a member of the unit reports on 1.2 and everybody reads its status."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from common import czech
from measures.models import Measure

PATH = "/strategie/kk/opatreni/1.2/"


@pytest.fixture
def measure(transactional_db):
    """The real data and the measure 1.2 of it."""
    call_command("load_data", verbosity=0)
    return Measure.objects.get_by_natural_key("kk", "1.2")


@pytest.fixture
def today():
    return timezone.localdate()


def test_unit_reports_trouble_and_everybody_reads_the_delay(
    page_as, measure, today, browser, base_url
):
    page = page_as("unit")
    add_milestone(page, measure, "Schválený model garancí", today - timedelta(days=34))
    report_trouble(page, measure, today)
    reader = browser.new_page(base_url=base_url, locale="cs-CZ")
    reads_late(reader)
    finish_milestone(page, measure)
    add_milestone(page, measure, "Podepsané smlouvy", today + timedelta(days=30))
    report_progress(page, measure)
    reads_on_track(reader)
    reader.close()


def add_milestone(page, measure, title, due):
    page.goto("/prace/")
    page.goto(f"/prace/opatreni/{measure.pk}/milnik/")
    page.get_by_label("Název").fill(title)
    page.get_by_label("Termín").fill(czech.date(due))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("main")).to_contain_text(title)


def report_trouble(page, measure, today):
    page.goto("/prace/")
    page.locator(f"a[href='/prace/opatreni/{measure.pk}/hlaseni/']").first.click()
    page.get_by_label("Riziko").check()
    page.get_by_label("Fáze").select_option(label="běží")
    page.get_by_label("Jak to jde").select_option(label="menší potíže")
    page.get_by_label("Poznámka").fill("Pojistná smlouva čeká na stanovisko.")
    page.get_by_label("Co brání").fill("chybí stanovisko právního odboru")
    page.get_by_label("Kdo jedná: role").fill("právní odbor")
    page.get_by_label("Do kdy").fill(czech.date(today + timedelta(days=14)))
    page.get_by_role("button", name="Zveřejnit", exact=True).click()
    expect(page).to_have_url(re.compile(r"/prace/$|/opatreni/1\.2/$"))


def reads_late(reader):
    reader.goto(PATH)
    main = reader.get_by_role("main")
    expect(main).to_contain_text("zpožděno o\u00a034\u00a0dní")
    expect(main).to_contain_text("Schválený model garancí")
    expect(main).to_contain_text("chybí stanovisko právního odboru")
    reader.goto("/strategie/kk/")
    tile = reader.locator("a.tile", has_text="Krajský garanční a krizový fond")
    expect(tile).to_contain_text("zpožděno o\u00a034\u00a0dní")
    expect(reader.locator("a.chip", has_text="zpožděno")).to_contain_text("1")
    expect(reader.locator("a.chip", has_text="neaktuální")).to_contain_text("8")
    reader.goto("/")
    expect(reader.locator("a.chip", has_text="zpožděno")).to_contain_text("1")


def finish_milestone(page, measure):
    page.goto(PATH)
    page.get_by_role("link", name=re.compile("[Hh]otovo")).first.click()
    # A field for files counts as a button too.
    page.get_by_role("button", name="Zapsat jako hotový").click()


def report_progress(page, measure):
    page.goto(f"/prace/opatreni/{measure.pk}/hlaseni/")
    page.get_by_label("Pokrok").check()
    page.get_by_label("Fáze").select_option(label="běží")
    page.get_by_label("Jak to jde").select_option(label="bez potíží")
    page.get_by_role("button", name="Zveřejnit", exact=True).click()
    expect(page).to_have_url(re.compile(r"/prace/$|/opatreni/1\.2/$"))


def reads_on_track(reader):
    reader.goto(PATH)
    expect(reader.locator(".rulebox")).to_contain_text("podle plánu")
    line = reader.locator("ol.time")
    expect(line.locator("li", has_text="Pokrok.").locator(".diff").first).to_contain_text(
        "podle plánu"
    )
    expect(line).to_contain_text("chybí stanovisko právního odboru")
    reader.goto("/strategie/kk/")
    expect(reader.locator("a.chip", has_text="zpožděno")).to_have_count(0)
    expect(reader.locator("a.chip", has_text="podle plánu")).to_contain_text("1")
