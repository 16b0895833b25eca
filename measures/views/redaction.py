from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from common import czech
from common.forms import refuse
from measures import actions
from measures.forms import RedactionForm
from measures.redactions import KINDS, measure_of, removables, words_of
from measures.views.page import desk_page, posted


@desk_page
def redaction_create(request, kind, pk):
    """Show what a record says and, once it is confirmed, remove what was picked for good."""
    if not request.user.has_perm("measures.redact"):
        raise PermissionDenied
    if kind not in KINDS:
        raise Http404
    record = get_object_or_404(KINDS[kind], pk=pk)
    form = RedactionForm(posted(request), removables=removables(record))
    if form.is_valid() and _removed(request, form, record):
        return redirect(measure_of(record))
    measure = measure_of(record)
    trail = [("Práce", reverse("measures:desk")), (str(measure), measure.get_absolute_url())]
    context = {
        "form": form,
        "measure": measure,
        "record": words_of(record),
        "is_file": kind == "priloha",
        "trail": [*trail, ("Odstranění osobních údajů", "")],
    }
    status = 422 if form.errors else 200
    return render(request, "measures/redaction_form.html", context, status=status)


def _removed(request, form, record):
    try:
        actions.redact_record(
            record=record,
            by=request.user,
            texts=form.cleaned_data["texts"],
            reference=form.cleaned_data["reference"],
        )
    except ValidationError as error:
        refuse(form, error)
        return False
    messages.success(request, czech.typography("Osobní údaje jsou odstraněné."))
    return True
