"""The line of time of one measure: what was recorded, what moved by itself, and what it changed.

Each event says how the status stood before and after it. Nothing is stored: the status is asked
of what was known just before and just after the moment. Texts are Czech and ready to be shown;
no name of a member of staff is among them.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from measures import wording
from measures.cycles import shifted
from measures.history import ATOM, recorded
from measures.models import Attachment, MilestoneVersion, PlanVersion, Report, ReportSource
from measures.redactions import address_of
from measures.sentences import rule_sentence
from measures.status import StatusKey, end_of, status
from measures.wording import Change

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """One point of the line: the day it speaks of, where it comes from and what it changed.

    `report` tells what somebody said from what was recorded otherwise or derived; `removal` is the
    address of the page that removes personal data, empty where there are no texts. `is_quoted`
    says that the text is a person's own words, `links` are further pages with their labels.
    """

    day: date
    moment: datetime
    heading: str
    title: str = ""
    text: str = ""
    details: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    link: str = ""
    report: Report | None = None
    files: tuple[Attachment, ...] = ()
    removal: str = ""
    is_quoted: bool = False
    links: tuple[tuple[str, str], ...] = ()


def timeline(history, on, edits=(), others=()):
    """Return the Events of a measure up to a day, the newest first; none where nothing is
    monitored. `edits` are the changes of its wording: pairs of a moment and its Changes; `others`
    are Events that upper apps know of."""
    if not history.measure.strategy.is_monitored:
        return []
    events = [event for act in _acts(history) for event in _events(history, *act)]
    if events:
        events += _derived(history, min(timezone.localdate(e.moment) for e in events), on)
    events += [*others, *(edit_event(moment, changes) for moment, changes in edits)]
    return sorted(events, key=lambda event: (event.day, event.moment), reverse=True)


def edit_event(moment, changes):
    """Return the Event of an edit of the wording."""
    day = timezone.localdate(moment)
    return Event(day=day, moment=moment, heading="úprava opatření", changes=tuple(changes))


def _acts(history):
    """Yield moments with what was recorded at each: publishing a report ticks milestones too."""
    acts = {}
    for record in history.reports:
        acts.setdefault(record.published_at, []).append(record)
    for record in (*history.plans, *history.outputs, *sorted(history.milestones, key=recorded)):
        acts.setdefault(record.recorded_at, []).append(record)
    return acts.items()


def _events(history, moment, records):
    """Return the events of one act; the first one carries the change of the status."""
    day = timezone.localdate(moment)
    before, after = history.facts(day, moment), history.facts(day, moment + ATOM)
    versions = [record for record in records if isinstance(record, MilestoneVersion)]
    others = [record for record in records if not isinstance(record, MilestoneVersion)]
    events = [_event(record, moment, before, after, history) for record in others]
    if isinstance(others[0] if others else None, Report):
        ticked = [c for v in versions for c in wording.milestone_changes(_old(v, before), v, True)]
        events[0] = replace(events[0], changes=(*events[0].changes, *ticked))
    else:
        events += [_milestone_event(v, _old(v, before), moment, history) for v in versions]
    events = [event for event in events if event.title or event.text or event.changes]
    return _with_status(events, status(before, day), status(after, day))


def _event(record, moment, before, after, history):
    if isinstance(record, Report):
        return _report_event(record, moment, before, after, history)
    if isinstance(record, PlanVersion):
        return _plan_event(record, moment, before)
    return _output_event(record, moment, history)


def _with_status(events, old, new):
    if not events or old.word == new.word:
        return events
    first, *rest = events
    is_later = first.day != timezone.localdate(first.moment)
    label = "stav při zápisu" if is_later else "stav"
    return [replace(first, changes=(Change(label, old.word, new.word), *first.changes)), *rest]


def _report_event(report, moment, before, after, history):
    is_document = report.source == ReportSource.DOCUMENT
    changes = ()
    if after.report is report:
        changes = wording.report_changes(before.report, report)
    return Event(
        day=report.as_of_date if is_document else timezone.localdate(moment),
        moment=moment,
        heading=wording.report_heading(report, after.plan, timezone.localdate(moment)),
        title=wording.sentence(report.get_kind_display()) if report.kind else "",
        text=report.note,
        is_quoted=True,
        details=wording.report_details(
            report, history.corrected(report), history.corrected_by(report)
        ),
        changes=tuple(changes),
        report=report,
        files=history.files(report),
        removal=address_of(report),
    )


def _plan_event(plan, moment, before):
    return Event(
        day=timezone.localdate(moment),
        moment=moment,
        heading=wording.with_resolution("změna plánu" if before.plan else "plán", plan.resolution),
        title="",
        text=plan.reason,
        is_quoted=True,
        changes=tuple(wording.plan_changes(before.plan, plan)),
        removal=address_of(plan),
    )


def _milestone_event(version, old, moment, history):
    return Event(
        day=timezone.localdate(moment),
        moment=moment,
        heading=wording.with_resolution("změna milníku" if old else "milník", version.resolution),
        title=f"Milník „{version.title}“." if old else f"Nový milník „{version.title}“.",
        text=version.reason,
        is_quoted=True,
        details=(("Doklad", version.evidence),) if version.evidence else (),
        changes=tuple(wording.milestone_changes(old, version, False)),
        files=history.files(version),
        removal=address_of(version),
    )


def _old(version, facts):
    """Return what was known of a milestone before this version, if anything."""
    for known in facts.milestones:
        if known.milestone_id == version.milestone_id:
            return known
    return None


def _output_event(output, moment, history):
    return Event(
        day=output.happened_on,
        moment=moment,
        heading=wording.output_heading(output),
        text=wording.output_text(output),
        details=wording.output_details(
            output, history.corrected(output), history.corrected_by(output)
        ),
        changes=tuple(wording.output_changes(history.corrected(output), output)),
        link="" if output.is_withdrawn else output.link,
        removal=address_of(output),
    )


def _derived(history, first_day, on):
    """Yield the days after the first record when the status moved although nobody said anything."""
    for day in sorted(day for day in _turning_days(history) if first_day < day <= on):
        known = end_of(day - DAY)
        facts = history.facts(day, known)
        old, new = status(history.facts(day - DAY, known), day - DAY), status(facts, day)
        if old.word != new.word:
            source = {StatusKey.LATE: " z termínu", StatusKey.STALE: " ze stáří hlášení"}
            yield Event(
                day=day,
                moment=known,
                heading=f"odvozeno{source.get(new.key, '')}",
                text=rule_sentence(new, facts).fact,
                changes=(Change("stav", old.word, new.word),),
            )


def _turning_days(history):
    """Return every day on which the rule may answer otherwise than the day before."""
    months = history.measure.strategy.cycle_months
    days = {version.due_date + DAY for version in history.milestones}
    days |= {version.closed_on for version in history.milestones if version.closed_on}
    for plan in history.plans:
        days |= {day + DAY for day in (plan.start_date, plan.end_date) if day}
    for report in history.reports:
        days |= {report.as_of_date, shifted(report.cycle_start, 3 * months)}
        days |= {report.review_date + DAY} if report.review_date else set()
    for output in history.outputs:
        lapse = shifted(output.happened_on, 12)
        days |= {output.happened_on, lapse, lapse + DAY}
    return days
