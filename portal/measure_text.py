"""What the strategy itself says of a measure: today, or as it stood at the end of a past day."""

from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import TextField, Value
from django.db.models.functions import Cast

from measures.models import Activity, Measure
from measures.wording_history import WordingHistory
from municipalities.models import Municipality
from strategy.models import Goal, Organisation, Priority

TODAYS = "Znění opatření i to, kdo s ním spolupracuje a kde působí, je dnešní."
PAST = (
    "Znění opatření je z toho dne, názvy priorit, cílů, organizací a obcí i kontakty jsou dnešní."
)

PLACE = ("sort_key", "name", "search_key", "code")
GOAL = (
    "code_key",
    "pk",
    "code",
    "name",
    "priority__code",
    "priority__name",
    "priority__short_name",
)
"""What is read of a goal: its order, then what the page shows of it and of its priority."""


@dataclass(frozen=True)
class MeasureText:
    """A measure in its wording, with its goals, activities, partners and municipalities.

    `of_day` says on a past day whose wording it is.
    """

    measure: Measure
    goals: list
    activities: list
    partners: list
    municipalities: list
    of_day: str = TODAYS


def text_of(measure, moment, wording: WordingHistory):
    """Return the MeasureText on the day of a Moment; where the history does not reach that far
    it is today's. One query."""
    was = wording.as_it_was(measure) if moment.is_past else None
    if was is None:
        return _text_today(measure)
    goals = Goal.objects.filter(pk__in=wording.linked("goals"))
    places = Municipality.objects.filter(pk__in=wording.linked("municipalities"))
    found = _read(_rows("goal", goals, *GOAL), _rows("place", places, *PLACE))
    return MeasureText(
        was,
        goals=_goals(found["goal"]),
        activities=wording.last_activities,
        partners=[SimpleNamespace(name=name, url="") for name in wording.names("partners")],
        municipalities=_places(found["place"]),
        of_day=PAST,
    )


def _text_today(measure):
    activities = Activity.objects.filter(measure=measure)
    partners = Organisation.objects.filter(partner_measures=measure)
    found = _read(
        _rows("activity", activities, "order", "text", "text_printed"),
        _rows("partner", partners, "sort_key", "name", "pk"),
        _rows("goal", Goal.objects.filter(measures=measure), *GOAL),
        _rows("place", Municipality.objects.filter(measures=measure), *PLACE),
    )
    return MeasureText(
        measure,
        goals=_goals(found["goal"]),
        activities=[
            SimpleNamespace(text=text, text_printed=printed)
            for _, text, printed, *_ in sorted(found["activity"], key=lambda row: int(row[0]))
        ],
        partners=[
            SimpleNamespace(name=name, url=Organisation(pk=int(pk), name=name).get_absolute_url())
            for _, name, pk, *_ in sorted(found["partner"])
        ],
        municipalities=_places(found["place"]),
    )


def _read(first, *others):
    """Return the rows of lists by their names, read in one query: all have the same columns, the
    first is their order."""
    found = defaultdict(list)
    for part, *row in first.union(*others, all=True):
        found[part].append(row)
    return found


def _places(rows):
    return [
        Municipality(name=name, search_key=key, code=code)
        for _, name, key, code, *_ in sorted(rows, key=lambda row: (row[0], row[3]))
    ]


def _goals(rows):
    return [_goal(row) for row in sorted(rows, key=lambda row: (row[0], int(row[1])))]


def _goal(row):
    _, pk, code, name, *priority = row
    priority = dict(zip(("code", "name", "short_name"), priority, strict=True))
    return Goal(pk=int(pk), code=code, name=name, priority=Priority(**priority))


def _rows(part, rows, *names):
    texts = [Cast(name, TextField()) for name in names]
    rest = [Value("", TextField()) for _ in range(len(GOAL) - len(names))]
    return rows.order_by().values_list(Value(part, TextField()), *texts, *rest)
