"""Decisions asked of a body that are still open (rules.md, Roll-up).

What a measure asks for is what the last of its reports says: a later report that asks for nothing
withdraws it, one that asks in other words takes its place, one that repeats it („beze změny“
copies it) carries it on. A resolution settles it by naming any of the reports that asked, or one
that corrects or is corrected by such a report. To ask again for what was settled, a report must be
of a later day than the resolution and say more than „beze změny“.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from measures.models import Measure, Report, ReportKind
from meetings.models import Resolution, ResolutionDecision


@dataclass
class AskedDecision:
    """What a measure asks for: the Report that asked last, and the day it was first asked for.

    `roots` are the primary keys of the reports that asked, a correction under what it corrects;
    `reports` those of all of them; `settled_by` is that of the resolution that settled it last.
    """

    report: Report
    asked_on: date
    roots: set = field(default_factory=set)
    reports: set = field(default_factory=set)
    settled_by: int | None = None

    @property
    def text(self):
        return self.report.decision.strip()


def open_decisions(strategy, on, known, *, without=None):
    """Return the AskedDecisions of a strategy still open on the day `on` as known before `known`,
    in the order of the plan, as if there were no resolution `without`. Two queries."""
    measures = Measure.objects.filter(strategy=strategy)
    asked = asked_decisions(measures, on, known, without=without)
    return [one for one in asked if one.settled_by is None]


def asked_decisions(measures, on, known, *, without=None):
    """Return the AskedDecisions of measures, those a resolution settled too, in the order of the
    plan. Two queries, however many measures."""
    published = Report.objects.filter(
        measure__in=_asking(measures, on, known), as_of_date__lte=on, published_at__lt=known
    )
    reports = published.select_related("measure__strategy", "actor")
    found = reports.order_by("as_of_date", "published_at", "pk")
    asked = asked_of(found, _settled(measures, on, known, without))
    return sorted(asked, key=lambda one: (one.report.measure.code_key, one.report.pk))


def asked_of(reports, settled):
    """Return the AskedDecisions that reports known on a day, the oldest first, leave, in no order.

    `settled` are triples: a report that a valid resolution names, the day of the resolution and
    its primary key. Nothing is read.
    """
    history = _History(list(reports), settled)
    by_measure = {}
    for report in history.valid:
        by_measure.setdefault(report.measure_id, []).append(report)
    asked = [one for own in by_measure.values() if (one := _asked(own, history))]
    for one in asked:
        one.reports = history.all_of(one.roots)
        one.settled_by = (history.settled(one) or (None, None))[1]
    return asked


def is_settled(report, on):
    """Say whether a resolution known now settled what a report asks for."""
    measures = Measure.objects.filter(pk=report.measure_id)
    asked = asked_decisions(measures, on, timezone.now())
    return any(one.settled_by for one in asked if report.pk in one.reports)


class _History:
    """Reports in the order of their days, and the days of the resolutions that name them."""

    def __init__(self, reports, settled):
        corrects = {report.pk: report.corrects_id for report in reports}
        corrected = set(corrects.values())
        self.valid = [report for report in reports if report.pk not in corrected]
        self._corrects = corrects
        self._published = {report.pk: report.published_at for report in reports}
        self._settled = {}
        for pk, *said in settled:
            self._settled.setdefault(self.root(pk), []).append(tuple(said))

    def root(self, pk):
        """Return the report that a chain of corrections began with."""
        while self._corrects.get(pk):
            pk = self._corrects[pk]
        return pk

    def first_said(self, report):
        """Return when a report was published, a correction when what it corrects was."""
        return self._published.get(self.root(report.pk), report.published_at)

    def all_of(self, roots):
        """Return the reports of chains of corrections."""
        return {pk for pk in self._corrects if self.root(pk) in roots}

    def settled(self, asked):
        """Return the day and the resolution that last settled what is asked, None while open."""
        found = [one for pk in asked.roots for one in self._settled.get(pk, ())]
        return max(found, default=None)


def _asking(measures, on, known):
    """Those of the measures that ever asked for a decision."""
    asking = Report.objects.filter(
        measure__in=measures,
        needs_decision=True,
        as_of_date__lte=on,
        published_at__lt=known,
    )
    return asking.values("measure")


def _settled(measures, on, known, without):
    """Each report a valid resolution names, with the day and the primary key of that."""
    links = ResolutionDecision.objects.filter(
        report__measure__in=measures, resolution__adopted_on__lte=on
    )
    valid = links.filter(resolution__in=Resolution.objects.valid(known))
    if without is not None:
        valid = valid.exclude(resolution=without)
    return valid.values_list("report_id", "resolution__adopted_on", "resolution_id")


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
        settled = history.settled(asked)
        is_again = (
            report.kind != ReportKind.NO_CHANGE and settled and report.as_of_date > settled[0]
        )
        if not is_again:
            asked.report = report
            asked.roots.add(history.root(report.pk))
            return asked
    return AskedDecision(report, report.as_of_date, {history.root(report.pk)})
