from django.conf import settings
from django.core.checks import Error, register


@register
def provider_is_whole_and_safe(app_configs, **kwargs):
    """Refuse a provider set by halves, or one whose word anybody on the way could change."""
    if settings.OIDC_IS_PARTIAL:
        hint = "Set OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME, or none of them."
        return [Error("The identity provider is set by halves.", hint, id="accounts.E001")]
    if settings.OIDC and not settings.EMBEDDED and not settings.OIDC["issuer"].startswith("https:"):
        return [Error("OIDC_ISSUER must begin with https://.", id="accounts.E002")]
    return []
