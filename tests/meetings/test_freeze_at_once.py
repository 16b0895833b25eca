"""Several heads at once, and reports that are being written while a briefing is frozen."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from measures.models import Measure, Report
from meetings.actions import freeze as freezing
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.models import Snapshot, SnapshotFile, SnapshotText
from meetings.snapshots import read
from tests import factories as make
from tests.measures.days import days
from tests.measures.test_two_at_once import at_once
from tests.meetings import stand_in
from tests.meetings.factories import MeetingFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # A database in memory is seen by its own thread only.
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs a database of many writers"),
]


@pytest.fixture
def meeting(monkeypatch):
    stand_in.install(monkeypatch)
    return MeetingFactory(meeting_date=days(12), body__slug="rada")


@pytest.fixture
def people(make_user):
    return [make_user("head", email=f"osoba{n}@portal.test") for n in range(4)]


def test_one_of_many_freezes(meeting, people):
    heard = at_once(freeze, people, meeting=meeting)
    assert heard == [*3 * ["Podklad už je zmrazen."], "done"]
    assert (Snapshot.objects.count(), SnapshotFile.objects.count()) == (1, 4)
    assert SnapshotText.objects.count() == 8


def test_corrections_make_one_line(meeting, people):
    freeze(meeting=meeting, by=people[0])
    heard = at_once(correct_snapshot, people, meeting=meeting, reason="Překlep.")
    done = heard.count("done")
    assert done >= 1
    assert set(heard) <= {"done", "Podklad mezitím opravil někdo jiný."}
    numbers = list(Snapshot.objects.order_by("pk").values_list("number", "corrects__number"))
    assert numbers == [(0, None), *((n, n - 1) for n in range(1, done + 1))]


def test_report_being_written_is_waited_for(meeting, people):
    """Whoever holds the measure has an earlier moment: the briefing must know what they wrote."""
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    holds, done = Event(), []

    def write():
        with transaction.atomic():
            Measure.objects.select_for_update().get(pk=measure.pk)
            moment = timezone.now()
            holds.set()
            # The freezing waits meanwhile: were it not to, it would be over by now.
            done.append(frozen.wait(1))
            make.report(measure, days(-1), obstacle="Zapsáno.", published_at=moment)
        connection.close()

    frozen = Event()
    writer = Thread(target=write)
    writer.start()
    holds.wait(10)
    snapshot = freeze(meeting=meeting, by=people[0])
    frozen.set()
    writer.join(30)
    assert done == [False]
    report = Report.objects.get()
    assert report.published_at < snapshot.frozen_at
    assert read(snapshot).late[0].why == "Zapsáno."


def test_documents_are_made_without_a_lock(meeting, people, monkeypatch):
    """A document takes seconds: nobody who reports may wait for it."""
    measure = make.make_measure("1.2", strategy=meeting.body.strategy)
    make_files, heard = freezing._files, []

    def report():
        with transaction.atomic():
            Measure.objects.select_for_update(nowait=True).get(pk=measure.pk)
            later = timezone.now() + timedelta(seconds=1)
            make.report(measure, days(-1), obstacle="Pozdě.", published_at=later)
        heard.append("done")
        connection.close()

    def files(*args):
        writer = Thread(target=report)
        writer.start()
        writer.join(10)
        return make_files(*args)

    monkeypatch.setattr(freezing, "_files", files)
    snapshot = freeze(meeting=meeting, by=people[0])
    assert heard == ["done"]
    assert read(snapshot).late[0].why != "Pozdě."
