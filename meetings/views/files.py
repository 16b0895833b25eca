"""The documents of a briefing: as they were frozen, or as a draft for those who may see it."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from common.pdf import PdfError
from meetings.briefing import briefing
from meetings.documents import BY_NAME, source_of
from meetings.models import FileKind, Meeting, SnapshotFile
from meetings.snapshots import serve, stored_bytes


@require_safe
def meeting_file(request, slug, name):
    """A document of the newest snapshot of a meeting; before it is frozen, its draft."""
    label = _labels(slug, name).order_by("-snapshot__number").first()
    return _draft(request, slug, name) if label is None else _frozen(request, slug, name, label)


@require_safe
def correction_file(request, slug, number, name):
    """A document of one snapshot of a meeting, also of one that was corrected; 0 is the first."""
    label = _labels(slug, name).filter(snapshot__number=number).first()
    if label is None:
        raise Http404
    return _frozen(request, slug, name, label)


def _labels(slug, name):
    return SnapshotFile.objects.at(slug).filter(name=name).labels()


def _frozen(request, slug, name, label):
    """Answer with the stored bytes, which are read only if the reader lacks them."""
    if label.is_removed:
        return _remade(request, slug, name, label)
    if {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"} & request.META.keys():
        known = _unless_known(request, HttpResponse(headers={"ETag": f'"{label.sha256}"'}))
        if known.status_code != 200:
            return known
    try:
        content = stored_bytes(label.sha256)
    except SnapshotFile.DoesNotExist:
        # Personal data were removed this very moment.
        return _remade(request, slug, name, label)
    return _public(_answer(BY_NAME[name], content, label.sha256, f"{slug}{_correction(label)}"))


def _remade(request, slug, name, label):
    """Answer with a document made anew, because personal data had to go from the stored one."""
    file = SnapshotFile.objects.select_related("snapshot").get(pk=label.pk)
    try:
        served = serve(file)
    except PdfError:
        return _failed(request)
    where = f"{slug}{_correction(label)}-bez-osobnich-udaju"
    answer = _public(_answer(BY_NAME[name], served.content, served.sha256, where))
    return _unless_known(request, answer)


def _correction(label):
    return f"-oprava-{label.snapshot__number}" if label.snapshot__number else ""


def _unless_known(request, answer):
    return get_conditional_response(request, etag=answer["ETag"], response=answer)


def _public(answer):
    # A redaction may come: whoever keeps a copy asks whether it still holds.
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _draft(request, slug, name):
    """Answer with a document of the briefing as it stands now."""
    meeting = get_object_or_404(Meeting.objects.at(slug).select_related("body__strategy__region"))
    if not request.user.has_perm("meetings.see_open"):
        raise Http404
    now = timezone.now()
    document = BY_NAME[name]
    try:
        content = document.make(source_of(briefing(meeting, timezone.localdate(now), now)))
    except PdfError:
        return _failed(request)
    sha256 = hashlib.sha256(content).hexdigest()
    answer = _answer(document, content, sha256, f"{slug}-navrh")
    add_never_cache_headers(answer)
    return answer


def _answer(document, content, sha256, where):
    stem, _, ending = document.name.partition(".")
    # Compressed bytes would be other bytes under the same fingerprint.
    headers = {"ETag": f'"{sha256}"', "Content-Encoding": "identity", "X-Robots-Tag": "noindex"}
    answer = HttpResponse(content, content_type=document.mime, headers=headers)
    is_saved = document.kind != FileKind.PDF
    answer["Content-Disposition"] = content_disposition_header(is_saved, f"{stem}-{where}.{ending}")
    answer["Content-Length"] = str(len(content))
    return answer


def _failed(request):
    return render(request, "meetings/file_failed.html", status=503)
