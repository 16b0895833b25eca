"""A GeoJSON file as rings of coordinates by the code of a municipality, with all that is wrong.

Nothing here needs a geometry library: what is no GeoJSON, has no code or no closed ring is refused
before any geometry is worked out.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from common import czech
from municipalities.refusals import Refused

LARGEST = 50_000_000
"""Bytes of the largest file that is read; the memory it takes is about ten times that."""

KEYS = [
    re.compile(pattern)
    for pattern in (
        r"kod_?(ob|obce|obec)|(obec|obce)_?kod|obec|icob|(kod_?)?zuj",
        r"(kod_?)?lau_?2(_?kod)?|lau_?(id|code)|lau",
        r"kod|code|id",
    )
]
"""How sources call the code of a municipality, the clearest names first."""

CODE = re.compile(r"[0-9]{6}")
DEGREES, METRES = 4326, 5514
CRS_NUMBER = re.compile(r"(?:CRS|[:/])(84|[0-9]{4,6})$", re.IGNORECASE)
CRS = {"84": DEGREES, "4326": DEGREES, "5514": METRES, "102067": METRES}


class Frame(NamedTuple):
    """The rectangle Czechia lies in."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point):
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


CZECHIA = {
    DEGREES: Frame(12.0, 48.5, 18.95, 51.1),
    METRES: Frame(-910_000, -1_240_000, -425_000, -930_000),
}


@dataclass(frozen=True)
class Shape:
    """The boundary of one municipality as a file has it: polygons of rings of points."""

    code: str
    place: str
    polygons: list


@dataclass
class File:
    """A file that was read, and what is wrong with it; `codes` are also those of wrong shapes."""

    name: str
    sha256: str
    size: int
    crs: int = DEGREES
    codes: set = field(default_factory=set)
    shapes: list = field(default_factory=list)
    problems: list = field(default_factory=list)


class _Wrong(Exception):
    """A feature cannot be used; the Czech words say why."""


def read(name, content):
    """Return a File of the bytes of a GeoJSON. Raises Refused where it is none at all."""
    found = File(name, hashlib.sha256(content).hexdigest(), len(content))
    data = _collection(content)
    found.crs = _named_crs(data) or _guessed_crs(data["features"])
    for number, feature in enumerate(data["features"], 1):
        place = f"Prvek {number}"
        try:
            code = _code(feature)
            place = f"Prvek {number}, kód {code}"
            found.codes.add(code)
            found.shapes.append(Shape(code, place, _polygons(feature, found.crs)))
        except _Wrong as error:
            found.problems.append(f"{place}: {error}.")
    _check_codes(found)
    return found


def _collection(content):
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Refused(["Soubor není text v kódování UTF-8, tedy ani GeoJSON."]) from error
    except json.JSONDecodeError as error:
        end = error.pos >= len(error.doc.rstrip())
        why = " Je useknutý: chybí mu konec." if end or "Unterminated" in error.msg else ""
        raise Refused(
            [f"Soubor není platný JSON (řádek {error.lineno}, znak {error.colno}).{why}"]
        ) from error
    except (ValueError, RecursionError) as error:
        raise Refused([f"Soubor není platný JSON: {error}."]) from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        kind = data.get("type") if isinstance(data, dict) else None
        hint = f", ale „{kind}“" if isinstance(kind, str) else ""
        raise Refused([f"Soubor není GeoJSON se sadou prvků (FeatureCollection){hint}."])
    if not isinstance(data.get("features"), list) or not data["features"]:
        raise Refused(["Soubor neobsahuje žádný prvek („features“)."])
    return data


def _no_number(text):
    raise ValueError(f"„{text}“ není číslo")


def _named_crs(data):
    """Return the projection a file names, None where it names none."""
    crs = data.get("crs")
    if not crs:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    number = CRS_NUMBER.search(name) if isinstance(name, str) else None
    if number and number[1] in CRS:
        return CRS[number[1]]
    raise Refused(
        [
            f"Soubor je v souřadnicovém systému „{name or crs}“. Převeďte ho do WGS 84"
            " (EPSG:4326) nebo do Křovákova zobrazení (EPSG:5514)."
        ]
    )


def _guessed_crs(features):
    """Return the projection by the size of the first coordinates."""
    for feature in features:
        numbers = _first_numbers(feature)
        if numbers:
            return DEGREES if all(abs(number) <= 180 for number in numbers) else METRES
    return DEGREES


def _first_numbers(feature):
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    found = geometry.get("coordinates") if isinstance(geometry, dict) else None
    while isinstance(found, list) and found and isinstance(found[0], list):
        found = found[0]
    return found[:2] if isinstance(found, list) and all(map(_is_number, found)) else None


def _code(feature):
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _Wrong("není prvek (Feature)")
    values = feature.get("properties")
    values = values.items() if isinstance(values, dict) else ()
    values = {_key(key): value for key, value in values}
    for pattern in KEYS:
        for key, value in values.items():
            if pattern.fullmatch(key) and (code := _six_digits(value)):
                return code
    if code := _six_digits(feature.get("id")):
        return code
    raise _Wrong(
        "nemá šestimístný kód obce; čeká se ve vlastnosti „kod“, „KOD_OBEC“, „LAU2“ a podobně"
    )


def _key(name):
    return re.sub(r"[^a-z0-9]+", "_", czech.search_key(str(name))).strip("_")


def _six_digits(value):
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text.strip() if CODE.fullmatch(text.strip()) else None


def _polygons(feature, crs):
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Wrong(f"hranice musí být Polygon nebo MultiPolygon, je „{kind or 'nic'}“")
    found = geometry.get("coordinates")
    polygons = [found] if kind == "Polygon" else found
    if not isinstance(polygons, list) or not polygons:
        raise _Wrong("hranice nemá žádné souřadnice")
    return [_rings(polygon, crs) for polygon in polygons]


def _rings(polygon, crs):
    if not isinstance(polygon, list) or not polygon:
        raise _Wrong("hranice nemá žádné souřadnice")
    return [_ring(ring, crs) for ring in polygon]


def _ring(ring, crs):
    if not isinstance(ring, list) or not all(map(_is_point, ring)):
        raise _Wrong("souřadnice nejsou dvojice čísel")
    points = [(point[0], point[1]) for point in ring]
    for point in points:
        if not CZECHIA[crs].holds(point):
            raise _Wrong(_outside(point, crs))
    if len(points) < 2 or points[0] != points[-1]:
        raise _Wrong("prstenec hranice není uzavřený, poslední bod se liší od prvního")
    if len(points) < 4:
        raise _Wrong("prstenec hranice má méně než čtyři body")
    return points


def _is_point(point):
    return isinstance(point, list) and len(point) >= 2 and all(map(_is_number, point[:2]))


def _is_number(value):
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -1e9 < value < 1e9


def _outside(point, crs):
    """Say that a point is not in Czechia, and what is likely behind it."""
    where = f"bod {point_text(point)} neleží v Česku"
    swapped = (point[1], point[0])
    if CZECHIA[crs].holds(swapped):
        return f"{where}: souřadnice mají prohozené pořadí, první je v GeoJSON zeměpisná délka"
    other = METRES if crs == DEGREES else DEGREES
    if CZECHIA[other].holds(point):
        return f"{where}: souřadnice neodpovídají systému EPSG:{crs}, který soubor uvádí"
    positive = [(-point[0], -point[1]), (-point[1], -point[0])]
    if crs == METRES and any(map(CZECHIA[METRES].holds, positive)):
        return f"{where}: Křovákovo zobrazení s kladnými čísly převeďte do EPSG:5514"
    return f"{where}: soubor je nejspíš v jiném zobrazení než WGS 84 nebo EPSG:5514"


def point_text(point):
    """Return a point as people write it: „12,3714; 50,0797“."""
    places = 0 if max(map(abs, point)) > 180 else 4
    return "; ".join(czech.decimal(number, places) for number in point)


def _check_codes(found):
    first = {}
    for shape in found.shapes:
        known = first.setdefault(shape.code, shape)
        if known is not shape:
            found.problems.append(f"{shape.place}: kód už má {known.place.lower()}.")
