"""What is typed survives the end of a sign-in, for its writer and for nobody else."""

import re

import pytest
from django.test import Client

from measures.models import Report, ReportDraft
from tests import factories
from tests.measures.writing import form_page, keep, said, send, token_of
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "dobre-heslo-123"


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def address(measure):
    return form_page(measure)


@pytest.fixture
def writer(make_user):
    return make_user("unit", email="jednotka@portal.test", password=PASSWORD)


def sign_in(client, email="jednotka@portal.test", follow_to=""):
    values = {"login": email, "password": PASSWORD, "next": follow_to}
    return client.post("/ucet/login/", values, follow=True)


def opened(client, address):
    """Sign in, open the form, and let the session end."""
    sign_in(client)
    token = token_of(client, address)
    client.session.flush()
    return token


def test_post_after_the_session_ended_comes_back_after_sign_in(client, writer, address):
    token = opened(client, address)
    response = send(client, address, token=token, note="Můj text.", headers=OURS)
    assert response.url == f"/ucet/login/?next={address}"
    assert not Report.objects.exists()
    response = sign_in(client, follow_to=address)
    assert response.redirect_chain[-1][0] == address
    assert "Přihlášení mezitím vypršelo." in text_of(response)
    assert "zatím to není uložené ani zveřejněné" in text_of(response)
    form = response.context["form"]
    assert (form["note"].value(), form["kind"].value()) == ("Můj text.", "progress")
    assert not ReportDraft.objects.exists()
    # It stays until it is written, and then no longer.
    assert client.get(address).context["form"]["note"].value() == "Můj text."
    response = send(client, address, token=response.context["token"], note="Můj text.")
    assert Report.objects.get().note == "Můj text."
    assert client.get(address).context["form"]["note"].value() == ""


def test_parked_text_is_not_shown_to_another_person(client, writer, address, make_user):
    token = opened(client, address)
    send(client, address, token=token, note="Můj text.", headers=OURS)
    make_user("head", email="vedouci@portal.test", password=PASSWORD)
    response = sign_in(client, "vedouci@portal.test", follow_to=address)
    assert response.context["form"]["note"].value() == ""
    assert "Můj text." not in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.com"},
        {},
    ],
)
def test_post_from_elsewhere_is_not_put_aside(client, writer, address, headers):
    token = opened(client, address)
    send(client, address, token=token, note="Podvrh.", headers=headers)
    response = sign_in(client, follow_to=address)
    assert response.context["form"]["note"].value() == ""


def test_post_without_our_token_is_not_put_aside(client, writer, address):
    opened(client, address)
    client.post(address, {"formular": "x", **said(note="Podvrh.")}, headers=OURS)
    response = sign_in(client, follow_to=address)
    assert response.context["form"]["note"].value() == ""


def test_parked_text_may_be_thrown_away(client, writer, address):
    token = opened(client, address)
    send(client, address, token=token, note="Můj text.", headers=OURS)
    sign_in(client, follow_to=address)
    client.post(address, {"akce": "zahodit"})
    assert client.get(address).context["form"]["note"].value() == ""


def test_keeping_after_the_session_ended_says_so_beside_the_buttons(client, writer, address):
    token = opened(client, address)
    response = keep(client, address, token=token, note="Můj text.")
    assert response.status_code == 401
    text = text_of(response)
    assert "Přihlášení vypršelo, koncept se neuložil." in text
    assert f'href="/ucet/login/?next={address.replace("/", "%2F")}"' in response.content.decode()
    assert "<html" not in response.content.decode()
    assert not ReportDraft.objects.exists()


# Signed in again in another window: the mark of the open form is of the earlier sign-in.


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def mark_of(response):
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]


def strict_sign_in(strict, address):
    mark = mark_of(strict.get("/ucet/login/"))
    values = {
        "login": "jednotka@portal.test",
        "password": PASSWORD,
        "next": address,
        "csrfmiddlewaretoken": mark,
    }
    return strict.post("/ucet/login/", values, follow=True)


def stale(strict, address, act="zverejnit", **headers):
    """Open a form, sign out and in elsewhere, and send the form."""
    page = strict_sign_in(strict, address)
    values = {
        "akce": act,
        "formular": page.context["token"],
        "csrfmiddlewaretoken": mark_of(page),
        **said(note="Můj text."),
    }
    strict.cookies.clear()
    strict_sign_in(strict, address)
    return strict.post(address, values, headers=headers)


def test_form_of_an_earlier_sign_in_comes_back_and_writes_nothing(strict, writer, address):
    response = stale(strict, address, **OURS)
    assert (response.status_code, response.url) == (302, address)
    assert not Report.objects.exists()
    response = strict.get(address)
    assert "Mezitím jste se přihlásili znovu v jiném okně." in text_of(response)
    assert response.context["form"]["note"].value() == "Můj text."


def test_form_from_elsewhere_is_refused_as_ever(strict, writer, address):
    response = stale(strict, address, **{"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "Formulář se neodeslal" in text_of(response)
    assert strict.get(address).context["form"]["note"].value() == ""


def test_open_page_gets_its_new_mark_and_keeps_itself_again(strict, writer, address):
    response = stale(strict, address, "prubezne", **{"HX-Request": "true"}, **OURS)
    assert response.status_code == 409
    assert "Jste znovu přihlášeni, ukládáme…" in text_of(response)
    assert not ReportDraft.objects.exists()
    values = {
        "akce": "prubezne",
        "formular": strict.get(address).context["token"],
        "csrfmiddlewaretoken": mark_of(response),
        **said(note="Můj text."),
    }
    assert strict.post(address, values, headers={"HX-Request": "true"}).status_code == 200
    assert ReportDraft.objects.get().note == "Můj text."


def test_other_forms_are_refused_as_ever(strict, writer):
    response = strict.post("/ucet/login/", {"login": "a"}, headers=OURS)
    assert response.status_code == 403
    assert "Formulář se neodeslal" in text_of(response)


def test_correction_comes_back_too(client, writer, measure):
    report = factories.report(measure, factories.date(2026, 9, 1), author=writer, note="Staré.")
    address = f"/prace/hlaseni/{report.pk}/oprava/"
    token = opened(client, address)
    send(client, address, token=token, note="Opravené.", headers=OURS)
    response = sign_in(client, follow_to=address)
    assert response.context["form"]["note"].value() == "Opravené."
