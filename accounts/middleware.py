from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

STAFF_PAGES = ("/prace/", "/admin/")
ACCOUNT_PAGES = "/ucet/"


class SecondFactorMiddleware:
    """Leads a head or an administrator whose roles sleep for want of a second factor to setting it
    up: from all pages of the staff, and from any other page that refuses them.

    That they sleep is known with the person (see backends.py), so this costs no query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        own = request.path.startswith(ACCOUNT_PAGES)
        if response.status_code == 403 and not own and is_asleep(request):
            return lead(request)
        return response

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith(STAFF_PAGES) and is_asleep(request):
            return lead(request)
        return None


def is_asleep(request):
    # Who brings no cookie of a session is nobody; asking would make the page vary by cookie.
    if not settings.REQUIRE_MFA or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_authenticated and request.user.roles_asleep


def lead(request):
    """Lead to the second factor; of what was sent say that it was not saved."""
    if request.method not in ("GET", "HEAD"):
        return render(request, "account/second_factor_missing.html", status=403)
    query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('mfa_activate_totp')}?{query}")
