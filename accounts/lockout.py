"""Who is locked out after failed attempts: counted in the database, for all workers together.

Wrong passwords lock an account for the address they came from: nobody locks a colleague out from
elsewhere, and one address of a whole office locks nobody but the account that was tried. Wrong
one-time codes lock the second step of an account for all addresses, because whoever gets that far
knows the password.
"""

import ipaddress

from allauth.account.adapter import get_adapter
from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.shortcuts import render

from common import czech

# The key under which a wrong code tells whose it was, and how it stands among the attempts.
SECOND_FACTOR = "second_factor"
CODES_OF = "kód: "
# A network has as many addresses of its own as it likes.
IPV6_PREFIX = 64


def client_address(request):
    """Return the address a request came from, past the trusted proxies; None if unknown."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return request.META.get("REMOTE_ADDR")
    if address.version == 6:
        address = ipaddress.ip_network((address, IPV6_PREFIX), strict=False).network_address
    return str(address)


def account_name(request, credentials=None):
    """Return the account that was tried: allauth names it `email`, its form `login`."""
    credentials = credentials or {}
    if SECOND_FACTOR in credentials:
        return CODES_OF + credentials[SECOND_FACTOR]
    written = credentials.get("email") or credentials.get("username") or request.POST.get("login")
    return (written or "").strip().lower()[:255]


def parameters(request_or_attempt, credentials=None):
    """Return by what attempts are counted together."""
    if SECOND_FACTOR in (credentials or {}):
        return ["username"]
    return [["username", "ip_address"]]


def locked_out(request, response=None, credentials=None):
    """Answer an attempt on what is locked."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    minutes = czech.count(seconds // 60, "minutu", "minuty", "minut")
    context = {
        "minutes": minutes,
        "failures": czech.count(settings.AXES_FAILURE_LIMIT, "pokusu", "pokusech", "pokusech"),
        "is_code": SECOND_FACTOR in (credentials or {}),
    }
    answer = render(request, "account/locked_out.html", context, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def are_codes_locked(request, user):
    """Say whether the second step of an account is locked; if so, the answer will tell."""
    credentials = {SECOND_FACTOR: user.email}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out = True
    request.axes_credentials = credentials
    return True


def count_wrong_code(request, user):
    credentials = {SECOND_FACTOR: user.email}
    user_login_failed.send(__name__, credentials=credentials, request=request)


def forget_wrong_codes(user):
    reset(username=CODES_OF + user.email)


def forget_wrong_passwords(user):
    """Unlock the first step of an account for all addresses."""
    reset(username=user.email)
