"""A partner answers over a link, in a real browser that sends no referrer and so no origin."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from measures.models import PartnerRequest, ReportDraft
from measures.partners import new_link
from tests import factories


def link_to(measure):
    link, digest = new_link()
    now = timezone.now()
    factories.PartnerRequestFactory(
        measure=measure,
        question="Jak pokračuje fond?",
        asked_at=now,
        sent_at=now,
        expires_at=now + timedelta(days=14),
        digest=digest,
    )
    return f"/dotaz/{link}/"


def test_partner_answers_by_keyboard_without_an_account(page, axe, console_clean):
    measure = factories.make_measure("1.2", strategy__slug="kk")
    link = link_to(measure)
    console_clean.allow("410")
    page.goto(link)
    axe(page)
    page.get_by_label("Potíže").focus()
    page.keyboard.press("Space")
    page.get_by_label("Co brání").fill("Chybí byty.")
    page.get_by_label("Kdo odpovídá").fill("koordinátorka")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/dotaz/dekujeme/$"))
    axe(page)
    assert ReportDraft.objects.get().obstacle == "Chybí byty."
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Odpověď už máme")
    axe(page)


def test_unit_asks_takes_back_and_notes_an_absence(page_as, axe):
    measure = factories.make_measure("1.2", strategy__slug="kk")
    factories.OrganisationFactory(name="Nadace", mailbox="info@nadace.cz")
    page = page_as("unit")
    page.goto(f"/prace/opatreni/{measure.pk}/dotaz/")
    axe(page)
    page.get_by_label("Organizace").select_option(label="Nadace")
    page.get_by_role("button", name="Odeslat dotaz").click()
    expect(page.get_by_role("status")).to_contain_text("Dotaz odešel na info@nadace.cz.")
    page.get_by_role("link", name="Nadace").click()
    axe(page)
    page.get_by_role("link", name="Vzít dotaz zpět").click()
    axe(page)
    page.get_by_role("button", name="Vzít dotaz zpět").click()
    expect(page.get_by_role("status")).to_contain_text("Dotaz je vzatý zpět.")
    assert PartnerRequest.objects.get().withdrawn_at
    page.goto("/ucet/upozorneni/")
    axe(page)
    page.get_by_role("textbox", name="Od").fill("24. 12. 2099")
    page.get_by_role("textbox", name="Do").fill("31. 12. 2099")
    page.get_by_role("button", name="Zapsat nepřítomnost").click()
    expect(page.get_by_role("status")).to_contain_text("je zapsaná")
    axe(page)
