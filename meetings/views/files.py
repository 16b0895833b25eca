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
from meetings.snapshots import serve


@require_safe
def meeting_file(request, slug, name):
    """A document of the newest snapshot of a meeting; before it is frozen, its draft."""
    file = _files(slug, name).order_by("-snapshot__number").first()
    if file is None:
        return _draft(request, slug, name)
    return _frozen(request, slug, file)


@require_safe
def correction_file(request, slug, number, name):
    """A document of one snapshot of a meeting, also of one that was corrected; 0 is the first."""
    return _frozen(request, slug, get_object_or_404(_files(slug, name), snapshot__number=number))


def _files(slug, name):
    files = SnapshotFile.objects.unread().select_related("snapshot").defer("snapshot__content")
    return files.filter(snapshot__meeting__in=Meeting.objects.at(slug), name=name)


def _frozen(request, slug, file):
    """Answer with the stored bytes, which are read only if the reader lacks them."""
    unread = HttpResponse(headers={"ETag": f'"{file.sha256}"'})
    if not file.is_removed:
        known = get_conditional_response(request, etag=unread["ETag"], response=unread)
        if known is not unread:
            return known
    try:
        served = serve(file)
    except PdfError:
        return _failed(request)
    correction = f"-oprava-{file.snapshot.number}" if file.snapshot.number else ""
    remade = "-bez-osobnich-udaju" if served.is_remade else ""
    answer = _answer(
        BY_NAME[file.name], served.content, served.sha256, f"{slug}{correction}{remade}"
    )
    # A redaction may come: whoever keeps a copy asks whether it still holds.
    patch_cache_control(answer, public=True, no_cache=True)
    return get_conditional_response(request, etag=answer["ETag"], response=answer)


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
