"""One-time codes as RFC 6238 says, worked out apart from the portal and from allauth."""

import base64
import hashlib
import hmac
import struct
import time

from allauth.mfa.models import Authenticator
from django.utils import timezone

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "dobre-heslo-123"


def code(secret=SECRET, *, later=0, at=None):
    """Return the code an application shows now, or `later` half-minutes later."""
    step = int(time.time() if at is None else at) // 30 + later
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def give_factor(user, secret=SECRET):
    """Give a person a second factor with the given key, and one recovery code: 12345678."""
    kinds = Authenticator.Type
    Authenticator.objects.create(
        user=user, type=kinds.RECOVERY_CODES, data={"migrated_codes": ["12345678"]}
    )
    return Authenticator.objects.create(
        user=user, type=kinds.TOTP, data={"secret": secret}, created_at=timezone.now()
    )


def send_password(client, email, password=PASSWORD, **headers):
    return client.post("/ucet/login/", {"login": email, "password": password}, **headers)


def send_code(client, value, **headers):
    return client.post("/ucet/druhy-faktor/kod/", {"code": value}, **headers)


def is_in(client):
    return "_auth_user_id" in client.session
