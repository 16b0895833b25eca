"""All that was ever recorded of one measure, and what was known of it at any moment.

The same as `status.facts()`, but worked out in memory from whole lists: one measure's line of
time asks about many moments. A test holds the two together.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import F, Prefetch

from measures.models import (
    Attachment,
    Measure,
    MilestoneVersion,
    Output,
    OutputMunicipality,
    PlanVersion,
    Report,
)
from measures.outputs import with_places
from measures.status import Facts, end_of

ATOM = timedelta(microseconds=1)


@dataclass(frozen=True)
class History:
    """Every report, version and output of one measure that was recorded before `known`."""

    measure: Measure
    reports: tuple[Report, ...] = ()
    plans: tuple[PlanVersion, ...] = ()
    milestones: tuple[MilestoneVersion, ...] = ()
    outputs: tuple[Output, ...] = ()
    attachments: tuple[tuple[tuple[type, int | None], Attachment], ...] = ()

    def facts(self, on, known=None):
        """Return the Facts of the measure on a day, as known before a moment (by default the end
        of that day): what `status.facts()` reads from the database."""
        known = known or end_of(on)
        reports = self._visible_reports(on, known)
        plans = [plan for plan in self.plans if plan.recorded_at < known]
        return Facts(
            measure=self.measure,
            plan=max(plans, key=recorded, default=None),
            report=max(reports, key=lambda r: (r.as_of_date, r.published_at, r.pk), default=None),
            latest_cycle=max((r.cycle_start for r in reports), default=None),
            milestones=tuple(self._newest_milestones(known)),
            output_days=tuple(
                sorted({o.happened_on for o in self.valid_outputs(known) if o.happened_on <= on})
            ),
        )

    def files(self, record):
        """Return the files of a report or of a version of a milestone, as they were added."""
        owned = (file for owner, file in self.attachments if owner == (type(record), record.pk))
        return tuple(dict.fromkeys(owned))

    def due_dates(self, milestone_id):
        """Return the due days a milestone has had, the first promise first."""
        days = []
        for version in self._versions:
            if version.milestone_id == milestone_id and days[-1:] != [version.due_date]:
                days.append(version.due_date)
        return days

    def end_dates(self):
        """Return the planned ends the measure has had, the first one first; an end nobody knew
        for a while moves nothing."""
        days = []
        for plan in sorted(self.plans, key=recorded):
            if plan.end_date and days[-1:] != [plan.end_date]:
                days.append(plan.end_date)
        return days

    def valid_outputs(self, known):
        """Return the outputs recorded before a moment that were neither corrected by then nor
        withdrawn."""
        return [
            output
            for output in self.outputs
            if output.recorded_at < known
            and not output.is_withdrawn
            and not self._is_output_corrected(output, known)
        ]

    def corrected_by(self, record):
        """Return the report or output that corrects another one of the same kind, if any."""
        return self._corrections.get((type(record), record.pk))

    def corrected(self, record):
        """Return the report or output that one corrects, if any."""
        same = self.reports if isinstance(record, Report) else self.outputs
        return next((r for r in same if r.pk == record.corrects_id), None)

    @cached_property
    def _corrections(self):
        return {(type(r), r.corrects_id): r for r in (*self.reports, *self.outputs)}

    def _visible_reports(self, on, known):
        return [
            report
            for report in self.reports
            if report.as_of_date <= on
            and report.published_at < known
            and not self._is_corrected(report, known)
        ]

    def _is_corrected(self, report, known):
        correction = self.corrected_by(report)
        return correction is not None and correction.published_at < known

    def _newest_milestones(self, known):
        newest = {}
        for version in self._versions:
            if version.recorded_at >= known:
                break
            newest[version.milestone_id] = version
        return newest.values()

    @cached_property
    def _versions(self):
        return sorted(self.milestones, key=recorded)

    def _is_output_corrected(self, output, known):
        correction = self.corrected_by(output)
        return correction is not None and correction.recorded_at < known


def recorded(version):
    """The order of records: by the moment of recording, then as they came."""
    return version.recorded_at, version.pk


def history_of(measure, known):
    """Return the History of a measure before a moment; five queries, however long it is."""
    plans = PlanVersion.objects.filter(measure=measure, recorded_at__lt=known)
    milestones = MilestoneVersion.objects.filter(milestone__measure=measure, recorded_at__lt=known)
    outputs = Output.objects.filter(measure=measure, recorded_at__lt=known).order_by("pk")
    reports = Report.objects.filter(measure=measure, published_at__lt=known)
    return History(
        measure,
        reports=tuple(reports.select_related("actor")),
        plans=tuple(plans.select_related("department")),
        milestones=tuple(milestones),
        outputs=tuple(with_places(outputs.select_related("organiser"))),
        attachments=tuple(_attachments(measure)),
    )


def histories_of(measures, known):
    """Return the Histories of a list of measures before a moment, without their files. Four
    queries and one for the places of outputs, however many measures."""
    plans = PlanVersion.objects.filter(measure__in=measures, recorded_at__lt=known)
    milestones = MilestoneVersion.objects.filter(
        milestone__measure__in=measures, recorded_at__lt=known
    ).select_related("milestone")
    outputs = Output.objects.filter(measure__in=measures, recorded_at__lt=known)
    places = Prefetch("places", OutputMunicipality.objects.select_related("municipality"))
    reports = Report.objects.filter(measure__in=measures, published_at__lt=known)
    found = {
        "reports": reports.select_related("actor"),
        "plans": plans.select_related("department"),
        "milestones": milestones,
        "outputs": outputs.select_related("organiser").prefetch_related(places),
    }
    parts = {name: _by_measure(rows) for name, rows in found.items()}
    return [
        History(one, **{name: tuple(rows.get(one.pk, ())) for name, rows in parts.items()})
        for one in measures
    ]


def _by_measure(rows):
    groups = {}
    for row in rows:
        owner = row.milestone if isinstance(row, MilestoneVersion) else row
        groups.setdefault(owner.measure_id, []).append(row)
    return groups


def _attachments(measure):
    """Yield the files of reports and of versions of milestones, each with what it belongs to."""
    links = {"of_report": F("report_links__report"), "of_version": F("milestone_links__version")}
    found = Attachment.objects.filter(measure=measure).annotate(**links)
    for attachment in found.exclude(of_report=None, of_version=None).order_by("pk"):
        for owner in ((Report, attachment.of_report), (MilestoneVersion, attachment.of_version)):
            yield owner, attachment
