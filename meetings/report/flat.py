"""The tables of a briefing as CSV, of the one kind the portal writes."""

from common import csv_files
from meetings.report import tables


def csv_of(briefing):
    """Return the measures of a Briefing as the text of a CSV."""
    return _csv(tables.MEASURES, tables.measures(briefing))


def places_csv(briefing):
    """Return the municipalities of the region and their index as the text of a CSV."""
    return _csv(tables.PLACES, tables.places(briefing))


def _csv(columns, rows):
    return csv_files.text([[column.key for column in columns], *rows])
