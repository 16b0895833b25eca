"""Quick makers in place of the real briefing and its documents, for tests of what is kept.

The briefing is `small()`, with what hinders measure 1.2 as its newest report says; the documents
are short texts that hold what they are made of.
"""

from dataclasses import replace

from measures.models import Report
from meetings.content import MeetingSaid, Words
from tests.meetings.small import WHY, small


def install(monkeypatch):
    """Put the quick makers in place of the real ones."""
    monkeypatch.setattr("meetings.actions.freeze.briefing", briefing)
    monkeypatch.setattr("meetings.documents.report_document", _document)
    monkeypatch.setattr("meetings.documents.workbook", _workbook)
    monkeypatch.setattr("meetings.documents.csv_of", _csv)
    monkeypatch.setattr("meetings.documents.build", _pdf)
    monkeypatch.setattr("meetings.documents.pdf", _pdf)


def briefing(meeting, on, known):
    """Return the small briefing of a meeting."""
    reports = Report.objects.filter(
        measure__code="1.2", measure__strategy=meeting.body.strategy, published_at__lt=known
    )
    newest = reports.order_by("-pk").first()
    found = small(on=on, known=known)
    why = Words(newest.obstacle if newest else WHY)
    said = MeetingSaid(
        meeting.body.name,
        meeting.body.get_kind_display(),
        meeting.meeting_date,
        f"/zasedani/{meeting.slug}/",
    )
    return replace(found, meeting=said, late=(replace(found.late[0], why=why),))


def _document(briefing, *, json_text, sha256=None, correction=0):
    return f"{sha256 or 'Návrh'} {correction} {json_text}"


def _pdf(document):
    return f"%PDF-1.7 {document}".encode()


def _workbook(briefing, *, sha256=None, correction=0):
    return f"PK {sha256} {correction} {briefing.late[0].why}".encode()


def _csv(briefing):
    return f"\ufeffkód;proč\r\n1.2;{briefing.late[0].why}\r\n"
