"""Counting of tries: exact under concurrent callers, forgotten in the end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from common.models import Throttle
from common.throttle import allow, visitor
from tests.factories import moment

NOW = moment("2026-11-20 12:00")


def later(seconds):
    return NOW + timedelta(seconds=seconds)


@pytest.mark.django_db
def test_allow_takes_the_limit_and_no_more():
    found = [allow("a", limit=3, seconds=60, now=later(n)) for n in range(5)]
    assert found == [True, True, True, False, False]


@pytest.mark.django_db
def test_allow_counts_each_key_by_itself():
    assert allow("a", limit=1, seconds=60, now=NOW)
    assert allow("b", limit=1, seconds=60, now=NOW)
    assert not allow("a", limit=1, seconds=60, now=NOW)


@pytest.mark.django_db
def test_window_begins_anew_after_its_seconds_and_refusals_do_not_prolong_it():
    tries = [(0, True), (30, False), (59, False), (60, True), (61, False), (119, False)]
    for second, expected in tries:
        assert allow("a", limit=1, seconds=60, now=later(second)) is expected, second


@pytest.mark.django_db
def test_try_of_a_transaction_that_failed_was_never_counted():
    with transaction.atomic():
        assert allow("a", limit=1, seconds=60, now=NOW)
        transaction.set_rollback(True)
    assert allow("a", limit=1, seconds=60, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [0, -1, 2 * 86_400 + 1])
def test_window_that_makes_no_sense_is_refused(seconds):
    with pytest.raises(ValueError, match="window"):
        allow("a", limit=1, seconds=seconds, now=NOW)


@pytest.mark.django_db
def test_counters_of_closed_windows_are_forgotten():
    allow("old", limit=1, seconds=60, now=NOW)
    allow("young", limit=1, seconds=60, now=NOW + timedelta(days=1))
    allow("new", limit=1, seconds=60, now=NOW + timedelta(days=2, seconds=1))
    assert set(Throttle.objects.values_list("key", flat=True)) == {"young", "new"}


@pytest.mark.django_db(transaction=True)
def test_concurrent_callers_get_exactly_the_limit():
    barrier = Barrier(8)

    def take(_):
        barrier.wait()
        try:
            return [allow("a", limit=25, seconds=600, now=NOW) for _ in range(10)]
        finally:
            connection.close()

    # A stale counter lies in the way of the first ones: they all want to begin a window.
    Throttle.objects.create(key="a", started_at=NOW - timedelta(days=1), count=25)
    with ThreadPoolExecutor(8) as pool:
        found = [said for part in pool.map(take, range(8)) for said in part]
    assert (found.count(True), found.count(False)) == (25, 55)
    assert Throttle.objects.get(key="a").count == 80


@pytest.mark.django_db(transaction=True)
def test_forgetting_and_counting_do_not_block_each_other():
    for n in range(40):
        Throttle.objects.create(key=f"{n}", started_at=NOW - timedelta(days=9), count=1)
    barrier = Barrier(4)

    def take(thread):
        barrier.wait()
        try:
            with transaction.atomic():
                return [allow(f"{thread + 4 * n}", limit=1, seconds=60, now=NOW) for n in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(take, range(4))) == [[True] * 10] * 4


# Visitors


def address(rf, remote, forwarded=None):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return visitor(rf.get("/", REMOTE_ADDR=remote, **headers))


def test_visitor_keeps_no_address(rf):
    assert "192.0.2.1" not in address(rf, "192.0.2.1")
    assert address(rf, "192.0.2.1") == address(rf, "192.0.2.1") != address(rf, "192.0.2.2")


def test_visitor_of_ipv6_is_a_network(rf):
    one, same, other = "2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"
    assert address(rf, one) == address(rf, same) != address(rf, other)


def test_visitor_cannot_make_an_address_up(rf, settings):
    settings.TRUSTED_PROXIES = 0
    assert address(rf, "192.0.2.1", "198.51.100.7") == address(rf, "192.0.2.1")
    settings.TRUSTED_PROXIES = 1
    assert address(rf, "127.0.0.1", "made-up, 192.0.2.1") == address(rf, "127.0.0.1", "192.0.2.1")
    assert address(rf, "127.0.0.1", "192.0.2.2") != address(rf, "127.0.0.1", "192.0.2.1")


def test_visitor_without_an_address_is_somebody_too(rf):
    assert address(rf, "") == address(rf, "")
