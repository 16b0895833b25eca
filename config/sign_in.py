"""Settings of the sign-in: passwords, limits, second factor, an identity provider."""

from datetime import timedelta

from config.environment import EMBEDDED, env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    # First: who is locked out is asked for no password.
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "accounts.backends.EmailBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "accounts.passwords.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Of the link sent for a new password.
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/prace/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An administrator makes the accounts and answers for the addresses.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A person hears of each change of their password and second factor.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_SESSION_REMEMBER = False
# Floods from one address, counted by each worker for itself: the cache is the memory of one
# process. Wrong passwords and codes are counted in the database, by django-axes below.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": None,
    "reset_password": "10/m/ip,3/m/key",
    "reset_password_from_key": "10/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "manage_email": "10/m/user",
}

# Reverse proxies in front. Trust their headers only where they stand there and overwrite them.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Second factor: one-time codes of an application, and recovery codes

REQUIRE_MFA = env.bool("REQUIRE_MFA", default=not EMBEDDED)
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Portál sociálního začleňování"
# A clock may go half a minute wrong; a code is good once all the same.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ConfirmingCodeForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
}

# Wrong passwords lock an account for one address, wrong codes for all: see accounts/lockout.py

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = "accounts.lockout.parameters"
AXES_USERNAME_CALLABLE = "accounts.lockout.account_name"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "code", "oldpassword", "csrfmiddlewaretoken"]
# Who signed in when is no list we keep.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# An identity provider by OpenID Connect, offered when all four are set

_OIDC = {
    "issuer": env("OIDC_ISSUER", default=""),
    "client_id": env("OIDC_CLIENT_ID", default=""),
    "secret": env("OIDC_CLIENT_SECRET", default=""),
    "name": env("OIDC_NAME", default=""),
}
OIDC = _OIDC if all(_OIDC.values()) else None
OIDC_IS_PARTIAL = any(_OIDC.values()) and not OIDC
SOCIALACCOUNT_ADAPTER = "accounts.oidc.ProviderAdapter"
