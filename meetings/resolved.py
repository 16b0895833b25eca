"""What meetings resolved, ready to be shown: on the page of the meeting, on the desk, on the line
of time of a measure and where a number of a resolution stands beside a promise."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from common import czech
from common.models import REMOVED
from measures.timeline import Event
from meetings.decisions import asked_decisions
from meetings.models import Resolution


@dataclass(frozen=True)
class Subject:
    """Something a resolution speaks of: what it is, of which measure, its page."""

    label: str
    text: str
    measure: str
    measure_key: int
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


def resolution_events(measure, on, known):
    """Return the Events of what was resolved about a measure by a day, as known before `known`.

    A record that was corrected or withdrawn stays and says so. One query where there is none.
    """
    found = Resolution.objects.about(measure).with_public().with_subjects()
    found = found.filter(adopted_on__lte=on, recorded_at__lt=known, is_withdrawn=False)
    found = found.select_related("meeting__body", "corrects", "corrected_by")
    return [_event(one, measure, known) for one in found.latest_first()]


def decision_of(measure, on, known):
    """Return the Decision of a measure that ever asked for one, None if it asks for none now.
    Three queries at most."""
    measures = type(measure).objects.filter(pk=measure.pk)
    asked = next(iter(asked_decisions(measures, on, known)), None)
    if asked is None:
        return None
    if asked.settled_by is None:
        return Decision(asked.asked_on)
    found = Resolution.objects.with_public().select_related("meeting__body")
    settled = found.get(pk=asked.settled_by)
    return Decision(asked.asked_on, settled.number, settled.adopted_on, address_of(settled))


def numbered(strategy, numbers, on, known):
    """Return the pages of valid resolutions of a strategy by their numbers, of those that have
    one. One query, none where no number is asked for."""
    numbers = {number.strip() for number in numbers if number.strip()}
    if not numbers:
        return {}
    found = Resolution.objects.valid(known).filter(
        meeting__body__strategy=strategy, number__in=numbers, adopted_on__lte=on
    )
    rows = found.with_public().select_related("meeting__body").defer("text")
    pages = {one.number: address_of(one) for one in rows.order_by("adopted_on", "pk")}
    return {number: url for number, url in pages.items() if url}


def _event(one, measure, known):
    own = [said for said in _subjects(one, known) if said.measure_key == measure.pk]
    return Event(
        day=one.adopted_on,
        moment=one.recorded_at,
        heading=f"usnesení {one.number}, {one.meeting.body.name}",
        text=one.text,
        is_quoted=True,
        details=(
            *((said.label, said.text) for said in own if said.text),
            *_records(one, known),
        ),
        removal="" if one.text == REMOVED else reverse("meetings:resolution_redact", args=[one.pk]),
        links=tuple(_links(one)),
    )


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
        yield _subject("Rozhodlo o", link.report.decision.strip(), link.report.measure)
    for link in one.measure_links.all():
        yield _subject("Opatření", "", link.measure)
    for link in one.milestone_links.all():
        versions = [v for v in link.milestone.versions.all() if v.recorded_at < known]
        title = versions[-1].title if versions else ""
        yield _subject("Milník", title, link.milestone.measure)
    for link in one.plan_links.all():
        yield _subject("Plán", f"verze z {_day(link.plan.recorded_at)}", link.plan.measure)


def _subject(label, text, measure):
    name = f"{measure.code} {measure.short_name}"
    return Subject(label, text, name, measure.pk, measure.get_absolute_url())


def _note(one):
    return f"Opravuje zápis ze dne {_day(one.corrects.recorded_at)}." if one.corrects else ""


def _day(moment):
    return czech.date(timezone.localdate(moment, czech.PRAGUE))
