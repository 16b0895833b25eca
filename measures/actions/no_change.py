"""Reports of the short forms: „beze změny“ from the queue and the rows of the quarterly round."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from measures.actions.locks import has_ended, lock
from measures.actions.reports import CONTENT, send_report
from measures.cycles import offered
from measures.models import DraftState, Report, ReportDraft, ReportKind

OVERTAKEN = "overtaken"
"""The code of the refusal when somebody reported since the form was opened."""

UNFINISHED = "unfinished"
"""The code of the refusal when the person has a draft that publishing would throw away."""


def unchanged(facts, on):
    """Return what a report says that nothing changed since the last one: its phase and health, and
    what still holds of trouble, a suspension and a decision asked for; its note was of then."""
    said = {name: getattr(facts.report, name) for name in CONTENT}
    return said | {
        "cycle_start": offered(on, facts.measure.strategy.cycle_months).start,
        "as_of_date": on,
        "kind": ReportKind.NO_CHANGE,
        "note": "",
        "link": "",
    }


@transaction.atomic
def report_once(*, measure, by, ticket, content, finished=()):
    """Send the report of a short form, once for each Ticket and only while the last report is the
    one the form was made from. Returns what was made of it, or None if that was done already."""
    facts = lock(measure, by, "measures.report_on")
    if Report.objects.filter(submission=ticket.submission).exists():
        return None
    draft = ReportDraft.objects.filter(measure=measure, author=by, corrects=None).first()
    if draft and draft.state == DraftState.SUBMITTED:
        return None
    if draft:
        raise ValidationError(
            "K opatření máte rozepsaný koncept; zveřejněte ho, nebo ho dopište.", code=UNFINISHED
        )
    if content["kind"] == ReportKind.NO_CHANGE and has_ended(facts):
        raise ValidationError("Opatření je ukončené, „beze změny“ se o něm nehlásí.")
    if (facts.report.pk if facts.report else None) != ticket.last:
        raise ValidationError("Mezitím k opatření přišlo jiné hlášení.", code=OVERTAKEN)
    return _send(measure, by, content, finished, ticket)


def _send(measure, by, content, finished, ticket):
    """The one place that hands a report over."""
    return send_report(
        measure=measure,
        by=by,
        content=content,
        finished=finished,
        submission=ticket.submission,
        writing_seconds=ticket.seconds(timezone.now()),
    )
