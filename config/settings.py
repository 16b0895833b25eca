"""Settings of the portal: read from the environment and from .env, listed in .env.example.

How people sign in stands in sign_in.py.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_level
from django.core.exceptions import ImproperlyConfigured
from xstatic.pkg import bootstrap

from config.environment import BASE_DIR, EMBEDDED, VAR_DIR, env
from config.sign_in import *  # noqa: F403

DEBUG = env.bool("DEBUG", default=False)
# `make demo`: made-up data in a database of its own, and every page says so.
DEMO = env.bool("DEMO", default=False)
_name = "demo" if DEMO else "portal"
if DEMO and env.str("DATABASE_URL", default=""):
    raise ImproperlyConfigured("DEMO má vlastní databázi: DATABASE_URL k ní nepatří.")
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if EMBEDDED else [])

# Applications

INSTALLED_APPS = [
    "config.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.PortalStaticFilesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Always installed, open only where a provider is set: see accounts/oidc.py.
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
    "common.apps.CommonConfig",
    "accounts.apps.AccountsConfig",
    "municipalities.apps.MunicipalitiesConfig",
    "strategy.apps.StrategyConfig",
    "measures.apps.MeasuresConfig",
    "indicators.apps.IndicatorsConfig",
    "projects.apps.ProjectsConfig",
    "meetings.apps.MeetingsConfig",
    "portal.apps.PortalConfig",
]

# The page cache will stand first: it keeps pages as the ones below it left them.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Tokens in pages are masked anew each time, so compressing them tells nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Last, so that it sees who was just locked out; the page it answers with needs the ones above.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Bootstrap's names of the levels.
MESSAGE_TAGS = {message_level.ERROR: "danger", message_level.DEBUG: "secondary"}

# Database

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / _name}.sqlite3"),
}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a deferred transaction that turns into a writer fails under other writers.
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;",
    }
else:
    # Compiling a status query costs more than running it.
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "options": "-c jit=off"}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time

LANGUAGE_CODE = "cs"
TIME_ZONE = "Europe/Prague"
USE_I18N = True
USE_TZ = True

# Sessions, cookies and transport

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# Signing in in another window changes the mark of forms: what was typed into ours is not lost.
CSRF_FAILURE_VIEW = "measures.views.parking.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not EMBEDDED
# A probe asks over plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if EMBEDDED else env.int("HSTS_SECONDS", default=31_536_000)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if TRUSTED_PROXIES:  # noqa: F405
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Bootstrap draws its marks from data: addresses in its style sheet.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

SILENCED_SYSTEM_CHECKS = [
    # HSTS for subdomains and its preload list are decided by the owner of the domain, not by one
    # application under it.
    "security.W005",
    "security.W021",
]

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", bootstrap.BASE_DIR)]
_of_demo = "-demo" if DEMO else ""
MEDIA_ROOT = Path(env.path("MEDIA_ROOT", default=VAR_DIR / f"prilohy{_of_demo}"))
REDACTION_LOG = Path(env.path("REDACTION_LOG", default=VAR_DIR / f"redakce{_of_demo}.jsonl"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "config.storage.StaticStorage"},
}

# Caches: PDF documents by their fingerprint, up to about 60 MB shared by all workers.

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pdf": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "pdf",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# E-mail and log

vars().update(env.email_url("EMAIL_URL", **({"default": "consolemail://"} if EMBEDDED else {})))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
# Where links in e-mail lead.
PORTAL_URL = env("PORTAL_URL", **({"default": "http://127.0.0.1:8000"} if EMBEDDED else {}))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Failed sign-ins and locks, not each one that went well.
        "axes": {"level": "WARNING"},
    },
}
