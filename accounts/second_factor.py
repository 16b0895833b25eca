"""The second factor: whose duty it is, which sessions have brought it, which code is spent."""

from functools import partial

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.roles import ADMIN, HEAD

TOTP = Authenticator.Type.TOTP


def with_second_factor(users):
    """Read with each person since when they have a second factor, in the same query."""
    factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type=TOTP)
    return users.annotate(second_factor_at=Subquery(factor.values("created_at")[:1]))


def is_duty_of(user):
    """Say whether a person may use their roles only behind a second factor."""
    return settings.REQUIRE_MFA and user.has_any_role(HEAD, ADMIN)


def is_proven(request, user):
    """Say whether this session has brought the second factor the person has now.

    A session opened before the factor was set up, or behind one since removed, has not.
    """
    since = user.second_factor_at
    return since is not None and any(
        record["method"] == "mfa" and record["at"] >= since.timestamp()
        for record in get_authentication_records(request, user)
    )


def prove(request, authenticator):
    """Remember that this session has brought the second factor, as a sign-in with a code does."""
    record = partial(record_authentication, request, authenticator.user, "mfa")
    record(id=authenticator.pk, type=authenticator.type)


@transaction.atomic
def spend(authenticator, code):
    """Use a one-time code up; return False when it, or a later one, has been used before.

    allauth remembers used codes in the memory of one process and for half a minute only.
    """
    kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(kept.data["secret"])
    digits = "".join(code.split())
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
