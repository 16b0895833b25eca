import pytest
from django.db import transaction

from measures import moment as moments
from tests.machine import story
from tests.machine.written import write_story


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """The story, written once for all tests of a module and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield write_story()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: story.TODAY)
