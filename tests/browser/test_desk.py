"""The unit's desk in a real browser: one click and one confirmation, rows saved one by one."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from measures.models import Report
from tests import factories
from tests.measures.days import CYCLE, TODAY, days, typed

WIDE, NARROW = 1280, 360
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


@pytest.fixture
def strategy(transactional_db):
    return factories.StrategyFactory(slug="kk")


@pytest.fixture
def measures(strategy):
    """Two measures a member of the unit reported on, with a milestone near, and two silent ones."""
    made = [factories.make_measure(f"1.{n}", strategy=strategy) for n in range(1, 5)]
    for measure in made[:2]:
        factories.report(measure, days(-1), cycle=CYCLE, note="Smlouva se píše.")
        factories.milestone(measure, days(4), title="Podepsaná smlouva")
    return made


def form_of(page, measure):
    return page.get_by_role("form", name=f"Hlášení k opatření {measure.code}")


def fill(form, note):
    form.get_by_label("Co se stalo").select_option(label="Pokrok")
    form.get_by_label("Fáze").select_option(label="běží")
    form.get_by_label("Jak to jde").select_option(label="bez potíží")
    form.get_by_label("Poznámka").fill(note)


def save(form):
    form.get_by_role("button", name="Uložit řádek").click()


def test_no_change_takes_two_interactions_from_the_queue(page_as, measures):
    page = page_as("unit")
    page.goto("/prace/")
    steps = [
        lambda: page.get_by_role("link", name=re.compile(r"Beze změny ?, opatření 1\.1")).click(),
        lambda: page.get_by_role("button", name="Potvrdit: beze změny").click(),
    ]
    assert len(steps) <= 3
    for step in steps:
        step()
    expect(page).to_have_url(re.compile(rf"/prace/#o{measures[1].pk}$"))
    expect(page.get_by_role("status")).to_contain_text("Hlášení k opatření 1.1 je zveřejněné.")
    expect(page.get_by_role("status")).to_be_in_viewport()
    expect(page.locator(f"#o{measures[1].pk}")).to_be_in_viewport()
    assert Report.objects.filter(kind="no_change").count() == 1


def test_double_click_on_the_confirmation_publishes_once(page_as, measures):
    page = page_as("unit")
    page.goto(f"/prace/opatreni/{measures[0].pk}/beze-zmeny/")
    page.get_by_role("button", name="Potvrdit: beze změny").dblclick()
    expect(page).to_have_url(re.compile(r"/prace/"))
    assert Report.objects.filter(kind="no_change").count() == 1


def test_row_is_saved_by_itself_and_the_others_keep_what_was_typed(page_as, measures):
    page = page_as("unit")
    page.goto("/prace/kolo/")
    third, fourth = measures[2:]
    form_of(page, fourth).get_by_label("Poznámka").fill("Rozepsaná věta.")
    fill(form_of(page, third), "Seminář proběhl.")
    save(form_of(page, third))
    expect(page.locator(f"#o{third.pk}")).to_contain_text("Hotovo:")
    expect(page.locator("#kolo")).to_contain_text("je zveřejněné. Hotovo 3\u00a0ze\u00a04.")
    expect(form_of(page, third)).to_have_count(0)
    expect(form_of(page, fourth).get_by_label("Poznámka")).to_have_value("Rozepsaná věta.")
    assert page.url.endswith("/prace/kolo/")
    assert Report.objects.get(measure=third).note == "Seminář proběhl."
    # The focus stays where the row was, so that Tab leads to the next one.
    focused = page.evaluate("document.activeElement.closest('.round-row')?.id")
    assert focused == f"o{third.pk}"


def test_trouble_opens_in_the_row_and_a_wrong_row_says_so_in_place(
    page_as, measures, console_clean, axe
):
    console_clean.allow("422")
    page = page_as("unit")
    page.goto("/prace/kolo/")
    third = measures[2]
    form = form_of(page, third)
    expect(form.get_by_label("Co brání")).to_be_hidden()
    fill(form, "Stavba stojí.")
    form.get_by_label("Co se stalo").select_option(label="Riziko")
    form.get_by_label("Jak to jde").select_option(label="menší potíže")
    expect(form.get_by_label("Co brání")).to_be_visible()
    form.get_by_label("Do kdy").fill("brzy")
    save(form)
    expect(form.get_by_role("alert").first).to_contain_text("Řádek se neuložil.")
    expect(form).to_contain_text("Datum napište jako")
    axe(page)
    form.get_by_label("Co brání").fill("Chybí povolení.")
    form.get_by_label("Kdo jedná").fill("stavební úřad")
    form.get_by_label("Do kdy").fill(typed(days(9)))
    save(form)
    expect(page.locator(f"#o{third.pk}")).to_contain_text("Hotovo:")
    assert Report.objects.get(measure=third).obstacle == "Chybí povolení."


def test_row_of_an_expired_sign_in_keeps_what_was_typed(page_as, measures, console_clean, context):
    console_clean.allow("401")
    page = page_as("unit")
    page.goto("/prace/kolo/")
    third = measures[2]
    form = form_of(page, third)
    fill(form, "Dlouhá věta.")
    cookies = context.cookies()
    context.clear_cookies(name="sessionid")
    save(form)
    expect(form).to_contain_text("Neuloženo: přihlášení vypršelo.")
    expect(form.get_by_label("Poznámka")).to_have_value("Dlouhá věta.")
    # Signed in again in another window, with a new token.
    context.add_cookies([c for c in cookies if c["name"] == "sessionid"])
    other = context.new_page()
    other.goto("/prace/")
    save(form)
    expect(page.locator(f"#o{third.pk}")).to_contain_text("Hotovo:")


def test_row_is_saved_without_a_script(page_as, measures, browser, base_url, context):
    page_as("unit")
    plain = browser.new_context(base_url=base_url, java_script_enabled=False, locale="cs-CZ")
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto("/prace/kolo/")
    third = measures[2]
    expect(page.locator("noscript p")).to_be_visible()
    fill(form_of(page, third), "Seminář proběhl.")
    save(form_of(page, third))
    expect(page).to_have_url(re.compile(rf"/prace/kolo/\?#o{third.pk}$"))
    expect(page.locator(f"#o{third.pk}")).to_contain_text("Hotovo:")
    assert Report.objects.get(measure=third).note == "Seminář proběhl."
    plain.close()


def test_pages_of_the_desk_are_accessible_and_fit(page_as, measures, axe):
    page = page_as("head")
    head = User.objects.get(email="head@portal.test")
    factories.ReportDraftFactory(
        measure=measures[0], author=head, state="returned", comment="Doplňte.", returned_by=head
    )
    factories.ReportDraftFactory(
        measure=measures[1], state="submitted", submitted_at=timezone.now()
    )
    factories.milestone(measures[2], days(-40), title="Studie")
    factories.RefusedMailFactory()
    factories.AbsenceFactory(user=head, start_date=TODAY, end_date=days(3))
    factories.plan(measures[3], owner=head)
    paths = ["/prace/", "/prace/kolo/", "/prace/kvalita/"]
    paths.append(f"/prace/opatreni/{measures[1].pk}/beze-zmeny/")
    for path in paths:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            axe(page)
            page.emulate_media(color_scheme="dark")
            axe(page, rules=COLOUR_RULES)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
