"""The steps of making the history up, in their order."""

from django.db import transaction

from portal.demo import (
    beginning,
    calls,
    drafts,
    mark,
    meetings,
    outputs,
    people,
    promises,
    reports,
)
from portal.demo.days import Calendar
from portal.demo.stage import SLUG, Stage
from strategy.models import Strategy

STEPS = (
    people.make,
    beginning.make,
    promises.make,
    reports.make,
    outputs.make,
    drafts.make,
    calls.make,
    meetings.make,
)
"""Each takes the Stage and writes one kind of records; what comes later is added at the end."""


@transaction.atomic
def build(now, today, steps=STEPS):
    """Make the whole history up as of a moment, all of it or nothing, and mark the database.

    Returns the lines of addresses and passwords of the accounts.
    """
    mark.put()
    strategy = Strategy.objects.select_related("region").get(slug=SLUG)
    stage = Stage(Calendar(today, strategy.cycle_months), now, strategy)
    for step in steps:
        step(stage)
    return stage.passwords
