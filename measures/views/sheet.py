"""One report form on its way through a request, and its merge with what others wrote meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from common import czech
from measures import merging, typed
from measures.drafts import correction_of, draft_of
from measures.forms import ReportForm
from measures.models import DraftState, Report, ReportDraft, ReportSource
from measures.status import Facts
from measures.tokens import Token
from measures.views.page import facts_for


@dataclass(frozen=True)
class Sheet:
    """A form, whose it is and what it is about; `merged` are sentences of what came from where,
    `kept` what the draft held that was merged with, `has_kept_files` whether the files that were
    sent are with the draft."""

    request: HttpRequest
    found: Facts
    draft: ReportDraft
    today: date
    token: Token | None = None
    values: dict = field(default_factory=dict)
    act: str = ""
    merged: tuple[str, ...] = ()
    kept: dict | None = None
    has_kept_files: bool = False

    @property
    def is_submitted(self):
        return self.draft.state == DraftState.SUBMITTED

    @property
    def corrects(self):
        return self.draft.corrects

    @property
    def measure(self):
        return self.found.measure

    def form(self):
        """Return the form bound to the values."""
        return ReportForm(
            typed.to_data(self.values),
            # Files are read once: those kept with the draft are its own by now.
            None if self.has_kept_files else self.request.FILES,
            instance=self.draft,
            facts=self.found,
            today=self.today,
        )

    def read_again(self):
        """Return the same form over the facts and the draft as they are now."""
        found = facts_for(self.request, "measures.report_on", pk=self.measure.pk)
        author = self.request.user
        if self.corrects:
            draft = correction_of(self.corrects, author)
        else:
            draft = draft_of(found.measure, author, self.today)
        return replace(self, found=found, draft=draft, merged=(), kept=None)


@dataclass(frozen=True)
class Theirs:
    """The other side of a merge: the draft as another window left it, or a published report."""

    values: dict
    who: str
    moment: str
    heading: str
    is_report: bool


class Conflict(Exception):
    """The same field was changed on both sides: a person must choose."""

    def __init__(self, sheet, merge, theirs):
        super().__init__("Dvě znění téhož pole.")
        self.sheet = sheet
        self.merge = merge
        self.theirs = theirs


def merged_with_draft(sheet):
    """Return the form merged with the draft as it is kept now; raises Conflict.

    What this very form wrote before, when it kept the draft or in a request that overlapped, is
    no other side: the newer wording stands.
    """
    draft = sheet.draft
    if not draft.pk or sheet.is_submitted:
        return sheet
    kept = typed.from_draft(draft)
    merge = merging.merge(sheet.token.base, sheet.values, kept, typed.same)
    if draft.submission and str(draft.submission) == sheet.token.submission:
        merge = replace(merge, conflicts=())
    return _taken(replace(sheet, kept=kept), merge, _draft_side(draft, kept))


def merged_with_report(sheet):
    """Return the form merged with what somebody published since it was opened; raises Conflict.

    A report is held against what was published before, not against the draft: of a new report
    only phase and health start from the last one.
    """
    if not has_newer_report(sheet):
        return sheet
    report = sheet.found.report
    base = _unsaid(sheet.token.last)
    said = typed.from_content(report)
    if report.corrects_id:
        said = {**base, "phase": said["phase"], "health": said["health"]}
    theirs = {name: text for name, text in said.items() if name in base}
    merge = merging.merge({**sheet.values, **base}, sheet.values, theirs, typed.same)
    return _taken(sheet, merge, _report_side(sheet, theirs))


def has_newer_report(sheet):
    """Say whether a report was published that the writer has not seen."""
    report = sheet.found.report
    return not sheet.corrects and report is not None and report.pk != sheet.token.last


def _unsaid(last):
    """Return what an empty form says that follows the report with this key."""
    base = dict.fromkeys(set(typed.FIELDS) - set(typed.OWN), "")
    report = Report.objects.filter(pk=last, source=ReportSource.STAFF).first() if last else None
    if report:
        base |= {"phase": report.phase, "health": report.health}
    return base


def _taken(sheet, merge, theirs):
    if merge.conflicts:
        raise Conflict(sheet, merge, theirs)
    if not merge.from_theirs:
        return replace(sheet, values=merge.values)
    return replace(
        sheet, values=merge.values, merged=(*sheet.merged, merged_sentence(sheet, merge, theirs))
    )


def merged_sentence(sheet, merge, theirs):
    """Return what merged by itself and from which side, or nothing."""
    names = [f"{named(sheet, name, theirs)} ({theirs.who})" for name in merge.from_theirs]
    names += [f"{named(sheet, name, theirs)} (vaše znění)" for name in merge.from_mine]
    if not names:
        return ""
    return czech.typography(f"Beze sporu jsme spojili: {', '.join(names)}.")


def named(sheet, name, theirs):
    """Return the name of a field; of ticks, those of the milestones in which the sides differ."""
    if name != "finished":
        return typed.label(name)
    differ = set(sheet.values[name]) ^ set(theirs.values.get(name, []))
    titles = [f"„{m.title}“" for m in sheet.found.milestones if str(m.milestone_id) in differ]
    return f"hotový milník {', '.join(titles)}" if titles else typed.label(name)


def _draft_side(draft, kept):
    is_partners = draft.source == ReportSource.PARTNER and draft.submission is None
    return Theirs(
        values=kept,
        who="odpověď partnera" if is_partners else "znění z jiného okna",
        moment=clock(draft.saved_at),
        heading="Mezitím přišla odpověď partnera"
        if is_partners
        else "Koncept se mezitím změnil v jiném okně",
        is_report=False,
    )


def _report_side(sheet, theirs):
    report = sheet.found.report
    is_mine = report.author_id == sheet.request.user.pk
    return Theirs(
        values=theirs,
        who="zveřejněné hlášení",
        moment=clock(report.published_at),
        heading="Hlášení jste mezitím zveřejnili v jiném okně"
        if is_mine
        else "Hlášení mezitím zveřejnil někdo jiný",
        is_report=True,
    )


def clock(moment):
    """Return a moment of today as its time, „14:32“, an older one with its day."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return f"{local.hour}:{local.minute:02}"
    return czech.date_time(moment)
