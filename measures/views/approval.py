"""Approval of a submitted report by a head who did not write it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common import czech
from common.forms import refuse
from measures import actions
from measures.forms import ReturnForm
from measures.models import DraftState, ReportDraft
from measures.preview import preview
from measures.said import report_of, said_in
from measures.status import status
from measures.typed_output import read_output
from measures.views.page import desk_page, facts_for, posted
from measures.views.report_pages import titles_of

SALT = "measures.approval"
CHANGED = (
    "Od chvíle, kdy jste stránku otevřeli, se něco změnilo: hlášení, nebo co o opatření mezitím "
    "vyšlo. Nic se nezapsalo. Přečtěte si, co platí teď, a rozhodněte znovu."
)


@desk_page
@permission_required("measures.approve_report", raise_exception=True)
def report_approval(request, pk):
    """Show a submitted report with what its approval would mean; approve or return it."""
    drafts = ReportDraft.objects.select_related("measure__strategy", "author", "corrects")
    draft = drafts.filter(pk=pk, state=DraftState.SUBMITTED).first()
    if draft is None:
        raise Http404
    found = facts_for(request, "measures.report_on", pk=draft.measure_id)
    form = ReturnForm(posted(request) if request.POST.get("akce") == "vratit" else None)
    if request.method == "POST":
        done = _decided(request, draft, form)
        if done:
            messages.success(request, czech.typography(done))
            return redirect("measures:desk")
    return _page(request, draft, found, form)


def _decided(request, draft, form):
    """Carry the decision out and return what was done, or say why not."""
    if not request.user.has_perm("measures.approve_report", draft):
        raise PermissionDenied
    code = draft.measure.code
    try:
        known = _known(request.POST.get("videno", ""), draft)
        if request.POST.get("akce") == "schvalit":
            actions.approve_report(draft=draft, by=request.user, known=known)
            return f"Hlášení k opatření {code} je schválené a zveřejněné."
        if form.is_valid():
            comment = form.cleaned_data["comment"]
            actions.return_report(
                draft=draft, by=request.user, comment=comment, version=known.version
            )
            return f"Hlášení k opatření {code} se vrátilo autorovi."
    except actions.Changed:
        form.refusal = CHANGED
    except ValidationError as error:
        if form.is_bound:
            refuse(form, error)
        else:
            form.refusal = " ".join(error.messages)
    return None


def _known(text, draft):
    """Return what the page the decision comes from showed; a forged one has seen nothing."""
    try:
        pk, version, last = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise actions.Changed from error
    if pk != draft.pk:
        raise actions.Changed
    return actions.Known(version, last)


def _page(request, draft, found, form):
    last, today = found.report, timezone.localdate()
    ticked = list(draft.finished_milestones.values_list("pk", flat=True))
    context = {
        "draft": draft,
        "measure": found.measure,
        "form": form,
        "said": said_in(draft, titles_of(found, draft)),
        "files": draft.attachments.order_by("pk"),
        "may_decide": request.user.has_perm("measures.approve_report", draft),
        "seen": signing.dumps([draft.pk, draft.version, last.pk if last else None], salt=SALT),
        "last": last,
        "is_newer": last and draft.submitted_at and last.published_at > draft.submitted_at,
        "status": status(found, today),
        "preview": preview(found, report_of(draft), ticked, _output_day(draft, today), today),
        "trail": [
            ("Práce", reverse("measures:desk")),
            (str(found.measure), found.measure.get_absolute_url()),
            ("Schválení", ""),
        ],
    }
    code = 409 if form.refusal else 422 if form.errors else 200
    return render(request, "measures/report_approval.html", context, status=code)


def _output_day(draft, today):
    output = read_output(draft.output, today)
    return output["happened_on"] if output else None
