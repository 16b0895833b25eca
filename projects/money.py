"""Money of several projects together (rules.md, „Money and people“).

- Sums stand by stage, source and currency; currencies, stages and sources are never added.
- A project counts once, however many measures it carries out. Under a measure its share counts;
  where the share is not known, neither is the money.
- What is uncertain enters no sum, what is unknown is no zero: the sum says how many it leaves out.
- The amount of a project holds those of its parts (projects below it): where one above is counted
  in a sum, one below is not counted again. Where the one above has no certain amount of that
  stage, source and currency, those below count.

The functions are pure but for `totals_of`, which asks the database for many projects at once.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from common import czech
from projects import wording
from projects.models import BudgetPart, BudgetSource, BudgetStage, Currency, Project

CENT = Decimal("0.01")
FORMS = ("projekt", "projekty", "projektů")
OF_FORMS = ("projektu", "projektů", "projektů")


@dataclass(frozen=True)
class Total:
    """A sum of one stage, source and currency; `amount` is None where nothing could be counted.

    `projects` were counted, `uncertain`, `nested` and `unshared` amounts were left out, of
    `unknown` projects there is no amount at all.
    """

    stage: str
    kind: str
    currency: str
    amount: Decimal | None
    projects: int
    uncertain: int = 0
    nested: int = 0
    unshared: int = 0
    unknown: int = 0

    @property
    def label(self):
        """What the sum is of: „Schváleno, celkem“."""
        stage, kind = BudgetStage(self.stage).label, BudgetSource(self.kind).label
        return f"{stage[:1].upper()}{stage[1:]}, {kind}"

    @property
    def text(self):
        """The sum with its currency, „1 250 000 Kč“; empty where nothing could be counted."""
        return "" if self.amount is None else wording.money(self.amount, self.currency)

    @property
    def notes(self):
        """What the sum is made of and what it leaves out, as sentences."""
        said = [f"Součet {czech.count(self.projects, *OF_FORMS)}."] if self.projects else []
        if self.uncertain:
            said.append(f"Nejisté vynecháno: {czech.count(self.uncertain, *_AMOUNTS)}.")
        if self.unshared:
            said.append(f"Podíl neznáme: {czech.count(self.unshared, *FORMS)}.")
        if self.nested:
            said.append(f"V nadřazeném projektu už je: {czech.count(self.nested, *_AMOUNTS)}.")
        if self.unknown:
            said.append(f"Částku neznáme u {czech.count(self.unknown, *OF_FORMS)}.")
        return " ".join(said)


_AMOUNTS = ("částka", "částky", "částek")


def share_of(amount, share):
    """Return the share (in percent) of an amount to a cent; None where the share is not known."""
    return None if share is None else (amount * share / 100).quantize(CENT)


def totals(projects, *, shares=None, parents=None):
    """Return the Totals of distinct projects, each with its `budget_parts` read.

    `shares` are percents by the primary key of a project, for a measure; `parents` may name
    projects above those that are not among the projects themselves.
    """
    distinct = {project.pk: project for project in projects}
    above = {**(parents or {}), **{pk: one.parent_id for pk, one in distinct.items()}}
    groups, present = defaultdict(dict), defaultdict(set)
    for project in distinct.values():
        for part in project.budget_parts.all():
            groups[part.stage, part.kind, part.currency][project.pk] = part
            present[part.stage, part.kind].add(project.pk)
    found = (
        _total(key, parts, above, shares, len(distinct) - len(present[key[:2]]))
        for key, parts in groups.items()
    )
    return sorted(found, key=_order)


def _total(key, parts, above, shares, unknown):
    certain = {pk: part.amount for pk, part in parts.items() if not part.is_uncertain}
    counted = {
        pk: amount if shares is None else share_of(amount, shares.get(pk))
        for pk, amount in certain.items()
    }
    shared = {pk: amount for pk, amount in counted.items() if amount is not None}
    nested = {pk for pk in shared if has_above(pk, above, shared)}
    summed = [amount for pk, amount in shared.items() if pk not in nested]
    return Total(
        *key,
        amount=sum(summed) if summed else None,
        projects=len(summed),
        uncertain=len(parts) - len(certain),
        nested=len(nested),
        unshared=len(certain) - len(shared),
        unknown=unknown,
    )


def has_above(pk, above, among):
    """Say whether a project stands, at whatever depth, below one of those `among`."""
    seen, one = {pk}, above.get(pk)
    while one is not None and one not in seen:
        if one in among:
            return True
        seen.add(one)
        one = above.get(one)
    return False


def totals_of(projects, number):
    """Return the Totals of a queryset of projects, `number` of them, summed by the database.

    Four queries, whatever their number; only families are looked at one by one.
    """
    parts = BudgetPart.objects.filter(project__in=projects.order_by().values("pk"))
    certain = Q(is_uncertain=False)
    rows = parts.values("stage", "kind", "currency").annotate(
        total=Sum("amount", filter=certain),
        certain=Count("pk", filter=certain),
        uncertain=Count("pk", filter=~certain),
    )
    by_source = parts.values_list("stage", "kind").annotate(Count("project", distinct=True))
    present = {(stage, kind): known for stage, kind, known in by_source.order_by()}
    nested = _nested(parts)
    found = []
    for row in rows.order_by():
        key = row["stage"], row["kind"], row["currency"]
        inside = nested.get(key, ())
        counted = row["certain"] - len(inside)
        amount = (row["total"] - sum(inside)).quantize(CENT) if counted else None
        left_out = {"uncertain": row["uncertain"], "nested": len(inside)}
        unknown = number - present[key[:2]]
        found.append(Total(*key, amount, counted, **left_out, unknown=unknown))
    return sorted(found, key=_order)


def _nested(parts):
    """Return the certain amounts that stand below a counted one, by stage, source, currency."""
    children = Project.objects.filter(parent__isnull=False)
    family = Q(project__parent__isnull=False) | Q(project__in=children.values("parent"))
    rows = parts.filter(family, is_uncertain=False).order_by()
    amounts = defaultdict(dict)
    for pk, *key, amount in rows.values_list("project", "stage", "kind", "currency", "amount"):
        amounts[tuple(key)][pk] = amount
    above = dict(children.values_list("pk", "parent"))
    return {
        key: [amount for pk, amount in found.items() if has_above(pk, above, found)]
        for key, found in amounts.items()
    }


def _order(total):
    return (
        BudgetStage.values.index(total.stage),
        BudgetSource.values.index(total.kind),
        Currency.values.index(total.currency),
    )
