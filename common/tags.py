"""Names that stay for ever whatever becomes of addresses: tag URIs by RFC 4151."""

from urllib.parse import quote, urlsplit

from django.conf import settings

SINCE = "2026"
"""The year from which the portal has its domain; it is a part of each name and never changes."""


def host():
    """Return the domain of the portal."""
    return urlsplit(settings.PORTAL_URL).hostname or "localhost"


def tag(key):
    """Return the name of the thing a key tells from all others of the portal."""
    return f"tag:{host()},{SINCE}:{quote(key)}"
