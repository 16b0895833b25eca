"""The words of the line of time: headings, texts and differences of records, in Czech."""

from dataclasses import dataclass

from django.utils import timezone

from common import czech
from common.differences import Part, word_difference
from measures.models import Health, MilestoneState, Phase, ReportSource
from measures.outputs import places_of
from measures.slippage import days_moved

UNIT = "Implementační jednotka"
UNKNOWN = "neuvedeno"


LONG = 60
"""Texts with more signs than this are compared word by word."""


@dataclass(frozen=True)
class Change:
    """What a record changed: „termín 31. 7. 2026 → 17. 10. 2026 (+78 dní)“; `before` is empty
    where there was nothing, `after` where nothing is left. Of a long text `parts` tell which
    words went and came."""

    label: str
    before: str
    after: str
    parts: tuple[Part, ...] = ()


def sentence(text):
    """Return a text as a sentence: a capital letter first and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


def text_change(label, before, after):
    """Yield the Change of a text, if any of its words changed."""
    if before.split() != after.split():
        is_long = max(len(before), len(after)) > LONG
        yield Change(label, before, after, (is_long and word_difference(before, after)) or ())


def with_resolution(heading, resolution):
    return f"{heading}, usnesení {resolution}" if resolution else heading


def reported_by(plan):
    """Return who speaks in a report of staff: the department of the plan or the unit, never a
    person."""
    return plan.department.name if plan and plan.department else UNIT


def report_heading(report, plan, published_on):
    """Return where a report comes from and for which day, where that is not the day it was
    published."""
    if report.source == ReportSource.DOCUMENT:
        return f"z dokumentu, do portálu zapsáno {czech.date(published_on)}"
    who = "partner" if report.source == ReportSource.PARTNER else reported_by(plan)
    for_day = ""
    if report.as_of_date != published_on:
        for_day = f" ke dni {czech.date(report.as_of_date)}"
    return f"hlášení{for_day}, {who}"


def report_details(report, corrects=None, corrected_by=None):
    """Return the labelled sentences of a report beside its note, those that are there, with the
    report it corrects and the one that corrects it."""
    details = [
        ("Co brání", report.obstacle),
        ("Kdo jedná", actor(report)),
        ("Další krok", report.next_step),
        ("Rozhodnutí rady", report.decision),
        ("Důvod", report.reason),
        ("Usnesení", report.resolution),
        ("Zdroj", report.source_text),
        ("Opravuje", corrects and f"hlášení ze dne {_day(corrects.published_at)}"),
        ("Opraveno", corrected_by and f"novým hlášením ze dne {_day(corrected_by.published_at)}"),
    ]
    return tuple((label, text) for label, text in details if text)


def actor(report):
    """Return who is to act and by when: „právní odbor, do 4. 12. 2026“."""
    who = report.actor.name if report.actor_id else report.actor_role
    by = f"do {czech.date(report.act_by_date)}" if report.act_by_date else ""
    return ", ".join(part for part in (who, by) if part)


def report_changes(before, report):
    """Return what a report changed of phase and health against the one before it, if any."""
    pairs = [("fáze", Phase, "phase"), ("jak to jde", Health, "health")]
    for label, words, name in pairs:
        old = getattr(before, name) if before else ""
        new = getattr(report, name)
        if old != new:
            yield Change(label, words(old).label if before else "", words(new).label)


def milestone_changes(before, version, is_named):
    """Return what a version changed of a milestone against the one before it, if any; each
    change names the milestone when it stands among others."""
    name = f" milníku „{version.title}“" if is_named else ""
    if before and before.title != version.title:
        yield Change("název", before.title, version.title)
    if before is None or before.due_date != version.due_date:
        yield _dates(f"termín{name}", before and before.due_date, version.due_date)
    if (before and before.expected_date) != version.expected_date:
        # Until somebody expects otherwise, the due day is what is expected.
        old = (before and before.expected_date) or version.due_date
        yield _dates(f"očekávaný termín{name}", old, version.expected_date)
    if before and _state(before) != _state(version):
        label = f"milník „{version.title}“" if is_named else "milník"
        yield Change(label, _state(before), _state(version))


def plan_changes(before, plan):
    """Return what a version changed of a plan against the one before it, if any."""
    for label, name in (("začátek", "start_date"), ("konec", "end_date")):
        old, new = getattr(before, name, None), getattr(plan, name)
        if old != new:
            yield _dates(label, old, new)
    if before and before.kind != plan.kind:
        yield Change("druh", before.get_kind_display(), plan.get_kind_display())
    if getattr(before, "department_id", None) != plan.department_id:
        old = before.department.name if before and before.department else UNKNOWN
        yield Change("odpovídá", old, plan.department.name if plan.department else UNKNOWN)
    old = (before.owner_id, before.deputy_id) if before else (None, None)
    new = (plan.owner_id, plan.deputy_id)
    if old != new:
        yield Change("odpovědná osoba nebo zástup", _people(old), _people(new, any(old)))


def output_heading(output):
    return f"výstup, {output.get_kind_display()}"


def output_text(output):
    """Return what happened, where and with how many people."""
    if output.is_withdrawn:
        return f"Výstup „{output.title}“ se nekonal, zápis se ruší."
    places = [place.name for place in places_of(output)]
    people = []
    if output.participants is not None:
        people = [czech.count(output.participants, "účastník", "účastníci", "účastníků")]
    return ", ".join([output.title, *places, *people]) + "."


def output_details(output, corrects=None, corrected_by=None):
    """Return who organised an output, which record of it it corrects and which corrects it."""
    organiser = output.organiser if not output.is_withdrawn else None
    details = [
        ("Pořadatel", organiser and organiser.name),
        ("Opravuje", corrects and f"zápis ze dne {_day(corrects.recorded_at)}"),
        ("Opraveno", corrected_by and f"novým zápisem ze dne {_day(corrected_by.recorded_at)}"),
    ]
    return tuple((label, text) for label, text in details if text)


def output_changes(before, output):
    """Return what the correction of an output changed; nothing where it corrects none."""
    if before is None or output.is_withdrawn:
        return
    for label, said in _OUTPUT_PARTS:
        old, new = said(before), said(output)
        if old != new:
            yield Change(label, old or UNKNOWN, new or UNKNOWN)
    if before.happened_on != output.happened_on:
        yield _dates("den", before.happened_on, output.happened_on)


_OUTPUT_PARTS = [
    ("druh", lambda output: output.get_kind_display()),
    ("název", lambda output: output.title),
    ("pořadatel", lambda output: output.organiser.name if output.organiser else ""),
    (
        "počet účastníků",
        lambda output: "" if output.participants is None else czech.integer(output.participants),
    ),
    ("odkaz", lambda output: output.link),
    ("obce", lambda output: ", ".join(place.name for place in places_of(output))),
]


def _day(moment):
    return czech.date(timezone.localdate(moment))


def _people(pair, is_new=False):
    """Say whether people are named, without their names."""
    if not any(pair):
        return "neurčeno"
    return "změněno" if is_new else "určeno"


def _state(version):
    if version.state == MilestoneState.OPEN:
        return version.get_state_display()
    return f"{version.get_state_display()} {czech.date(version.closed_on)}"


def _dates(label, old, new):
    """Return the change of a day, with by how many days it moved."""
    if old is None or new is None:
        return Change(label, czech.date(old) if old else "", czech.date(new) if new else UNKNOWN)
    moved = days_moved((new - old).days)
    return Change(label, czech.date(old), f"{czech.date(new)} ({moved})")
