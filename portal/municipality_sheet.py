"""The sheet of a municipality: two printed pages with the figures and sentences of its page.

`display` words a MunicipalityPage: a dictionary of ready strings from which
templates/print/municipality.typ draws. The components come from ComponentLine and Bar, which
know no withheld number; the attached files are the CSV and the JSON of the page.
"""

import json
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator

from common import czech
from common.pdf import Attachment, Document
from measures.rows import row_of
from municipalities.charts import TIMES, Size
from portal import sheet_words as words
from portal.municipality_data import as_csv, as_json
from projects import wording

MOST = 15
"""So many rows of a kind at most; how many of them there is room for, the template finds out."""

PRINTED = Size("wide", unit=28, strip=28, font=15, letter=8, pitch=8, radius=3, columns=3)
"""The ruler as wide as the paper: its letters come out at 8 points and more."""


def document(page):
    """Return the Document of a MunicipalityPage; a military area has none."""
    told = json.dumps(as_json(page, _address(page)), ensure_ascii=False, indent=1)
    files = (
        Attachment("obec.json", "application/json", "Údaje stránky obce pro programy", told),
        Attachment("obec.csv", "text/csv", "Údaje stránky obce pro tabulky", as_csv(page)),
    )
    return Document("municipality.typ", display(page), files)


def display(page):
    """Return the display object of a MunicipalityPage: ready strings, numbers only where something
    is drawn to scale or counted."""
    return {
        **_frame(page),
        **_head(page.municipality),
        **_index(page.profile),
        "surroundings": words.surroundings(page.profile),
        "measures": _table([row_of(one.facts, (), page.on) for one in page.measures], _measure),
        "needs": [words.need(one) for found in page.needs for one in found.needs],
        "outputs": _table(page.outputs.rows, _output),
        "outputs_sum": words.outputs_sum(page.outputs),
        "projects": _table(page.projects, _project),
        "sources": words.sources(page.profile, page.on),
        "contacts": words.contacts(page.contacts),
    }


def _address(page):
    return urljoin(settings.PORTAL_URL, page.municipality.get_absolute_url())


def _frame(page):
    """What the page itself asks for: title, author, day, foot, the mark of made-up data."""
    name = page.municipality.name
    edition = page.profile.edition
    address = _address(page)
    return {
        "doc_title": f"List obce {name}" + (f", index {edition.year}" if edition else ""),
        "short_title": f"List obce {name}",
        "author": page.municipality.region.name,
        "as_of_iso": page.on.isoformat(),
        "footer": [f"Stav k\u00a0{czech.date(page.on)}", address.partition("://")[2]],
        "address": address,
        "sample": settings.DEMO,
        "sample_note": words.SAMPLE if settings.DEMO else "",
        "more": "viz stránka obce",
    }


def _head(one):
    return {
        "name": one.name,
        "code": one.code,
        "kind": one.get_kind_display(),
        "region": one.region.name,
        "district": one.district.name,
        "orp": one.orp.name,
        "population": words.population(one),
    }


def _index(found):
    """The index and its components; without a known value only the sentence that says so."""
    band = found.band
    is_known = found.value is not None
    ruler = found.ruler(PRINTED) if is_known else None
    return {
        "answer": words.answer(found),
        "rest": words.rest(found),
        "value": found.value,
        "year": found.edition.year if found.edition else None,
        "band": band
        and {
            "shade": band.shade,
            "range": band.range,
            "name": band.word,
            "sentence": czech.typography(band.sentence),
        },
        "small": words.small(found),
        "ruler_svg": _svg(ruler) if ruler else "",
        "ruler_alt": ruler.title if ruler else "",
        "ruler_head": words.ruler_head(found),
        "ruler_note": words.ruler_note(found),
        "components": [_component(line, bar) for line, bar in found.components],
        "components_note": words.components_note(found),
        "development": words.development(found),
        "use": [czech.typography(one) for one in words.USE],
        "not_use": [czech.typography(one) for one in words.NOT_USE],
    }


def _component(line, bar):
    """One component; `length` and `region_at` are multiples of the national share."""
    return {
        "name": line.name,
        "detail": line.detail,
        "share": line.share or words.WITHHELD[bar.state],
        "region": line.region or "neznámý",
        "nation": line.nation or "neznámý",
        "state": bar.state,
        "words": bar.words,
        "length": bar.length / TIMES,
        "is_cut": bar.is_cut,
        "times": bar.times,
        "region_at": None if bar.region_x is None else bar.region_x / TIMES,
    }


def _table(rows, worded):
    """The first rows in words and how many there are."""
    return {"total": len(rows), "rows": [worded(row) for row in rows[:MOST]]}


def _measure(row):
    status = row.status
    last = status.last_known if status else None
    return {
        "code": row.measure.code,
        "name": _clipped(row.measure.short_name, 80),
        "icon": status.icon if status else "",
        "status": czech.typography(f"{status.word} {status.extra}".strip()) if status else "",
        "last": f"naposledy: {last.word}" if last else "",
        "due": czech.date(row.deadline) if row.deadline else "",
        "due_word": row.deadline_word,
    }


def _output(row):
    return {
        "day": czech.date(row.output.happened_on),
        "title": _clipped(row.output.title, 120),
        "sub": _clipped(row.sub, 120),
        "measure": row.output.measure.code,
    }


def _project(project):
    recipient = project.recipient.name if project.recipient else "příjemce neznámý"
    return {
        "name": _clipped(project.name, 140),
        "recipient": _clipped(recipient, 80),
        "programme": _clipped(project.programme, 60),
        "state": _clipped(wording.state_text(project) or "stav neznámý", 80),
    }


def _clipped(text, most):
    return czech.typography(Truncator(text).chars(most))


def _svg(ruler):
    """The ruler of the page as a picture of its own, in the letters of the paper."""
    drawn = render_to_string("components/ruler.html", {"ruler": ruler, "uid": "pravitko"})
    own = '<svg xmlns="http://www.w3.org/2000/svg" font-family="Libertinus Serif" '
    return drawn.strip().replace("<svg ", own, 1)
