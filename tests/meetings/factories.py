"""Minimal valid meetings, resolutions and snapshots; a test states every value it depends on."""

from datetime import date

import factory

from meetings import models as meetings
from tests.factories import EARLY, Factory, StrategyFactory


class BodyFactory(Factory):
    class Meta:
        model = meetings.Body

    strategy = factory.SubFactory(StrategyFactory)
    kind = meetings.BodyKind.COUNCIL
    name = factory.Sequence(lambda n: f"Rada {n}")
    slug = factory.Sequence(lambda n: f"rada-{n}")


class MeetingFactory(Factory):
    class Meta:
        model = meetings.Meeting

    body = factory.SubFactory(BodyFactory)
    meeting_date = date(2026, 11, 26)


class ResolutionFactory(Factory):
    class Meta:
        model = meetings.Resolution

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: f"RK {n}/11/26")
    text = "Rada bere zprávu na vědomí."
    adopted_on = factory.LazyAttribute(lambda one: one.meeting.meeting_date)
    recorded_at = EARLY


class SnapshotFactory(Factory):
    class Meta:
        model = meetings.Snapshot

    meeting = factory.SubFactory(MeetingFactory)
    on_date = date(2026, 11, 14)
    frozen_at = EARLY
    content = "{}"
    sha256 = "0" * 64
    outline_sha256 = "0" * 64


class SnapshotTextFactory(Factory):
    class Meta:
        model = meetings.SnapshotText

    snapshot = factory.SubFactory(SnapshotFactory)
    number = 0
    text = "Chybí peníze."


class SnapshotFileFactory(Factory):
    class Meta:
        model = meetings.SnapshotFile

    snapshot = factory.SubFactory(SnapshotFactory)
    name = "zprava.csv"
    kind = meetings.FileKind.CSV
    size = 1
    sha256 = "0" * 64
    maker = "0" * 64
    content = "AA=="
