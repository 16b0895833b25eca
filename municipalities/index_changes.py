"""What an official file would change: its rows against the database, old against new."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from common.imports import ImportRefused
from municipalities.index_shares import Share, is_whole_nation, shares, whole_regions
from municipalities.models import (
    Component,
    ComponentShare,
    ComponentValue,
    District,
    IndexEdition,
    IndexEntry,
    Municipality,
    Orp,
    Region,
)


@dataclass(frozen=True)
class OldEntry:
    """An entry of the index as it stands: `components` are (id, values) by the component, values
    as in `FileRow.components`."""

    pk: int
    code: str
    name: str
    region: str
    value: int
    has_own_school: bool | None
    components: dict


@dataclass
class Changes:
    """Differences between a file and the database, and a fingerprint of what they came from.

    `gone` are entries of municipalities the file leaves out although it holds their region;
    `left_out` those of regions it holds in part, which stay.
    """

    file: object
    edition: IndexEdition | None
    fingerprint: str
    is_nation: bool
    places: dict
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    shares: dict = field(default_factory=dict)

    @property
    def is_empty(self):
        groups = (self.new, self.changed, self.gone, self.shares, *self.places.values())
        return self.edition is not None and not any(groups)

    def counts(self):
        """Return the numbers the log and the preview tell."""
        told = {
            "year": self.file.year,
            "rows": len(self.file.rows),
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "left_out": len(self.left_out),
            "unchanged": len(self.file.rows) - len(self.new) - len(self.changed),
            "shares": len(self.shares),
            "is_nation": self.is_nation,
        }
        return told | {model._meta.model_name: len(codes) for model, codes in self.places.items()}


def compare(file):
    """Return the Changes a file would make. Reads only; eight queries.

    Raises ImportRefused for a municipality that lies in another region here.
    """
    known = {model: set(model.objects.values_list("code", flat=True)) for model in _PLACES}
    places = dict(Municipality.objects.values_list("code", "region__code"))
    _check_regions(file, places)
    edition = IndexEdition.objects.filter(year=file.year).first()
    old = _entries(edition) if edition else {}
    whole = whole_regions(file, _by_region(places))
    kept = _shares(edition) if edition else {}
    changes = Changes(
        file=file,
        edition=edition,
        fingerprint=_fingerprint(known, places, edition, old, kept),
        is_nation=is_whole_nation(file, whole),
        places=_new_places(file, known, places),
        shares=_new_shares(file, whole, kept),
    )
    _sort_out(changes, old, whole)
    return changes


_PLACES = (Region, District, Orp)


def differing(row, old):
    """Return which components of a row differ from an entry: (component, id, old, new)."""
    found = []
    for component, new in zip(Component, row.components, strict=True):
        pk, before = old.components.get(component.value, (None, None))
        if before != new:
            found.append((component.value, pk, before, new))
    return found


def is_changed(row, old):
    """Say whether the entry itself differs, its components aside."""
    return (row.value, row.has_own_school) != (old.value, old.has_own_school)


def _check_regions(file, places):
    problems = [
        f"Řádek {row.number}: obec {row.name} ({row.code}) leží podle souboru v kraji "
        f"{row.region}, v portálu v kraji {places[row.code]}."
        for row in file.rows.values()
        if places.get(row.code, row.region) != row.region
    ]
    if problems:
        raise ImportRefused(problems)


def _new_shares(file, whole, kept):
    """Return the pairs of the old and the new Share where they differ."""
    found = shares(file, whole).items()
    return {key: (kept.get(key), new) for key, new in found if kept.get(key) != new}


def _by_region(places):
    found = defaultdict(set)
    for code, region in places.items():
        found[region].add(code)
    return found


def _new_places(file, known, places):
    """Return the codes of territories the portal does not have yet, by their model."""
    named = (file.places.regions, file.places.districts, file.places.orps)
    found = {m: sorted(set(codes) - known[m]) for m, codes in zip(_PLACES, named, strict=True)}
    return found | {Municipality: sorted(set(file.rows) - set(places))}


def _entries(edition):
    components = defaultdict(dict)
    columns = ("entry_id", "component", "pk", "state", "count", "base", "share", "quotient")
    for entry, component, pk, state, *numbers in (
        ComponentValue.objects.filter(entry__edition=edition).values_list(*columns).iterator()
    ):
        values = (state, *(None if n is None else float(n) for n in numbers))
        components[entry][component] = (pk, values)
    own = ("pk", "municipality__code", "municipality__name", "municipality__region__code")
    rows = IndexEntry.objects.filter(edition=edition).order_by("municipality__code")
    return {
        row[1]: OldEntry(*row, components[row[0]])
        for row in rows.values_list(*own, "value", "has_own_school")
    }


def _shares(edition):
    columns = ("region__code", "component", "share", "percentile_90")
    return {
        (region, component): Share(float(share), None if high is None else float(high))
        for region, component, share, high in ComponentShare.objects.filter(
            edition=edition
        ).values_list(*columns)
    }


def _sort_out(changes, old, whole):
    """Put each row and each entry where it belongs."""
    for code, row in changes.file.rows.items():
        before = old.get(code)
        if before is None:
            changes.new.append(row)
        elif is_changed(row, before) or differing(row, before):
            changes.changed.append((row, before))
    for code, before in old.items():
        if code not in changes.file.rows and before.region in changes.file.places.regions:
            (changes.gone if before.region in whole else changes.left_out).append(before)


def _fingerprint(known, places, edition, old, kept):
    """Return a digest of all that was read: equal ones mean equal differences."""
    digest = hashlib.sha256()
    digest.update(repr(sorted((m.__name__, sorted(codes)) for m, codes in known.items())).encode())
    digest.update(repr(sorted(places.items())).encode())
    digest.update(repr(edition and (edition.pk, edition.source)).encode())
    for entry in old.values():
        parts = sorted(entry.components.items())
        digest.update(repr((entry.pk, entry.value, entry.has_own_school, parts)).encode())
    digest.update(repr(sorted(kept.items(), key=repr)).encode())
    return digest.hexdigest()
