"""What people do with projects."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.text import slugify

from common.czech import search_key
from common.history import recording
from projects.models import Outcome, Project
from projects.versions import changed_sections
from strategy.models import Organisation, OrganisationKind


class SavedMeanwhile(Exception):
    """Somebody else saved the project after it was loaded; `sections` are what they changed."""

    def __init__(self, sections):
        super().__init__(", ".join(sections))
        self.sections = sections


def lock(pk):
    """Return a project held until the end of the transaction."""
    return Project.objects.select_for_update().get(pk=pk)


def check_version(project, version):
    """Raise SavedMeanwhile if a locked project is not as it was loaded."""
    sections = changed_sections(project, version)
    if sections:
        raise SavedMeanwhile(sections)


def save_project(*, form, sets, by):
    """Save a project with its parts from a valid form and its sets of rows; returns the project.

    Whoever calls it holds a lock on an existing project and has checked its version.
    """
    is_new = form.instance.pk is None
    if not by.has_perm("projects.add_project" if is_new else "projects.change_project"):
        raise PermissionDenied
    with recording(by=by):
        project = form.instance
        name = form.cleaned_data["recipient_name"]
        if name and project.recipient is None:
            kind = OrganisationKind.RECIPIENT
            project.recipient, _ = Organisation.objects.get_or_create(
                name=name, defaults={"kind": kind}
            )
        if is_new:
            project.slug = free_slug(project.name)
        form.save()
        for one in sets:
            one.instance = project
            _save_rows(one, project)
    return project


def free_slug(name):
    """Return a short name for the address of a new project that no other project has."""
    bare = slugify(search_key(name))[:70].strip("-") or "projekt"
    taken = set(Project.objects.filter(slug__startswith=bare).values_list("slug", flat=True))
    candidate, number = bare, 1
    while candidate in taken:
        number += 1
        candidate = f"{bare}-{number}"
    return candidate


def _save_rows(formset, project):
    """Save the rows of a part; a new one comes after those that are there."""
    rows = formset.save(commit=False)
    for gone in formset.deleted_objects:
        gone.delete()
    model = formset.model
    is_ordered = any(field.name == "order" for field in model._meta.fields)
    last = 0
    if is_ordered:
        last = model.objects.filter(project=project).aggregate(last=Max("order"))["last"] or 0
    for row in rows:
        row.project = project
        if is_ordered and row.pk is None:
            last += 1
            row.order = last
            if model is Outcome:
                row.key = _free_key(project, last)
        row.save()


def _free_key(project, number):
    taken = set(project.outcomes.values_list("key", flat=True))
    while f"vysledek-{number}" in taken:
        number += 1
    return f"vysledek-{number}"
