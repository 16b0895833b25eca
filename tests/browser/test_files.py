"""Attachments and redaction by keyboard and mouse, and for every eye."""

import re

import pytest
from playwright.sync_api import expect

from measures.models import Report, ReportAttachment, ReportDraft
from tests import factories
from tests.measures.days import days
from tests.measures.samples import PDF

WIDTHS = [360, 1280]
SCHEMES = ["light", "dark"]


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "prilohy"
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"


@pytest.fixture
def measure(transactional_db):
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


def pdf(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_file_goes_from_the_form_to_the_reader(page_as, measure, axe):
    page = page_as("unit")
    page.goto(f"/prace/opatreni/{measure.pk}/hlaseni/")
    page.get_by_text("Výstupy, přílohy a odkazy").click()
    page.get_by_label("Přidat přílohy").set_input_files([pdf("zápis.pdf"), pdf("druhý.pdf")])
    page.get_by_role("button", name="Uložit koncept").click()
    expect(page.get_by_role("link", name="zápis.pdf")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Odebrat druhý.pdf").click()
    expect(page.get_by_role("link", name="druhý.pdf")).to_have_count(0)
    page.get_by_label("Pokrok").check()
    page.get_by_label("Fáze").select_option(label="běží")
    page.get_by_label("Jak to jde").select_option(label="bez potíží")
    page.get_by_role("button", name="Zveřejnit", exact=True).click()
    page.wait_for_url(re.compile("/prace/$|/opatreni/1.2/$"))
    page.goto(measure.get_absolute_url())
    with page.expect_download() as download:
        page.locator("ol.time").get_by_role("link", name="zápis.pdf").click()
    assert download.value.suggested_filename == "zápis.pdf"
    assert download.value.path().read_bytes() == PDF


def test_enter_in_a_field_takes_no_file_away(page_as, measure, console_clean):
    console_clean.allow("422")  # what is missing for counting the status is told
    page = page_as("unit")
    page.goto(f"/prace/opatreni/{measure.pk}/hlaseni/")
    page.get_by_text("Výstupy, přílohy a odkazy").click()
    page.get_by_label("Přidat přílohy").set_input_files([pdf("zápis.pdf")])
    page.get_by_role("button", name="Uložit koncept").click()
    expect(page.get_by_role("link", name="zápis.pdf")).to_be_visible()
    page.get_by_label("Kdo jedná: role").press("Enter")
    expect(page.get_by_role("link", name="zápis.pdf")).to_be_visible()
    assert ReportDraft.objects.get().attachments.count() == 1


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_head_removes_personal_data_by_keyboard(
    page_as, measure, axe, console_clean, width, scheme
):
    report = factories.report(measure, days(-3), note="Klient Jan Novák. " + 80 * "x")
    factories.report(measure, days(-3), corrects=report, note=report.note)
    file = factories.AttachmentFactory(measure=measure, name=f"{120 * 'n'}.pdf")
    ReportAttachment.objects.create(report=report, attachment=file)
    console_clean.allow("422")
    page = page_as("head")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(measure.get_absolute_url())
    fits(page)
    axe(page)
    page.locator("ol.time").get_by_role("link", name="Odstranit osobní údaje").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Odstranit osobní údaje?")
    fits(page)
    axe(page)
    page.get_by_role("button", name="Odstranit nenávratně").press("Enter")
    expect(page.locator("#chyby")).to_be_focused()
    axe(page)
    page.get_by_label(re.compile("Jan Novák")).press("Space")
    page.get_by_label(re.compile("Značka pověřence")).fill("DPO 1/2026")
    page.get_by_label(re.compile("nejde vzít zpět")).press("Space")
    page.get_by_role("button", name="Odstranit nenávratně").press("Enter")
    expect(page.get_by_role("main")).not_to_contain_text("Novák")
    removed = "[odstraněno z důvodu ochrany osobních údajů]"
    assert set(Report.objects.values_list("note", flat=True)) == {removed}
