"""Seminars, stays and other outputs of the stories, with mended mistakes."""

from datetime import timedelta

from measures.models import Output, OutputMunicipality
from portal.demo.stories import STORIES

WRITTEN_AFTER, MENDED_AFTER = 2, 7
"""Days after which an output is written down, and after which a mistake is noticed."""


def make(stage):
    """Write the outputs down in the order they happened."""
    told = [(story.code, event) for story in STORIES for event in story.outputs]
    for code, event in sorted(told, key=lambda pair: stage.calendar.day(pair[1].at)):
        output = _output(stage, code, event, WRITTEN_AFTER)
        if event.corrected is not None or event.is_withdrawn:
            _output(
                stage,
                code,
                event,
                MENDED_AFTER,
                corrects=output,
                participants=event.corrected,
                is_withdrawn=event.is_withdrawn,
            )


def _output(stage, code, event, after, **mended):
    day = stage.calendar.day(event.at)
    moment = stage.calendar.at(
        stage.calendar.workday(day + timedelta(days=after)), code, event.title
    )
    values = {
        "measure": stage.measures[code],
        "kind": event.kind,
        "title": event.title,
        "happened_on": day,
        "organiser": stage.organisations[event.organiser],
        "participants": event.participants,
        "recorded_at": moment,
        "author": stage.owner(code, moment),
    }
    output = Output.objects.create(**values | mended)
    for name in event.places:
        OutputMunicipality.objects.create(output=output, municipality=stage.municipalities[name])
    return output
