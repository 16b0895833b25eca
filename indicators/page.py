"""The page of one indicator on a day: its reading, its values, its territories."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from common import czech
from indicators import wording
from indicators.chart import Chart, chart
from indicators.models import Observation
from indicators.progress import task_of
from indicators.readings import Reading, reading, summary
from indicators.values import value_rows
from municipalities.models import Municipality

PER_PAGE = 30
WRONG_PLACE = "Takovou obec tento ukazatel nemá, stránka ukazuje kraj."
"""Said of a code in the address that is no municipality with a value."""


@dataclass(frozen=True)
class PlaceRow:
    """The newest value of one municipality, in words."""

    municipality: Municipality
    value: str
    period: str
    is_uncertain: bool


@dataclass(frozen=True)
class IndicatorPage:
    """All that the page tells; `municipality` is the one chosen in place of the region."""

    reading: Reading
    rows: list
    municipality: Municipality | None = None
    error: str = ""

    @property
    def indicator(self):
        return self.reading.indicator

    @cached_property
    def summary(self):
        return summary(self.reading)

    @property
    def meaning(self):
        newest = self.reading.latest
        return wording.qualifier_meaning(newest) if newest else ""

    @cached_property
    def chart(self) -> Chart | None:
        """The line of values, with the target where it is one of this territory."""
        task = None if self.municipality else task_of(self.indicator)
        return chart(self.indicator, self.reading.series, task)

    @cached_property
    def definition(self):
        return wording.definition(self.indicator, self.reading.latest)

    @property
    def next_value(self):
        """What is known of the next value, as a sentence; empty if nothing is."""
        due = self.reading.due
        if due.day is None:
            return ""
        if due.is_overdue:
            return f"Hodnota měla vyjít do {due.text} a portál ji zatím nemá."
        return (
            f"Příští hodnota vyjde {due.text}."
            if due.is_said
            else (f"Příští hodnotu čekáme nejpozději {due.text}.")
        )


def indicator_page(indicator, moment, code=""):
    """Return the IndicatorPage of an indicator at a Moment; `code` is that of a municipality.

    One query, two with a municipality: its values, those of regions and of the nation.
    """
    place, error = None, ""
    if code:
        named = indicator.observations.filter(municipality__code=code[:10].replace("\0", ""))
        place = Municipality.objects.filter(pk__in=named.values("municipality")).first()
        error = "" if place else WRONG_PLACE
    shown = Q(municipality=None) | Q(municipality=place) if place else Q(municipality=None)
    recorded = Observation.objects.recorded(moment.known).filter(shown).for_page(indicator)
    rows = value_rows(indicator, list(recorded))
    valid = [row.observation for row in rows if not row.is_corrected]
    found = reading(indicator, valid, moment.known, municipality=place)
    return IndicatorPage(found, rows[::-1], place, czech.typography(error))


def places(indicator, moment, number):
    """Return a page of PlaceRows: the newest value of each municipality, in alphabetical order.
    Two queries."""
    newest = Window(
        RowNumber(),
        partition_by=F("municipality"),
        order_by=(F("period_end").desc(nulls_last=True), F("recorded_at").desc(), F("pk").desc()),
    )
    found = Observation.objects.valid(moment.known).filter(
        indicator=indicator, municipality__isnull=False
    )
    found = found.annotate(place_order=newest).filter(place_order=1)
    found = found.select_related("municipality").order_by("municipality__sort_key", "pk")
    page = Paginator(found, PER_PAGE).get_page(number)
    page.object_list = [_place(indicator, row) for row in page.object_list]
    return page


def _place(indicator, row):
    return PlaceRow(
        municipality=row.municipality,
        value=wording.value_text(row, indicator),
        period=wording.period_text(row),
        is_uncertain=row.is_uncertain,
    )
