"""The report as a Document for common/pdf.py, with its data attached."""

from common.pdf import Attachment, Document
from meetings.report.display import display
from meetings.report.flat import csv_of, places_csv


def report_document(briefing, *, json_text, sha256=None, correction=0):
    """Return the Document of a Briefing.

    `json_text` is its canonical JSON and `sha256` the fingerprint of that text; without one the
    report says on every page that it is a draft. `correction` is the number of the correction.
    """
    files = [
        Attachment(
            name="zprava.json",
            mime="application/json",
            description="Vše, co zpráva říká, pro programy",
            content=json_text,
            relationship="source",
        ),
        Attachment("opatreni.csv", "text/csv", "Opatření a jejich stavy", csv_of(briefing)),
    ]
    if briefing.region:
        files.append(
            Attachment("obce.csv", "text/csv", "Obce kraje a jejich index", places_csv(briefing))
        )
    data = display(briefing, sha256, correction)
    data["files"] = ", ".join(one.name for one in files)
    return Document("council.typ", data, tuple(files))
