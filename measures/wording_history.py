"""How the wording of one measure changed: its texts, activities, goals, partners and places.

Read from the history of the measure and its activities in one query. Only what the page shows to
everybody is compared; who changed it and why stands on the pages of the staff.
"""

from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from types import SimpleNamespace

from django.db.models import F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from common import czech
from common.history import CREATED, DELETED, history_model, tracked_lists
from measures.models import Activity, Measure, Territory
from measures.wording import Change, text_change

WORDS = ("code", "name", "name_printed", "short_name", "note")
TEXTS = (*WORDS, "territory", "is_cross_cutting")
ACTIVITY = ("text", "text_printed", "order", "measure_id")
LISTS = {"goals": "code", "partners": "name", "municipalities": "name"}
"""The lists of a measure, and what their items are called on its page."""
GONE = "smazaný záznam"


@dataclass(frozen=True)
class Row:
    """One row of history of the measure or of an activity: how it stood from a moment on."""

    moment: datetime
    number: int
    kind: str
    pk: int
    values: dict
    lists: dict = field(default_factory=lambda: {name: {} for name in LISTS})


@dataclass(frozen=True)
class WordingHistory:
    """Rows of history of one measure and of its activities, recorded before a moment, in order."""

    measure: tuple[Row, ...] = ()
    activities: tuple[Row, ...] = ()

    @cached_property
    def changes(self):
        """What changed and when: pairs of a moment and its Changes, the earliest first.

        The first row of the measure is not news, nor is what was written down with it.
        """
        if not self.measure:
            return []
        found = {}
        for before, row in zip(self.measure, self.measure[1:], strict=False):
            found.setdefault(row.moment, []).extend(_measure_changes(before, row))
        last, pk = {}, self.measure[0].pk
        for row in self.activities:
            changes = _activity_changes(last.get(row.pk), row, pk)
            if row.moment > self.measure[0].moment:
                found.setdefault(row.moment, []).extend(changes)
            last[row.pk] = row
        return sorted((at, changes) for at, changes in found.items() if changes)

    def changes_since(self, moment):
        """Return the Changes from how the measure stood before a moment to how it stands in the
        last rows; none where the history does not reach that far."""
        before = [row for row in self.measure if row.moment < moment]
        if not before:
            return []
        last, pk = self.measure[-1], self.measure[0].pk
        found = list(_measure_changes(before[-1], last)) if last is not before[-1] else []
        of_one = {}
        for row in self.activities:
            of_one.setdefault(row.pk, []).append(row)
        for rows in of_one.values():
            found += _activity_difference(rows, moment, pk)
        return found

    @property
    def last_moment(self):
        """When the last row was written."""
        return max(row.moment for row in (*self.measure, *self.activities))

    def as_it_was(self, measure):
        """Return a copy of a measure with the texts of the last row, None if there is no row."""
        if not self.measure:
            return None
        was = copy(measure)
        for name in TEXTS[1:]:
            setattr(was, name, self.measure[-1].values[name])
        return was

    def linked(self, name):
        """Return the primary keys in a list of the measure as it stood in the last row."""
        return list(self.measure[-1].lists[name])

    def names(self, name):
        """Return what the items of a list are called, in the Czech order."""
        return sorted(self.measure[-1].lists[name].values(), key=czech.sort_key)

    @property
    def last_activities(self):
        """The activities of the measure as they stood last, in their order."""
        last = {row.pk: row for row in self.activities}
        mine = [row.values for row in last.values() if _is_under(row, self.measure[-1].pk)]
        return sorted((SimpleNamespace(**one) for one in mine), key=lambda one: one.order)


def wording_history(measure, known):
    """Return the WordingHistory of a measure before a moment; one query."""
    return _histories([measure.pk], [measure.pk], known)[measure.pk]


def wording_histories(pks, since, known):
    """Return by primary key the WordingHistory, before the moment `known`, of those of the measures
    of which anything was written down from `since` on; one query."""
    own, activities = history_model(Measure).objects, history_model(Activity).objects
    edited = own.filter(history_date__gte=since, history_date__lt=known, id__in=pks)
    parts = activities.filter(history_date__gte=since, history_date__lt=known)
    chosen = Measure.objects.filter(
        Q(pk__in=edited.values("id")) | Q(pk__in=parts.values("measure_id")), pk__in=pks
    )
    return _histories(pks, chosen.values("pk"), known) if pks else {}


def _histories(pks, chosen, known):
    rows, *others = _queries(chosen, known)
    found, links = {"measure": [], "activity": []}, {}
    for part, moment, number, kind, pk, *texts in rows.union(*others, all=True):
        if part in LISTS:
            links.setdefault(number, {}).setdefault(part, {})[pk] = texts[0] or GONE
        else:
            names = TEXTS if part == "measure" else ACTIVITY
            values = dict(zip(names, texts, strict=False))
            found[part].append(Row(moment, number, kind, pk, values))
    for row in found["measure"]:
        row.values["is_cross_cutting"] = row.values["is_cross_cutting"] in ("1", "true")
        row.lists.update(links.get(row.number, {}))
    for row in found["activity"]:
        row.values.update({name: int(row.values[name]) for name in ("order", "measure_id")})
    order = {part: sorted(rows, key=lambda r: (r.moment, r.number)) for part, rows in found.items()}
    return {pk: _history_of(pk, order["measure"], order["activity"]) for pk in pks}


def _history_of(pk, measures, activities):
    """Return the WordingHistory of one measure from the rows of several."""
    own = {row.pk for row in activities if row.values["measure_id"] == pk}
    return WordingHistory(
        tuple(row for row in measures if row.pk == pk),
        tuple(row for row in activities if row.pk in own),
    )


def _queries(measures, known):
    """Return the queries that are put together: all have the same columns."""
    own, activities = history_model(Measure).objects, history_model(Activity).objects
    mine = activities.filter(measure_id__in=measures, history_date__lt=known).values("id")
    yield _rows("measure", own.filter(id__in=measures, history_date__lt=known), TEXTS)
    yield _rows("activity", activities.filter(id__in=mine, history_date__lt=known), ACTIVITY)
    for tracked, links in tracked_lists(Measure):
        target, shown = tracked.m2m_reverse_field_name(), LISTS[tracked.name]
        rows = links.objects.filter(history__id__in=measures, history__history_date__lt=known)
        past = history_model(tracked.related_model).objects.filter(id=OuterRef(f"{target}_id"))
        label = Coalesce(
            F(f"{target}__{shown}"), Subquery(past.order_by("-history_id").values(shown)[:1])
        )
        yield rows.order_by().values_list(
            Value(tracked.name, TextField()),
            "history__history_date",
            "history_id",
            Value("", TextField()),
            f"{target}_id",
            Cast(label, TextField()),
            *[Value("", TextField()) for _ in TEXTS[1:]],
        )


def _rows(part, rows, names):
    texts = [Cast(name, TextField()) for name in names]
    rest = [Value("", TextField()) for _ in TEXTS[len(names) :]]
    return rows.order_by().values_list(
        Value(part, TextField()), "history_date", "history_id", "history_type", "id", *texts, *rest
    )


def _is_under(row, measure_pk):
    return row.kind != DELETED and row.values["measure_id"] == measure_pk


def _measure_changes(before, row):
    """Yield what the measure's own row changed against the one before."""
    for name in TEXTS:
        old, new = before.values[name], row.values[name]
        if old != new:
            label = Measure._meta.get_field(name).verbose_name
            if name in WORDS:
                yield from text_change(label, old, new)
            else:
                yield Change(label, _said(name, old), _said(name, new))
    for name in LISTS:
        old, new = before.lists[name], row.lists[name]
        label = Measure._meta.get_field(name).verbose_name
        yield from _list_changes(label, old, new)


def _said(name, value):
    if name == "territory":
        return Territory(value).label
    return "ano" if value else "ne"


def _list_changes(label, old, new):
    """Yield what came to a list and what left it, by the names on the page."""
    came = [name for pk, name in new.items() if pk not in old]
    went = [name for pk, name in old.items() if pk not in new]
    if came:
        yield Change(f"{label}, přidáno", "", ", ".join(sorted(came, key=czech.sort_key)))
    if went:
        yield Change(f"{label}, odebráno", ", ".join(sorted(went, key=czech.sort_key)), "")


def _activity_difference(rows, moment, measure_pk):
    """Return what became of an activity from a moment on: its first row from then on may already
    differ from its last."""
    before = [row for row in rows if row.moment < moment]
    after = rows[len(before) :]
    if not after:
        return []
    last = after[-1]
    if not before and after[0].kind == CREATED and last.kind != DELETED:
        last = replace(last, kind=CREATED)
    return _activity_changes(before[-1] if before else None, last, measure_pk)


def _activity_changes(before, row, measure_pk):
    """Yield what a row of an activity changed; the first one only if it was just written."""
    was = before is not None and _is_under(before, measure_pk)
    now = _is_under(row, measure_pk)
    text = row.values["text"]
    if now and not was and (row.kind == CREATED or before is not None):
        yield Change("nová aktivita", "", text)
    elif was and not now:
        yield Change("zrušená aktivita", before.values["text"], "")
    elif was and now:
        old = before.values
        yield from text_change("aktivita", old["text"], text)
        yield from text_change(
            "aktivita, jak byla vytištěna", old["text_printed"], row.values["text_printed"]
        )
        if old["order"] != row.values["order"]:
            yield Change("pořadí aktivity", f"{old['order']}.", f"{row.values['order']}.")
