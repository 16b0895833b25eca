"""Projects for the unit: the list of the desk, and one page to add or edit a project."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.czech import search_key, typography
from measures.views.page import desk_page
from projects.actions import SavedMeanwhile, check_version, lock, save_project
from projects.forms import ProjectForm, check_no_error, part_sets
from projects.models import Project
from projects.regulation import completeness_text
from projects.versions import OWN, version_of
from strategy.models import Organisation

ON_ONE_PAGE = 50


def _editing(view):
    """Let in whoever may edit projects."""
    guarded = permission_required("projects.change_project", raise_exception=True)(view)
    return wraps(view)(
        require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(guarded)))
    )


@require_safe
@desk_page
def project_list(request):
    """The projects to edit, found by words, and the ways to add, import and export them."""
    words = request.GET.get("text", "")[:100]
    found = Project.objects.with_words(search_key(words))
    rows = found.for_list().with_completeness().in_czech_order()
    page = Paginator(rows, ON_ONE_PAGE).get_page(request.GET.get("strana"))
    context = {
        "page": page,
        "rows": [(project, completeness_text(project)) for project in page],
        "words": words,
        "trail": _trail(("Projekty", "")),
    }
    return render(request, "projects/desk_list.html", context)


@_editing
def project_create(request):
    """Add a project with its parts."""
    project = Project()
    data = request.POST if request.method == "POST" else None
    form, sets = ProjectForm(data, instance=project), part_sets(project, data)
    if data is None or not check_no_error(form, sets):
        return _show(request, form, sets, "Nový projekt")
    with transaction.atomic():
        saved = save_project(form=form, sets=[one for _, one in sets], by=request.user)
    return _saved(request, saved)


@_editing
def project_edit(request, pk):
    """Edit a project with its parts; who saved meanwhile is never overwritten unseen."""
    project = get_object_or_404(Project.objects.select_related("recipient", "parent"), pk=pk)
    if request.method != "POST":
        version = version_of(project)
        form, sets = ProjectForm(instance=project), part_sets(project)
        return _show(request, form, sets, project.name, version=version)
    with transaction.atomic():
        locked = lock(pk)
        form, sets = ProjectForm(request.POST, instance=locked), part_sets(locked, request.POST)
        try:
            check_version(locked, request.POST.get("verze", ""))
        except SavedMeanwhile as meanwhile:
            return _conflict(request, form, sets, project, meanwhile)
        if not check_no_error(form, sets):
            version = request.POST["verze"]
            return _show(request, form, sets, project.name, version=version)
        saved = save_project(form=form, sets=[one for _, one in sets], by=request.user)
    return _saved(request, saved)


def _saved(request, project):
    messages.success(request, typography("Projekt je uložený."))
    return redirect("project_desk:project_edit", project.pk)


def _conflict(request, form, sets, project, meanwhile):
    """Show what was typed, what stands in the portal now, and save nothing."""
    check_no_error(form, sets)
    context = {
        "version": version_of(project),
        "sections": meanwhile.sections,
        "now": _now(form, project) if OWN in meanwhile.sections else [],
    }
    return _show(request, form, sets, project.name, status=409, **context)


def _now(form, project):
    """Return the label and the stored value of each field that was typed otherwise."""
    stored = ProjectForm(instance=Project.objects.get(pk=project.pk))
    return [
        (field.label, _text(stored[field.name]))
        for field in form
        if field.name in form.changed_data and field.name in stored.initial
    ]


def _text(field):
    value = field.initial
    choices = getattr(field.field, "choices", None)
    if choices:
        chosen = value if isinstance(value, list) else [value]
        keys = {str(getattr(one, "pk", one)) for one in chosen}
        return ", ".join(str(label) for key, label in choices if str(key) in keys)
    return {True: "ano", False: "ne"}.get(value, "" if value is None else str(value))


def _show(request, form, sets, title, *, status=None, **context):
    is_wrong = bool(form.errors) or any(one.is_bound and not one.is_valid() for _, one in sets)
    context = {
        **{"version": "", "sections": [], "now": []},
        **context,
        "form": form,
        "sets": sets,
        "title": title,
        "project": form.instance if form.instance.pk else None,
        "is_wrong": is_wrong,
        "recipients": Organisation.objects.order_by("sort_key").values_list("name", flat=True),
        "trail": _trail(("Projekty", reverse("project_desk:project_list")), (title, "")),
    }
    status = status or (422 if is_wrong else 200)
    return render(request, "projects/project_form.html", context, status=status)


def _trail(*last):
    return [("Práce", reverse("measures:desk")), *last]
