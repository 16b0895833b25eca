"""Every page of the demonstration says that its data are made up; no other page does."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.factories import StrategyFactory, make_measure

STRIP = "Ukázková data"
PUBLIC = [
    "/",
    "/hledat/?q=as",
    "/strategie/",
    "/strategie/kk/",
    "/strategie/kk/?zobrazeni=tabulka",
    "/strategie/kk/opatreni/1.1/",
    "/obce/",
    "/metodika/",
    "/o-portalu/",
    "/ucet/login/",
    "/ucet/password/reset/",
    "/neni/",
]
INSIDE = ["/prace/", "/ucet/email/", "/admin/", "/admin/measures/report/"]


@pytest.fixture
def world(db):
    make_measure("1.1", strategy=StrategyFactory(slug="kk", is_monitored=True))


def says(response):
    text = response.content.decode()
    assert "</html>" in text
    return text.count(STRIP)


@pytest.mark.parametrize("is_demo", [True, False])
def test_public_pages_carry_the_strip_in_the_demonstration_only(world, client, settings, is_demo):
    settings.DEMO = is_demo
    assert {url: says(client.get(url)) for url in PUBLIC} == dict.fromkeys(PUBLIC, int(is_demo))


@pytest.mark.parametrize("is_demo", [True, False])
def test_pages_behind_the_door_carry_the_strip(world, client_as, settings, is_demo):
    settings.DEMO = is_demo
    client = client_as("head")
    assert {url: says(client.get(url)) for url in INSIDE} == dict.fromkeys(INSIDE, int(is_demo))


def test_small_windows_of_the_administration_carry_the_strip(world, client_as, settings):
    settings.DEMO = True
    response = client_as("admin").get("/admin/accounts/user/add/?_popup=1")
    assert response.status_code == 200
    assert says(response) == 1


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_pages_of_errors_carry_the_strip_with_no_request(settings, name):
    settings.DEMO = True
    assert render_to_string(f"{name}.html").count(STRIP) == 1
    request = RequestFactory().get("/")
    assert render_to_string(f"{name}.html", {}, request).count(STRIP) == 1


def test_strip_says_what_is_made_up_and_what_is_not(settings):
    settings.DEMO = True
    words = " ".join(render_to_string("_partials/demo.html").replace("&nbsp;", " ").split())
    assert "Stavy, termíny a hlášení jsou smyšlené." in words
    assert "Texty strategie a index jsou skutečné." in words
