"""Static files as they are served: collected, hashed, every reference found."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from config.apps import PortalStaticFilesConfig
from config.storage import StaticStorage


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Collect all static files as in service, but uncompressed; return the names."""
    root = tmp_path_factory.mktemp("static")
    with pytest.MonkeyPatch.context() as patch:
        storage = StaticStorage(location=root, base_url="/static/")
        patch.setattr(StaticStorage, "compress_files", lambda self, names: iter(()))
        patch.setattr(staticfiles_storage, "_wrapped", storage)
        ignored = PortalStaticFilesConfig.ignore_patterns
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=ignored)
    return set(storage.hashed_files)


def test_static_files_of_templates_are_collected(collected):
    asked = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.*")
        for name in re.findall(r"{% static ['\"]([^'\"]+)", path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= collected


def test_static_files_leave_out_what_no_page_uses(collected):
    bootstrap = {name for name in collected if name.startswith("bootstrap/")}
    assert bootstrap == {
        "bootstrap/css/bootstrap.min.css",
        "bootstrap/js/bootstrap.bundle.min.js",
    }
    assert not [name for name in collected if name.endswith(".map")]


def test_static_files_of_ours_are_all_collected(collected):
    ours = settings.BASE_DIR / "static"
    names = {str(path.relative_to(ours)) for path in ours.rglob("*") if path.is_file()}
    assert names <= collected
    assert all(finders.find(name) for name in names)
