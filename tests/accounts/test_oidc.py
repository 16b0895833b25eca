"""Sign-in by an identity provider: a real flow against a small one that runs in the test."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount

from accounts.checks import provider_is_whole_and_safe
from accounts.models import User
from tests.accounts.codes import PASSWORD, code, give_factor, is_in, send_code
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LOGIN, CALLBACK = "/ucet/oidc/kraj/login/", "/ucet/oidc/kraj/login/callback/"
CLAIMS = {"sub": "u-1", "email": "anna@kraj.cz", "email_verified": True, "name": "Anna"}


class Provider(BaseHTTPRequestHandler):
    """Discovery, authorization with PKCE, token and userinfo, as OpenID Connect asks for them."""

    def do_GET(self):
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            self.answer(self.discovery())
        elif path == "/authorize":
            self.server.asked = {name: values[0] for name, values in query.items()}
            back = {"code": "kod-1", "state": self.server.asked["state"]}
            self.send_response(302)
            self.send_header("Location", f"{self.server.asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()
        elif path == "/userinfo" and self.headers["Authorization"] == "Bearer pristup-1":
            self.answer(self.server.userinfo)
        else:
            self.answer({"error": "not found"}, 404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.sent = sent
        verifier = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        known = (sent.get("client_id"), sent.get("client_secret"), sent.get("code"))
        if known != ("portal", "tajemstvi", "kod-1") or challenge != self.server.asked.get(
            "code_challenge"
        ):
            self.answer({"error": "invalid_grant"}, 400)
            return
        token = jwt.encode(self.server.token, "key-of-the-provider-of-32-signs-x", "HS256")
        self.answer({"access_token": "pristup-1", "token_type": "Bearer", "id_token": token})

    def discovery(self):
        home = self.server.home
        return {
            "issuer": home,
            "authorization_endpoint": f"{home}/authorize",
            "token_endpoint": f"{home}/token",
            "userinfo_endpoint": f"{home}/userinfo",
            "jwks_uri": f"{home}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def answer(self, data, status=200):
        text = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        pass


class Stay(HTTPRedirectHandler):
    """Reads where a page leads without going there."""

    def redirect_request(self, *args):
        return None


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.home = f"http://127.0.0.1:{server.server_port}"
    server.userinfo = dict(CLAIMS)
    server.token = {"iss": server.home, "aud": "portal", "sub": "u-1", "exp": 4_102_444_800}
    server.asked = {}
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    settings.OIDC = {
        "issuer": f"{server.home}/",
        "client_id": "portal",
        "secret": "tajemstvi",
        "name": "účet kraje",
    }
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def go(client, path=LOGIN):
    """Walk to the provider and back; return the portal's answer to the one who comes back."""
    there = client.get(path).url
    try:
        build_opener(Stay).open(there, timeout=5)
    except HTTPError as answer:
        back = urlsplit(answer.headers["Location"])
        answer.close()
    return client.get(f"{back.path}?{back.query}")


def anna(**fields):
    return UserFactory(email="anna@kraj.cz", password=PASSWORD, **{"roles": ["unit"], **fields})


def test_known_person_comes_in(client, provider):
    user = anna()
    page = client.get("/ucet/login/?next=/obce/").content.decode()
    assert f'href="{LOGIN}?next=%2Fobce%2F">Přihlásit přes účet kraje</a>' in page
    assert go(client).url == "/prace/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert set(provider.asked["scope"].split()) == {"openid", "profile", "email"}
    assert provider.asked["redirect_uri"] == f"http://testserver{CALLBACK}"
    # Matched anew each time: nothing is stored that could outlive the address.
    assert not SocialAccount.objects.exists()


def test_person_gets_where_they_wanted(client, provider):
    anna()
    assert go(client, f"{LOGIN}?next=/obce/").url == "/obce/"


def test_nobody_is_led_off_the_site(client, provider):
    anna()
    assert go(client, f"{LOGIN}?next=https://zly.example/").url == "/prace/"


def test_address_is_matched_however_written(client, provider):
    anna()
    provider.userinfo["email"] = "Anna@Kraj.CZ"
    go(client)
    assert is_in(client)


REFUSED = [
    ({"email": "nikdo@kraj.cz"}, "u-1"),
    ({"email_verified": False}, "u-1"),
    ({"email_verified": "false"}, "u-1"),
    ({"email_verified": "true"}, "u-1"),
    ({"email_verified": None}, "u-1"),
    ({"email": None}, "u-1"),
    ({}, "nekdo-jiny"),
]


@pytest.mark.parametrize(("claims", "token_sub"), REFUSED)
def test_others_are_told_in_czech(client, provider, claims, token_sub):
    anna()
    provider.userinfo |= claims
    provider.token["sub"] = token_sub
    response = go(client)
    assert response.status_code == 403
    assert "Účet na portálu nemáte" in response.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 1


def test_inactive_account_stays_closed(client, provider):
    anna(is_active=False)
    assert go(client).url == "/ucet/inactive/"
    assert not is_in(client)


def test_second_factor_is_asked_for_here_too(client, provider):
    give_factor(anna(roles=["head"]))
    assert go(client).url == "/ucet/druhy-faktor/kod/"
    assert not is_in(client)
    send_code(client, code())
    assert is_in(client)


def test_duty_of_a_second_factor_holds_here_too(client, provider, settings):
    settings.REQUIRE_MFA = True
    anna(roles=["head"])
    go(client)
    assert client.get("/prace/").url.startswith("/ucet/druhy-faktor/zapnout/")
    assert client.get("/ucet/druhy-faktor/zapnout/").status_code == 200


def test_address_that_was_changed_here_is_the_one_that_counts(client, provider):
    user = anna()
    go(client)
    client.logout()
    user.email = "anna.nova@kraj.cz"
    user.save()
    assert go(client).status_code == 403


def test_signed_in_person_links_nothing(client_as, provider):
    client = client_as("admin")
    response = go(client, f"{LOGIN}?process=connect")
    assert response.status_code == 403
    assert not SocialAccount.objects.exists()


def test_answer_without_the_question_is_refused(client, provider):
    anna()
    response = client.get(f"{CALLBACK}?code=kod-1&state=vymyslen")
    assert response.status_code == 502
    assert "Přihlášení se nedokončilo" in response.content.decode()
    assert not is_in(client)


def test_token_for_another_portal_is_refused(client, provider):
    anna()
    provider.token["aud"] = "jiny"
    assert go(client).status_code == 502
    assert not is_in(client)


@pytest.mark.parametrize("error", ["access_denied", "server_error"])
def test_person_who_turns_back_is_told(client, provider, error):
    state = parse_qs(urlsplit(client.get(LOGIN).url).query)["state"][0]
    response = client.get(f"{CALLBACK}?error={error}&state={state}")
    assert response.status_code == 502
    assert "přerušili jste ho" in response.content.decode()


def test_silent_provider_is_told(client, provider, settings):
    settings.OIDC = {**settings.OIDC, "issuer": "http://127.0.0.1:1"}
    for path in (LOGIN, f"{CALLBACK}?code=kod-1&state=x"):
        response = client.get(path)
        assert response.status_code == 502, path
        assert "služba neodpovídá" in response.content.decode()


def test_link_changes_nothing_by_post(client, provider):
    assert client.post(LOGIN).status_code == 405
    assert client.post(CALLBACK).status_code == 405


def test_without_a_provider_everything_is_closed(client):
    for path in (LOGIN, CALLBACK, "/ucet/oidc/jiny/login/", "/ucet/3rdparty/"):
        assert client.get(path).status_code == 404, path
    page = client.get("/ucet/login/").content.decode()
    assert "oidc" not in page
    assert "Přihlásit přes" not in page


@pytest.mark.parametrize(
    ("partial", "issuer", "embedded", "faults"),
    [
        (False, "https://prihlaseni.kraj.cz", False, []),
        (False, "http://prihlaseni.kraj.cz", False, ["accounts.E002"]),
        (False, "http://127.0.0.1:8080", True, []),
        (True, None, False, ["accounts.E001"]),
        (False, None, False, []),
    ],
)
def test_provider_must_be_whole_and_safe(settings, partial, issuer, embedded, faults):
    settings.OIDC_IS_PARTIAL, settings.EMBEDDED = partial, embedded
    settings.OIDC = {"issuer": issuer} if issuer else None
    assert [fault.id for fault in provider_is_whole_and_safe(None)] == faults


def test_other_providers_are_closed(client, provider):
    assert client.get("/ucet/oidc/jiny/login/").status_code == 404
    assert client.get("/ucet/oidc/jiny/login/callback/").status_code == 404
