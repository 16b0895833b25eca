"""Personal data goes from a resolution: from all its records and from frozen briefings."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from common.models import REMOVED, Redaction
from meetings.actions.redactions import redact_resolution
from meetings.models import Resolution, SnapshotText
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory, SnapshotFactory
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

TEXT = "Rada schvaluje smlouvu s Janou Příkladnou."


@pytest.fixture
def meeting():
    return MeetingFactory(body=BodyFactory(slug="rada", strategy__slug="kk"))


@pytest.fixture
def resolution(meeting):
    return ResolutionFactory(meeting=meeting, number="RK 1/11/26", text=TEXT)


def texts():
    return list(Resolution.objects.order_by("pk").values_list("text", flat=True))


def test_text_goes_from_every_record_and_from_snapshots(resolution, meeting, make_user):
    ResolutionFactory(meeting=meeting, corrects=resolution, text=TEXT)
    ResolutionFactory(meeting=meeting, text="Něco jiného.")
    elsewhere = ResolutionFactory(text=TEXT)
    frozen = SnapshotText.objects.create(
        snapshot=SnapshotFactory(meeting=meeting), number=0, text=TEXT
    )

    made = redact_resolution(
        resolution=resolution, by=make_user("head"), texts=["text"], reference="DPO 1/2026"
    )

    assert texts() == [REMOVED, REMOVED, "Něco jiného.", TEXT]
    assert elsewhere.meeting.body.strategy_id != meeting.body.strategy_id
    frozen.refresh_from_db()
    assert frozen.text == REMOVED
    assert len(made) == Redaction.objects.count() == 3


@pytest.mark.parametrize("role", ["unit", "councillor", "admin"])
def test_only_the_head_removes(resolution, make_user, role):
    with pytest.raises(PermissionDenied):
        redact_resolution(
            resolution=resolution, by=make_user(role), texts=["text"], reference="DPO 1/2026"
        )
    assert texts() == [TEXT]


def test_without_a_reference_nothing_goes(resolution, make_user):
    with pytest.raises(ValidationError):
        redact_resolution(resolution=resolution, by=make_user("head"), texts=["text"], reference="")
    assert texts() == [TEXT]


def test_page_asks_for_a_reference_and_a_confirmation(client_as, resolution, meeting):
    client, path = client_as("head"), f"/prace/redakce-usneseni/{resolution.pk}/"
    assert TEXT in text_of(client.get(path))
    assert client.post(path, {"texts": ["text"], "reference": "DPO 1"}).status_code == 422
    assert texts() == [TEXT]
    data = {"texts": ["text"], "reference": "DPO 1", "is_sure": "on"}
    assert client.post(path, data).url == f"/prace/zasedani/{meeting.pk}/"
    assert texts() == [REMOVED]
    assert "už není co odstranit" in text_of(client.get(path))
    assert client.post(path, data).status_code == 422
