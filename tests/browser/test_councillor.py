"""A councillor with five minutes: the report of the next meeting in three clicks at the most."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.meetings.factories import BodyFactory, MeetingFactory
from tests.meetings.frozen import frozen
from tests.meetings.sample import sample

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting():
    body = BodyFactory(name="Rada Karlovarského kraje", slug="rada")
    return MeetingFactory(body=body, meeting_date=timezone.localdate() + timedelta(days=9))


def report(link):
    """Return the answer of the address a link leads to, asked for as its reader would."""
    return link.page.context.request.get(link.get_attribute("href"))


def test_councillor_reaches_the_draft_of_the_next_report_from_the_first_page(meeting, page_as):
    page = page_as("councillor")
    page.goto("/")
    expect(page.get_by_role("link", name="Práce", exact=True)).to_have_count(0)
    link = page.get_by_role("region", name="Nejbližší zasedání").get_by_role(
        "link", name="Návrh zprávy PDF"
    )
    answer = report(link)
    assert answer.ok
    assert answer.body().startswith(b"%PDF")
    # The long way, by the door and the page of the meeting: three clicks.
    page.get_by_role("link", name="Rozhoduji v kraji").click()
    page.get_by_role("region", name="Nejbližší zasedání").get_by_role(
        "link", name="Rada Karlovarského kraje"
    ).first.click()
    expect(page.get_by_text("dokud není podklad zmrazený")).to_be_visible()
    assert report(page.get_by_role("link", name="Zpráva (PDF)")).ok


def test_everybody_reaches_the_frozen_report_of_the_next_meeting(meeting, page):
    frozen(meeting, sample())
    page.goto("/")
    page.get_by_role("link", name="Zasedání", exact=True).click()
    link = page.get_by_role("region", name="Nejbližší zasedání").get_by_role(
        "link", name="Zpráva PDF"
    )
    assert report(link).body() == b"zprava.pdf"


def test_administrator_is_led_to_the_administration_and_not_to_the_desk(page_as):
    page = page_as("admin")
    page.goto("/")
    expect(page.get_by_role("link", name="Práce", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Správa", exact=True).click()
    expect(page).to_have_url(re.compile("/admin/$"))


def test_unit_has_its_desk(page_as):
    page = page_as("unit")
    page.goto("/")
    page.get_by_role("link", name="Práce", exact=True).click()
    expect(page.get_by_role("main")).to_be_visible()
    assert page.url.endswith("/prace/")


def test_mosaic_of_a_briefing_fits_on_one_screen(meeting, page):
    frozen(meeting, sample())
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(meeting.get_absolute_url())
    box = page.locator(".mosaic").bounding_box()
    assert page.locator(".mosaic .tile").count() == 31
    assert box["height"] <= 800
