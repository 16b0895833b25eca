"""The tables of a briefing as CSV for Czech spreadsheets: semicolons, a mark of UTF-8, CRLF."""

import csv
import io
from datetime import date

from meetings.report import tables

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula; an apostrophe in front keeps it text."""


def csv_of(briefing):
    """Return the measures of a Briefing as the text of a CSV."""
    return _csv(tables.MEASURES, tables.measures(briefing))


def places_csv(briefing):
    """Return the municipalities of the region and their index as the text of a CSV."""
    return _csv(tables.PLACES, tables.places(briefing))


def _csv(columns, rows):
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(column.key for column in columns)
    for row in rows:
        table.writerow(_cell(value) for value in row)
    return "\ufeff" + text.getvalue()


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if str(value).startswith(FORMULA) else str(value)
