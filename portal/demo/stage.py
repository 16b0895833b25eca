"""What the steps share: the calendar, and the people, measures and places they speak of."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from accounts.models import User
from measures.models import Measure, Milestone, PlanVersion
from municipalities.models import Municipality
from portal.demo.days import Calendar
from strategy.models import Organisation, Strategy

SLUG = "kk"


@dataclass
class Stage:
    """The made-up world while it is being written down; the steps fill it one after another."""

    calendar: Calendar
    now: datetime
    strategy: Strategy
    people: dict[str, User] = field(default_factory=dict)
    plans: dict[str, list[PlanVersion]] = field(default_factory=dict)
    milestones: dict[tuple[str, str], Milestone] = field(default_factory=dict)
    passwords: str = ""

    @cached_property
    def measures(self):
        """The measures of the strategy by their codes."""
        return {m.code: m for m in Measure.objects.filter(strategy=self.strategy)}

    @cached_property
    def organisations(self):
        return {o.name: o for o in Organisation.objects.all()}

    @cached_property
    def municipalities(self):
        """Municipalities by name; of two of one name the larger one."""
        found = Municipality.objects.filter(region=self.strategy.region).order_by("population")
        return {m.name: m for m in found}

    @property
    def head(self):
        return self.people["vera"]

    def owner(self, code, moment):
        """Return who answers for a measure at a moment: without an owner somebody of the unit."""
        plans = self.plans.get(code, [])
        known = [plan for plan in plans if plan.recorded_at <= moment] or plans[:1]
        return known[-1].owner if known else self.people["petr"]

    def approver(self, author):
        """Return who approves what somebody wrote: never the author."""
        return self.people["karla"] if author == self.head else self.head

    def resolution(self, day, salt):
        """Return the made-up number of a resolution of that month."""
        number = 100 + sum(map(ord, salt)) % 800
        return f"RK {number}/{day:%m/%y}"

    def content(self, said):
        """Return the fields of a report or a draft that say what happened."""
        day = self.calendar.day
        return {
            "kind": said.kind,
            "phase": said.phase,
            "health": said.health,
            "note": said.note,
            "obstacle": said.obstacle,
            "actor_role": said.actor_role,
            "act_by_date": day(said.act_by),
            "next_step": said.next_step,
            "needs_decision": bool(said.decision),
            "decision": said.decision,
            "review_date": day(said.review),
            "reason": said.reason,
        }
