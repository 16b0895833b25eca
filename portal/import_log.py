"""The log of imports: which file, what became of it, who let it in and when."""

from dataclasses import dataclass

from django.urls import reverse

from common import czech
from common.models import ImportRun, ImportState
from municipalities import imports, index_wording

PER_PAGE = 30
PROGRAM = "příkazová řádka"
KINDS = {
    imports.KIND: "index sociálního vyloučení",
    "boundaries": "hranice obcí",
    "needs": "potřeby projektu",
}
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
    is_index = run.kind == imports.KIND
    is_waiting = is_index and run.state == ImportState.PREVIEWED
    return LogRow(
        run=run,
        kind=KINDS.get(run.kind, run.kind),
        person=str(run.person) if run.person else PROGRAM,
        status=RunStatus(*STYLES[run.state], run.get_state_display()),
        size=czech.file_size(run.size),
        lines=index_wording.summary(run.counts) if is_index and "year" in run.counts else [],
        problems=run.problems,
        more=max(run.counts.get("problems", 0) - len(run.problems), 0),
        url=reverse("municipalities:index_import_detail", args=[run.pk]) if is_waiting else "",
    )
