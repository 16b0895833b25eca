"""All projects to download, in the layout the import reads, and as JSON."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from common import csv_files
from projects import export

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def project_csv(request):
    """All projects as CSV."""
    response = StreamingHttpResponse(export.as_csv(), content_type=csv_files.CONTENT_TYPE)
    return _named(response, "projekty.csv")


@require_safe
def project_xlsx(request):
    """All projects as a workbook."""
    return _named(HttpResponse(export.as_xlsx(), content_type=XLSX), "projekty.xlsx")


@require_safe
def project_json(request):
    """All projects with all their parts as JSON."""
    pieces = export.as_json(request.build_absolute_uri)
    return StreamingHttpResponse(pieces, content_type="application/json")


def _named(response, name):
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
