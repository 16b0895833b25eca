from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import get_user
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts import second_factor

STAFF_PAGES = ("/prace/", "/admin/")
ACCOUNT_PAGES = "/ucet/"
ALWAYS_OPEN = {"admin:logout"}


class SecondFactorMiddleware:
    """Lets the roles of a head or an administrator sleep until their session has brought a second
    factor, and leads them to it before any page of the staff.

    Whether they have one is read with the person (see backends.py), so this costs no query. A page
    elsewhere that refuses them because their roles sleep leads there too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.REQUIRE_MFA:
            request.user = SimpleLazyObject(lambda: person(request))
        response = self.get_response(request)
        own = request.path.startswith(ACCOUNT_PAGES)
        if response.status_code == 403 and not own and is_asleep(request):
            return lead(request)
        return response

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.view_name in ALWAYS_OPEN:
            return None
        if request.path.startswith(STAFF_PAGES) and is_asleep(request):
            return lead(request)
        return None


def person(request):
    user = get_user(request)
    if user.is_authenticated and second_factor.is_duty_of(user):
        user.roles_asleep = not second_factor.is_proven(request, user)
    return user


def is_asleep(request):
    # Who brings no cookie of a session is nobody; asking would make the page vary by cookie.
    if not settings.REQUIRE_MFA or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_authenticated and request.user.roles_asleep


def lead(request):
    """Lead to the second factor; of what was sent say that it was not saved."""
    has_one = request.user.second_factor_at is not None
    url = reverse("mfa_reauthenticate" if has_one else "mfa_activate_totp")
    if request.method not in ("GET", "HEAD"):
        context = {"url": url, "has_one": has_one}
        return render(request, "account/second_factor_missing.html", context, status=403)
    return HttpResponseRedirect(
        f"{url}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
    )
