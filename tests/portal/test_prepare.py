import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from common.append_only import drop_triggers, missing_triggers
from portal.management.commands import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls(settings, tmp_path, monkeypatch):
    """Record the commands `prepare` calls; only the accounts are really made."""
    settings.BASE_DIR = tmp_path
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    made = []

    def record(name, **options):
        made.append(name)
        if name == "collectstatic":
            settings.STATIC_ROOT.mkdir(exist_ok=True)
        if name in ("create_role_accounts", "migrate"):
            call_command(name, **options)

    monkeypatch.setattr(prepare, "call_command", record)
    return made


def run():
    call_command("prepare", stdout=io.StringIO())


def test_prepare_does_only_what_is_due(calls):
    run()
    assert calls == ["begin_histories", "load_data", "create_role_accounts", "collectstatic"]
    calls.clear()
    run()
    assert calls == ["begin_histories", "load_data", "create_role_accounts"]
    assert get_user_model().objects.count() == 4


def test_prepare_collects_again_when_a_static_file_changed(calls, settings, tmp_path):
    run()
    calls.clear()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "new.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path / "more"]
    run()
    assert "collectstatic" in calls


def test_prepare_puts_back_a_guard_that_is_missing(calls):
    drop_triggers(connection)
    run()
    assert calls[0] == "migrate"
    assert missing_triggers(connection) == []


def test_prepare_makes_no_accounts_outside_the_embedded_mode(calls, settings):
    settings.EMBEDDED = False
    run()
    assert "create_role_accounts" not in calls
    assert not get_user_model().objects.exists()
