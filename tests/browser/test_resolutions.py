"""Settling what a measure asks for, in a real browser and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from meetings.models import Resolution
from tests import factories as make
from tests.browser.test_imports import read_by_axe
from tests.measures.days import days, typed
from tests.meetings.factories import BodyFactory, MeetingFactory, SnapshotFactory

FUND = "Schválit rámec pojištění do 1,5 mil. Kč ročně."


@pytest.fixture
def meeting(transactional_db):
    body = BodyFactory(slug="rada", name="Rada kraje", strategy__slug="kk")
    return MeetingFactory(body=body, meeting_date=days(-5))


@pytest.fixture
def asked(meeting):
    strategy = meeting.body.strategy
    SnapshotFactory(meeting=meeting)
    goal = make.GoalFactory(
        strategy=strategy, code="1.A", priority__code="1", priority__short_name="Bydlení"
    )
    measure = make.make_measure("1.2", goal, short_name="Garanční fond")
    make.make_measure("1.3", goal, short_name="Dluhové poradny")
    make.plan(measure, start=days(-100), end=days(200))
    make.milestone(measure, days(30), title="Podepsaná smlouva")
    return make.report(measure, days(-20), needs_decision=True, decision=FUND)


def test_decision_is_settled_by_keyboard(page_as, meeting, asked, axe):
    page = page_as("head")
    page.goto(f"/prace/zasedani/{meeting.pk}/")
    page.get_by_role("link", name="Zapsat usnesení").press("Enter")
    expect(page.get_by_label("Přijato dne")).to_have_value(typed(days(-5)))
    page.get_by_label("Číslo").focus()
    page.keyboard.type("RK 123/11/26")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Rada schvaluje rámec pojištění.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    read_by_axe(page, axe)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"/prace/zasedani/{meeting.pk}/$"))
    expect(page.get_by_role("status")).to_contain_text("Usnesení je zapsané.")
    assert Resolution.objects.get().decision_links.get().report == asked
    read_by_axe(page, axe)
    page.goto(asked.measure.get_absolute_url())
    expect(page.get_by_text("o ní rozhodlo usnesení RK 123/11/26").first).to_be_visible()
    read_by_axe(page, axe)


def test_milestones_of_a_measure_show_once_it_is_ticked(
    page_as, meeting, asked, axe, console_clean
):
    console_clean.allow("422")
    page = page_as("head")
    page.goto(f"/prace/zasedani/{meeting.pk}/usneseni/")
    page.locator("summary", has_text="Bydlení").click()
    milestone = page.get_by_label("Milník: Podepsaná smlouva")
    expect(milestone).to_be_hidden()
    page.get_by_label("1.2 Garanční fond", exact=True).check()
    milestone.check()
    read_by_axe(page, axe)
    page.get_by_role("button", name="Zapsat usnesení").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Napište číslo usnesení")
    expect(milestone).to_be_checked()
    read_by_axe(page, axe)
