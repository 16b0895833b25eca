import io
import stat

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
STARTS = {
    "jednotka@portal.test": "/prace/",
    "vedouci@portal.test": "/prace/",
    "radni@portal.test": "/",
    "spravce@portal.test": "/admin/",
}
EMAILS = {
    "jednotka@portal.test": "unit",
    "vedouci@portal.test": "head",
    "radni@portal.test": "councillor",
    "spravce@portal.test": "admin",
}


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def create():
    out = io.StringIO()
    call_command("create_role_accounts", stdout=out)
    return out.getvalue()


def test_create_role_accounts_makes_one_account_per_role(client):
    printed = create()
    people = get_user_model().objects.all()
    assert {user.email: ",".join(user.roles()) for user in people} == EMAILS
    passwords = dict(line.split() for line in printed.splitlines() if line.startswith("  "))
    for email in EMAILS:
        form = {"login": email, "password": passwords[email]}
        response = client.post("/ucet/login/", form)
        assert response.url == STARTS[email]
        client.logout()


def test_create_role_accounts_keeps_passwords_in_a_private_file(var_dir):
    printed = create()
    path = var_dir / "ucty.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(line in printed for line in path.read_text().splitlines())
    assert len(path.read_text().splitlines()) == 4


def test_create_role_accounts_leaves_existing_accounts_alone(make_user, var_dir):
    make_user("admin", email="jednotka@portal.test", password="kept")
    create()
    kept = get_user_model().objects.get(email="jednotka@portal.test")
    assert kept.check_password("kept")
    assert kept.roles() == {"admin"}
    assert create() == ""
    assert len((var_dir / "ucty.txt").read_text().splitlines()) == 3


def test_create_role_accounts_is_refused_outside_the_embedded_mode(settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="jen ve vestavěném režimu"):
        create()
    assert not get_user_model().objects.exists()
