"""The log of imports: which file, what became of it, who let it in and when."""

from dataclasses import dataclass

from django.urls import reverse

from common import czech
from common.models import ImportRun, ImportState
from indicators import imports as value_imports
from municipalities import imports, index_wording
from projects import imports as project_imports

PER_PAGE = 30
PROGRAM = "příkazová řádka"
KINDS = {
    imports.KIND: "index sociálního vyloučení",
    value_imports.KIND: "hodnoty ukazatelů",
    project_imports.KIND: "projekty",
    "boundaries": "hranice obcí",
    "needs": "potřeby projektu",
}
PREVIEWS = {
    imports.KIND: "municipalities:index_import_detail",
    value_imports.KIND: "indicators:values_import_detail",
    project_imports.KIND: "project_desk:import_detail",
}
"""Where a run that waits is confirmed."""

SUMMARIES = {
    imports.KIND: ("year", index_wording.summary),
    value_imports.KIND: ("rows", value_imports.summary),
    project_imports.KIND: ("", project_imports.summary),
}
"""What a kind says of its counts, and the count without which it has none; „“ for always."""

STYLES = {
    ImportState.PREVIEWED: ("is-risk", "risk"),
    ImportState.DONE: ("is-done", "done"),
    ImportState.UNCHANGED: ("is-off", "done"),
    ImportState.REFUSED: ("is-late", "late"),
    ImportState.ABANDONED: ("is-off", "x"),
}


@dataclass(frozen=True)
class RunStatus:
    """The state of a run as components/status.html shows it."""

    css: str
    icon: str
    word: str
    extra: str = ""


@dataclass(frozen=True)
class LogRow:
    """A run as the log shows it; `url` is where one that waits is confirmed."""

    run: ImportRun
    kind: str
    person: str
    status: RunStatus
    size: str
    lines: list
    problems: list
    more: int
    url: str


def runs():
    return ImportRun.objects.select_related("person").order_by("-started_at", "-id")


def shown(run):
    """Return the LogRow of a run."""
    preview = PREVIEWS.get(run.kind) if run.state == ImportState.PREVIEWED else None
    return LogRow(
        run=run,
        kind=KINDS.get(run.kind, run.kind),
        person=str(run.person) if run.person else PROGRAM,
        status=RunStatus(*STYLES[run.state], run.get_state_display()),
        size=czech.file_size(run.size),
        lines=_lines(run),
        problems=run.problems,
        more=max(run.counts.get("problems", 0) - len(run.problems), 0),
        url=reverse(preview, args=[run.pk]) if preview else "",
    )


def _lines(run):
    needed, summary = SUMMARIES.get(run.kind, ("", None))
    is_told = summary and (not needed or needed in run.counts)
    return summary(run.counts) if is_told else []
