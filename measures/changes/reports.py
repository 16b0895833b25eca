"""Reports that came between two points, and those known before that read otherwise now."""

from django.db.models import Q

from common import czech
from common.news import Group
from measures.changes.subject import item_of, known_before
from measures.models import Report
from measures.wording import report_changes


def reports_between(measures, since, until):
    """Return what was published between two points, each with what it corrects, and the reports
    that only now speak of a past day. One query."""
    came = Q(published_at__gte=since.known) | Q(as_of_date__gt=since.on)
    found = Report.objects.filter(
        came, measure__in=measures, published_at__lt=until.known, as_of_date__lte=until.on
    )
    return list(found.select_related("corrects").order_by("published_at", "pk"))


def correction_items(reports, measures):
    """Yield an item for each report that was known before and reads otherwise now; one that was
    published and corrected between the points is but a new report."""
    corrected = {report.corrects_id for report in reports}
    for report in reports:
        before = known_before(report, reports)
        if before is None or before == report or report.pk in corrected:
            continue
        sentence = f"Hlášení ke dni {czech.date(report.as_of_date)} bylo opraveno."
        changes = tuple(report_changes(before, report))
        measure = measures[report.measure_id]
        yield item_of(measure, Group.DATA, sentence, report.published_at, changes=changes)
