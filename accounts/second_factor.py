"""The second factor: whose duty it is, which code is spent, how a session outlives its change."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth import get_user_model, update_session_auth_hash
from django.db import transaction

from accounts.roles import ADMIN, HEAD

TOTP = Authenticator.Type.TOTP


def is_missing(user):
    """Say whether a person has to have a second factor and has none."""
    if not settings.REQUIRE_MFA or not user.has_any_role(HEAD, ADMIN):
        return False
    return user.second_factor_since() is None


def keep_session(request):
    """Let the session in which the factor was changed live on; all others end."""
    update_session_auth_hash(request, get_user_model().objects.get(pk=request.user.pk))


@transaction.atomic
def spend(authenticator, code):
    """Use a one-time code up; return False when it, or a later one, has been used before.

    allauth remembers used codes in the memory of one process and for half a minute only.
    """
    kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(kept.data["secret"])
    digits = "".join(filter(str.isdigit, code))
    step = next((n for n in counters() if format_hotp_value(hotp_value(secret, n)) == digits), 0)
    if step <= kept.data.get("last_step", 0):
        return False
    kept.data["last_step"] = step
    kept.save(update_fields=["data"])
    return True


@transaction.atomic
def drop(user):
    """Take the second factor from a person who has lost it; say whether there was one."""
    dropped, _ = Authenticator.objects.filter(user=user).delete()
    return bool(dropped)
