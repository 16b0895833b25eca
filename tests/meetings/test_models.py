"""Every constraint of meetings, each refused once with its Czech sentence."""

import pytest
from django.db import IntegrityError, transaction

from common.append_only import guarded_models
from tests.meetings import factories
from tests.meetings.factories import SnapshotFactory
from tests.refusals import assert_refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "rule", "values"),
    [
        ("Body", "kind", {"kind": "party"}),
        ("Snapshot", "correction", {"number": 1}),
        ("Snapshot", "correction", {"number": 1, "reason": "Překlep."}),
        ("SnapshotFile", "kind", {"kind": "doc"}),
        ("Resolution", "number", {"number": ""}),
        ("Resolution", "text", {"text": ""}),
        ("Resolution", "withdrawn", {"is_withdrawn": True}),
    ],
)
def test_value_is_refused(model, rule, values):
    factory = getattr(factories, f"{model}Factory")
    assert_refused(factory, f"meetings_{model.lower()}_{rule}", values)


def test_correction_has_a_number_and_a_reason():
    first = SnapshotFactory()
    for number in (0, 1):
        values = {"corrects": first, "number": number, "reason": ""}
        assert_refused(SnapshotFactory, "meetings_snapshot_correction", values)


def twin_body_name():
    one = factories.BodyFactory()
    return lambda: factories.BodyFactory(strategy=one.strategy, name=one.name)


def twin_body_slug():
    one = factories.BodyFactory()
    return lambda: factories.BodyFactory(slug=one.slug)


def twin_meeting():
    one = factories.MeetingFactory()
    return lambda: factories.MeetingFactory(body=one.body, meeting_date=one.meeting_date)


def twin_snapshot():
    one = SnapshotFactory()
    return lambda: SnapshotFactory(meeting=one.meeting)


def second_correction():
    one = SnapshotFactory()
    values = {"meeting": one.meeting, "corrects": one, "reason": "Překlep."}
    SnapshotFactory(number=1, **values)
    return lambda: SnapshotFactory(number=2, **values)


def twin_text():
    one = factories.SnapshotTextFactory()
    return lambda: factories.SnapshotTextFactory(snapshot=one.snapshot, number=one.number)


def twin_file():
    one = factories.SnapshotFileFactory()
    return lambda: factories.SnapshotFileFactory(snapshot=one.snapshot, name=one.name)


@pytest.mark.parametrize(
    "prepare",
    [
        twin_body_name,
        twin_body_slug,
        twin_meeting,
        twin_snapshot,
        second_correction,
        twin_text,
        twin_file,
    ],
)
def test_what_is_there_once_cannot_be_there_twice(prepare):
    again = prepare()
    with pytest.raises(IntegrityError), transaction.atomic():
        again()


def test_kinds_of_meeting_rows_are_append_only():
    labels = {model.__name__ for model in guarded_models()}
    assert {"Snapshot", "SnapshotText", "SnapshotFile", "Resolution"} <= labels
