"""The latest changes of everything tracked: chosen in the address, turned by keyset."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django import forms
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import User
from common import czech
from common.forms import DateField
from common.history import BEGAN
from common.loading import LOADED
from portal.records import Kind, kind_of
from portal.versions import PROGRAM, read_versions

SHOWN = 30
NOBODY = "program"
WRONG_KIND = "Takový druh záznamů v historii není, výběr podle druhu se nepoužil."
WRONG_PERSON = "Takový člověk nic nezměnil, výběr podle člověka se nepoužil."
WRONG_DAY = "Den „od“ nejde přečíst, výběr podle něj se nepoužil. Napište ho třeba 15. 12. 2026."
WRONG_PLACE = "Adresa další stránky je porušená, seznam začíná nejnovější změnou."


class HistoryFilter(forms.Form):
    """Which changes are wanted; a bad value is told in Czech and ignored."""

    druh = forms.ChoiceField(
        label="Druh", required=False, error_messages={"invalid_choice": WRONG_KIND}
    )
    kdo = forms.ChoiceField(
        label="Kdo", required=False, error_messages={"invalid_choice": WRONG_PERSON}
    )
    od = DateField(
        label="Od",
        required=False,
        widget=forms.TextInput({"placeholder": "15. 12. 2026", "autocomplete": "off"}),
    )
    nacteni = forms.BooleanField(label="i první načtení dat", required=False)

    def __init__(self, data, *, kinds):
        super().__init__(data)
        self.kinds = kinds
        people = User.objects.order_by("name", "pk").values_list("pk", "name")
        self.fields["druh"].choices = [("", "všechny"), *((k.key, k.name) for k in kinds)]
        self.fields["kdo"].choices = [
            ("", "všichni"),
            (NOBODY, f"{PROGRAM} (bez člověka)"),
            *((str(pk), name) for pk, name in people),
        ]
        self.is_valid()

    @property
    def sentences(self):
        """What was wrong, in Czech."""
        said = [error for name in ("druh", "kdo") for error in self.errors.get(name, [])]
        return [*said, *([WRONG_DAY] if "od" in self.errors else [])]

    @cached_property
    def chosen_kinds(self):
        chosen = self.cleaned_data.get("druh")
        return [kind for kind in self.kinds if not chosen or kind.key == chosen]

    @property
    def condition(self):
        """What the rows of every kind must match."""
        said, wanted = self.cleaned_data, Q()
        if said.get("kdo"):
            wanted &= Q(history_user=None if said["kdo"] == NOBODY else said["kdo"])
        if said.get("od"):
            start = datetime.combine(said["od"], datetime.min.time(), czech.PRAGUE)
            wanted &= Q(history_date__gte=start)
        if not said.get("nacteni"):
            wanted &= ~Q(history_type="+", history_change_reason__startswith=LOADED)
            wanted &= ~Q(history_change_reason=BEGAN, history_change_reason__isnull=False)
        return wanted

    @property
    def query(self):
        """The choices in force, for the address of the next page."""
        values = {name: self.data.get(name) for name in self.fields if self.cleaned_data.get(name)}
        return urlencode(values)


@dataclass(frozen=True)
class Place:
    """Where a page begins: after this row."""

    moment: datetime
    kind: Kind
    number: int

    def after(self, kind):
        """Return the condition of the rows of a kind that come after this place."""
        older = Q(history_date__lt=self.moment)
        if kind.key > self.kind.key:
            return older | Q(history_date=self.moment)
        if kind.key == self.kind.key:
            return older | Q(history_date=self.moment, history_id__lt=self.number)
        return older


def place_of(text):
    """Return the Place an address names. Raises ValueError if it names none."""
    moment, key, number = text.split("~")
    kind, at = kind_of(key), datetime.fromisoformat(moment)
    if kind is None or timezone.is_naive(at) or not number.isdecimal() or len(number) > 18:
        raise ValueError(text)
    return Place(at, kind, int(number))


@dataclass(frozen=True)
class Page:
    """Versions, the newest first; `older` is the cursor of the next page, empty on the last."""

    versions: list
    older: str


def page_of(chosen, place=None, shown=SHOWN):
    """Return a Page of rows; `chosen` pairs Kinds with the conditions of their rows.

    One query finds the newest of all kinds, the others read what stands on the page.
    """
    queries = [_newest(kind, condition, place, shown) for kind, condition in chosen]
    first, *others = queries
    rows = first.union(*others, all=True) if others else first
    rows = rows.order_by("-history_date", "of", "-history_id")
    found = [(kind_of(key), number) for key, _, number in rows[: shown + 1]]
    versions = read_versions(found[:shown])
    return Page(versions, versions[-1].cursor if len(found) > shown else "")


def _newest(kind, condition, place, shown):
    """Return the query of the newest rows of one kind: by the index of their moments."""
    rows = kind.rows._base_manager.filter(condition)
    if place is not None:
        rows = rows.filter(place.after(kind))
    numbers = rows.order_by("-history_date", "-history_id").values("history_id")[: shown + 1]
    newest = kind.rows._base_manager.filter(history_id__in=numbers).order_by()
    return newest.annotate(of=Value(kind.key)).values_list("of", "history_date", "history_id")
