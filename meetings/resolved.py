"""What meetings resolved, ready to be shown: on the page of the meeting, on the desk, on the line
of time of a measure and where a number of a resolution stands beside a promise."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from common import czech
from common.models import REMOVED
from measures.timeline import Event
from meetings.decisions import asked_of
from meetings.models import Resolution

LABELS = {
    "decision": "Rozhodlo o",
    "measure": "Opatření",
    "milestone": "Milník",
    "plan": "Plán",
}
"""What a resolution speaks of, by the kind of its link."""


@dataclass(frozen=True)
class Subject:
    """Something a resolution speaks of: what it is, of which measure, its page."""

    label: str
    text: str
    measure: str
    url: str


@dataclass(frozen=True)
class ResolutionRow:
    """A resolution with all it speaks of; `note` says that it was recorded anew."""

    resolution: Resolution
    subjects: tuple[Subject, ...]
    note: str


@dataclass(frozen=True)
class Decision:
    """What became of the decision a measure asks for; `number` is that of the resolution that
    settled it, empty while the decision is open, `url` its page where there is one."""

    asked_on: date
    number: str = ""
    day: date | None = None
    url: str = ""


def resolutions_of(meeting, known):
    """Return the ResolutionRows of a meeting that are valid, in the order of their numbers. The
    same number of queries for any number of them."""
    found = Resolution.objects.valid(known).filter(meeting=meeting).select_related("corrects")
    rows = [
        ResolutionRow(one, tuple(_subjects(one, known)), _note(one))
        for one in found.with_subjects().order_by("pk")
    ]
    return sorted(rows, key=lambda row: (czech.code_key(row.resolution.number), row.resolution.pk))


def address_of(resolution):
    """Return where everybody may read of a resolution (of `with_public`), empty if nowhere."""
    if resolution.is_public:
        return f"{resolution.meeting.get_absolute_url()}#{resolution.anchor}"
    return resolution.link


def page_of(resolution):
    """Return the page on which a resolution (of `with_public`, `with_subjects`) is best read of:
    that of its meeting, the first measure it speaks of, else its strategy."""
    if address := address_of(resolution):
        return address
    measures = [
        *(link.report.measure for link in resolution.decision_links.all()),
        *(link.measure for link in resolution.measure_links.all()),
    ]
    return (measures or [resolution.meeting.body.strategy])[0].get_absolute_url()


def resolution_events(about):
    """Return the Events of what was resolved about a measure (`about.resolutions_about`).

    A record that was corrected stays and says so. Nothing is read.
    """
    return [_event(one, subjects, about.known) for one, subjects in about.rows]


def decision_of(reports, about):
    """Return the Decision that the reports of a measure known on a day leave asked for, None if
    there is none. Nothing is read."""
    in_order = sorted(reports, key=lambda one: (one.as_of_date, one.published_at, one.pk))
    asked = next(iter(asked_of(in_order, about.settled())), None)
    if asked is None:
        return None
    if asked.settled_by is None:
        return Decision(asked.asked_on)
    settled = about.by_pk[asked.settled_by]
    return Decision(asked.asked_on, settled.number, settled.adopted_on, address_of(settled))


def numbered(about):
    """Return the pages of valid resolutions by the numbers that were asked about, of those that
    have one. Nothing is read."""
    pages = {one.number: address_of(one) for one in about.numbered}
    return {number: url for number, url in pages.items() if url}


def _event(one, subjects, known):
    said = [(LABELS[about.kind], _text(about)) for about in subjects]
    return Event(
        day=one.adopted_on,
        moment=one.recorded_at,
        heading=f"usnesení {one.number}, {one.meeting.body.name}",
        text=one.text,
        is_quoted=True,
        details=(
            *((label, text) for label, text in said if text),
            *_records(one, known),
        ),
        removal="" if one.text == REMOVED else reverse("meetings:resolution_redact", args=[one.pk]),
        links=tuple(_links(one)),
    )


def _text(about):
    """Return what is said of a subject beside its label; the measure itself needs no words."""
    return _version(about.said_at) if about.kind == "plan" else about.said.strip()


def _version(moment):
    return f"verze z {_day(moment)}"


def _records(one, known):
    """Yield which record this one corrects, and what became of it by `known`."""
    if one.corrects:
        yield "Opravuje", f"zápis ze dne {_day(one.corrects.recorded_at)}"
    later = getattr(one, "corrected_by", None)
    if later is None or later.recorded_at >= known:
        return
    if later.is_withdrawn:
        yield "Zrušeno", f"{_day(later.recorded_at)}: usnesení přijato nebylo"
    else:
        yield "Opraveno", f"novým zápisem ze dne {_day(later.recorded_at)}"


def _links(one):
    if one.is_public:
        yield "Zasedání", f"{one.meeting.get_absolute_url()}#{one.anchor}"
    if one.link:
        yield "Celé usnesení", one.link


def _subjects(one, known):
    """Yield the Subjects of a resolution of `with_subjects`."""
    for link in one.decision_links.all():
        yield _subject(LABELS["decision"], link.report.decision.strip(), link.report.measure)
    for link in one.measure_links.all():
        yield _subject(LABELS["measure"], "", link.measure)
    for link in one.milestone_links.all():
        versions = [v for v in link.milestone.versions.all() if v.recorded_at < known]
        title = versions[-1].title if versions else ""
        yield _subject(LABELS["milestone"], title, link.milestone.measure)
    for link in one.plan_links.all():
        yield _subject(LABELS["plan"], _version(link.plan.recorded_at), link.plan.measure)


def _subject(label, text, measure):
    name = f"{measure.code} {measure.short_name}"
    return Subject(label, text, name, measure.get_absolute_url())


def _note(one):
    return f"Opravuje zápis ze dne {_day(one.corrects.recorded_at)}." if one.corrects else ""


def _day(moment):
    return czech.date(timezone.localdate(moment, czech.PRAGUE))
