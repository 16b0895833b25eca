"""Nine made-up municipalities near Karlovy Vary: a grid of three by three squares.

g h i      north
d e f
a b c      south, from the west to the east
"""

import json

from municipalities.models import Municipality
from tests.factories import DistrictFactory, MunicipalityFactory, OrpFactory, RegionFactory

WEST, SOUTH, STEP = 12.80, 50.10, 0.05
NAMES = "abcdefghi"
CODES = {name: f"55000{n}" for n, name in enumerate(NAMES, 1)}


def ring(column, row, step=STEP):
    """Return the ring of one square, counter-clockwise from its south-western corner."""
    x, y = round(WEST + column * STEP, 5), round(SOUTH + row * STEP, 5)
    x2, y2 = round(x + step, 5), round(y + step, 5)
    return [[x, y], [x2, y], [x2, y2], [x, y2], [x, y]]


def feature(code, *rings, key="kod", kind="Polygon"):
    coordinates = list(rings) if kind == "Polygon" else [[one] for one in rings]
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry}


def grid(key="kod"):
    """Return a feature for each of the nine squares."""
    return [feature(CODES[name], ring(n % 3, n // 3), key=key) for n, name in enumerate(NAMES)]


def collection(features, **members):
    return {"type": "FeatureCollection", "features": features, **members}


def write(path, data):
    """Write data as a file and return its path."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def nine(**fields):
    """Make the nine municipalities: the southern row is ORP Jih, the others ORP Sever."""
    region = RegionFactory(name="Kraj", code="CZ041")
    district = DistrictFactory(region=region)
    south, north = (OrpFactory(name=name, region=region) for name in ("Jih", "Sever"))
    for name in NAMES:
        orp = south if name in "abc" else north
        MunicipalityFactory(
            code=CODES[name], name=name.upper(), region=region, district=district, orp=orp, **fields
        )
    return region


def place(name):
    return Municipality.objects.get(code=CODES[name])
