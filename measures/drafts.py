"""What the report form starts from: a draft that was kept, a new one, or a report to correct."""

from measures.actions.reports import CONTENT
from measures.asked import asking_report
from measures.cycles import offered
from measures.models import Report, ReportDraft, ReportSource
from measures.status import end_of


def draft_of(measure, author, on):
    """Return the author's draft about a measure, or a new one."""
    kept = ReportDraft.objects.filter(measure=measure, author=author, corrects=None).first()
    return kept or blank_of(measure, author, on)


def blank_of(measure, author, on):
    """Return a new draft, not saved, with what can be guessed: the offered cycle, the day, phase
    and health as staff last reported them, and a decision still asked for: nobody takes it back by
    leaving it out."""
    last = _last_of_staff(measure, on)
    asking = asking_report(measure, on)
    return ReportDraft(
        measure=measure,
        author=author,
        cycle_start=offered(on, measure.strategy.cycle_months).start,
        as_of_date=on,
        phase=last.phase if last else "",
        health=last.health if last else "",
        needs_decision=asking is not None,
        decision=asking.decision if asking else "",
    )


def correction_of(report, author):
    """Return the author's submitted or returned correction of a report, or a draft, not saved,
    that says the same as the report it is to correct."""
    kept = ReportDraft.objects.filter(author=author, corrects=report).first()
    if kept:
        return kept
    content = {name: getattr(report, name) for name in CONTENT}
    return ReportDraft(measure=report.measure, author=author, corrects=report, **content)


def _last_of_staff(measure, on):
    reports = Report.objects.visible(on, end_of(on)).latest_first()
    return reports.filter(measure=measure, source=ReportSource.STAFF).first()
