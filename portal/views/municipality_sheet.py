from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from common.pdf import PdfError, pdf
from municipalities.models import Municipality
from municipalities.querysets import for_profile
from portal.municipality_page import read
from portal.municipality_sheet import document


@require_safe
def municipality_sheet(request, code, slug):
    """The sheet of a municipality as a PDF; a military area has none."""
    counted = Municipality.objects.counted()
    municipality = get_object_or_404(for_profile(counted), code=code)
    if slug != municipality.slug:
        found = municipality.slug
        return redirect("portal:municipality_sheet", code=code, slug=found, permanent=True)
    made = document(read(municipality, timezone.localdate()))
    try:
        answer = HttpResponse(pdf(made), content_type="application/pdf")
    except PdfError:
        context = {"municipality": municipality}
        return render(request, "portal/sheet_failed.html", context, status=503)
    name = f"list-obce-{municipality.code}-{municipality.slug}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name)
    answer["X-Robots-Tag"] = "noindex"
    answer["ETag"] = f'"{made.fingerprint}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer)
