"""Resolutions that concern one measure: those that speak of it, of its milestones, its plan or what
it asked for, and those whose number stands beside its promises. All are read in one query."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import (
    BigIntegerField,
    F,
    FilteredRelation,
    OuterRef,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce

from measures.models import MilestoneVersion
from meetings.models import Resolution

NUMBER = "number"
PATHS = {
    "decision": "report__measure",
    "measure": "measure",
    "milestone": "milestone__measure",
    "plan": "plan__measure",
}
"""How each kind of link leads to a measure, in the order in which they are told."""
_KINDS = list(PATHS)


@dataclass(frozen=True)
class About:
    """One thing of the measure a resolution speaks of: `said` is the decision asked for or the
    title of the milestone, `said_at` when the version of the plan was recorded."""

    kind: str
    key: int
    said: str
    said_at: datetime


@dataclass(frozen=True)
class Resolutions:
    """The resolutions about a measure recorded before `known`, those withdrawn left out: pairs of
    each and its Abouts, the latest first; `numbered` are valid ones that bear one of the numbers
    asked about, the oldest first."""

    known: datetime
    rows: list = field(default_factory=list)
    numbered: list = field(default_factory=list)

    @cached_property
    def by_pk(self):
        return {one.pk: one for one, _ in self.rows}

    def settled(self):
        """Return triples of each report a valid resolution names, its day and primary key."""
        return [
            (about.key, one.adopted_on, one.pk)
            for one, subjects in self.rows
            if is_valid(one, self.known)
            for about in subjects
            if about.kind == "decision"
        ]


def is_valid(resolution, known):
    """Say whether a resolution that was not withdrawn was not recorded anew before a moment."""
    later = getattr(resolution, "corrected_by", None)
    return later is None or later.recorded_at >= known


def resolutions_about(measure, on, known, numbers=()):
    """Return the Resolutions about a measure adopted by a day, as known before a moment, with those
    of its strategy that bear one of the numbers. One query, however many there are."""
    first, *others = _parts(measure, on, known, {one.strip() for one in numbers if one.strip()})
    found, numbered = {}, {}
    for row in first.union(*others, all=True):
        if row.link_kind == NUMBER:
            numbered[row.pk] = row
        else:
            found.setdefault(row.pk, (row, []))[1].append(row)
    pairs = sorted(found.values(), key=lambda pair: _age(pair[0]), reverse=True)
    valid = [one for one in numbered.values() if is_valid(one, known)]
    return Resolutions(
        known,
        rows=[(one, [_about(row) for row in sorted(rows, key=_place)]) for one, rows in pairs],
        numbered=sorted(valid, key=lambda one: (one.adopted_on, one.pk)),
    )


def _parts(measure, on, known, numbers):
    """Yield the queries that are put together: each link comes with its resolution."""
    recorded = Resolution.objects.filter(
        adopted_on__lte=on, recorded_at__lt=known, is_withdrawn=False
    )
    recorded = recorded.with_public().select_related("meeting__body", "corrects", "corrected_by")
    for kind, path in PATHS.items():
        linked = recorded.annotate(own=FilteredRelation(f"{kind}_links"))
        yield _told(linked.filter(**{f"own__{path}": measure}), kind, known)
    if numbers:
        here = recorded.filter(meeting__body__strategy=measure.strategy_id, number__in=numbers)
        yield _told(here, NUMBER, known)


def _told(rows, kind, known):
    """Add what is told of each link; all parts have the same columns of the same types."""
    is_link = kind != NUMBER
    no_key, no_text = Value(0, BigIntegerField()), Value("", TextField())
    texts = {"decision": F("own__report__decision"), "milestone": _title(known)}
    return rows.annotate(
        link_kind=Value(kind, TextField()),
        link_pk=F("own__pk") if is_link else no_key,
        link_key=F(f"own__{PATHS[kind].split('__')[0]}") if is_link else no_key,
        link_said=texts.get(kind, no_text),
        link_said_at=F("own__plan__recorded_at" if kind == "plan" else "recorded_at"),
    )


def _title(known):
    """What a milestone was called before a moment; nothing where it was not known yet."""
    versions = MilestoneVersion.objects.filter(milestone=OuterRef("own__milestone"))
    newest = versions.filter(recorded_at__lt=known).order_by("-recorded_at", "-pk")
    return Coalesce(Subquery(newest.values("title")[:1]), Value(""), output_field=TextField())


def _about(row):
    return About(row.link_kind, row.link_key, row.link_said, row.link_said_at)


def _place(row):
    return _KINDS.index(row.link_kind), row.link_pk


def _age(one):
    return one.adopted_on, one.recorded_at, one.pk
