"""Sign-in and the administration in a real browser, under the strict policy."""

import re

import pytest
from playwright.sync_api import expect

ADMIN_PAGES = [
    "/admin/",
    "/admin/municipalities/municipality/",
    "/admin/measures/measure/",
    "/admin/measures/measure/add/",
    "/admin/accounts/user/add/",
]


def test_a_person_signs_in_and_out(page, make_user):
    make_user("unit", email="jednotka@portal.test", password="dobre-heslo-123")
    page.goto("/ucet/login/?next=/admin/")
    page.get_by_label("E-mail").fill("jednotka@portal.test")
    page.get_by_label("Heslo").fill("dobre-heslo-123")
    page.get_by_role("button", name=re.compile("Přihlásit")).click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    page.goto("/ucet/logout/")
    page.get_by_role("main").get_by_role("button", name=re.compile("Odhlásit")).click()
    page.goto("/admin/")
    expect(page).to_have_url(re.compile(r"/ucet/login/\?next="))


def test_a_wrong_password_is_told_in_czech(page, make_user, axe):
    make_user("unit", email="jednotka@portal.test", password="dobre-heslo-123")
    page.goto("/ucet/login/")
    axe(page)
    page.get_by_label("E-mail").fill("jednotka@portal.test")
    page.get_by_label("Heslo").fill("spatne-heslo-123")
    page.get_by_role("button", name=re.compile("Přihlásit")).click()
    expect(page.get_by_role("main")).to_contain_text("heslo")
    expect(page).to_have_url(re.compile("/ucet/login/"))
    axe(page)


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_the_administration_works_under_the_policy(page_as, path):
    page = page_as("unit", "admin")
    response = page.goto(path)
    assert response.status == 200
    expect(page.get_by_role("main")).to_be_visible()
