"""What of the money and outcomes of projects belongs to a measure: its share, where it is known."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import BooleanField, Value

from common.czech import typography
from common.joined import keep_list
from common.units import amount
from projects import sheet
from projects.models import BudgetPart, Outcome, OutcomeCounted, OutcomeQualifier
from projects.wording import BEFORE

UNKNOWN = "podíl neznáme"
COUNTED = (OutcomeCounted.PERSONS, OutcomeCounted.SUPPORTS)
"""Outcomes of which a share is told: those that count people or what they were given. A percentage
or a length of time has no share."""


@dataclass
class Figures:
    """The budget parts and the certain, counted outcomes of one project."""

    parts: list = field(default_factory=list)
    outcomes: list = field(default_factory=list)


def read_figures(projects):
    """Return the Figures of projects by primary key and let their `budget_parts` answer with them.
    One query, none for no project."""
    found = defaultdict(Figures)
    if projects:
        for is_money, pk, *row in _rows([project.pk for project in projects]):
            if is_money:
                names = ("stage", "kind", "currency", "amount", "is_uncertain")
                part = BudgetPart(project_id=pk, **dict(zip(names, row, strict=True)))
                found[pk].parts.append(part)
            else:
                names = ("counted", "qualifier", "unit", "value", "is_uncertain")
                outcome = Outcome(project_id=pk, **dict(zip(names, row, strict=True)))
                found[pk].outcomes.append(outcome)
    for project in projects:
        keep_list(project, "budget_parts", found[project.pk].parts)
    return found


def _rows(pks):
    """Both tables in one query; texts have one type, as a union on PostgreSQL asks for it."""
    money = BudgetPart.objects.filter(project__in=pks)
    counts = Outcome.objects.filter(
        project__in=pks,
        counted__in=COUNTED,
        is_uncertain=False,
        value__isnull=False,
        value_to__isnull=True,
    ).exclude(unit="%")
    kind = {flag: Value(flag, BooleanField()) for flag in (True, False)}
    money = money.values_list(
        *(kind[True], "project", "stage", "kind", "currency", "amount", "is_uncertain")
    )
    counts = counts.values_list(
        *(kind[False], "project", "counted", "qualifier", "unit", "value", "is_uncertain")
    )
    return money.union(counts, all=True)


def share_line(share, figures):
    """Return what of a project belongs to a measure: „podíl 40 %: schváleno 4 000 000 Kč; asi 518
    osob“; „podíl neznáme“ and no number where the share is not known."""
    if share is None:
        return UNKNOWN
    said = [sheet.share_text(figures.parts, share)]
    said += [outcome_share(one, share) for one in figures.outcomes]
    what = "; ".join(filter(None, said))
    return typography(f"podíl {amount(share, '%')}{': ' if what else ''}{what}")


def outcome_share(outcome, share):
    """Return the share of a counted outcome in whole ones, „asi 518 osob“; empty for less than
    one."""
    exact = outcome.value * share / 100
    whole = exact.quantize(1)
    if not whole:
        return ""
    is_exact = whole == exact and outcome.qualifier == OutcomeQualifier.EXACT
    before = "" if is_exact else BEFORE[outcome.qualifier] or "asi "
    return f"{before}{amount(whole, outcome.unit)}"
