"""Where the monitored measures work, as the page of the staff lists them."""

from dataclasses import dataclass

from common import czech
from measures.models import Measure, Territory


@dataclass(frozen=True)
class TerritoryRow:
    """One measure with the municipalities it names; `may_set` says whether the person may set
    them."""

    measure: Measure
    places: tuple
    may_set: bool
    is_ticked: bool

    @property
    def number(self):
        return len(self.places)

    @property
    def territory(self):
        return self.measure.get_territory_display()

    @property
    def is_undetermined(self):
        return self.measure.territory == Territory.UNDETERMINED

    @property
    def names(self):
        """The names of the municipalities, with their number where there are many."""
        listed = ", ".join(place.name for place in self.places)
        count = czech.count(self.number, "obec", "obce", "obcí")
        return f"{count}: {listed}" if self.number > 1 else listed


def territory_rows(found, user, ticked):
    """Return a TerritoryRow for each of the Facts; `ticked` says of a measure whether it is."""
    rows = []
    for one in found:
        places = sorted(one.measure.municipalities.all(), key=lambda p: (p.sort_key, p.code))
        may_set = user.has_perm("measures.set_territory", one.plan)
        is_ticked = may_set and ticked(one.measure)
        rows.append(TerritoryRow(one.measure, tuple(places), may_set, is_ticked))
    return rows
