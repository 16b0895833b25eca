"""Rule of the development of the index over its editions; source: rules.md of the design, repeated
in the methodology. Pure: what is asked about is given."""

from decimal import Decimal

from django.db import models

EDITIONS = 4
"""A trend compares the mean of the last two editions with the mean of the two before."""

CHANGE = Decimal("1.5")
"""So many points between the two means are a change; fewer are none."""

METHOD_BREAKS = frozenset()
"""Years since which the index is computed another way, so older ones do not compare; none is
known."""


class Trend(models.TextChoices):
    """Where the index goes; whether that is good or bad is another word."""

    RISES = "roste", "roste – zhoršuje se"
    FALLS = "klesa", "klesá – zlepšuje se"
    SAME = "beze-zmeny", "beze změny"
    UNKNOWN = "nelze-urcit", "nelze určit"

    @property
    def sentence(self):
        """„Index roste – zhoršuje se“, „Index se nemění“, „Vývoj nelze určit“."""
        if self == Trend.UNKNOWN:
            return "Vývoj nelze určit"
        return "Index se nemění" if self == Trend.SAME else f"Index {self.label}"


def trend(values_by_year, breaks=METHOD_BREAKS):
    """Return the Trend of the values of one municipality, a dict of the years of all editions.

    Unknown where the last four editions do not hold a value each (None is none), or where the
    method changed between them: in a year of `breaks` after the first of the four.
    """
    years = sorted(values_by_year)[-EDITIONS:]
    values = [values_by_year[year] for year in years]
    if len(values) < EDITIONS or None in values:
        return Trend.UNKNOWN
    if any(years[0] < year <= years[-1] for year in breaks):
        return Trend.UNKNOWN
    # Twice the difference of the means, in whole numbers.
    difference = values[2] + values[3] - values[0] - values[1]
    if abs(difference) < 2 * CHANGE:
        return Trend.SAME
    return Trend.RISES if difference > 0 else Trend.FALLS
