"""A forgotten password, from the form through a real message to the new sign-in."""

import re
import smtplib
import socket
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from tests.accounts.codes import PASSWORD, is_in, send_password
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NEW = "uplne-jine-heslo-9"


@pytest.fixture
def anna():
    return UserFactory(email="anna@kraj.cz", password=PASSWORD, roles=["unit"])


def ask(client, email):
    return client.post("/ucet/password/reset/", {"email": email}, follow=True)


def link_in(message):
    return re.search(r"http://testserver(/ucet/password/reset/key/\S+)", message)[1]


def set_password(client, link, password=NEW):
    page = client.get(link, follow=True)
    if not page.redirect_chain:
        return page
    values = {"password1": password, "password2": password}
    return client.post(page.redirect_chain[-1][0], values, follow=True)


class Mailbox:
    """Keeps what a real mail server was given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_reset_by_a_real_message(client, anna, mailbox):
    page = ask(client, "Anna@kraj.cz")
    assert "poslali jsme na ni odkaz" in page.content.decode()
    [message] = mailbox.messages
    assert message["To"] == "anna@kraj.cz"
    assert message["Subject"].strip() == "Nové heslo k portálu sociálního začleňování"
    text = message.get_content()
    assert "Odkaz platí jen jednou a jen čtyři hodiny." in text
    done = set_password(client, link_in(text))
    assert "Heslo je změněno" in done.content.decode()
    assert not is_in(client)
    send_password(client, "anna@kraj.cz", NEW)
    assert is_in(client)
    told = mailbox.messages[1]["Subject"].strip()
    assert told == "Heslo k portálu sociálního začleňování je obnoveno"


def test_link_works_once(client, anna, mailoutbox):
    ask(client, "anna@kraj.cz")
    link = link_in(mailoutbox[0].body)
    set_password(client, link)
    again = set_password(Client(), link, "jeste-jine-heslo-9")
    assert "Odkaz už neplatí" in again.content.decode()
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_link_expires_after_four_hours(client, anna, mailoutbox, settings, monkeypatch):
    assert settings.PASSWORD_RESET_TIMEOUT == 4 * 60 * 60
    ask(client, "anna@kraj.cz")
    link = link_in(mailoutbox[0].body)

    now = datetime.now
    monkeypatch.setattr(
        PasswordResetTokenGenerator, "_now", lambda self: now() + timedelta(hours=4, minutes=1)
    )
    assert "Odkaz už neplatí" in set_password(client, link).content.decode()
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_altered_link_is_refused(client, anna, mailoutbox):
    ask(client, "anna@kraj.cz")
    link = link_in(mailoutbox[0].body)
    assert "Odkaz už neplatí" in set_password(client, link[:-3] + "xx/").content.decode()


@pytest.mark.parametrize("kind", ["unknown", "inactive", "without a password"])
def test_no_answer_tells_who_has_an_account(client, anna, mailoutbox, kind):
    UserFactory(email="odesel@kraj.cz", password=PASSWORD, is_active=False)
    UserFactory(email="jinudy@kraj.cz")
    known = ask(client, "anna@kraj.cz")
    address = {"unknown": "nikdo", "inactive": "odesel", "without a password": "jinudy"}[kind]
    other = ask(Client(), f"{address}@kraj.cz")
    assert other.redirect_chain == known.redirect_chain
    assert body(other) == body(known)
    assert [m.to for m in mailoutbox] == [["anna@kraj.cz"]]


def body(response):
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r"Stránka složena .*", "", text)


@pytest.mark.parametrize("fault", [smtplib.SMTPServerDisconnected("nic"), ConnectionRefusedError()])
def test_dead_mail_server_tells_nothing_either(client, anna, monkeypatch, fault):
    def refuse(self, fail_silently=False):
        raise fault

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    known, unknown = ask(client, "anna@kraj.cz"), ask(Client(), "nikdo@kraj.cz")
    assert known.status_code == unknown.status_code == 200
    assert body(known) == body(unknown)


def test_weak_new_password_is_refused_in_czech(client, anna, mailoutbox):
    ask(client, "anna@kraj.cz")
    page = set_password(client, link_in(mailoutbox[0].body), "kratke")
    assert "Heslo je příliš krátké. Musí mít aspoň 12\xa0znaků." in page.content.decode()


def test_reset_unlocks_the_sign_in(client, anna, mailoutbox):
    for _ in range(5):
        send_password(client, "anna@kraj.cz", "spatne-heslo-1")
    ask(client, "anna@kraj.cz")
    set_password(client, link_in(mailoutbox[0].body))
    send_password(client, "anna@kraj.cz", NEW)
    assert is_in(client)


@pytest.mark.parametrize("way", ["change", "reset"])
def test_new_password_ends_other_sessions(anna, mailoutbox, way):
    mine, other = Client(), Client()
    for client in (mine, other):
        send_password(client, "anna@kraj.cz")
        assert client.get("/prace/").status_code == 200
    if way == "change":
        values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        mine.post("/ucet/password/change/", values)
        assert mine.get("/prace/").status_code == 200
        assert mailoutbox[-1].subject == "Heslo k portálu sociálního začleňování se změnilo"
    else:
        stranger = Client()
        ask(stranger, "anna@kraj.cz")
        set_password(stranger, link_in(mailoutbox[0].body))
        assert mine.get("/prace/").status_code == 302
    assert other.get("/prace/").status_code == 302


CLOSED = ["confirm-email/", "confirm-email/a/", "password/set/", "login/code/confirm/", "3rdparty/"]


@pytest.mark.parametrize("path", CLOSED)
def test_pages_of_allauth_that_are_not_ours_are_closed(client_as, path):
    client = client_as("unit")
    assert client.get(f"/ucet/{path}").status_code == 404
    assert client.post(f"/ucet/{path}", {}).status_code == 404
