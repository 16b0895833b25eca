"""Meetings of the made-up history, frozen on a day in the past from all that was known then."""

import io
from datetime import date, datetime, time

import pytest
from django.core.management import call_command

from common.czech import PRAGUE
from common.loading import load_files
from measures.status import end_of
from meetings.briefing import briefing
from meetings.decisions import open_decisions
from meetings.models import Meeting, Resolution, Snapshot
from meetings.snapshots import read
from portal.data import FILES
from portal.demo.build import build
from strategy.models import Strategy

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


@pytest.fixture
def made(db):
    list(load_files(FILES))
    build(datetime.combine(TODAY, time(15), PRAGUE), TODAY)


def test_meetings_of_two_bodies_past_ones_frozen_and_provable(made):
    states = [
        (one.body.slug, one.is_frozen, one.meeting_date < TODAY)
        for one in Meeting.objects.for_list()
    ]
    assert states == [
        ("komise-zaclenovani", False, False),
        ("rada", False, False),
        ("rada", True, True),
        ("komise-zaclenovani", True, True),
        ("rada", True, True),
    ]
    assert Snapshot.objects.filter(number=1).count() == 1
    out = io.StringIO()
    call_command("verify_snapshots", stdout=out)
    assert "ověřeno snímků: 4" in out.getvalue()


def test_frozen_briefing_is_what_the_portal_tells_of_that_moment_today(made):
    """The time machine and the freezer agree, although months of records came in between."""
    for snapshot in Snapshot.objects.select_related("meeting__body__strategy__region"):
        again = briefing(snapshot.meeting, snapshot.on_date, snapshot.frozen_at)
        assert again == read(snapshot)


def test_resolution_settles_what_was_asked_before_it(made):
    strategy = Strategy.objects.get(slug="kk")
    asked = [one.report.measure.code for one in open_decisions(strategy, TODAY, end_of(TODAY))]
    assert sorted(asked) == ["1.2", "2.3"]
    [settled] = Resolution.objects.filter(decision_links__isnull=False)
    [link] = settled.decision_links.all()
    assert link.report.measure.code == "2.3"
    assert "Schválit zkušební provoz tří ranních spojů" in settled.text
    eve = settled.adopted_on
    before = open_decisions(strategy, eve, settled.recorded_at)
    after = open_decisions(strategy, eve, end_of(eve.replace(day=28)))
    assert [one.report.measure.code for one in before] == ["2.3"]
    assert after == []
