"""Staff say where measures work, many at once, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from measures.models import Territory
from municipalities.models import Municipality
from tests import factories as make
from tests.browser.test_imports import read_by_axe

PAGE = "/prace/uzemi/"


@pytest.fixture
def measures(transactional_db):
    strategy = make.StrategyFactory(slug="kk")
    orp = make.OrpFactory(name="Cheb", region=strategy.region)
    for name in ("Aš", "Cheb", "Luby"):
        make.MunicipalityFactory(name=name, region=strategy.region, orp=orp)
    names = {"1.1": "Informovanost", "1.2": "Krizový fond", "1.3": "Nájmy"}
    return {
        code: make.make_measure(code, strategy=strategy, short_name=name, name=name)
        for code, name in names.items()
    }


def names_of(measure):
    return sorted(measure.municipalities.values_list("name", flat=True))


def test_two_measures_are_given_the_same_municipalities_by_keyboard(page_as, measures, axe):
    page = page_as("head")
    page.goto(PAGE)
    read_by_axe(page, axe)
    for code in ("1.1", "1.3"):
        page.get_by_role("checkbox", name=re.compile(re.escape(code))).press("Space")
    page.get_by_role("radio", name="Vyjmenované obce").press("Space")
    page.get_by_label("Obce (nepovinné)").fill("Aš, Luby")
    page.get_by_role("button", name="Nastavit zaškrtnutým").press("Enter")
    expect(page.get_by_role("main").get_by_role("status")).to_be_visible()
    assert names_of(measures["1.1"]) == names_of(measures["1.3"]) == ["Aš", "Luby"]
    assert names_of(measures["1.2"]) == []


def test_municipalities_are_lost_only_after_a_question(page_as, measures, axe):
    measures["1.2"].territory = Territory.NAMED
    measures["1.2"].save()
    measures["1.2"].municipalities.set(Municipality.objects.filter(name__in=["Aš", "Cheb"]))
    page = page_as("head")
    page.goto(PAGE)
    page.get_by_role("checkbox", name=re.compile(r"1\.2")).check()
    page.get_by_role("radio", name="Celý kraj").check()
    page.get_by_role("button", name="Nastavit zaškrtnutým").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vymazat u opatření tyto obce?")
    read_by_axe(page, axe)
    assert names_of(measures["1.2"]) == ["Aš", "Cheb"]
    page.get_by_role("button", name="Vymazat a uložit").click()
    expect(page).to_have_url(re.compile(PAGE))
    assert names_of(measures["1.2"]) == []


def test_wrong_name_keeps_what_was_chosen(page_as, measures, axe, console_clean):
    console_clean.allow("422")
    page = page_as("head")
    page.goto(PAGE)
    page.get_by_role("checkbox", name=re.compile(r"1\.1")).check()
    page.get_by_role("radio", name="Vyjmenované obce").check()
    page.get_by_label("Obce (nepovinné)").fill("Atlantida")
    page.get_by_role("button", name="Nastavit zaškrtnutým").click()
    expect(page.get_by_role("alert")).to_contain_text("Atlantida")
    expect(page.get_by_role("checkbox", name=re.compile(r"1\.1"))).to_be_checked()
    read_by_axe(page, axe)
    assert names_of(measures["1.1"]) == []
