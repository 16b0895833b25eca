"""Which state of a project somebody is editing: a short mark of each of its sections.

Two people who edit at once: what one of them loaded is no longer there for the other, and the marks
that differ say in which sections.
"""

import hashlib

from projects.forms import PARTS

OWN = "Údaje o projektu"


def version_of(project):
    """Return the version of a project and its parts as one text. Ten queries."""
    return ".".join(_mark(rows) for rows in _sections(project).values())


def changed_sections(project, version):
    """Return the headings of the sections that are no longer as `version` had them."""
    marks = dict(zip(_sections(project), version_of(project).split("."), strict=True))
    known = dict(zip(marks, version.split("."), strict=False))
    return [heading for heading, mark in marks.items() if known.get(heading) != mark]


def _sections(project):
    own = type(project).objects.filter(pk=project.pk)
    lists = [
        list(own.order_by(name).values_list(name, flat=True))
        for name in ("municipalities", "priorities")
    ]
    found = {OWN: [*own.values_list(), *lists]}
    for name, (heading, _) in PARTS.items():
        found[heading] = list(getattr(project, name).order_by("pk").values_list())
    return found


def _mark(rows):
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:12]
