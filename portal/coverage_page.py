"""What stands on the page of coverage: each priority with its gaps, what is counted apart."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from common import czech
from measures.models import Measure
from municipalities.models import Municipality
from portal.coverage_filters import BY_MEASURES
from portal.coverage_words import basis, priority_sentence
from portal.outline import numbered
from projects.coverage import Column, Coverage, Need, coverage


@dataclass(frozen=True)
class PriorityGaps:
    """One priority: what is said of it, and the municipalities with a gap and with a high need,
    each with its label, in Czech order."""

    column: Column
    sentence: str
    basis: str
    gaps: tuple[tuple[Municipality, str], ...]
    high: tuple[tuple[Municipality, str], ...]

    @property
    def label(self):
        return czech.typography(numbered(self.column.priority))

    @property
    def url(self):
        priority = self.column.priority
        return reverse("portal:priority_detail", args=[priority.strategy.slug, priority.code])

    @property
    def anchor(self):
        return f"priorita-{self.column.priority.code.lower()}"

    @property
    def query(self):
        """What leads to this priority on the page of coverage."""
        return f"?{urlencode({'priorita': self.column.priority.code})}"

    @property
    def measures_query(self):
        """What leads to its measures by municipality."""
        return f"{self.query}&{urlencode({'podle': BY_MEASURES})}"


def priority_gaps(found: Coverage):
    """Return the PriorityGaps of each column of a Coverage."""
    same = Counter(row.municipality.name for row in found.rows)
    return [_gaps_of(found, place, column, same) for place, column in enumerate(found.columns)]


def needs_of(priority, on, facts=None):
    """Return the PriorityGaps of one priority on a day, None where it answers to no component or
    its region has no index. `facts` are those of its measures, if they were read."""
    if not priority.index_component:
        return None
    found = coverage(priority.strategy, on, priorities=[priority], facts=facts)
    return priority_gaps(found)[0] if found.edition else None


def _gaps_of(found, place, column, same):
    pairs = [(_labelled(row.municipality, same), row.cells[place]) for row in found.rows]
    return PriorityGaps(
        column=column,
        sentence=priority_sentence(column, [cell for _, cell in pairs], found.is_watched),
        basis=basis(column),
        gaps=tuple(one for one, cell in pairs if cell.is_gap),
        high=tuple(one for one, cell in pairs if cell.need == Need.HIGH),
    )


def _labelled(place, same):
    """Return a municipality and its name, with the ORP where another one bears the same."""
    return place, f"{place.name} ({place.orp.name})" if same[place.name] > 1 else place.name


@dataclass(frozen=True)
class ApartWork:
    """A measure or a project that is counted apart, with the codes of its priorities; the page of
    a project knows no other day than today."""

    label: str
    url: str
    priorities: str
    knows_days: bool


def work_label(work):
    """Return a measure as „1.2 Krizový fond“, a project by its name."""
    name = str(work) if isinstance(work, Measure) else f"projekt {work.name}"
    return czech.typography(name)


def apart(found: Coverage):
    """Return what is done for the whole region, what has no territory and the projects of which
    nobody knows whether they run: pairs of a heading and its ApartWorks, empty ones too."""
    parts = (
        ("Pro celý kraj", "region_wide"),
        ("Území neurčeno", "undetermined"),
        ("Projekty, o kterých nevíme, jestli běží", "uncertain_projects"),
    )
    return [(heading, _apart_of(found, name)) for heading, name in parts]


def _apart_of(found, name):
    priorities = {}
    for column in found.columns:
        for work in getattr(column.work, name):
            priorities.setdefault(work, []).append(numbered(column.priority))
    return [
        ApartWork(
            work_label(work),
            work.get_absolute_url(),
            czech.typography(", ".join(names)),
            isinstance(work, Measure),
        )
        for work, names in priorities.items()
    ]
