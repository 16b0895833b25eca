"""Reporting an error: anybody may, without an account; the unit answers and closes."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from common import czech
from common.throttle import visitor
from measures.views.page import carry_out, posted
from portal import actions
from portal.error_list import ErrorFilter, ErrorTable
from portal.forms import AnswerErrorForm, CloseErrorForm, ErrorForm
from portal.models import ErrorReport
from portal.pages import page_of, pages_of

ON_ONE_PAGE = 50
TOO_MANY = (
    f"Z vašeho připojení přišlo za hodinu už {actions.BY_VISITOR} hlášení. Text si zkopírujte "
    "a zkuste to za hodinu."
)
UNSENT = (
    "Poštovní server odpověď nepřevzal. Text je uložený; zkontrolujte adresu a zkuste to za chvíli."
)
LIST = "Nahlášené chyby"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def error_report(request):
    """A reader says what is wrong on a page of ours."""
    page = page_of(request.POST.get("page") or request.GET.get("z", ""))
    form = ErrorForm(posted(request), initial={"page": page.path if page else ""})
    status = 200
    if form.is_valid():
        try:
            _keep(request, form.cleaned_data, page)
        except actions.TooMany:
            form.add_error(None, czech.typography(TOO_MANY))
            status = 429
        else:
            return redirect("portal:error_thanks")
    elif form.errors:
        status = 422
    context = {"form": form, "page": page}
    return render(request, "portal/errors/report.html", context, status=status)


def _keep(request, said, page):
    actions.report_error(
        page=page.path if page else "",
        text=said["text"],
        email=said["email"].lower(),
        visitor=visitor(request),
    )


@require_safe
def error_thanks(request):
    """Say that the report has come."""
    return render(request, "portal/errors/thanks.html")


def _staff_page(view):
    """Let in those who deal with reported errors, and let no browser keep the page."""
    guarded = permission_required("portal.keep_errors", raise_exception=True)(view)
    return wraps(view)(
        require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(guarded)))
    )


@_staff_page
def error_list(request):
    """What readers reported, the open ones first."""
    chosen = ErrorFilter(request.GET, queryset=ErrorReport.objects.open_first())
    table = ErrorTable(chosen.qs)
    RequestConfig(request, paginate={"per_page": ON_ONE_PAGE}).configure(table)
    table.pages = pages_of([row.record.page for row in table.paginated_rows])
    context = {
        "filter": chosen,
        "table": table,
        "waiting": ErrorReport.objects.open().count(),
        "trail": [("Práce", reverse("measures:desk")), (LIST, "")],
    }
    return render(request, "portal/errors/list.html", context)


@_staff_page
def error_detail(request, pk):
    """One report: answer the reader, write what was mended, close it."""
    error = get_object_or_404(ErrorReport.objects.select_related("closed_by"), pk=pk)
    act = request.POST.get("akce", "")
    answer = AnswerErrorForm(
        request.POST if act == "odpovedet" else None, initial={"answer": error.answer}
    )
    close = CloseErrorForm(
        request.POST if act == "vyridit" else None, initial={"correction": error.correction}
    )
    if _done(request, act, error, answer, close):
        return redirect(error)
    context = {
        "error": error,
        "page": page_of(error.page),
        "answer": answer,
        "close": close,
        "trail": [
            ("Práce", reverse("measures:desk")),
            (LIST, reverse("portal:error_list")),
            (f"č. {error.pk}", ""),
        ],
    }
    status = 422 if answer.errors or close.errors else 200
    return render(request, "portal/errors/detail.html", context, status=status)


def _done(request, act, error, answer, close):
    """Carry out what was asked for and say whether it was done."""
    if act == "odpovedet" and answer.is_valid():
        return _answer(request, error, answer)
    if act == "vyridit" and close.is_valid():
        said = "Chyba je vyřízená." if error.is_open else "Veřejná věta je změněná."
        return carry_out(
            request, close, actions.close_error, said, error=error, **close.cleaned_data
        )
    if act == "otevrit":
        form = forms.Form(request.POST)
        return carry_out(
            request, form, actions.reopen_error, "Chyba je znovu otevřená.", error=error
        )
    return False


def _answer(request, error, form):
    if not carry_out(request, form, actions.answer_error, "", error=error, **form.cleaned_data):
        return False
    error.refresh_from_db()
    if error.answered_at:
        messages.success(request, czech.typography(f"Odpověď odešla na {error.email}."))
    else:
        messages.error(request, czech.typography(UNSENT))
    return True
