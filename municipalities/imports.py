"""Import of the official file of the index: check, compare, and write in one transaction."""

from django.utils import timezone

from common import bulk, imports
from common.czech import search_key, sort_key
from common.history import recording
from common.imports import ImportRefused
from common.models import ImportState
from municipalities.index_changes import compare, differing, is_changed
from municipalities.index_file import read
from municipalities.index_wording import first_differences
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

KIND = "index"
SOURCE = "Agentura pro sociální začleňování, Index sociálního vyloučení"
VALUES = ["state", "count", "base", "share", "quotient"]


def check(file):
    """Return the Changes an ImportFile would make; writes nothing. Raises ImportRefused."""
    if file.is_too_large:
        raise ImportRefused([imports.TOO_LARGE])
    return compare(read(file.content))


def refuse(file, refusal, *, by):
    """Log a file that was refused; returns the run."""
    return imports.log(KIND, file, ImportState.REFUSED, by=by, refusal=refusal)


def preview(file, changes, *, by):
    """Log a checked file: it waits for being confirmed, unless there is nothing to change."""
    if changes.is_empty:
        return imports.log(KIND, file, ImportState.UNCHANGED, by=by, counts=changes.counts())
    return imports.keep(KIND, file, by=by, counts=_waiting_counts(changes))


def abandon(file, changes, *, by):
    """Log a checked file that nobody wanted to import; returns the run."""
    return imports.log(KIND, file, ImportState.ABANDONED, by=by, counts=changes.counts())


def import_index(*, file, changes, by):
    """Write what a checked file changes and log it; returns the run.

    Raises ImportRefused, with nothing written, if another import runs or the database is no longer
    as the changes were compared with.
    """
    with imports.alone():
        now = compare(changes.file)
        if now.fingerprint != changes.fingerprint:
            raise ImportRefused([imports.MEANWHILE])
        state = _write(file, now, by)
        return imports.log(KIND, file, state, by=by, counts=now.counts())


def confirm(*, run, by):
    """Import the file of a run that waits, if it and the database are as they were previewed.

    Raises ImportRefused with nothing written. A comparison that no longer holds is made anew, so
    that the run waits with what would change now.
    """
    file = imports.waiting_file(run)
    parsed = read(file.content)
    with imports.alone():
        changes = compare(parsed)
        is_same = changes.fingerprint == run.counts[imports.WAITING]["fingerprint"]
        if is_same:
            state = _write(file, changes, by)
            if not imports.finish(run, state, counts=changes.counts()):
                raise ImportRefused([imports.GONE])
        else:
            imports.renew(run, _waiting_counts(changes))
    if not is_same:
        raise ImportRefused([imports.MEANWHILE])


def _waiting_counts(changes):
    """Return what a run that waits keeps: its counts, what they came from, and the first rows."""
    return {
        **changes.counts(),
        imports.WAITING: {
            "fingerprint": changes.fingerprint,
            "first": first_differences(changes),
        },
    }


def _write(file, changes, by):
    """Write the changes; returns the state of the run."""
    if changes.is_empty:
        return ImportState.UNCHANGED
    with recording(by=by, reason=f"import indexu {changes.file.year}: {file.name}"):
        _write_places(changes)
        edition = _edition(file, changes, by)
        _write_new(changes, edition)
        _write_changed(changes)
        _remove(changes.gone)
        _write_shares(changes, edition)
    return ImportState.DONE


# Territories


def _write_places(changes):
    """Make the territories the portal does not have; those it has keep our names."""
    file, named = changes.file, ["code", "name", "sort_key", "search_key"]
    bulk.insert(
        Region,
        [*named, "name_genitive", "name_locative"],
        [
            _named(code, name) + _cases(name)
            for code, name in _new(changes, Region, file.places.regions)
        ],
    )
    regions = _keys(Region)
    bulk.insert(
        District,
        [*named, "region_id"],
        [
            (*_named(code, name), regions[code[:5]])
            for code, name in _new(changes, District, file.places.districts)
        ],
    )
    bulk.insert(
        Orp,
        [*named, "region_id"],
        [
            (*_named(code, name), regions[file.places.region_of[code]])
            for code, name in _new(changes, Orp, file.places.orps)
        ],
    )
    districts, orps = _keys(District), _keys(Orp)
    rows = [file.rows[code] for code in changes.places[Municipality]]
    bulk.insert(
        Municipality,
        [*named, "kind", "region_id", "district_id", "orp_id"],
        [
            (*_named(r.code, r.name), r.kind, regions[r.region], districts[r.district], orps[r.orp])
            for r in rows
        ],
    )


def _new(changes, model, names):
    """Return the codes and names of new territories of a model."""
    return [(code, names[code]) for code in changes.places[model]]


def _keys(model):
    return dict(model.objects.values_list("code", "pk"))


def _named(code, name):
    return code, name, sort_key(name), search_key(name)


def _cases(name):
    """Return the name of a region in the genitive and the locative, empty for an unknown form."""
    if name.endswith("ký kraj"):
        stem = name.removesuffix("ý kraj")
        return f"{stem}ého kraje", f"{stem}ém kraji"
    known = {
        "Kraj Vysočina": ("Kraje Vysočina", "Kraji Vysočina"),
        "Hlavní město Praha": ("hlavního města Prahy", "hlavním městě Praze"),
    }
    return known.get(name, ("", ""))


# The edition and its rows


def _edition(file, changes, by):
    year = changes.file.year
    edition = changes.edition or IndexEdition(year=year, source=f"{SOURCE} {year}")
    edition.file_name, edition.sha256 = file.name[-200:], file.sha256
    edition.imported_by = by
    edition.save()
    # Only a second saving may set a moment that is stamped on the first.
    edition.imported_at = timezone.now()
    edition.save()
    return edition


def _write_new(changes, edition):
    if not changes.new:
        return
    municipalities = _keys(Municipality)
    bulk.insert(
        IndexEntry,
        ["edition_id", "municipality_id", "value", "has_own_school"],
        [(edition.pk, municipalities[r.code], r.value, r.has_own_school) for r in changes.new],
    )
    entries = dict(
        IndexEntry.objects.filter(edition=edition).values_list("municipality__code", "pk")
    )
    names = [component.value for component in Component]
    bulk.insert(
        ComponentValue,
        ["entry_id", "component", *VALUES],
        [
            (entries[row.code], name, *values)
            for row in changes.new
            for name, values in zip(names, row.components, strict=True)
        ],
    )


def _write_changed(changes):
    bulk.update(
        IndexEntry,
        ["value", "has_own_school"],
        [(b.pk, r.value, r.has_own_school) for r, b in changes.changed if is_changed(r, b)],
    )
    found = [(b.pk, *part) for row, b in changes.changed for part in differing(row, b)]
    bulk.update(ComponentValue, VALUES, [(pk, *new) for _, _, pk, _, new in found if pk])
    bulk.insert(
        ComponentValue,
        ["entry_id", "component", *VALUES],
        [(entry, name, *new) for entry, name, pk, _, new in found if not pk],
    )


def _remove(gone):
    bulk.delete(ComponentValue, [pk for old in gone for pk, _ in old.components.values()])
    bulk.delete(IndexEntry, [old.pk for old in gone])


def _write_shares(changes, edition):
    if not changes.shares:
        return
    regions = {None: None, **_keys(Region)}
    rows = ComponentShare.objects.filter(edition=edition).values_list("region", "component", "pk")
    existing = {(region, component): pk for region, component, pk in rows}
    found = [
        (regions[code], component, new.share, new.percentile_90)
        for (code, component), (_, new) in changes.shares.items()
    ]
    bulk.insert(
        ComponentShare,
        ["edition_id", "region_id", "component", "share", "percentile_90"],
        [(edition.pk, *row) for row in found if row[:2] not in existing],
    )
    bulk.update(
        ComponentShare,
        ["share", "percentile_90"],
        [(existing[row[:2]], *row[2:]) for row in found if row[:2] in existing],
    )
