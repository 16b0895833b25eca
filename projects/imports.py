"""The import of projects: check, compare, and write in one transaction (docs/projects.md)."""

from common import imports
from common.history import recording
from common.imports import ImportRefused
from common.models import ImportState
from projects.file_changes import CHANGED, NEW, SAME, compare
from projects.file_state import write
from projects.models import Project

KIND = "projects"
SHOWN = 200
"""How many rows the preview shows; all of them are in the file to download."""
WORDS = {NEW: "nový", CHANGED: "změněný", SAME: "beze změny"}


def check(file):
    """Return the Changes an ImportFile would make; writes nothing. Raises ImportRefused."""
    return compare(file)


def refuse(file, refusal, *, by):
    """Log a file that was refused; returns the run."""
    return imports.log(KIND, file, ImportState.REFUSED, by=by, refusal=refusal)


def preview(file, changes, *, by):
    """Log a checked file: it waits for being confirmed, unless there is nothing to change."""
    if changes.is_empty:
        return imports.log(KIND, file, ImportState.UNCHANGED, by=by, counts=changes.counts())
    return imports.keep(KIND, file, by=by, counts=_waiting_counts(changes))


def abandon(file, changes, *, by):
    """Log a checked file that nobody wanted to import; returns the run."""
    return imports.log(KIND, file, ImportState.ABANDONED, by=by, counts=changes.counts())


def import_projects(*, file, changes, by):
    """Write what a checked file changes and log it; returns the run.

    Raises ImportRefused, with nothing written, if another import runs or the portal is no longer
    as the file was compared with.
    """
    with imports.alone():
        _lock(changes)
        now = compare(file)
        if now.fingerprint != changes.fingerprint:
            raise ImportRefused([imports.MEANWHILE])
        state = _write(file, now, by)
        return imports.log(KIND, file, state, by=by, counts=now.counts())


def confirm(*, run, by):
    """Import the file of a run that waits, if it and the portal are as they were previewed.

    Raises ImportRefused with nothing written. A comparison that no longer holds is made anew, so
    that the run waits with what would change now.
    """
    file = imports.waiting_file(run)
    with imports.alone():
        _lock(compare(file))
        changes = compare(file)
        is_same = changes.fingerprint == run.counts[imports.WAITING]["fingerprint"]
        if is_same:
            state = _write(file, changes, by)
            if not imports.finish(run, state, counts=changes.counts()):
                raise ImportRefused([imports.GONE])
        else:
            imports.renew(run, _waiting_counts(changes))
    if not is_same:
        raise ImportRefused([imports.MEANWHILE])


def rows(changes):
    """Yield the rows of the preview: number, what it is, the project, what changes in it."""
    for row in changes.rows:
        yield {
            "number": row.number,
            "word": WORDS[row.kind],
            "name": row.values["nazev"],
            "changes": [list(one) for one in row.differences] if row.kind == CHANGED else [],
        }


def summary(counts):
    """Return the counts of a run as sentences."""
    said = (("Nové projekty", NEW), ("Změněné", CHANGED), ("Beze změny", SAME))
    return [f"{label}: {counts[kind]}." for label, kind in said if kind in counts]


def _waiting_counts(changes):
    first = [row for row in rows(changes) if row["word"] != WORDS[SAME]]
    return {
        **changes.counts(),
        imports.WAITING: {"fingerprint": changes.fingerprint, "first": first[:SHOWN]},
    }


def _lock(changes):
    """Hold the projects of a file, so that nobody edits them until it is written."""
    pks = sorted(row.project.pk for row in changes.rows if row.project)
    for start in range(0, len(pks), 1000):
        chunk = Project.objects.filter(pk__in=pks[start : start + 1000]).order_by("pk")
        list(chunk.select_for_update().values_list("pk"))


def _write(file, changes, by):
    """Write the changes; returns the state of the run."""
    if changes.is_empty:
        return ImportState.UNCHANGED
    with recording(by=by, reason=f"import projektů: {file.name}"):
        written = {}
        for row in changes.rows:
            if row.kind != SAME:
                project = row.project or Project()
                write(project, row.values, row.columns, changes.lookups)
                written[project] = row
        _write_parents(written)
    return ImportState.DONE


def _write_parents(written):
    """Parents may be rows of the same file, so they are set when all are there."""
    slugs = {row.values["soucast"] for row in written.values() if "soucast" in row.columns}
    above = dict(Project.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    for project, row in written.items():
        parent = above.get(row.values["soucast"])
        if "soucast" in row.columns and project.parent_id != parent:
            project.parent_id = parent
            project.save()
