"""What the strategy itself says of a measure: today, or as it stood at the end of a past day."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import TextField, Value
from django.db.models.functions import Cast

from measures.models import Activity, Measure
from measures.wording_history import WordingHistory
from municipalities.models import Municipality
from strategy.models import Goal, Organisation

TODAYS = "Znění opatření i to, kdo s ním spolupracuje a kde působí, je dnešní."
PAST = (
    "Znění opatření je z toho dne, názvy priorit, cílů, organizací a obcí i kontakty jsou dnešní."
)


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
    it is today's. Two queries."""
    was = wording.as_it_was(measure) if moment.is_past else None
    if was is None:
        return _text_today(measure)
    places = Municipality.objects.filter(pk__in=wording.linked("municipalities"))
    return MeasureText(
        was,
        goals=_in_order(Goal.objects.filter(pk__in=wording.linked("goals"))),
        activities=wording.last_activities,
        partners=[SimpleNamespace(name=name, url="") for name in wording.names("partners")],
        municipalities=list(places.order_by("sort_key", "code")),
        of_day=PAST,
    )


def _in_order(goals):
    return list(goals.select_related("priority").order_by("code_key", "pk"))


def _text_today(measure):
    """Read the three lists in one query: all have the same columns, the first is their order."""
    activities = Activity.objects.filter(measure=measure)
    partners = Organisation.objects.filter(partner_measures=measure)
    places = Municipality.objects.filter(measures=measure)
    found = {"activity": [], "partner": [], "place": []}
    rows = _rows("activity", activities, "order", "text", "text_printed").union(
        _rows("partner", partners, "sort_key", "name", "pk"),
        _rows("place", places, "sort_key", "name", "search_key", "code"),
        all=True,
    )
    for part, *row in rows:
        found[part].append(row)
    return MeasureText(
        measure,
        goals=_in_order(measure.goals),
        activities=[
            SimpleNamespace(text=text, text_printed=printed)
            for _, text, printed, _ in sorted(found["activity"], key=lambda row: int(row[0]))
        ],
        partners=[
            SimpleNamespace(name=name, url=Organisation(pk=int(pk), name=name).get_absolute_url())
            for _, name, pk, _ in sorted(found["partner"])
        ],
        municipalities=[
            Municipality(name=name, search_key=key, code=code)
            for _, name, key, code in sorted(found["place"], key=lambda row: (row[0], row[3]))
        ],
    )


def _rows(part, rows, *names):
    texts = [Cast(name, TextField()) for name in names]
    rest = [Value("", TextField()) for _ in range(4 - len(names))]
    return rows.order_by().values_list(Value(part, TextField()), *texts, *rest)
