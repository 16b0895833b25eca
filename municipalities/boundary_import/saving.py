"""Boundaries of a file against the municipalities of the portal: what fits, and storing it."""

from collections import Counter
from typing import NamedTuple

from django.db import transaction

from municipalities.models import Boundary, BoundarySet, Municipality
from municipalities.refusals import listed

COVERED = 0.5
"""From this part of a region on, a file is taken to be meant for the whole of it."""


class Place(NamedTuple):
    """What is known of a municipality a boundary may belong to."""

    pk: int
    code: str
    name: str
    region: str
    point: tuple | None


class Places:
    """The municipalities of the portal by their code. One query."""

    def __init__(self):
        fields = ("pk", "code", "name", "region__name", "longitude", "latitude")
        rows = Municipality.objects.in_czech_order().values_list(*fields)
        self.by_code = {
            code: Place(pk, code, name, region, None if x is None else (float(x), float(y)))
            for pk, code, name, region, x, y in rows
        }

    def points(self, codes):
        """Return longitude and latitude of those whose place is known, by code."""
        found = (self.by_code[code] for code in codes)
        return {place.code: place.point for place in found if place.point}

    def problems(self, found):
        """Say which codes nobody has, and who is missing in a region otherwise covered."""
        for shape in found.shapes:
            if shape.code not in self.by_code:
                yield f"{shape.place}: obec s tímto kódem portál nezná."
        regions = Counter(place.region for place in self.by_code.values())
        known = Counter(self.by_code[code].region for code in found.codes if code in self.by_code)
        for region, number in known.items():
            if COVERED * regions[region] <= number < regions[region]:
                missing = [
                    f"{place.name} ({place.code})"
                    for place in self.by_code.values()
                    if place.region == region and place.code not in found.codes
                ]
                yield f"{region}: v souboru chybí {listed(missing)}."


def is_stored(found):
    """Say whether all boundaries of a file are those the portal shows now."""
    stored = Boundary.objects.filter(boundary_set__sha256=found.sha256)
    codes = set(stored.values_list("municipality__code", flat=True))
    return bool(codes) and codes == found.codes


@transaction.atomic
def store(drawn, places, *, found, source, terms, by=None):
    """Put the boundaries of a file in place of those of the same municipalities, all or none.

    Sets of which nothing is left are forgotten.
    """
    codes = {one.code for one in drawn}
    own = {places.by_code[code].pk for code in codes}
    kept = _neighbours_outside(codes, own)
    Boundary.objects.filter(municipality_id__in=own).delete()
    values = {"source": source, "terms": terms, "file_name": found.name[-200:], "imported_by": by}
    boundary_set = BoundarySet.objects.update_or_create(sha256=found.sha256, defaults=values)[0]
    rows = [_row(one, places, boundary_set, kept.get(one.code, ())) for one in drawn]
    Boundary.objects.bulk_create(rows, batch_size=200)
    BoundarySet.objects.filter(boundaries=None).delete()
    return boundary_set


def _row(one, places, boundary_set, others):
    values = {**one._asdict(), "neighbours": sorted({*one.neighbours, *others})}
    place = places.by_code[values.pop("code")]
    return Boundary(municipality_id=place.pk, boundary_set=boundary_set, **values)


def _neighbours_outside(codes, own):
    """Return the neighbours a file cannot know, because it does not hold them, by code."""
    rows = Boundary.objects.filter(municipality_id__in=own)
    return {
        code: [other for other in neighbours if other not in codes]
        for code, neighbours in rows.values_list("municipality__code", "neighbours")
    }
