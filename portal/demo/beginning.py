"""What was loaded from our files, moved to the day the made-up history begins; where measures act.

The files say nothing of moments, so all they hold was written down just now: after everything made
up. The guard is lifted for it: in a database that has only just been made.
"""

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from common.append_only import drop_triggers, install_triggers
from indicators.models import Observation
from measures.models import PlanVersion, Report, Territory
from municipalities.models import IndexEdition
from portal.demo.days import FIRST
from portal.demo.stories import STORIES
from portal.demo.story import REGION


def make(stage):
    """Begin the history on its first day, with approval asked for."""
    moment = stage.calendar.moment(FIRST, "start")
    drop_triggers(connection)
    QuerySet(Report).update(published_at=moment)
    QuerySet(PlanVersion).update(recorded_at=moment)
    QuerySet(Observation).update(recorded_at=moment)
    install_triggers(connection)
    for edition in IndexEdition.objects.all():
        edition.imported_at = moment
        _save_without_history(edition)
    _place(stage, moment)
    _approve(stage.strategy)
    for model in apps.get_models():
        if hasattr(model, "history_type"):
            model.objects.update(history_date=moment)


def _place(stage, moment):
    """Say where the measures act and that they have been here from the beginning."""
    for story in STORIES:
        measure = stage.measures[story.code]
        measure.loaded_at = moment
        if story.places == REGION:
            measure.territory = Territory.REGION
        elif story.places:
            measure.territory = Territory.NAMED
            measure.municipalities.set([stage.municipalities[name] for name in story.places])
        _save_without_history(measure)


def _approve(strategy):
    strategy.needs_approval = True
    _save_without_history(strategy)


def _save_without_history(record):
    record.skip_history_when_saving = True
    record.save()
    del record.skip_history_when_saving
