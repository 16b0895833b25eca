"""Sign-in by an identity provider (OpenID Connect), where the environment names one.

The provider says who somebody is, the portal says who may come in: only a person who has an
account here under the e-mail the provider has verified. Nothing of it is stored, each sign-in is
matched anew, so an account follows its address and an inactive one stays closed. The second factor
of an account is asked for here as after a password.
"""

import logging

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

log = logging.getLogger(__name__)

PROTOCOL = "openid_connect"
PROVIDER = "kraj"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The one provider of the environment; whom it sends must have an account already."""

    def list_apps(self, request, provider=None, client_id=None):
        if not settings.OIDC or provider not in (None, PROTOCOL, PROVIDER):
            return []
        options = {
            "server_url": settings.OIDC["issuer"].rstrip("/"),
            "oauth_pkce_enabled": True,
            "email_authentication": True,
        }
        app = SocialApp(
            provider=PROTOCOL,
            provider_id=PROVIDER,
            name=settings.OIDC["name"],
            client_id=settings.OIDC["client_id"],
            secret=settings.OIDC["secret"],
            settings=options,
        )
        return [app]

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        if not (claims_hold(sociallogin.account.extra_data) and sociallogin.is_existing):
            raise ImmediateHttpResponse(refused(request))

    def on_authentication_error(self, request, provider, **kwargs):
        log.warning("Sign-in by the provider failed: %s", kwargs.get("exception"))
        raise ImmediateHttpResponse(failed(request))


def claims_hold(claims):
    """Say whether the provider vouches for the e-mail, and both its answers are of one person."""
    token, person = claims.get("id_token", {}), claims.get("userinfo", {})
    # A text would be true even if it said "false".
    return person.get("email_verified") is True and token.get("sub") == person.get("sub")


def refused(request):
    return render(request, "account/provider_refused.html", provider_name(), status=403)


def failed(request):
    return render(request, "account/provider_failed.html", provider_name(), status=502)


def provider_name():
    return {"name": settings.OIDC["name"]}


@require_GET
@never_cache
def provider_login(request, provider_id):
    """Send a person to the provider. Changes nothing here, so a link does."""
    try:
        provider = get_adapter(request).get_provider(request, provider_id)
        return provider.redirect(
            request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request)
        )
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except ImmediateHttpResponse as error:
        return error.response
    except (RequestException, KeyError, ValueError):
        log.exception("The identity provider does not answer.")
        return failed(request)


@require_GET
@never_cache
def provider_callback(request, provider_id):
    """Take back a person from the provider."""
    if not settings.OIDC:
        raise Http404
    try:
        return views.callback(request, provider_id)
    except (RequestException, KeyError, ValueError):
        log.exception("The identity provider answered in a way not understood.")
        return failed(request)
