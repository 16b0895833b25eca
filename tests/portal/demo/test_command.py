"""Made-up data never meet a real database, and a database that holds them says so."""

import io
import os
import stat
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from common.models import LoadedFile
from portal.demo import mark
from portal.management.commands import make_demo, prepare
from tests.factories import OutputFactory, ReportDraftFactory, UserFactory, make_measure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings, tmp_path, monkeypatch):
    """The demonstration is on; making the history up is told only by its mark and one account."""
    settings.DEMO = True
    settings.BASE_DIR = tmp_path
    settings.VAR_DIR = tmp_path / "var"

    def build(now, today):
        mark.put()
        get_user_model().objects.create_user("jednotka@portal.test", "tajne", name="Jana")
        return "  jednotka@portal.test  tajne\n"

    monkeypatch.setattr(make_demo, "load_files", lambda paths: iter(()))
    monkeypatch.setattr(make_demo, "build", build)
    return settings


def run():
    out = io.StringIO()
    call_command("make_demo", stdout=out)
    return out.getvalue()


def test_make_demo_tells_the_passwords_once_and_keeps_them_private(demo):
    assert "jednotka@portal.test  tajne" in run()
    path = demo.VAR_DIR / "ucty-demo.txt"
    assert path.read_text() == "  jednotka@portal.test  tajne\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_make_demo_keeps_what_it_made(demo):
    run()
    get_user_model().objects.update(name="Změněná při školení")
    said = run()
    assert "Ukázková data jsou ze dne" in said
    assert "tajne" not in said
    assert get_user_model().objects.get().name == "Změněná při školení"


def test_make_demo_is_refused_where_the_demonstration_is_off(demo):
    demo.DEMO = False
    with pytest.raises(CommandError, match="jen v ukázce"):
        run()
    assert mark.made_on() is None


@pytest.mark.parametrize("work", [UserFactory, ReportDraftFactory, OutputFactory])
def test_make_demo_is_refused_where_people_have_worked(work):
    work()
    people = get_user_model().objects.count()
    with pytest.raises(CommandError, match="účty nebo záznamy lidí"):
        run()
    assert mark.made_on() is None
    assert get_user_model().objects.count() == people


def test_make_demo_minds_no_loaded_strategy():
    make_measure("1.1")
    assert "tajne" in run()


def test_prepare_refuses_a_marked_database_in_earnest(demo, monkeypatch):
    called = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: called.append(name))
    run()
    demo.DEMO = False
    with pytest.raises(CommandError, match="V databázi jsou ukázková data"):
        call_command("prepare", stdout=io.StringIO())
    assert called == []


def test_prepare_refuses_to_turn_a_real_database_into_a_demonstration(monkeypatch):
    called = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: called.append(name))
    UserFactory()
    with pytest.raises(CommandError, match="databáze není její"):
        call_command("prepare", stdout=io.StringIO())
    assert called == []


def test_prepare_makes_the_demonstration_in_place_of_the_accounts(demo, monkeypatch):
    called = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: called.append(name))
    call_command("prepare", stdout=io.StringIO())
    assert "make_demo" in called
    assert "create_role_accounts" not in called
    called.clear()
    demo.DEMO = False
    call_command("prepare", stdout=io.StringIO())
    assert "make_demo" not in called
    assert "create_role_accounts" in called


def test_healthz_tells_a_database_that_does_not_belong_to_the_mode(demo, client):
    assert client.get("/healthz").status_code == 200
    UserFactory()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content.decode()) == (503, mark.NOT_MARKED + "\n")
    demo.DEMO = False
    assert client.get("/healthz").status_code == 200
    mark.put()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content.decode()) == (503, mark.MARKED + "\n")
    demo.DEMO = True
    assert client.get("/healthz").status_code == 200


def test_mark_is_put_once():
    mark.put()
    with pytest.raises(IntegrityError):
        LoadedFile.objects.create(name="jiná", sha256=mark.MARK)


@pytest.fixture
def ask_settings(pytestconfig):
    return lambda **variables: _ask_settings(pytestconfig.rootpath, variables)


def _ask_settings(root, variables):
    """Return what a fresh process says of its database with these variables."""
    kept = {"PATH": os.environ["PATH"], "SECRET_KEY": 50 * "x", "EMBEDDED": "true"}
    code = "from config import settings as s; print(s.DATABASES['default']['NAME'], s.MEDIA_ROOT)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_demonstration_has_a_database_and_attachments_of_its_own(ask_settings):
    real, made_up = ask_settings(DEMO="false"), ask_settings(DEMO="true")
    assert [name.rsplit("/", 1)[-1] for name in real.stdout.split()] == [
        "portal.sqlite3",
        "prilohy",
    ]
    assert [name.rsplit("/", 1)[-1] for name in made_up.stdout.split()] == [
        "demo.sqlite3",
        "prilohy-demo",
    ]


def test_demonstration_refuses_another_database(ask_settings):
    refused = ask_settings(DEMO="true", DATABASE_URL="postgres://portal@127.0.0.1/portal")
    assert refused.returncode != 0
    assert "DEMO má vlastní databázi" in refused.stderr
