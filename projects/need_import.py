"""Import of a project's needs: check, show, and write in one transaction."""

from common import imports
from common.imports import ImportRefused
from common.models import ImportState
from projects.need_actions import NeedsRefused, changed, current, fingerprint, record_needs
from projects.need_file import check, said

KIND = "needs"
FIRST = 100
"""How many differences the page of a waiting file shows."""


def preview(project, file, *, by):
    """Log a file that is right: it waits for being confirmed, unless it says nothing new.

    One that is wrong is logged as refused, and ImportRefused is raised.
    """
    known = current(project)
    try:
        entries = check(file, known)
    except ImportRefused as refusal:
        counts = {"project": project.pk}
        imports.log(KIND, file, ImportState.REFUSED, by=by, refusal=refusal, counts=counts)
        raise
    counts = _counts(project, entries, known)
    if not changed(entries, known):
        return imports.log(KIND, file, ImportState.UNCHANGED, by=by, counts=counts)
    counts[imports.WAITING] = {"seen": fingerprint(known)}
    return imports.keep(KIND, file, by=by, counts=counts)


def confirm(*, project, run, by):
    """Write the file of a run that waits. Raises ImportRefused with nothing written; one compared
    with what is no longer there waits with a new comparison."""
    file = imports.waiting_file(run)
    with imports.alone():
        known = current(project)
        entries = check(file, known)
        is_same = run.counts[imports.WAITING]["seen"] == fingerprint(known)
        counts = _counts(project, entries, known)
        if is_same:
            _write(project, entries, by)
            if not imports.finish(run, ImportState.DONE, counts=counts):
                raise ImportRefused([imports.GONE])
        else:
            imports.renew(run, counts | {imports.WAITING: {"seen": fingerprint(known)}})
    if not is_same:
        raise ImportRefused([imports.MEANWHILE])


def differences(project, run):
    """Return what a file that waits would change: pairs of a new entry and the NeedResult it
    corrects, None for one that is new."""
    known = current(project)
    entries = check(imports.waiting_file(run), known)
    return [(one, known.get(one.key)) for one in changed(entries, known)]


def _write(project, entries, by):
    try:
        record_needs(project=project, entries=entries, by=by)
    except NeedsRefused as refused:
        raise ImportRefused(said(refused.problems)) from None


def _counts(project, entries, known):
    new = changed(entries, known)
    corrected = sum(one.key in known for one in new)
    return {
        "project": project.pk,
        "rows": len(entries),
        "new": len(new) - corrected,
        "changed": corrected,
        "unchanged": len(entries) - len(new),
    }
