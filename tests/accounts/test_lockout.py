"""Locked out: an account for one address after wrong passwords, for all after wrong codes."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory

from accounts.lockout import client_address
from tests.accounts.codes import PASSWORD, code, give_factor, is_in, send_code, send_password
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HERE, THERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}


@pytest.fixture
def anna():
    return UserFactory(email="anna@kraj.cz", password=PASSWORD, roles=["unit"])


def fail(times, email="anna@kraj.cz", **headers):
    """Send wrong passwords, each to a worker that remembers nothing, and return the last answer."""
    for _ in range(times):
        cache.clear()
        response = send_password(Client(), email, "spatne-heslo-1", **headers)
    return response


def test_fifth_wrong_password_locks_and_says_so(client, anna):
    assert fail(4, **HERE).status_code == 200
    response = fail(1, **HERE)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    page = response.content.decode()
    assert "Po 5\xa0pokusech s\xa0nesprávným heslem" in page
    assert "nejpozději za 15\xa0minut" in page
    assert send_password(client, "anna@kraj.cz", **HERE).status_code == 429
    assert not is_in(client)


def test_lock_holds_for_the_account_however_written(client, anna):
    fail(5, email=" ANNA@kraj.cz", **HERE)
    assert send_password(client, "anna@kraj.cz", **HERE).status_code == 429


def test_lock_is_of_one_address(client, anna):
    fail(5, **HERE)
    send_password(client, "anna@kraj.cz", **THERE)
    assert is_in(client)


def test_one_address_locks_no_other_account(client, anna):
    for number in range(6):
        fail(5, email=f"osoba{number}@kraj.cz", **HERE)
    cache.clear()
    send_password(client, "anna@kraj.cz", **HERE)
    assert is_in(client)


def test_another_browser_is_no_way_around(client, anna):
    for number in range(5):
        fail(1, HTTP_USER_AGENT=f"prohlížeč {number}", **HERE)
    assert send_password(client, "anna@kraj.cz", **HERE).status_code == 429


def test_unknown_account_is_locked_alike():
    assert fail(5, email="nikdo@kraj.cz", **HERE).status_code == 429


def test_lock_ends_after_a_quarter_of_an_hour(client, anna):
    fail(5, **HERE)
    AccessAttempt.objects.update(attempt_time=older(minutes=16))
    send_password(client, "anna@kraj.cz", **HERE)
    assert is_in(client)


def test_trying_on_does_not_prolong_the_lock(anna):
    fail(5, **HERE)
    before = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=older(minutes=10))
    fail(3, **HERE)
    after = AccessAttempt.objects.get()
    assert (after.failures_since_start, after.pk) == (5, before.pk)
    assert after.attempt_time < before.attempt_time


def older(**ago):
    return AccessAttempt.objects.latest("attempt_time").attempt_time - timedelta(**ago)


def test_success_forgets_the_failures(client, anna):
    fail(4, **HERE)
    send_password(client, "anna@kraj.cz", **HERE)
    assert is_in(client)
    assert not AccessAttempt.objects.exists()


def test_no_password_and_no_code_is_kept(anna):
    give_factor(anna)
    fail(1, **HERE)
    client = Client()
    send_password(client, "anna@kraj.cz", **HERE)
    send_code(client, "987654", **HERE)
    kept = "".join(AccessAttempt.objects.values_list("post_data", flat=True))
    assert "spatne-heslo-1" not in kept
    assert "987654" not in kept


# Codes


def fail_codes(times, **headers):
    client = Client()
    cache.clear()
    send_password(client, "anna@kraj.cz", **headers)
    for _ in range(times):
        cache.clear()
        response = send_code(client, "000000", **headers)
    return response


def test_fifth_wrong_code_locks_the_second_step_from_everywhere(client, anna):
    give_factor(anna)
    assert fail_codes(4, **HERE).status_code == 200
    response = fail_codes(1, **THERE)
    assert response.status_code == 429
    assert "s\xa0nesprávným kódem" in response.content.decode()
    assert "Kdo se dostal až ke kódu, znal heslo." in response.content.decode()
    send_password(client, "anna@kraj.cz", **HERE)
    assert send_code(client, code(), **HERE).status_code == 429
    assert send_code(client, "12345678", **HERE).status_code == 429
    assert not is_in(client)


def test_good_code_forgets_wrong_ones(client, anna):
    give_factor(anna)
    fail_codes(4, **HERE)
    send_password(client, "anna@kraj.cz", **HERE)
    send_code(client, code(), **HERE)
    assert is_in(client)
    assert not AccessAttempt.objects.exists()


def test_confirming_by_code_is_limited_too(client, anna):
    give_factor(anna)
    send_password(client, "anna@kraj.cz", **HERE)
    send_code(client, code(), **HERE)
    for _ in range(5):
        response = client.post("/ucet/druhy-faktor/potvrzeni/", {"code": "000000"}, **HERE)
    assert response.status_code == 429


def test_confirming_by_password_is_limited_too(client, anna):
    send_password(client, "anna@kraj.cz", **HERE)
    for _ in range(5):
        response = client.post("/ucet/reauthenticate/", {"password": "spatne"}, **HERE)
    assert response.status_code == 429


# Unlocking


def test_new_password_unlocks_the_password_and_not_the_code(anna):
    from accounts.adapter import Adapter

    give_factor(anna)
    fail_codes(2, **HERE)
    fail(5, **HERE)
    Adapter().set_password(anna, "jine-dobre-heslo-1")
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["kód: anna@kraj.cz"]


def test_admin_unlocks(client, client_as, anna):
    fail(5, **HERE)
    admin = client_as("admin")
    page = admin.get("/admin/accounts/lockout/").content.decode()
    assert "anna@kraj.cz" in page
    assert "192.0.2.1" in page
    chosen = {"action": "unlock", "_selected_action": [AccessAttempt.objects.get().pk]}
    admin.post("/admin/accounts/lockout/", chosen)
    stranger = Client()
    send_password(stranger, "anna@kraj.cz", **HERE)
    assert is_in(stranger)


@pytest.mark.parametrize(("role", "status"), [("unit", 403), ("head", 403), ("admin", 200)])
def test_locks_are_for_the_admin(client_as, role, status):
    assert client_as(role).get("/admin/accounts/lockout/").status_code == status


def test_list_of_locks_takes_the_same_queries_for_many(client_as, django_assert_max_num_queries):
    client = client_as("admin")
    for number in range(30):
        AccessAttempt.objects.create(username=f"o{number}", failures_since_start=1)
        if number in (0, 29):
            with django_assert_max_num_queries(7):
                client.get("/admin/accounts/lockout/")


def test_command_unlocks(client, anna):
    fail(5, **HERE)
    call_command("axes_reset_username", "anna@kraj.cz", verbosity=0)
    send_password(client, "anna@kraj.cz", **HERE)
    assert is_in(client)


# Where an attempt came from


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nesmysl", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ],
)
def test_address_is_read_past_trusted_proxies_only(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, **HERE)
    assert client_address(request) == address


def test_forged_header_is_no_way_around(client, anna):
    for number in range(5):
        fail(1, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}", **HERE)
    assert send_password(client, "anna@kraj.cz", **HERE).status_code == 429
