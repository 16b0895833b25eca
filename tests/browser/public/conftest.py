"""Public pages only read: all their tests share one load of our own data."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from common.append_only import drop_triggers
from measures.models import Measure
from meetings.models import Body
from tests import factories
from tests.browser.conftest import MOST_MS
from tests.meetings.factories import MeetingFactory
from tests.meetings.frozen import frozen
from tests.meetings.sample import sample


@pytest.fixture(scope="package")
def real_data(django_db_setup, django_db_blocker):
    """Our own data, and of 1.2 a past worth asking about: on track in September, late today."""
    with django_db_blocker.unblock():
        call_command("load_data", verbosity=0)
        measure = Measure.objects.get_by_natural_key("kk", "1.2")
        recorded_at = factories.moment("2026-09-01 12:00")
        factories.report(measure, date(2026, 9, 1))
        factories.milestone(measure, date(2026, 10, 15), recorded_at=recorded_at)
        council = Body.objects.get(slug="rada")
        meeting = MeetingFactory(body=council, meeting_date=date(2026, 11, 26))
        first = frozen(meeting, sample())
        frozen(meeting, sample(), number=1, corrects=first, reason="Chybělo číslo usnesení.")
        yield
        if connection.vendor == "sqlite":
            drop_triggers(connection)
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def transactional_db(real_data):
    """Stands for pytest-django's own, which empties the tables after each test."""


@pytest.fixture
def visit(page, console_clean):
    """Return a function that opens a Page and fails when it answers otherwise than it should."""

    def open_page(wanted):
        if wanted.status != 200:
            console_clean.allow(f"status of {wanted.status}")
        response = page.goto(wanted.path)
        assert response.status == wanted.status
        return page

    return open_page


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def reader(request, new_context):
    """A page of a reader with JavaScript, and one without."""
    page = new_context(java_script_enabled=request.param).new_page()
    page.set_default_timeout(MOST_MS)
    return page
