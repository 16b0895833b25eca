"""The layout of the map as HexJSON, read and written: rows grow to the north, odd ones stand half a
hexagon further east (odd-r)."""

import json
from collections import Counter

from common.history import recording
from municipalities.models import Municipality
from municipalities.refusals import Refused, listed

ODD, EVEN = "odd-r", "even-r"
COLUMNS = ("odd-q", "even-q")
FARTHEST = 30_000
LARGEST = 5_000_000
"""Bytes; a layout of the whole country takes a tenth of that."""


def write(region):
    """Return the layout of a region as HexJSON; None where nobody has a cell."""
    fields = ("code", "name", "hex_q", "hex_r", "orp__code")
    placed = Municipality.objects.filter(region=region, hex_q__isnull=False).order_by("code")
    lines = [
        f"  {_json(code)}: {_json({'n': name, 'q': q, 'r': r, 'orp': orp})}"
        for code, name, q, r, orp in placed.values_list(*fields)
    ]
    body = ",\n".join(lines)
    return f'{{"layout": "{ODD}", "hexes": {{\n{body}\n}}}}\n' if lines else None


def _json(value):
    return json.dumps(value, ensure_ascii=False)


def read(content):
    """Return the cells (q, r) of the bytes of a HexJSON by their code, in our own layout."""
    data = _parsed(content)
    layout, hexes = data.get("layout"), data.get("hexes")
    if layout in COLUMNS:
        raise Refused(
            [
                f"Rozložení „{layout}“ má šestiúhelníky ve sloupcích, mapa je kreslí v řadách."
                f" Převeďte ho na {ODD} nebo {EVEN}."
            ]
        )
    if layout not in (ODD, EVEN):
        raise Refused([f"Soubor neříká, v jakém je rozložení („layout“: {ODD} nebo {EVEN})."])
    if not isinstance(hexes, dict) or not hexes:
        raise Refused(["Soubor nemá žádné šestiúhelníky („hexes“)."])
    wrong = [code for code in hexes if not _has_cell(hexes[code])]
    if wrong:
        raise Refused(f"Kód {code}: „q“ a „r“ musí být celá čísla." for code in wrong)
    # One row up makes odd rows of the even ones, which then stand further east as they did.
    up = int(layout == EVEN)
    return {code: (hexes[code]["q"], hexes[code]["r"] + up) for code in hexes}


def _parsed(content):
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise Refused(["Soubor není text v kódování UTF-8."]) from error
    except json.JSONDecodeError as error:
        where = f"řádek {error.lineno}, znak {error.colno}"
        raise Refused([f"Soubor není platný JSON ({where}), možná je useknutý."]) from error
    except (ValueError, RecursionError) as error:
        raise Refused([f"Soubor není platný JSON: {error}."]) from error
    if not isinstance(data, dict):
        raise Refused(["Soubor není HexJSON: čeká se objekt s „layout“ a „hexes“."])
    return data


def _once(pairs):
    """Make a dictionary of pairs; a key that is there twice would quietly win."""
    twice = [key for key, number in Counter(key for key, _ in pairs).items() if number > 1]
    if twice:
        raise Refused([f"Kód {key} je v souboru dvakrát." for key in twice])
    return dict(pairs)


def _has_cell(found):
    numbers = [found.get(name) for name in "qr"] if isinstance(found, dict) else [None]
    return all(type(number) is int and abs(number) <= FARTHEST for number in numbers)


def check(cells, places):
    """Return what is wrong with cells for the municipalities of the portal, by code: unknown
    codes, cells of two, regions that would be left half laid out."""
    problems = [f"Kód {code}: takovou obec portál nezná." for code in cells if code not in places]
    owners = {}
    for code, cell in cells.items():
        if code in places:
            owners.setdefault((places[code].region, cell), []).append(code)
    for (_, (q, r)), codes in owners.items():
        if len(codes) > 1:
            names = " a ".join(f"{places[code].name} ({code})" for code in codes)
            problems.append(f"Buňku q {q}, r {r} mají zároveň {names}.")
    for region in {region for region, _ in owners}:
        missing = [
            f"{place.name} ({code})"
            for code, place in places.items()
            if place.region == region and code not in cells
        ]
        if missing:
            problems.append(f"{region}: v rozložení chybí {listed(missing)}.")
    return problems


def lay_out(cells, *, by, name):
    """Give municipalities their cells, all or none, and return how many changed.

    Those that move leave their cells first: two may be changing places.
    """
    with recording(by=by, reason=f"rozložení mapy ze souboru {name}"):
        found = Municipality.objects.select_for_update().filter(code__in=cells).order_by("pk")
        moving = [place for place in found if (place.hex_q, place.hex_r) != cells[place.code]]
        for place in moving:
            place.hex_q = place.hex_r = None
            place.save()
        for place in moving:
            place.hex_q, place.hex_r = cells[place.code]
            place.save()
    return len(moving)
