"""What is said of outputs together and one by one, in Czech: counts by kind, participants, rows."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Subquery

from common import czech
from common.joined import joined, keep_list
from measures.cycles import shifted
from measures.models import Output, OutputKind, OutputMunicipality
from measures.status import end_of

FORMS = {
    OutputKind.SEMINAR: ("seminář", "semináře", "seminářů"),
    OutputKind.STAY: ("stáž", "stáže", "stáží"),
    OutputKind.METHODOLOGY: ("metodika", "metodiky", "metodik"),
    OutputKind.CAMPAIGN: ("kampaň", "kampaně", "kampaní"),
    OutputKind.MEETING: ("setkání", "setkání", "setkání"),
    OutputKind.OTHER: ("jiný výstup", "jiné výstupy", "jiných výstupů"),
}
SHOWN = 5
"""How many outputs stand on a page before the rest is folded away."""


@dataclass(frozen=True)
class OutputRow:
    """One output; `places` were read with it."""

    output: Output

    @property
    def sub(self):
        """Kind, places, organiser and participants, as far as known."""
        output = self.output
        return " · ".join(
            part
            for part in (
                output.get_kind_display(),
                ", ".join(place.name for place in places_of(output)),
                f"pořádá {output.organiser.name}" if output.organiser else "",
                people(output.participants),
            )
            if part
        )


class Outputs:
    """Outputs of a page on a day, the newest first; all are valid and happened by then."""

    def __init__(self, found, on):
        happened = [output for output in found if output.happened_on <= on]
        happened.sort(key=lambda output: (output.happened_on, output.pk), reverse=True)
        self.rows = [OutputRow(output) for output in happened]
        self.on = on

    def __bool__(self):
        return bool(self.rows)

    @property
    def first(self):
        return self.rows[:SHOWN]

    @property
    def rest(self):
        return self.rows[SHOWN:]

    @cached_property
    def recent(self):
        """What happened within the last 12 months: „2 semináře, 1 stáž“."""
        since = shifted(self.on, -12)
        return kinds(row.output for row in self.rows if row.output.happened_on > since)

    @property
    def total(self):
        """How many there are together: „7 výstupů“."""
        return czech.count(len(self.rows), "výstup", "výstupy", "výstupů")

    @property
    def people(self):
        return participants(row.output for row in self.rows)


def kinds(outputs):
    """Return how many outputs of each kind there are: „4 semináře, 2 stáže“; empty if none."""
    found = Counter(output.kind for output in outputs)
    return ", ".join(czech.count(found[kind], *FORMS[kind]) for kind in OutputKind if found[kind])


def participants(outputs):
    """Return the sum of participants where they are known, with how many of the outputs that is;
    what is unknown is never a zero."""
    counts = [output.participants for output in outputs]
    known = [n for n in counts if n is not None]
    if not counts:
        return ""
    if not known:
        return "Počet účastníků není znám u žádného výstupu."
    of = czech.plural(len(counts), "výstupu", "výstupů", "výstupů")
    number = f"{czech.k_of_n(len(known), len(counts))}{czech.NBSP}{of}"
    return f"U{czech.NBSP}{number} je znám počet účastníků: {czech.integer(sum(known))}."


def places_of(output):
    """Return the municipalities of an output by the alphabet; they were read with it."""
    places = [place.municipality for place in output.places.all()]
    return sorted(places, key=lambda place: (place.sort_key, place.code))


def people(n):
    """Return „34 účastníků“; nothing where the number is not known."""
    return "" if n is None else czech.count(n, "účastník", "účastníci", "účastníků")


def for_list(outputs):
    """Add to outputs what their rows in a table name and are ordered by; the newest first."""
    places = OutputMunicipality.objects.filter(output=OuterRef("pk"))
    first = places.order_by("municipality__sort_key").values("municipality__sort_key")[:1]
    found = outputs.select_related("measure__strategy", "organiser")
    return found.annotate(place_key=Subquery(first)).order_by("-happened_on", "-pk")


def outputs_around(municipality, pks, on):
    """Return the valid outputs that name a municipality, as known at the end of a day, and of the
    measures in `pks` also those of the last 12 months that name none, each with the
    municipalities it names. One query."""
    here = OutputMunicipality.objects.filter(municipality=municipality)
    is_placed = Exists(OutputMunicipality.objects.filter(output=OuterRef("pk")))
    placeless = Q(~is_placed, measure__in=pks, happened_on__gt=shifted(on, -12))
    found = Output.objects.valid(end_of(on)).filter(Q(pk__in=here.values("output")) | placeless)
    return with_places(found.select_related("measure__strategy", "organiser"))


def with_places(outputs):
    """Return the outputs of a queryset, each with the municipalities it names. One query."""
    pairs = joined(outputs, "places", "municipality")
    for output, places in pairs:
        keep_list(output, "places", places)
    return [output for output, _ in pairs]
