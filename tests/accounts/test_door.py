"""The one door: sign-in by allauth for the portal and the administration alike."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 200), ("head", 200), ("councillor", 403), ("admin", 200)]
)
def test_admin_opens_to_those_who_work_in_it(client_as, role, status):
    response = client_as(role).get("/admin/", follow=True)
    assert response.status_code == status


def test_admin_sends_a_stranger_to_the_portals_sign_in(client):
    response = client.get("/admin/measures/", follow=True)
    assert response.redirect_chain[-1][0] == "/ucet/login/?next=%2Fadmin%2Fmeasures%2F"


def test_admin_changes_passwords_behind_the_same_door(client_as):
    response = client_as("admin").get("/admin/password_change/")
    assert response.url == "/ucet/password/change/"


def test_admin_refuses_a_deactivated_person(client_as):
    client = client_as("admin")
    user = client.get("/admin/").wsgi_request.user
    user.is_active = False
    user.save()
    assert client.get("/admin/").status_code == 302


def test_sign_up_is_closed(client, django_user_model):
    form = {
        "email": "cizi@example.cz",
        "password1": "dlouhe-heslo-123",
        "password2": "dlouhe-heslo-123",
    }
    client.post("/ucet/signup/", form)
    assert not django_user_model.objects.exists()


def test_sign_out_needs_a_post(client_as):
    client = client_as("unit")
    assert client.get("/ucet/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/ucet/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_sign_in_stops_after_five_failures(client, make_user):
    make_user("unit", email="a@portal.test", password="dobre-heslo-123")
    for _ in range(5):
        client.post("/ucet/login/", {"login": "a@portal.test", "password": "spatne"})
    client.post("/ucet/login/", {"login": "a@portal.test", "password": "dobre-heslo-123"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/ucet/login/", "/admin/"])
def test_pages_carry_a_strict_policy(client_as, path):
    response = client_as("admin").get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
