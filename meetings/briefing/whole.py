"""The whole Briefing of a meeting, put together from its parts."""

from django.conf import settings

from meetings.briefing.changes import changes, summary
from meetings.briefing.decisions import decisions_said, resolutions_said
from meetings.briefing.figures import components_said, indicators_said
from meetings.briefing.measures import late_said, rollup_said, stale_said
from meetings.briefing.outputs import read_outputs
from meetings.briefing.plan import read_plan
from meetings.briefing.priorities import apart_said, priorities_said
from meetings.briefing.region import newest_edition, region_said
from meetings.briefing.since import since_last
from meetings.briefing.words import glossary, lead, methods, vintages
from meetings.content import SCHEMA, Briefing, MeetingSaid, StrategySaid


def briefing(meeting, on, known):
    """Return the Briefing of a meeting: the state of the day `on` as known before `known`.

    At most 40 queries, the same number for any number of measures.
    """
    strategy = meeting.body.strategy
    plan = read_plan(strategy, on, known)
    since = since_last(meeting, on, known)
    edition = newest_edition(strategy.region, on)
    region = region_said(strategy.region, edition)
    return Briefing(
        schema=SCHEMA,
        strategy=_strategy(strategy),
        meeting=_meeting(meeting),
        previous=_meeting(since.meeting) if since else None,
        since=since.on if since else None,
        on=on,
        known=known,
        is_demo=settings.DEMO,
        region=region,
        **_standing(plan, region),
        **_news(plan, since),
        **_parts(plan, since, edition),
    )


def _standing(plan, region):
    """How things stand, what is late, and what these words rest on."""
    counts = rollup_said(plan.measures)
    return {
        "lead": lead(plan),
        "rollup": counts,
        "late": late_said(plan),
        "stale": stale_said(plan),
        "glossary": glossary() if plan.strategy.is_monitored else (),
        "methods": methods(plan, counts, region),
        "vintages": vintages(plan, region),
    }


def _news(plan, since):
    """What is asked for, and what happened since the body last met."""
    found = changes(plan, since)
    return {
        "decisions": decisions_said(plan),
        "changes": found,
        "change_summary": summary(found),
        "resolutions": resolutions_said(plan, since),
    }


def _parts(plan, since, edition):
    """The plan part by part."""
    outputs = read_outputs(plan, since)
    components = components_said(plan.strategy.region, edition)
    indicators = indicators_said(plan.strategy, plan.known)
    return {
        "priorities": priorities_said(plan, outputs, components, indicators),
        "apart": apart_said(plan, outputs),
    }


def _strategy(strategy):
    return StrategySaid(
        slug=strategy.slug,
        title=strategy.title,
        short_name=strategy.short_name,
        region=strategy.region.name,
        region_genitive=strategy.region.name_genitive,
        is_monitored=strategy.is_monitored,
        url=strategy.get_absolute_url(),
        valid_from=strategy.valid_from,
        valid_to=strategy.valid_to,
    )


def _meeting(meeting):
    return MeetingSaid(
        body=meeting.body.name,
        kind=str(meeting.body.get_kind_display()),
        day=meeting.meeting_date,
        url=meeting.get_absolute_url(),
    )
