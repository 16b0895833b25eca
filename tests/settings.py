"""The settings of the portal as the tests need them: quick passwords, plain static files."""

import os
import tempfile
from pathlib import Path

os.environ["EMBEDDED"] = "true"
os.environ["DEBUG"] = "false"
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + 40 * "x")

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, CACHES, DATABASES, INSTALLED_APPS, STORAGES, TEMPLATES
from tests.undefined import UndefinedVariable

# Our own configuration of static files is not the name the live server looks for.
INSTALLED_APPS[INSTALLED_APPS.index("config.apps.PortalStaticFilesConfig")] = (
    "django.contrib.staticfiles"
)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable(BASE_DIR)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file: threads that write at once share no connection, and WAL needs one.
    _file = Path(tempfile.gettempdir()) / f"portal-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(_file)}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"

# Nothing of a test lands among the files of a portal that runs here.
TEST_FILES = Path(tempfile.gettempdir()) / f"portal-test-files-{os.getpid()}"
MEDIA_ROOT = TEST_FILES / "prilohy"
REDACTION_LOG = TEST_FILES / "redakce.jsonl"
CACHES["pdf"]["LOCATION"] = TEST_FILES / "pdf"
