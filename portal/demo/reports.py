"""Published reports of the stories with their corrections."""

from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from measures.models import Health, Report, ReportKind, ReportSource
from measures.models.report import TROUBLE
from portal.demo.days import Round
from portal.demo.drafts import DRAFTS
from portal.demo.stories import STORIES
from portal.demo.story import same

HURRY = 15
"""Somebody without news confirms within so many days of the new round."""


def make(stage):
    """Write the reports down in the order they were published."""
    told = [(story, said) for story in STORIES for said in _reports(stage, story)]
    for story, said in sorted(told, key=lambda pair: stage.calendar.day(pair[1].at)):
        report = _report(stage, story, said)
        report.save()
        if said.corrected:
            _correction(stage, story, report, *said.corrected).save()


def _reports(stage, story):
    """Yield what was said of a measure by now, and what confirms it early in the new round."""
    yield from (said for said in story.reports if stage.calendar.is_past(said.at))
    last = story.reports[-1] if story.reports else None
    is_steady = story.owner and last and last.at.number == 0 and last.health == Health.ON_TRACK
    early = Round(1, 3 + crc32(story.code.encode()) % HURRY)
    is_written = any(draft.code == story.code for draft in DRAFTS)
    if is_steady and not is_written and stage.calendar.is_past(early):
        yield same(early, phase=last.phase)


def _report(stage, story, said):
    calendar = stage.calendar
    day, moment = calendar.day(said.at), calendar.moment(said.at, story.code)
    author = stage.owner(story.code, moment)
    partner = {"source": ReportSource.PARTNER, "source_text": said.partner} if said.partner else {}
    return Report(
        measure=stage.measures[story.code],
        author=author,
        approver=stage.approver(author),
        published_at=moment,
        submission=uuid5(NAMESPACE_URL, f"{story.code} {day}"),
        writing_seconds=_seconds(story.code, said),
        cycle_start=calendar.offered(day),
        as_of_date=day,
        resolution=stage.resolution(day, story.code) if said.has_resolution else "",
        **stage.content(said),
        **partner,
    )


def _correction(stage, story, old, at, note):
    kept = [
        field.attname
        for field in Report._meta.concrete_fields
        if field.name not in ("id", "corrects", "note", "submission", "published_at")
    ]
    day = stage.calendar.day(at)
    return Report(
        **{name: getattr(old, name) for name in kept},
        note=note,
        corrects=old,
        submission=uuid5(NAMESPACE_URL, f"{story.code} {day}"),
        published_at=stage.calendar.at(day, story.code),
    )


def _seconds(code, said):
    """Return how long it took to write: a confirmation some twenty seconds, trouble minutes."""
    spread = crc32(f"{code} {said.at}".encode()) % 40
    if said.kind == ReportKind.NO_CHANGE:
        return 8 + spread // 3
    return (95 if said.health in TROUBLE else 28) + spread + len(said.note) // 6
