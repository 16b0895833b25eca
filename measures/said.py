"""What a draft says, in words, for those who read it instead of writing it."""

from common import czech
from measures import wording
from measures.actions import CONTENT
from measures.cycles import cycle_of
from measures.models import OutputKind, Report


def report_of(draft):
    """Return the report, not saved, that publishing a draft would make."""
    content = {name: getattr(draft, name) for name in CONTENT}
    return Report(
        measure=draft.measure,
        author=draft.author,
        corrects=draft.corrects,
        source=draft.source,
        source_text=draft.source_text,
        **content,
    )


def said_in(draft, finished_titles):
    """Return (label, text) for everything a draft would make public, what is empty left out."""
    report = report_of(draft)
    cycle = cycle_of(draft.cycle_start, draft.measure.strategy.cycle_months)
    pairs = [
        ("Co se stalo", report.get_kind_display()),
        ("Hlášení za", f"{cycle}, ke dni {czech.date(draft.as_of_date)}"),
        ("Fáze", report.get_phase_display() if report.phase else ""),
        ("Jak to jde", report.get_health_display() if report.health else ""),
        ("Hotové milníky", ", ".join(f"„{title}“" for title in finished_titles)),
        ("Poznámka", report.note),
        *wording.report_details(report),
        ("Znovu posoudit", czech.date(report.review_date) if report.review_date else ""),
        ("Odkaz", report.link),
        ("Výstup", output_line(draft.output)),
    ]
    return [(label, text) for label, text in pairs if text]


def output_line(texts):
    """Return an output as it was typed, on one line."""
    kind = texts.get("kind", "")
    people = texts.get("participants", "")
    parts = [
        OutputKind(kind).label if kind in OutputKind.values else kind,
        f"„{texts['title']}“" if texts.get("title") else "",
        texts.get("happened_on", ""),
        f"účastníků: {people}" if people else "",
        texts.get("link", ""),
    ]
    return ", ".join(part for part in parts if part)
