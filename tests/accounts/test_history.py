"""What is kept of people: names, addresses and roles; never a password or a sign-in."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "dobre-heslo-123"


def roles_of(row):
    return sorted(link.group.name for link in row.groups.all())


def test_sign_in_and_out_leave_no_row(client):
    person = UserFactory(email="anna@kraj.cz", password=PASSWORD, roles=["unit"])
    before = person.history.count()
    client.post("/ucet/login/", {"login": "anna@kraj.cz", "password": PASSWORD})
    assert "_auth_user_id" in client.session
    person.refresh_from_db()
    assert person.last_login is not None
    client.post("/ucet/logout/")
    assert person.history.count() == before


def test_sign_in_that_renews_the_hash_leaves_no_row(client, settings):
    person = UserFactory(email="anna@kraj.cz", password=PASSWORD)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    client.post("/ucet/login/", {"login": "anna@kraj.cz", "password": PASSWORD})
    person.refresh_from_db()
    assert person.password.startswith("pbkdf2")
    assert person.history.count() == 1


def test_change_after_sign_in_in_the_same_breath_is_recorded():
    """The copy of a person that signed in keeps its history."""
    person = UserFactory()
    person.save(update_fields=["last_login"])
    person.name = "Anna Nová"
    person.save()
    assert [row.name for row in person.history.order_by("history_id")][-1] == "Anna Nová"


def test_password_is_in_no_row():
    person = UserFactory(password=PASSWORD)
    person.set_password("jine-heslo-456")
    person.save()
    names = {field.name for field in User.history.model._meta.fields}
    assert not {"password", "last_login"} & names
    assert person.history.count() == 1


def test_roles_changed_in_the_administration_tell_who_did_it(client_as):
    person = UserFactory(email="jana@kraj.cz", name="Jana", roles=["unit"])
    before = person.history.count()
    client = client_as("admin")
    head = Group.objects.get(name="head")
    page = f"/admin/accounts/user/{person.pk}/change/"
    values = {"email": "jana@kraj.cz", "name": "Jana Malá", "groups": [head.pk]}
    assert client.post(page, values).status_code == 302
    assert person.history.count() == before + 1
    last = person.history.latest()
    assert (last.name, last.is_active, roles_of(last)) == ("Jana Malá", False, ["head"])
    assert last.history_user.email == "admin@portal.test"


def test_person_added_in_the_administration_has_one_row_with_the_roles(client_as):
    client = client_as("admin")
    values = {
        "email": "jana@kraj.cz",
        "name": "Jana",
        "usable_password": "true",
        "password1": "dlouhe-heslo-9911",
        "password2": "dlouhe-heslo-9911",
        "groups": [Group.objects.get(name="unit").pk],
    }
    assert client.post("/admin/accounts/user/add/", values).status_code == 302
    row = User.history.get(email="jana@kraj.cz")
    assert (row.history_type, roles_of(row)) == ("+", ["unit"])
    assert row.history_user.email == "admin@portal.test"


def test_roles_given_by_the_group_are_recorded_too():
    person = UserFactory()
    Group.objects.get(name="unit").user_set.add(person)
    assert roles_of(person.history.latest()) == ["unit"]
