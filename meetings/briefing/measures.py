"""What is said of measures: each of them, their counts, the late ones and those unheard of."""

from common import czech
from measures.models import ReportKind, ReportSource
from measures.rollup import UNHEARD, rollup
from measures.sentences import rule_sentence
from measures.status import StatusKey
from meetings.content import (
    CountSaid,
    LateSaid,
    MeasureSaid,
    RollupSaid,
    StaleSaid,
    StatusSaid,
    Words,
)


def measure_said(one, on):
    """Return the MeasureSaid of a Known measure."""
    row = one.row
    return MeasureSaid(
        code=one.measure.code,
        name=one.measure.name,
        short_name=one.measure.short_name,
        url=one.measure.get_absolute_url(),
        status=status_said(one.status),
        due=row.deadline,
        due_word=row.deadline_word,
        due_what=Words(_milestone(one, on)),
        as_of=one.report.as_of_date if one.report else None,
        freshness=row.freshness.word if row.freshness else "",
        department=department(one),
        note=Words(_note(one.report)),
        activities=one.activities,
    )


def status_said(status):
    """Return the StatusSaid of a Status, None where there is none."""
    if status is None:
        return None
    last = status.last_known
    return StatusSaid(
        key=str(status.key.value),
        word=str(status.word),
        extra=czech.plain(status.extra),
        icon=status.icon,
        last_known=str(last.word) if last else "",
    )


def rollup_said(known):
    """Return the RollupSaid of Known measures, each of which is named once."""
    counts = rollup_of(known)
    text = f"vykázáno {czech.k_of_n(counts.reported, counts.expected)}" if counts.expected else ""
    return RollupSaid(
        counts=tuple(_count(count, known) for count in counts.counts),
        reported=counts.reported,
        expected=counts.expected,
        text=czech.plain(text),
    )


def rollup_of(known):
    """Return the Rollup of Known measures."""
    return rollup((one.measure.pk, one.status) for one in known)


def _count(count, known):
    codes = tuple(one.measure.code for one in known if one.status and one.status.key == count.key)
    return CountSaid(str(count.key.value), str(count.word), count.icon, codes)


def late_said(plan):
    """Return the late measures, the longest delay first, with what their last report says."""
    late = [one for one in plan.measures if one.status and one.status.is_late]
    late.sort(key=lambda one: -one.status.days)
    return tuple(_late(one) for one in late)


def _late(one):
    report = one.report
    return LateSaid(
        code=one.measure.code,
        short_name=one.measure.short_name,
        url=one.measure.get_absolute_url(),
        days=one.status.days,
        due=one.status.day,
        fact=Words(czech.plain(rule_sentence(one.status, one.facts).fact)),
        why=Words(report.obstacle if report else ""),
        next_step=Words(report.next_step if report else ""),
        who=Words(who_acts(report) or department(one)),
        until=report.act_by_date if report else None,
    )


def who_acts(report):
    """Return the organisation or role a report names as the one to act; empty if none."""
    if report is None:
        return ""
    return report.actor.name if report.actor_id else report.actor_role


def department(one):
    """Return the name of the department that answers for a measure; empty if unknown."""
    return one.row.department.name if one.row.department else ""


def _milestone(one, on):
    """Return the title of the milestone whose day the row shows, empty if it is another day."""
    if one.facts is None or one.row.deadline is None or one.row.deadline_word != "termín":
        return ""
    if one.status.is_late:
        return one.status.milestone.title if one.status.milestone else ""
    return one.facts.open_milestones(on)[0].title


def _note(report):
    """Return the note of a report; one that only says that nothing changed is told so."""
    if report is None:
        return ""
    return report.note or ("Beze změny." if report.kind == ReportKind.NO_CHANGE else "")


def stale_said(plan):
    """Return the measures nobody has reported on lately, in the order of the plan, with why."""
    unheard = [one for one in plan.measures if one.status and one.status.key in UNHEARD]
    return tuple(
        StaleSaid(
            code=one.measure.code,
            short_name=one.measure.short_name,
            word=str(one.status.word),
            as_of=one.report.as_of_date if one.report else None,
            why=_why_unheard(one),
        )
        for one in unheard
    )


def _why_unheard(one):
    texts = [_last_word(one)]
    if not (one.row.plan and one.row.plan.owner_id):
        texts.append("Opatření nemá určeného odpovědného.")
    return " ".join(texts)


def _last_word(one):
    if one.status.key == StatusKey.UNREPORTED:
        return "Hlášení zatím nikdo nepodal."
    is_document = one.report.source == ReportSource.DOCUMENT
    day = czech.plain(czech.date(one.report.as_of_date))
    where = " a je z dokumentu" if is_document else ""
    return (
        f"Poslední hlášení je ke dni {day}{where}; za poslední dva uzavřené cykly žádné nepřišlo."
    )
