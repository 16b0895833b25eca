"""The pages of the account that we have. allauth brings more (sign-up by code, other addresses,
linking with other accounts): what is not listed here is closed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from accounts import oidc, views

# The names are allauth's own, it looks its pages up by them: no namespace.
urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", require_safe(views.account_detail), name="account_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("druhy-faktor/", mfa.index, name="mfa_index"),
    path("druhy-faktor/kod/", mfa.authenticate, name="mfa_authenticate"),
    path("druhy-faktor/potvrzeni/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("druhy-faktor/zapnout/", views.activate_totp, name="mfa_activate_totp"),
    path("druhy-faktor/vypnout/", views.deactivate_totp, name="mfa_deactivate_totp"),
    path("druhy-faktor/zalozni-kody/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "druhy-faktor/zalozni-kody/nove/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "druhy-faktor/zalozni-kody/soubor/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # The addresses an administrator of a provider expects of allauth.
    path("oidc/<slug:provider_id>/login/", oidc.provider_login, name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        oidc.provider_callback,
        name="openid_connect_callback",
    ),
]
