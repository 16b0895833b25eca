import shutil
import socket

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase

from common.append_only import drop_triggers
from tests import unrecorded

_flush = TransactionTestCase._fixture_teardown


def _lift_guard_and_flush(test_case):
    """Empty the tables after a test: on SQLite by DELETE, which the append-only guard refuses.

    `post_migrate`, which the flush sends, puts the triggers back.
    """
    for alias in test_case._databases_names(include_mirrors=False):
        if connections[alias].vendor == "sqlite":
            drop_triggers(connections[alias])
    _flush(test_case)


TransactionTestCase._fixture_teardown = _lift_guard_and_flush


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Refuse every connection of this process but those to itself."""
    connect = socket.socket.connect

    def guarded(self, address):
        remote = self.family in (socket.AF_INET, socket.AF_INET6)
        if remote and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test reached for the network: {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_unrecorded_change():
    """Refuse every change of our code that would go past the history."""
    with pytest.MonkeyPatch.context() as patch:
        unrecorded.guard(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def files_of_tests():
    """Leave no file behind."""
    yield
    shutil.rmtree(settings.TEST_FILES, ignore_errors=True)


@pytest.fixture(autouse=True)
def empty_cache():
    """Forget what an earlier test left in the cache, the counts of sign-in attempts above all."""
    cache.clear()


@pytest.fixture
def make_user():
    """Return a function that makes a user in the given roles (unit, head, councillor, admin)."""

    def make(*roles, email=None, password=None):
        email = email or f"{'-'.join(roles) or 'nobody'}@portal.test"
        user = get_user_model().objects.create_user(email, password, name=email)
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    return make


@pytest.fixture
def client_as(client, make_user):
    """Return a function that signs the test client in as a new user in the given roles."""

    def sign_in(*roles):
        client.force_login(make_user(*roles), backend="accounts.backends.EmailBackend")
        return client

    return sign_in
