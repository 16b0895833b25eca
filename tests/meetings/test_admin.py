"""Meetings in the administration: what was frozen cannot be changed there either."""

import pytest

from meetings.models import Body, Meeting
from tests.measures.days import days, typed
from tests.meetings.factories import (
    BodyFactory,
    MeetingFactory,
    ResolutionFactory,
    SnapshotFactory,
)

pytestmark = pytest.mark.django_db

ADMIN = "/admin/meetings/"


@pytest.mark.parametrize(
    ("role", "body", "meeting", "snapshot"),
    [
        ("head", 200, 200, 200),
        ("unit", 403, 403, 200),
        ("admin", 200, 403, 403),
        ("councillor", 302, 302, 302),
    ],
)
def test_who_may_see_what(client_as, role, body, meeting, snapshot):
    client = client_as(role)
    assert client.get(f"{ADMIN}body/").status_code == body
    assert client.get(f"{ADMIN}meeting/").status_code == meeting
    assert client.get(f"{ADMIN}snapshot/").status_code == snapshot
    assert client.get(f"{ADMIN}resolution/").status_code == snapshot


@pytest.mark.parametrize("name", ["snapshot", "resolution"])
def test_records_are_only_shown(client_as, name):
    snapshot = SnapshotFactory(content='{"tajne":1}')
    record = snapshot if name == "snapshot" else ResolutionFactory(meeting=snapshot.meeting)
    client = client_as("head")
    page = client.get(f"{ADMIN}{name}/{record.pk}/change/")
    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    assert "tajne" not in page.content.decode()
    assert client.post(f"{ADMIN}{name}/{record.pk}/change/", {}).status_code == 403
    assert client.get(f"{ADMIN}{name}/add/").status_code == 403
    assert client.post(f"{ADMIN}{name}/{record.pk}/delete/").status_code == 403


def test_open_meeting_is_changed_with_a_reason(client_as):
    meeting = MeetingFactory()
    data = {
        "body": meeting.body_id,
        "meeting_date": typed(days(9)),
        "change_reason": "Přeložené zasedání",
    }
    answer = client_as("head").post(f"{ADMIN}meeting/{meeting.pk}/change/", data)
    assert answer.status_code == 302
    assert Meeting.objects.get().meeting_date == days(9)
    assert Meeting.history.latest().history_change_reason == "Přeložené zasedání"


def test_frozen_meeting_and_the_address_of_its_body_stay(client_as):
    meeting = MeetingFactory(body__slug="rada", body__name="Rada")
    SnapshotFactory(meeting=meeting)
    client = client_as("head")
    address = f"{ADMIN}meeting/{meeting.pk}/"
    assert client.post(f"{address}change/", {"meeting_date": "1. 1. 2030"}).status_code == 403
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    data = {"name": "Rada kraje", "kind": "council", "slug": "jina"}
    client.post(f"{ADMIN}body/{meeting.body_id}/change/", data)
    body = Body.objects.get()
    assert (body.name, body.slug) == ("Rada kraje", "rada")


def test_body_without_frozen_meetings_may_get_another_address(client_as):
    body = BodyFactory(slug="rada")
    data = {"name": "Rada", "kind": "council", "slug": "jina", "strategy": body.strategy_id}
    client_as("admin").post(f"{ADMIN}body/{body.pk}/change/", data)
    assert Body.objects.get().slug == "jina"
