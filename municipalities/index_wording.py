"""What an import of the index says of itself: its counts, and each difference in words."""

from common import czech
from municipalities.index_changes import differing
from municipalities.models import Component, Municipality
from municipalities.models.index import ValueState
from municipalities.models.territory import MunicipalityKind

UNKNOWN_NUMBER = "neznámé"
NEW, CHANGED, GONE, LEFT_OUT = "nová", "změněná", "zaniklá", "v souboru chybí, zůstane"


def summary(counts):
    """Return what a file would change as Czech lines, from the counts of a run."""
    scope = "celá republika" if counts["is_nation"] else "část republiky"
    rows = czech.count(counts["rows"], "obec", "obce", "obcí")
    lines = [f"Vydání {counts['year']}, {rows}, {scope}."]
    lines += [
        f"{label}: {czech.integer(counts[key])}"
        for label, key in _LINES
        if counts.get(key) or key in _ALWAYS
    ]
    made = [
        czech.count(counts[name], *forms) for name, forms in _PLACES.items() if counts.get(name)
    ]
    if made:
        lines.append(f"Nově vzniknou: {', '.join(made)}.")
    if counts["left_out"]:
        lines.append(
            "Obcí z krajů, které soubor nemá celé, v něm chybí "
            f"{czech.integer(counts['left_out'])}; jejich hodnoty zůstanou."
        )
    return [czech.typography(line) for line in lines]


_LINES = (
    ("Nové hodnoty", "new"),
    ("Změněné", "changed"),
    ("Beze změny", "unchanged"),
    ("Zaniklé, odstraní se", "gone"),
    ("Nové nebo změněné podíly krajů a republiky", "shares"),
)
_ALWAYS = ("new", "changed", "unchanged")
_PLACES = {
    "region": ("kraj", "kraje", "krajů"),
    "district": ("okres", "okresy", "okresů"),
    "orp": ("ORP", "ORP", "ORP"),
    "municipality": ("obec", "obce", "obcí"),
}


COLUMNS = ("Co se stane", "Kód", "Název", "Kraj", "Údaj", "Dříve", "Nyní")
SHOWN = 15
"""How many differences of each kind a preview shows; all of them are in the download."""


def first_differences(changes):
    """Return the first differences of each kind, those first that touch what is there."""
    found = {word: [] for word in (CHANGED, GONE, LEFT_OUT, NEW)}
    for word, *about in differences(changes):
        if len(found[word]) < SHOWN:
            found[word].append([word, *about])
    return [row for rows in found.values() for row in rows]


def differences(changes):
    """Yield each difference as (what happened, code, municipality, region, of what, old, new)."""
    regions = changes.file.places.regions
    for row in changes.new:
        about = (NEW, row.code, row.name, regions[row.region])
        yield *about, "index", "", str(row.value)
        for component, values in zip(Component, row.components, strict=True):
            yield *about, component.label, "", component_text(values)
    for row, old in changes.changed:
        about = (CHANGED, row.code, row.name, regions[row.region])
        if row.value != old.value:
            yield *about, "index", str(old.value), str(row.value)
        if row.has_own_school != old.has_own_school:
            schools = map(_yes_no, (old.has_own_school, row.has_own_school))
            yield *about, "škola s běžnými třídami", *schools
        for component, _, before, after in differing(row, old):
            yield *about, Component(component).label, component_text(before), component_text(after)
    for word, entries in ((GONE, changes.gone), (LEFT_OUT, changes.left_out)):
        for old in entries:
            yield word, old.code, old.name, regions[old.region], "index", str(old.value), ""
    yield from _of_territories(changes)


def _of_territories(changes):
    names = {None: "Česká republika", **changes.file.places.regions}
    for (region, component), (old, new) in changes.shares.items():
        word = CHANGED if old else NEW
        about = (word, region or "", names[region], "", f"{Component(component).label}: podíl")
        yield *about, (old and _percent(old.share)) or "", _percent(new.share)
        if new.percentile_90 is not None and (old and old.percentile_90) != new.percentile_90:
            about = (*about[:4], f"{Component(component).label}: 90. percentil")
            before = old.percentile_90 if old else None
            yield *about, "" if before is None else _percent(before), _percent(new.percentile_90)
    for code in changes.places[Municipality]:
        row = changes.file.rows[code]
        kind = MunicipalityKind(row.kind).label
        yield NEW, code, row.name, changes.file.places.regions[row.region], "obec", "", kind


def component_text(values):
    """Return the kept values of a component: „3 z 204 (1,4706 %), kvocient 0,5123, méně než 5“."""
    if values is None:
        return ""
    state, count, base, share, quotient = values
    label = ValueState(state).label
    if count is None:
        return label if not base else f"{label}, základ {_plain(base)}"
    numbers = f"{_plain(count)} z {_plain(base)}"
    numbers += f" ({_percent(share)})" if share is not None else ""
    numbers += f", kvocient {_plain(quotient)}" if quotient is not None else ""
    return f"{numbers}, {label}" if state == ValueState.MASKED else numbers


def _yes_no(value):
    return UNKNOWN_NUMBER if value is None else ("ano" if value else "ne")


def _plain(value):
    """Return a number for a table of data: no thousands apart, no ends of zeros."""
    if value is None:
        return UNKNOWN_NUMBER
    return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def _percent(value):
    return f"{_plain(value)} %"
