from datetime import timedelta

from django import forms
from django.utils.text import capfirst

from common.forms import DateField, refuse
from measures import checks
from measures.actions import CONTENT, unchanged
from measures.asked import asking_report
from measures.cycles import offered
from measures.forms.report import CLOSED, MILESTONE_DAYS
from measures.models import Health, Phase, Report, ReportKind, ReportSource
from measures.models.report import TROUBLE

FULL_FORM_ONLY = (Phase.UNKNOWN, Phase.SUSPENDED, Phase.CANCELLED)
"""Phases a row does not offer: they ask for more than a row holds."""


TYPED = ("kind", "phase", "health", "note", "obstacle", "actor_role")


class RoundForm(forms.Form):
    """A report about one measure in a row of the quarterly round, for today and the offered cycle.

    What trouble asks for stands in the row too and is taken only where there is trouble.
    """

    kind = forms.ChoiceField(label="Co se stalo", required=False)
    phase = forms.ChoiceField(label="Fáze", required=False)
    health = forms.ChoiceField(
        label="Jak to jde", required=False, choices=[("", "vyberte"), *Health.choices[1:]]
    )
    note = forms.CharField(label="Poznámka", required=False, widget=forms.Textarea({"rows": 1}))
    obstacle = forms.CharField(label="Co brání", required=False, widget=forms.Textarea({"rows": 1}))
    actor_role = forms.CharField(label="Kdo jedná", required=False, max_length=200)
    act_by_date = DateField(label="Do kdy", required=False)
    finished = forms.TypedMultipleChoiceField(
        label="Hotové milníky",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CLOSED},
    )

    def __init__(self, *args, facts, today, **kwargs):
        self.facts, self.today = facts, today
        last = facts.report
        self.said = last if last and last.source == ReportSource.STAFF else None
        prefix = f"o{facts.measure.pk}"
        super().__init__(*args, prefix=prefix, initial=self._initial(), **kwargs)
        self.fields["kind"].choices = self._kinds()
        self.fields["phase"].choices = self._phases()
        self.milestones = [
            milestone
            for milestone in facts.open_milestones(today)
            if milestone.due_date <= today + timedelta(days=MILESTONE_DAYS)
        ]
        self.fields["finished"].choices = [(m.milestone_id, m.title) for m in self.milestones]

    def milestone_options(self):
        """Return the check box of each milestone with the milestone."""
        return list(zip(self["finished"], self.milestones, strict=True))

    def content(self):
        """Return what the row says as the actions take it."""
        typed = dict.fromkeys(TYPED, "") | {"act_by_date": None} | self.cleaned_data
        said = dict.fromkeys(CONTENT, "") | {"actor": None, "act_by_date": None}
        said |= {"review_date": None, "needs_decision": False}
        if asking := asking_report(self.facts.measure, self.today):
            # A row has no box for it, so it cannot take it back.
            said |= {"needs_decision": True, "decision": asking.decision}
        if typed["kind"] == ReportKind.NO_CHANGE and self.said:
            said = unchanged(self.facts, self.today)
        cycle = offered(self.today, self.facts.measure.strategy.cycle_months)
        said |= {"cycle_start": cycle.start, "as_of_date": self.today}
        said |= {name: typed[name] for name in ("kind", "phase", "health", "note")}
        return said | self._trouble(typed)

    def refuse_incomplete(self):
        """Show beside wrong values also what is missing, so that all is mended at once."""
        report = Report(measure=self.facts.measure, **self.content())
        try:
            checks.check_report(report, today=self.today, last=self.facts.report)
        except forms.ValidationError as error:
            refuse(self, error)

    def _trouble(self, typed):
        if typed["health"] not in TROUBLE:
            return {"obstacle": "", "actor": None, "actor_role": "", "act_by_date": None}
        role = typed["actor_role"].strip()
        actor = self.said.actor if self.said else None
        if actor is None or actor.name != role:
            actor = None
        return {
            "obstacle": typed["obstacle"],
            "actor": actor,
            "actor_role": "" if actor else role,
            "act_by_date": typed["act_by_date"],
        }

    def _initial(self):
        if self.said is None:
            return {}
        held = ("phase", "health", "obstacle", "act_by_date")
        initial = {name: getattr(self.said, name) for name in held}
        actor = self.said.actor
        return initial | {"actor_role": actor.name if actor else self.said.actor_role}

    def _kinds(self):
        months = self.facts.measure.strategy.cycle_months
        offers_all = checks.offers_no_change(self.facts.report, months, self.today)
        kinds = [kind for kind in ReportKind if offers_all or kind != ReportKind.NO_CHANGE]
        return [("", "vyberte"), *((kind.value, capfirst(kind.label)) for kind in kinds)]

    def _phases(self):
        now = self.said.phase if self.said else None
        phases = [phase for phase in Phase if phase not in FULL_FORM_ONLY or phase == now]
        return [("", "vyberte"), *((phase.value, phase.label) for phase in phases if phase)]
