"""Who signs in, with what, and where they get."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "dobre-heslo-123"


def sign_in(client, email, password=PASSWORD):
    client.post("/ucet/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("written", ["anna@kraj.cz", "Anna@Kraj.CZ", " anna@kraj.cz "])
def test_sign_in_by_email_however_written(client, written):
    UserFactory(email="Anna@kraj.cz", password=PASSWORD)
    assert sign_in(client, written)


def test_sign_in_leads_to_the_desk(client):
    UserFactory(email="anna@kraj.cz", password=PASSWORD, roles=["unit"])
    response = client.post("/ucet/login/", {"login": "anna@kraj.cz", "password": PASSWORD})
    assert response.url == "/prace/"


def test_sign_in_is_refused_with_a_wrong_password_or_an_unknown_address(client):
    UserFactory(email="anna@kraj.cz", password=PASSWORD)
    assert not sign_in(client, "anna@kraj.cz", "spatne-heslo-123")
    assert not sign_in(client, "jana@kraj.cz")


def test_sign_in_is_refused_to_a_deactivated_person(client):
    UserFactory(email="anna@kraj.cz", password=PASSWORD, is_active=False)
    assert not sign_in(client, "anna@kraj.cz")


def test_sign_in_follows_a_changed_address(client):
    user = UserFactory(email="anna@kraj.cz", password=PASSWORD)
    assert sign_in(client, "anna@kraj.cz")
    client.logout()
    user.email = "anna.nova@kraj.cz"
    user.save()
    assert not sign_in(client, "anna@kraj.cz")
    assert sign_in(client, "anna.nova@kraj.cz")


def test_a_person_reads_the_own_address_and_cannot_change_it(client_as):
    client = client_as("unit")
    assert client.get("/ucet/email/").status_code == 200
    assert client.post("/ucet/email/", {"action_add": "", "email": "x@y.cz"}).status_code == 405


def test_a_short_password_is_refused_in_czech():
    with pytest.raises(ValidationError, match="příliš krátké"):
        validate_password("kratke-1")
