"""How often something may be tried: exact counts in the database, shared by all processes."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from common.models import Throttle

LONGEST = timedelta(days=2)
"""No window is longer; counters older than this are of no use to anybody."""

# One statement, so that concurrent callers wait for each other and each gets a number of its own.
_COUNT = """
INSERT INTO common_throttle ("key", started_at, "count") VALUES (%s, %s, 1)
ON CONFLICT ("key") DO UPDATE SET
  "count" = CASE WHEN common_throttle.started_at <= %s THEN 1 ELSE common_throttle."count" + 1 END,
  started_at = CASE WHEN common_throttle.started_at <= %s THEN excluded.started_at
                    ELSE common_throttle.started_at END
RETURNING "count"
"""


def allow(key, *, limit, seconds, now):
    """Count one more try of `key` and say whether it is among the first `limit` of its window.

    A window of `seconds` begins with the first try and is not prolonged by refused ones. Inside a
    transaction that is rolled back the try was never counted.
    """
    window = timedelta(seconds=seconds)
    if not timedelta(0) < window <= LONGEST:
        raise ValueError(f"{seconds} s is not a window of at most {LONGEST}")
    adapt = connection.ops.adapt_datetimefield_value
    began = adapt(now - window)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, adapt(now), began, began])
        (count,) = cursor.fetchone()
    if count == 1:
        _forget(now - LONGEST)
    return count <= limit


@transaction.atomic
def _forget(moment):
    """Drop the counters of windows long closed; what somebody else is just counting is left."""
    old = Throttle.objects.filter(started_at__lt=moment).select_for_update(skip_locked=True)
    Throttle.objects.filter(pk__in=old.values("pk")).delete()


def visitor(request):
    """Return what tells visitors apart without keeping their address: a keyed digest of it, for
    IPv6 of the network of one household or office."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        # Each proxy adds on the right whom it saw; further to the left anybody may write anything.
        address = forwarded[-settings.TRUSTED_PROXIES].strip()
    return salted_hmac("common.throttle", _network(address), algorithm="sha256").hexdigest()[:32]


def _network(address):
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(ip_network((found, 64), strict=False))
    return str(found)
