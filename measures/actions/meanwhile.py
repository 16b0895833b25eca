"""What may have happened since a form was made: the draft written on, a report published."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from measures.models import DraftState, Report, ReportDraft


class Changed(Exception):
    """The draft or the last report is no longer the one the caller merged with; read again."""


class AlreadySent(Exception):
    """The very same form was sent before; `record` is the report or the submitted draft."""

    def __init__(self, record):
        super().__init__("Formulář už byl odeslán.")
        self.record = record


@dataclass(frozen=True)
class Known:
    """What the caller has seen: the version of the author's draft (0 = none) and the key of the
    last visible report. None of a correction, which replaces one report whatever came after."""

    version: int
    last: int | None


def own_draft(measure, author):
    return ReportDraft.objects.filter(measure=measure, author=author).first()


def check_not_sent(submission, draft):
    """See that this form has made neither a report nor a submitted draft."""
    if submission is None:
        return
    report = Report.objects.filter(submission=submission).first()
    if report:
        raise AlreadySent(report)
    if draft and draft.state == DraftState.SUBMITTED and draft.submission == submission:
        raise AlreadySent(draft)


def check_writable(draft, corrects):
    """See that the draft is not waiting for an approval and is about the same thing."""
    if draft is None:
        return
    if draft.state == DraftState.SUBMITTED:
        raise ValidationError(
            "Hlášení je odevzdané ke schválení. Chcete-li ho změnit, vezměte ho nejdřív zpět."
        )
    if draft.corrects_id != (corrects.pk if corrects else None):
        what = "opravu staršího hlášení" if draft.corrects_id else "koncept nového hlášení"
        raise ValidationError(
            f"K opatření máte rozepsanou jinou věc, {what}. Nejdřív ji odešlete nebo zahoďte."
        )


def check_known(known, draft, facts):
    """See that the caller has seen the present draft and the present last report."""
    if known is None:
        return
    version = draft.version if draft else 0
    last = facts.report.pk if facts.report else None
    if (version, last) != (known.version, known.last):
        raise Changed
