"""Decisions asked of a body that are still open (rules.md, Roll-up).

What a measure asks for is what the last of its reports says: a later report that asks for nothing
withdraws it, one that asks in other words takes its place, one that repeats it („beze změny“
copies it) carries it on. A resolution settles it by naming any of the reports that asked, or one
that corrects or is corrected by such a report. To ask again for what was settled, a report must be
of a later day than the resolution and say more than „beze změny“.
"""

from dataclasses import dataclass, field
from datetime import date

from measures.models import Report, ReportKind
from meetings.models import Resolution, ResolutionDecision


@dataclass
class OpenDecision:
    """What a measure asks for: the Report that asked last, and the day it was first asked for.

    `roots` are the primary keys of the reports that asked, a correction under what it corrects.
    """

    report: Report
    asked_on: date
    roots: set = field(default_factory=set)

    @property
    def text(self):
        return self.report.decision.strip()


def open_decisions(strategy, on, known):
    """Return the OpenDecisions of a strategy on the day `on` as known before `known`, in the order
    of the plan. Two queries, however many measures."""
    published = Report.objects.filter(
        measure__in=_asking(strategy, on, known), as_of_date__lte=on, published_at__lt=known
    )
    reports = published.select_related("measure__strategy", "actor")
    found = reports.order_by("as_of_date", "published_at", "pk")
    history = _History(list(found), _settled(strategy, on, known))
    by_measure = {}
    for report in history.valid:
        by_measure.setdefault(report.measure, []).append(report)
    asked = (_asked(own, history) for own in by_measure.values())
    still = [one for one in asked if one and history.settled_on(one) is None]
    return sorted(still, key=lambda one: (one.report.measure.code_key, one.report.pk))


class _History:
    """Reports in the order of their days, and the days of the resolutions that name them."""

    def __init__(self, reports, settled):
        corrects = {report.pk: report.corrects_id for report in reports}
        corrected = set(corrects.values())
        self.valid = [report for report in reports if report.pk not in corrected]
        self._corrects = corrects
        self._published = {report.pk: report.published_at for report in reports}
        self._days = {}
        for pk, day in settled:
            root = self.root(pk)
            self._days[root] = max(day, self._days.get(root, day))

    def root(self, pk):
        """Return the report that a chain of corrections began with."""
        while self._corrects.get(pk):
            pk = self._corrects[pk]
        return pk

    def first_said(self, report):
        """Return when a report was published, a correction when what it corrects was."""
        return self._published.get(self.root(report.pk), report.published_at)

    def settled_on(self, asked):
        """Return the last day a resolution settled something asked for, None while it is open."""
        return max((self._days[pk] for pk in asked.roots if pk in self._days), default=None)


def _asking(strategy, on, known):
    """The measures of a strategy that ever asked for a decision."""
    asking = Report.objects.filter(
        measure__strategy=strategy,
        needs_decision=True,
        as_of_date__lte=on,
        published_at__lt=known,
    )
    return asking.values("measure")


def _settled(strategy, on, known):
    """Pairs of a report named by a valid resolution and the day that was adopted."""
    links = ResolutionDecision.objects.filter(
        report__measure__strategy=strategy, resolution__adopted_on__lte=on
    )
    valid = links.filter(resolution__in=Resolution.objects.valid(known))
    return valid.values_list("report_id", "resolution__adopted_on")


def _asked(reports, history):
    """Return what the valid reports of one measure, the oldest first, leave asked for, or None."""
    asked = None
    for report in reports:
        if report.needs_decision:
            asked = _carried_on(asked, report, history)
        elif asked and history.first_said(report) > history.first_said(asked.report):
            # Who wrote before the decision was asked for could not withdraw it.
            asked = None
    return asked


def _carried_on(asked, report, history):
    """Return what is asked for after a report that asks."""
    if asked and report.decision.strip() == asked.text:
        day = history.settled_on(asked)
        is_again = report.kind != ReportKind.NO_CHANGE and day and report.as_of_date > day
        if not is_again:
            asked.report = report
            asked.roots.add(history.root(report.pk))
            return asked
    return OpenDecision(report, report.as_of_date, {history.root(report.pk)})
