"""The second factor: whose duty, what opens without it, what a code is good for."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts import second_factor
from accounts.models import User
from tests.accounts.codes import (
    PASSWORD,
    SECRET,
    code,
    give_factor,
    is_in,
    send_code,
    send_password,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SET_UP = "/ucet/druhy-faktor/zapnout/"
PUBLIC = ["/", "/strategie/", "/obce/", "/healthz", "/ucet/email/", "/ucet/druhy-faktor/"]


@pytest.fixture
def duty(settings):
    settings.REQUIRE_MFA = True


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def person(*roles, factor=False, **fields):
    user = UserFactory(email="anna@kraj.cz", password=PASSWORD, roles=roles, **fields)
    if factor:
        give_factor(user)
    return user


def signed_in(client, *roles, factor=False, **fields):
    """Return a client whose person came in through the door, with all steps they have."""
    person(*roles, factor=factor, **fields)
    send_password(client, "anna@kraj.cz")
    if factor:
        send_code(client, code())
    assert is_in(client)
    return client


def led_to(client, path):
    """Return where a page leads, without its query; its status when it does not lead on."""
    response = client.get(path)
    return response.url.split("?")[0] if response.status_code == 302 else response.status_code


# What each role meets at the desk and in the administration, with and without a second factor.
DUTY = [
    (["unit"], False, 200, 200),
    (["unit"], True, 200, 200),
    (["head"], False, SET_UP, SET_UP),
    (["head"], True, 200, 200),
    (["admin"], False, SET_UP, SET_UP),
    (["admin"], True, 403, 200),
    (["unit", "admin"], False, SET_UP, SET_UP),
    (["councillor"], False, 403, "/admin/login/"),
    (["councillor"], True, 403, "/admin/login/"),
    ([], False, 403, "/admin/login/"),
]


@pytest.mark.parametrize(("roles", "factor", "desk", "admin"), DUTY)
def test_each_role_with_and_without_a_second_factor(client, duty, roles, factor, desk, admin):
    client = signed_in(client, *roles, factor=factor)
    assert led_to(client, "/prace/") == desk
    assert led_to(client, "/admin/") == admin
    for path in PUBLIC:
        assert client.get(path).status_code in (200, 503), path


@pytest.mark.parametrize(("factor", "answer"), [(False, SET_UP), (True, 200)])
def test_superuser_needs_a_second_factor(client, duty, factor, answer):
    client = signed_in(client, factor=factor, is_superuser=True)
    assert led_to(client, "/admin/") == answer
    assert led_to(client, "/prace/") == answer


@pytest.mark.parametrize(("roles", "desk", "admin"), [(["head"], 200, 200), (["admin"], 403, 200)])
def test_nobody_is_led_where_it_is_no_duty(client, settings, roles, desk, admin):
    settings.REQUIRE_MFA = False
    client = signed_in(client, *roles)
    assert (led_to(client, "/prace/"), led_to(client, "/admin/")) == (desk, admin)


def test_roles_sleep_without_the_factor_even_on_open_pages(client, duty):
    client = signed_in(client, "head")
    user = client.get("/strategie/").wsgi_request.user
    assert user.is_authenticated
    assert user.roles_asleep
    assert not user.has_any_role("head", "unit")
    assert not user.has_perm("measures.open_desk")


def test_sleeping_superuser_has_no_permission(client, duty):
    user = signed_in(client, is_superuser=True).get("/").wsgi_request.user
    assert user.roles_asleep
    assert not user.has_perm("accounts.change_user")
    assert not user.has_module_perms("accounts")


def test_sent_form_is_refused_with_a_sentence(client, duty):
    client = signed_in(client, "head")
    response = client.post("/prace/opatreni/1/hlaseni/", {"note": "dlouhý text"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Co jste odeslali, se neuložilo." in page
    assert f'href="{SET_UP}"' in page


def test_sign_out_and_set_up_stay_open(client, duty):
    client = signed_in(client, "head")
    assert led_to(client, SET_UP) == 200
    assert client.post("/ucet/logout/").status_code == 302
    assert not is_in(client)


def signed_in_again(client):
    send_password(client, "anna@kraj.cz")
    return client


@pytest.mark.django_db(transaction=True)
def test_factor_is_set_up_and_opens_the_desk(client, duty, mailoutbox):
    client = signed_in(client, "head")
    page = client.get("/prace/", follow=True)
    assert page.redirect_chain[-1][0].startswith(SET_UP)
    text = page.content.decode()
    assert "Vedoucí a&nbsp;správce pracují jen s&nbsp;druhým faktorem." in text
    assert 'src="data:image/svg+xml;base64,' in text
    secret = set_up_page_secret(client)
    assert len(secret) == 32
    wrong = client.post(SET_UP, {"code": "000000"})
    assert "Tento kód neplatí." in wrong.content.decode()
    assert led_to(client, "/prace/") == SET_UP
    done = client.post(SET_UP, {"code": code(secret)}, follow=True)
    assert done.redirect_chain == [("/ucet/druhy-faktor/zalozni-kody/", 302)]
    codes = re.findall(r"<li><code>(\d{8})</code></li>", done.content.decode())
    assert len(set(codes)) == 10
    assert "zbývá vám 10\xa0záložních kódů" in done.content.decode()
    assert 'href="/prace/">Mám je uložené' in done.content.decode()
    assert led_to(client, "/prace/") == 200
    assert [m.subject for m in mailoutbox] == ["Jednorázové kódy k portálu jsou zapnuté"]
    assert mailoutbox[0].to == ["anna@kraj.cz"]


def test_sign_in_asks_for_the_code(client):
    person("head", factor=True)
    response = send_password(client, "anna@kraj.cz")
    assert response.url == "/ucet/druhy-faktor/kod/"
    assert not is_in(client)
    assert "Tento kód neplatí." in send_code(client, "000000").content.decode()
    assert not is_in(client)
    assert send_code(client, code()).url == "/prace/"
    assert is_in(client)


@pytest.mark.parametrize("later", [-1, 1])
def test_clock_may_go_half_a_minute_wrong(client, later):
    person(factor=True)
    send_password(client, "anna@kraj.cz")
    send_code(client, code(later=later))
    assert is_in(client)


@pytest.mark.parametrize("later", [-4, 4])
def test_older_and_later_codes_are_refused(client, later):
    person(factor=True)
    send_password(client, "anna@kraj.cz")
    send_code(client, code(later=later))
    assert not is_in(client)


def test_code_is_good_once_in_all_processes(client, empty_cache):
    from django.core.cache import cache

    person(factor=True)
    value = code()
    send_password(client, "anna@kraj.cz")
    send_code(client, value)
    assert is_in(client)
    # The other worker knows nothing of what this one keeps in memory.
    cache.clear()
    thief = Client()
    send_password(thief, "anna@kraj.cz")
    response = send_code(thief, value)
    assert "Tento kód už byl použit." in response.content.decode()
    assert not is_in(thief)


@pytest.mark.django_db(transaction=True)
def test_code_sent_twice_at_once_is_good_once():
    factor, value = give_factor(UserFactory()), code()

    def spend(_):
        try:
            return second_factor.spend(factor, value)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(spend, range(4))) == [False, False, False, True]


def test_recovery_code_is_good_once(client, duty):
    person("head", factor=True)
    send_password(client, "anna@kraj.cz")
    send_code(client, "12345678")
    assert led_to(client, "/prace/") == 200
    other = Client()
    send_password(other, "anna@kraj.cz")
    send_code(other, "12345678")
    assert not is_in(other)


def test_factor_set_up_ends_the_sessions_from_before(client, duty):
    """Who knew the password before the owner set a factor up gains nothing when they do."""
    client = signed_in(client, "head")
    thief = signed_in_again(Client())
    secret = set_up_page_secret(client)
    client.post(SET_UP, {"code": code(secret)})
    assert led_to(client, "/prace/") == 200
    assert led_to(thief, "/prace/") == "/ucet/login/"
    assert led_to(thief, "/ucet/druhy-faktor/vypnout/") == "/ucet/login/"


def set_up_page_secret(client):
    page = client.get(SET_UP).content.decode()
    return re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")


def test_dropped_factor_ends_the_sessions_behind_it(client, duty):
    client = signed_in(client, "head", factor=True)
    assert led_to(client, "/prace/") == 200
    Authenticator.objects.all().delete()
    assert led_to(client, "/prace/") == "/ucet/login/"


@pytest.mark.parametrize("factor", [True, False])
def test_sessions_outlive_a_new_key_of_the_portal(client, settings, factor):
    client = signed_in(client, "unit", factor=factor)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new-only-for-tests-" + 40 * "y"
    assert User.objects.get().get_session_auth_hash() != client.session["_auth_user_hash"]
    old = list(User.objects.get().get_session_auth_fallback_hash())
    assert old == [client.session["_auth_user_hash"]]


def test_switching_off_needs_a_recent_proof_and_puts_to_sleep(client, duty, mailoutbox):
    client = signed_in(client, "head", factor=True)
    assert "skončí" in client.get("/ucet/druhy-faktor/vypnout/").content.decode()
    client.post("/ucet/druhy-faktor/vypnout/")
    assert not Authenticator.objects.exists()
    assert led_to(client, "/prace/") == SET_UP
    assert mailoutbox[-1].subject == "Jednorázové kódy k portálu jsou vypnuté"


def test_old_sign_in_confirms_before_the_factor_is_touched(client):
    client = signed_in(client, "head", factor=True)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    for name in ("vypnout", "zalozni-kody", "zalozni-kody/nove", "zalozni-kody/soubor"):
        assert "/ucet/reauthenticate/" in led_to(client, f"/ucet/druhy-faktor/{name}/"), name


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_replace_the_old(client, mailoutbox):
    client = signed_in(client, "unit", factor=True)
    path = "/ucet/druhy-faktor/zalozni-kody/nove/"
    assert "přestanou platit" in client.get(path).content.decode()
    page = client.post(path, follow=True)
    codes = re.findall(r"<li><code>(\d{8})</code></li>", page.content.decode())
    assert len(codes) == 10
    file = client.get("/ucet/druhy-faktor/zalozni-kody/soubor/")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert re.findall(r"^\d{8}$", file.content.decode(), re.MULTILINE) == codes
    assert mailoutbox[-1].subject == "Nové záložní kódy k portálu"


def test_account_page_tells_whether_there_is_a_factor(client):
    client = signed_in(client, "unit")
    assert "vypnutý" in client.get("/ucet/email/").content.decode()
    client.post(SET_UP, {"code": code(set_up_page_secret(client))})
    assert "zapnutý" in client.get("/ucet/email/").content.decode()


def test_duty_costs_no_query(client, duty, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/o-portalu/")
    signed_in(client, "head", factor=True)
    # Session and person.
    with django_assert_num_queries(2):
        client.get("/o-portalu/")


def test_reader_without_a_session_leaves_the_page_free_of_cookies(client, duty):
    assert "Cookie" not in client.get("/o-portalu/").headers.get("Vary", "")


# The administrator takes a lost factor away


def test_admin_drops_a_lost_factor_after_asking(client_as, mailoutbox, committed):
    user = person("head", factor=True)
    client = client_as("admin")
    form = {"action": "drop_second_factor", "_selected_action": [user.pk]}
    asked = client.post("/admin/accounts/user/", form)
    assert "Ověřte, že vás o to žádají opravdu oni." in asked.content.decode()
    assert Authenticator.objects.count() == 2
    with committed(execute=True):
        done = client.post("/admin/accounts/user/", {**form, "potvrzeno": "ano"}, follow=True)
    assert "Druhý faktor je zrušen 1\xa0člověku." in done.content.decode()
    assert not Authenticator.objects.exists()
    assert str(LogEntry.objects.get().get_change_message()) == "Zrušen druhý faktor."
    assert mailoutbox[0].to == ["anna@kraj.cz"]
    assert mailoutbox[0].subject == "Druhý faktor byl zrušen"


@pytest.mark.parametrize("role", ["unit", "head"])
def test_only_an_admin_drops_a_factor(client_as, role):
    user = person("head", factor=True)
    form = {"action": "drop_second_factor", "_selected_action": [user.pk], "potvrzeno": "ano"}
    assert client_as(role).post("/admin/accounts/user/", form).status_code == 403
    assert Authenticator.objects.count() == 2


def test_factor_of_the_technical_administrator_stays(client_as):
    user = person(factor=True, is_superuser=True)
    form = {"action": "drop_second_factor", "_selected_action": [user.pk], "potvrzeno": "ano"}
    client_as("admin").post("/admin/accounts/user/", form)
    assert Authenticator.objects.count() == 2


def test_command_drops_a_factor(committed):
    person(factor=True, is_superuser=True)
    with committed(execute=True):
        call_command("drop_second_factor", "Anna@kraj.cz", verbosity=0)
    assert not Authenticator.objects.exists()
    assert len(mail.outbox) == 1
    with pytest.raises(CommandError, match="druhý faktor nemá"):
        call_command("drop_second_factor", "anna@kraj.cz")
    with pytest.raises(CommandError, match="tu není"):
        call_command("drop_second_factor", "jana@kraj.cz")


@pytest.mark.parametrize(
    "path", ["mfa/authenticator/", "account/emailaddress/", "socialaccount/socialapp/"]
)
def test_keys_are_nowhere_in_the_administration(client, path):
    user = UserFactory(is_superuser=True)
    give_factor(user)
    client.force_login(user, backend="accounts.backends.EmailBackend")
    assert client.get(f"/admin/{path}").status_code == 404
    assert SECRET not in client.get("/admin/accounts/user/").content.decode()


# Each account has a verified address


def address_of(user):
    return list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))


def test_account_has_a_verified_address_from_its_creation():
    assert address_of(UserFactory(email="Anna@Kraj.cz")) == [("anna@kraj.cz", True, True)]


def test_address_follows_the_account(client_as):
    user = UserFactory(email="anna@kraj.cz")
    values = {"email": "anna.nova@kraj.cz", "name": "Anna", "is_active": "on"}
    client_as("admin").post(f"/admin/accounts/user/{user.pk}/change/", values)
    assert address_of(user) == [("anna.nova@kraj.cz", True, True)]


def test_addresses_may_be_handed_on():
    first, second = UserFactory(email="a@kraj.cz"), UserFactory(email="b@kraj.cz")
    first.email = "c@kraj.cz"
    first.save()
    second.email = "a@kraj.cz"
    second.save()
    assert address_of(second) == [("a@kraj.cz", True, True)]
