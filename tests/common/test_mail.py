"""Letters handed to a real SMTP server, one by one."""

import pytest

from common.mail import Courier, LetterRefused, ServerDown, absolute, letter_to
from tests.post_office import deliver_to, free_port, post_office


@pytest.fixture
def office(settings):
    with post_office() as office:
        deliver_to(office, settings)
        yield office


def letter(address="a@example.cz"):
    return letter_to(address, "Dotaz k\u00a0opatření\n1.2", "Do 15.\u00a010.\u00a02026")


def test_letters_go_over_one_connection(office):
    with Courier() as courier:
        courier.send(letter("a@example.cz"))
        courier.send(letter("b@example.cz"))
    assert office.recipients == ["a@example.cz", "b@example.cz"]
    assert office.connections == 1
    found = office.letters[0]
    assert found["Subject"] == "Dotaz k opatření 1.2"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_content().strip() == "Do 15. 10. 2026"


@pytest.mark.parametrize("answer", ["550 5.1.1 neznama schranka", "450 4.2.1 zkuste pozdeji"])
def test_refused_address_does_not_stop_the_next(office, answer):
    office.refused["b@example.cz"] = answer
    with Courier() as courier:
        with pytest.raises(LetterRefused) as refusal:
            courier.send(letter("b@example.cz"))
        courier.send(letter("c@example.cz"))
    assert str(refusal.value) == answer
    assert office.recipients == ["c@example.cz"]
    assert office.connections == 1


def test_refused_letter_does_not_stop_the_next(office):
    office.refused_letters["b@example.cz"] = "552 5.2.2 schranka je plna"
    with Courier() as courier:
        with pytest.raises(LetterRefused, match="schranka je plna"):
            courier.send(letter("b@example.cz"))
        courier.send(letter("c@example.cz"))
    assert office.recipients == ["c@example.cz"]


@pytest.mark.parametrize("address", ["a b@@example.cz", "a@b@c"])
def test_address_that_cannot_be_written_is_refused(office, address):
    with Courier() as courier:
        with pytest.raises(LetterRefused):
            courier.send(letter(address))
        courier.send(letter("c@example.cz"))
    assert office.recipients == ["c@example.cz"]


def test_server_that_hangs_up_between_letters_is_called_again(office):
    answers = iter(["", "hang up", "", "hang up", ""])
    office.before = lambda _: next(answers)
    with Courier() as courier:
        for name in "abc":
            courier.send(letter(f"{name}@example.cz"))
    assert office.recipients == ["a@example.cz", "b@example.cz", "c@example.cz"]
    assert office.connections == 3


def test_server_that_dies_is_told_from_a_refusal(office):
    with Courier() as courier:
        courier.send(letter("a@example.cz"))
        office.is_dead = True
        with pytest.raises(ServerDown):
            courier.send(letter("b@example.cz"))
    assert office.recipients == ["a@example.cz"]


def test_server_that_takes_leave_is_down_and_blames_no_address(office):
    office.refused["a@example.cz"] = "421 4.3.2 konci smena"
    with Courier() as courier, pytest.raises(ServerDown, match="konci smena"):
        courier.send(letter("a@example.cz"))


def test_server_that_is_not_there_is_down(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with Courier() as courier, pytest.raises(ServerDown):
        courier.send(letter())


def test_absolute_address_comes_from_the_setting(settings):
    settings.PORTAL_URL = "https://portal.example.cz/"
    assert absolute("/prace/") == "https://portal.example.cz/prace/"
