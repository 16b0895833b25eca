"""What must hold of a resolution before it is written: Czech sentences by field, none if it does.

Constraints of the database hold what one row can; here is also what spans rows. All is asked
under the locks of meetings/actions/resolutions.py.
"""

from django.core.exceptions import ValidationError

from common import czech
from measures.checks import MOST_SIGNS
from measures.models import Measure
from meetings.decisions import asked_decisions
from meetings.models import Meeting, Resolution
from meetings.models.resolution import number_key


def check_resolution(said, today):
    """Return what is wrong with the number, the text, the day and the link of a Resolution, not
    saved, by field."""
    errors = {}
    try:
        said.clean_fields(exclude=["meeting", "corrects", "author"])
    except ValidationError as error:
        errors.update(error.message_dict)
    found = {
        "number": _number(said),
        "text": _text(said.text),
        "adopted_on": _day(said, today),
    }
    return errors | {name: message for name, message in found.items() if message}


def _number(said):
    key = number_key(said.number)
    if not key:
        return "Napište číslo usnesení, například RK 1234/11/26."
    others = Resolution.objects.standing().filter(meeting__body=said.meeting.body_id)
    if said.corrects_id:
        others = others.exclude(pk=said.corrects_id)
    for other in others.defer("text").order_by("pk"):
        if number_key(other.number) == key:
            day = czech.date(other.adopted_on)
            return f"Usnesení {other.number} už je zapsané, přijaté {day}. Opravte to."
    return ""


def _text(text):
    if not text:
        return "Napište, o čem orgán rozhodl."
    if len(text) > MOST_SIGNS:
        most, now = czech.integer(MOST_SIGNS), czech.integer(len(text))
        return (
            f"Text má {now} znaků, vejde se jich nejvýše {most}. Zkraťte ho, úplné znění dejte "
            "do odkazu."
        )
    return ""


def _day(said, today):
    """A meeting may be interrupted and go on another day, but not before it began, nor once the
    body has met again."""
    day, began = said.adopted_on, said.meeting.meeting_date
    if day is None:
        return "Napište, kdy orgán usnesení přijal."
    if day > today:
        return "Den přijetí ještě nenastal. Usnesení se zapisuje, až je přijaté."
    if day < began:
        return f"Usnesení nemohlo být přijato dřív, než orgán zasedal: {czech.date(began)}."
    later = Meeting.objects.of_body(said.meeting.body_id).filter(
        meeting_date__gt=began, meeting_date__lte=day
    )
    again = later.order_by("meeting_date").first()
    if again is None:
        return ""
    return f"Orgán mezitím zasedal znovu, {czech.date(again.meeting_date)}. Zapište ho tam."


def check_settles(said, reports, known):
    """Return what is wrong with the reports whose decisions a Resolution is to settle, by field."""
    if not reports:
        return {}
    measures = Measure.objects.filter(strategy=said.meeting.body.strategy_id)
    asked = asked_decisions(measures, said.adopted_on, known, without=said.corrects)
    by_report = {pk: one for one in asked for pk in one.reports}
    wrong = [_closed(report, by_report.get(report.pk), said) for report in reports]
    messages = [message for message in wrong if message]
    return {"decisions": messages} if messages else {}


def _closed(report, asked, said):
    """Return why a decision is not open on the day of the resolution, empty if it is."""
    code = report.measure.code
    if asked is None:
        day = czech.date(said.adopted_on)
        return (
            f"Opatření {code} ke dni {day} o rozhodnutí nežádá: hlášení žádost vzalo zpět, nebo "
            "přišla až potom."
        )
    if asked.settled_by is None:
        return ""
    other = Resolution.objects.get(pk=asked.settled_by)
    day = czech.date(other.adopted_on)
    return f"O žádosti k opatření {code} už rozhodlo usnesení {other.number} z {day}."
