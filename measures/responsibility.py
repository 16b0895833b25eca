"""Who answers for what: the monitored measures with the people and departments of their plans."""

from dataclasses import dataclass, field

from measures.models import Measure, PlanVersion
from measures.status import facts


@dataclass(frozen=True)
class ResponsibilityRow:
    """One measure with its plan; `errors` say why a change of it was refused."""

    measure: Measure
    plan: PlanVersion | None
    is_ticked: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def owner(self):
        return _name(self.plan and self.plan.owner)

    @property
    def deputy(self):
        return _name(self.plan and self.plan.deputy)

    @property
    def department(self):
        return self.plan.department if self.plan else None

    @property
    def has_owner(self):
        """Whether somebody who can still sign in answers for the measure."""
        return bool(self.plan and self.plan.owner and self.plan.owner.is_active)


def monitored(on):
    """Return the Facts of all monitored measures in the order of their plans. Five queries."""
    return facts(Measure.objects.monitored().order_by("strategy__slug", "code_key", "pk"), on)


def _name(person):
    """Return the name, with a word where the account is closed; None for nobody."""
    if person is None:
        return None
    return str(person) if person.is_active else f"{person} (účet je zrušený)"
