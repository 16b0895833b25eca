"""The report of a meeting on paper and in tables, made from a Briefing and from nothing else.

    document = report_document(briefing, json_text=text, sha256=fingerprint)
    workbook(briefing, sha256=fingerprint), csv_of(briefing)

The same briefing gives the same bytes: no clock is read and no row of the database.
"""

from meetings.report.document import report_document
from meetings.report.flat import csv_of, places_csv
from meetings.report.workbook import workbook

__all__ = ["csv_of", "places_csv", "report_document", "workbook"]
