"""A real briefing frozen with its real documents: proven, unchanged ever after, nothing private."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from common.czech import PRAGUE
from measures.actions import redact_record
from measures.models import Report
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.briefing import briefing
from meetings.models import Snapshot, SnapshotFile
from meetings.snapshots import read, serve
from tests import factories as make
from tests.meetings.factories import MeetingFactory
from tests.pdf import pdf_text

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=PRAGUE)
ON = date(2026, 11, 14)
SIGNS = "Chybí #set $x$ <b>tučně</b> *ano* @jan \\ ěščřžýáíéúůďťňó"


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


@pytest.fixture
def meeting(settings, tmp_path, make_user):
    settings.REDACTION_LOG = tmp_path / "redakce.jsonl"
    goal = make.GoalFactory(code="1.A", priority__code="1")
    author = make_user("unit", email="autor-hlaseni@portal.test")
    for number in (1, 2):
        measure = make.make_measure(f"1.{number}", goal, short_name=f"Opatření {number}")
        make.plan(measure, owner=author)
        make.milestone(measure, date(2026, 10, number), title=f"Smlouva {number}")
        make.report(
            measure,
            date(2026, 11, 1),
            author=author,
            published_at=NOW - timedelta(days=5),
            obstacle=SIGNS,
            next_step="Jednat.",
            health="serious",
            note="Poznámka " + 300 * "dlouhá ",
        )
    return MeetingFactory(
        meeting_date=date(2026, 11, 26), body__strategy=measure.strategy, body__slug="rada"
    )


def stored():
    return {file.pk: serve(file).content for file in SnapshotFile.objects.order_by("pk")}


def test_frozen_briefing_is_proven_and_stays(meeting, head):
    snapshot = freeze(meeting=meeting, by=head, now=NOW)
    assert read(snapshot) == briefing(meeting, ON, NOW)
    assert [late.code for late in read(snapshot).late] == ["1.1", "1.2"]
    call_command("verify_snapshots")
    before = stored()
    measure = meeting.body.strategy.measures.get(code="1.1")
    make.report(measure, ON, published_at=timezone.now(), obstacle="Už nic.")
    make.milestone(measure, date(2026, 12, 1), recorded_at=timezone.now())
    assert stored() == before
    # The page at the moment of freezing still says the same.
    assert briefing(meeting, ON, snapshot.frozen_at) == read(Snapshot.objects.get())
    call_command("verify_snapshots")


def test_report_holds_every_late_measure_and_the_fingerprint(meeting, head):
    snapshot = freeze(meeting=meeting, by=head, now=NOW)
    text = pdf_text(serve(snapshot.files.get(kind="pdf")).content)
    for word in ("Opatření 1", "Opatření 2", "Smlouva 1", "Smlouva 2", snapshot.sha256[:8]):
        assert word in text


def test_nothing_private_is_frozen(meeting, head):
    snapshot = freeze(meeting=meeting, by=head, now=NOW)
    whole = serve(snapshot.files.get(kind="json")).content.decode()
    for content in [whole, *map(str, stored().values())]:
        assert "portal.test" not in content


def test_correction_is_proven_beside_what_it_corrects(meeting, head):
    freeze(meeting=meeting, by=head, now=NOW)
    correct_snapshot(meeting=meeting, by=head, reason="Překlep.", now=NOW + timedelta(days=60))
    call_command("verify_snapshots")


def test_redacted_text_is_gone_from_the_documents_made_anew(meeting, head):
    snapshot = freeze(meeting=meeting, by=head, now=NOW)
    for report in Report.objects.all():
        redact_record(record=report, by=head, texts=["obstacle"], reference="DPO 1")
    pdf = serve(snapshot.files.get(kind="pdf"))
    assert pdf.is_remade
    assert "tučně" not in pdf_text(pdf.content)
    assert "odstraněno" in pdf_text(pdf.content)
    for file in snapshot.files.exclude(kind="pdf"):
        assert "tučně".encode() not in serve(file).content
    call_command("verify_snapshots")


def test_milestone_title_goes_from_the_sentences_it_stands_in(meeting, head):
    snapshot = freeze(meeting=meeting, by=head, now=NOW)
    measure = meeting.body.strategy.measures.get(code="1.1")
    version = measure.milestones.get().versions.get()
    redact_record(record=version, by=head, texts=["title"], reference="DPO 1")
    whole = serve(snapshot.files.get(kind="json")).content.decode()
    assert "Smlouva 1" not in whole
    assert "Smlouva 2" in whole


def test_empty_strategy_freezes_too(head):
    meeting = MeetingFactory(meeting_date=date(2026, 11, 26))
    freeze(meeting=meeting, by=head, now=NOW)
    call_command("verify_snapshots")


def test_strategy_that_is_not_followed_freezes_too(head):
    meeting = MeetingFactory(meeting_date=date(2026, 11, 26), body__strategy__is_monitored=False)
    make.make_measure("A1", strategy=meeting.body.strategy)
    freeze(meeting=meeting, by=head, now=NOW)
    call_command("verify_snapshots")
