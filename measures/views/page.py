"""What the pages of the desk share: who comes in, whose facts are read, how an action is shown."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common import czech
from common.forms import refuse
from measures.models import Measure
from measures.status import facts


def desk_page(view):
    """Let in the unit and its head only, and let no browser keep the page."""
    guarded = permission_required("measures.open_desk", raise_exception=True)(view)
    return wraps(view)(
        require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(guarded)))
    )


def facts_for(request, permission, **lookup):
    """Return the Facts of a monitored measure the person may work on; 404 and 403 otherwise."""
    measures = Measure.objects.monitored().filter(**lookup)
    found = next(iter(facts(measures, timezone.localdate())), None)
    if found is None:
        raise Http404
    if not request.user.has_perm(permission, found.plan):
        raise PermissionDenied
    return found


def posted(request):
    return request.POST if request.method == "POST" else None


def posted_with_files(request):
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def carry_out(request, form, action, done, **arguments):
    """Carry an action out and say so, or show at the form why it was refused."""
    try:
        action(by=request.user, **arguments)
    except ValidationError as error:
        refuse(form, error)
        return False
    if done:
        messages.success(request, czech.typography(done))
    return True


def show(request, name, label, form, found, **context):
    measure = found.measure
    trail = [
        ("Práce", reverse("measures:desk")),
        (str(measure), measure.get_absolute_url()),
        (label, ""),
    ]
    context |= {"form": form, "measure": measure, "facts": found, "trail": trail}
    return render(request, f"measures/{name}.html", context, status=422 if form.errors else 200)
