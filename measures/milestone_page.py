"""The page of one milestone: how it stands, what was recorded of it, what a person may do."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from common import czech
from measures import wording
from measures.models import Milestone, MilestoneState, MilestoneVersion
from measures.models.report import ENDED
from measures.slippage import former_days, slippage


@dataclass(frozen=True)
class Act:
    """Something that may be done: its page, what it is called and what it means."""

    url: str
    label: str
    hint: str


@dataclass(frozen=True)
class Record:
    """One version: when it was written, by whom, what it changed and why; for staff only."""

    moment: datetime
    author: str
    changes: tuple[wording.Change, ...]
    reason: str
    resolution: str
    evidence: str


class MilestonePage:
    """What the page says of a milestone on a day. Two queries."""

    def __init__(self, facts, version, user, on):
        self.facts, self.version, self.user, self.on = facts, version, user, on
        self.is_open = version.is_open(on)

    @cached_property
    def records(self):
        """The Records of the milestone, the newest first."""
        old, found = None, []
        for version in self._versions:
            found.append(_record(old, version))
            old = version
        return found[::-1]

    @property
    def state(self):
        if self.is_open:
            return MilestoneState.OPEN.label
        return f"{self.version.get_state_display()} {czech.date(self.version.closed_on)}"

    @property
    def repeats(self):
        """Until when and how often the milestone repeats; empty if it does not."""
        months = self.version.repeat_months
        if not months:
            return ""
        every = czech.count(months, "měsíc", "měsíce", "měsíců")
        each = czech.plural(months, "každý", "každé", "každých")
        return f"{each} {every} do {czech.date(self.version.repeat_until)}"

    @property
    def former(self):
        return former_days(self._days)

    @property
    def slippage(self):
        return slippage([self._days])

    @cached_property
    def acts(self):
        """What the person may do now, the likeliest first."""
        return self._acts_when_open() if self.is_open else self._acts_when_closed()

    @property
    def closed_note(self):
        """Why a closed milestone stays closed; empty where it may be opened again."""
        if self.is_open or self.acts:
            return ""
        if self._has_ended:
            return "Opatření je ukončené, milník v něm znovu otevřít nelze."
        return "Splněním se už otevřel další milník řady, znovu otevřít lze jen ten poslední."

    def _acts_when_open(self):
        due = czech.date(self.version.due_date)
        acts = [
            ("finish", "Hotovo", "Zapsat den splnění a doklad."),
            ("expect", "Očekávaný den", f"Kdy bude opravdu hotov; termín {due} zůstává."),
            ("move", "Posunout termín", "S důvodem nebo usnesením; posun je veřejný."),
            ("rename", "Opravit název", "Když je v něm chyba."),
            ("drop", "Zrušit milník", "S důvodem, pokud už nemá smysl."),
        ]
        may_move = self.user.has_perm("measures.move_due", self.facts.plan)
        return [self._act(*act) for act in acts if may_move or act[0] != "move"]

    def _acts_when_closed(self):
        if self._has_ended or Milestone.objects.filter(follows=self.version.milestone_id).exists():
            return []
        return [self._act("reopen", "Znovu otevřít", "S důvodem, třeba když byl zapsán omylem.")]

    def _act(self, name, label, hint):
        url = reverse(f"measures:milestone_{name}", args=[self.version.milestone_id])
        return Act(url, label, hint)

    @property
    def _has_ended(self):
        return self.facts.report is not None and self.facts.report.phase in ENDED

    @cached_property
    def _versions(self):
        versions = MilestoneVersion.objects.filter(milestone=self.version.milestone_id)
        return list(versions.select_related("author").order_by("recorded_at", "pk"))

    @property
    def _days(self):
        days = []
        for version in self._versions:
            if days[-1:] != [version.due_date]:
                days.append(version.due_date)
        return days


def _record(old, version):
    return Record(
        moment=version.recorded_at,
        author=str(version.author) if version.author else "portál",
        changes=tuple(wording.milestone_changes(old, version, False)),
        reason=version.reason,
        resolution=version.resolution,
        evidence=version.evidence,
    )
