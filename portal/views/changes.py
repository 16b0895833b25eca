from dataclasses import replace
from hashlib import sha256

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from common import icalendar
from measures import moment as clock
from meetings.news import gathered, last_meeting
from portal.changes.feed import Atom, atom, entries_of
from portal.deadlines import events
from portal.period import period_of
from portal.views.strategy import before_first
from strategy.models import Strategy


@require_safe
def changes(request, slug):
    """What is new of a strategy between two days: worse, better, deadlines, data, wording."""
    strategy = get_object_or_404(Strategy, slug=slug)
    meeting = last_meeting([strategy], clock.today())
    period = period_of(request, start=meeting and meeting.meeting_date)
    moment = period.moment
    trail = [
        ("Strategie", moment.keep(reverse("portal:strategy_list"))),
        (strategy.short_name, moment.keep(strategy.get_absolute_url())),
        ("Co je nového", ""),
    ]
    if moment.is_before_first:
        # The page offers the first day under `?k=`, which is not understood here.
        return before_first(request, replace(moment, first=None), trail)
    found = gathered([strategy], *period.points)
    context = {"strategy": strategy, "period": period, "moment": moment, "trail": trail}
    context["meeting"] = meeting if meeting and meeting.meeting_date == period.since else None
    context |= {"found": found, "sections": found.sections(strategy.is_monitored)}
    return render(request, "portal/changes.html", context)


@require_safe
def changes_feed(request, slug):
    """What happened with a strategy, for readers of feeds."""
    strategy = get_object_or_404(Strategy, slug=slug)
    page = reverse("portal:changes", args=[slug])
    made = atom(strategy, request.path, page, entries_of(strategy, clock.today()))
    return _unless_known(request, made.encode(), Atom.content_type)


@require_safe
def deadline_calendar(request, slug):
    """The milestones of a strategy, for calendars."""
    strategy = get_object_or_404(Strategy, slug=slug)
    name = f"Termíny: {strategy.short_name}"
    made = icalendar.calendar(name, events(strategy, clock.today()))
    response = _unless_known(request, made, icalendar.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(False, f"terminy-{slug}.ics")
    return response


def _unless_known(request, body, content_type):
    """Answer with what a program asks for again and again, or that it has not changed.

    Told apart by what is in it and not by a date: a text removed for the sake of personal data
    changes no date.
    """
    response = HttpResponse(body, content_type=content_type)
    response["ETag"] = f'"{sha256(body).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
