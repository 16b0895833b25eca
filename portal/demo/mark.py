"""The mark of a database that holds made-up data, and who refuses to work with which database."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q

from common.models import LoadedFile
from measures.models import MilestoneVersion, Output, Report, ReportDraft

MARK = "ukazkova-data"
"""Stands where files that were loaded have the fingerprint of their bytes."""

MARKED = (
    "V databázi jsou ukázková data, ostrý provoz s ní nejde spustit. "
    "Ukázku spustí make demo; pro ostrý provoz zvolte jinou databázi."
)
NOT_MARKED = (
    "Je zapnutá ukázka (DEMO), ale databáze není její. Vypněte DEMO, nebo zvolte prázdnou databázi."
)


def put():
    """Mark the database for good."""
    LoadedFile.objects.create(name="ukázková data", sha256=MARK)


def made_on():
    """Return the moment the made-up data came into the database, or None."""
    return LoadedFile.objects.filter(sha256=MARK).values_list("loaded_at", flat=True).first()


def refusal():
    """Return why the portal must not start on this database with its settings, or an empty text.

    A database without tables suits both.
    """
    if not _has_tables():
        return ""
    if made_on():
        return "" if settings.DEMO else MARKED
    return NOT_MARKED if settings.DEMO and holds_work() else ""


def holds_work():
    """Say whether people have come in or written anything: then nothing may be made up here."""
    written = [
        get_user_model().objects.all(),
        ReportDraft.objects.all(),
        Report.objects.filter(Q(author__isnull=False) | Q(submission__isnull=False)),
        MilestoneVersion.objects.all(),
        Output.objects.all(),
    ]
    return any(records.exists() for records in written)


def _has_tables():
    tables = connection.introspection.table_names()
    return {get_user_model()._meta.db_table, LoadedFile._meta.db_table} <= set(tables)
