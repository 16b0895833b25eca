"""The files inside a sheet's PDF: what its pages say, for programs. Nothing else is in them."""

import csv
import io
import json

from common.pdf import Attachment

DRAWN = {"ruler_svg", "ruler_alt", "footer", "more", "doc_title", "short_title"}
"""Parts of the display object that only the pages need."""


def attachments(shown):
    """Return the Attachments made of the display object of a sheet."""
    found = [Attachment("obec.json", "application/json", "Údaje listu obce", _json(shown))]
    if shown["components"]:
        found.append(
            Attachment("slozky.csv", "text/csv", "Složky indexu", _csv(shown["components"]))
        )
    return tuple(found)


def _json(shown):
    told = {name: value for name, value in shown.items() if name not in DRAWN}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)


def _csv(components):
    """A table as Czech spreadsheets open it: semicolons, decimal commas, a mark of UTF-8."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerow(["složka", "údaj", "podíl v obci", "v kraji", "v Česku", "násobek Česka"])
    for one in components:
        row = [one[name] for name in ("name", "detail", "share", "region", "nation", "times")]
        table.writerow(cell.replace("\u00a0", " ").replace("\u2060", "") for cell in row)
    return "\ufeff" + written.getvalue()
