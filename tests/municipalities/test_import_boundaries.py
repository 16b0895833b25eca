"""The import of boundaries: what is stored, what is refused and how it is said."""

import builtins
import copy
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from common.models import ImportRun
from municipalities.boundary_import import reading, saving
from municipalities.boundaryshape import rings
from municipalities.models import Boundary, BoundarySet
from tests.factories import MunicipalityFactory
from tests.municipalities.killed import kill_midway
from tests.municipalities.squares import (
    CODES,
    NAMES,
    collection,
    feature,
    grid,
    nine,
    place,
    ring,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    """Return a function that imports data as a file and returns what the command said."""

    def run(data, *, name="hranice.geojson", source="Zkouška", **options):
        said = StringIO()
        path = write(tmp_path / name, data)
        call_command(
            "import_boundaries", path, source=source, stdout=said, **{"yes": True, **options}
        )
        return said.getvalue()

    return run


@pytest.fixture
def refused(load):
    """Return a function that expects data to be refused whole and returns the sentences."""

    def run(data, **options):
        before = list(Boundary.objects.values_list("pk", flat=True))
        with pytest.raises(CommandError) as caught:
            load(data, **options)
        assert list(Boundary.objects.values_list("pk", flat=True)) == before
        run_of = ImportRun.objects.latest("pk")
        assert (run_of.kind, run_of.state) == ("boundaries", "refused")
        assert run_of.problems
        return str(caught.value).replace("\u00a0", " ")

    return run


def corners(name):
    """Return the corners of the only ring that is stored of a square."""
    (found,) = rings(place(name).boundary.path)
    return set(found)


def test_neighbours_share_an_edge_and_not_only_a_corner(load):
    nine()
    load(collection(grid()))
    found = {name: {code[-1] for code in place(name).boundary.neighbours} for name in NAMES}
    by_code = {CODES[name][-1]: name for name in NAMES}
    assert {name: "".join(sorted(by_code[n] for n in near)) for name, near in found.items()} == {
        "a": "bd",
        "b": "ace",
        "c": "bf",
        "d": "aeg",
        "e": "bdfh",
        "f": "cei",
        "g": "dh",
        "h": "egi",
        "i": "fh",
    }


def test_neighbours_have_the_same_corners_and_lie_as_on_the_map(load):
    nine()
    load(collection(grid()))
    assert len(corners("a") & corners("b")) == 2
    assert len(corners("a") & corners("e")) == 1
    assert not corners("a") & corners("c")
    a, b, d = (place(name).boundary for name in "abd")
    assert a.label_x < b.label_x
    assert d.label_y < a.label_y
    for one in (a, b, d):
        assert one.left < one.label_x < one.right
        assert one.top < one.label_y < one.bottom
    # 0.05° are 3.57 km from the west to the east at this latitude and 5.56 km from south to north;
    # in the Krovak projection they are turned by some 9.2°: 3.57 cos + 5.56 sin = 4.41 km,
    # 5.56 cos + 3.57 sin = 6.06 km.
    assert 436 <= a.right - a.left <= 446
    assert 601 <= a.bottom - a.top <= 611


def test_corners_are_where_the_transformation_says(load):
    """12.87 E 50.23 N is x -850,127 m, y -1,011,082 m in EPSG:5514 by PROJ; six metres apart the
    published transformations differ among themselves."""
    MunicipalityFactory(code="550001")
    square = [[12.87, 50.23], [12.97, 50.23], [12.97, 50.33], [12.87, 50.33], [12.87, 50.23]]
    load(collection([feature("550001", square)]))
    (found,) = rings(Boundary.objects.get().path)
    assert any(abs(x + 85013) <= 1 and abs(y - 101108) <= 1 for x, y in found)


def krovak(west, south):
    x2, y2 = west + 4000, south + 4000
    return [[west, south], [x2, south], [x2, y2], [west, y2], [west, south]]


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5514"}}},
        {"crs": {"type": "name", "properties": {"name": "EPSG:5514"}}},
    ],
)
def test_krovak_is_known_by_its_name_or_by_its_numbers(load, members):
    MunicipalityFactory(code="550001")
    said = load(collection([feature("550001", krovak(-850000, -1012000))], **members))
    assert "EPSG:5514" in said
    boundary = Boundary.objects.get()
    box = (boundary.left, boundary.top, boundary.right, boundary.bottom)
    assert box == (-85000, 100800, -84600, 101200)
    assert (boundary.label_x, boundary.label_y) == (-84800, 101000)
    assert set(next(rings(boundary.path))) == {
        (-85000, 101200),
        (-84600, 101200),
        (-84600, 100800),
        (-85000, 100800),
    }


@pytest.mark.parametrize("key", ["kod", "KOD_OBEC", "kod_obce", "Kód obce", "LAU2", "ZUJ", "code"])
def test_code_is_found_under_its_many_names(load, key):
    MunicipalityFactory(code="550001")
    data = feature("550001", ring(0, 0), key=key)
    data["properties"] |= {"lau1": "CZ0411", "orp_code": "410101", "nazev": "A"}
    load(collection([data]))
    assert Boundary.objects.get().municipality.code == "550001"


def test_code_may_be_a_number_and_stand_at_the_feature(load):
    MunicipalityFactory(code="550001")
    data = feature(None, ring(0, 0))
    data["id"] = 550001
    load(collection([data]))
    assert Boundary.objects.count() == 1


def test_parts_and_holes_stay(load):
    MunicipalityFactory(code="550001")
    MunicipalityFactory(code="550002")
    hole = ring(0.25, 0.25, 0.025)
    data = [
        feature("550001", ring(0, 0), hole),
        feature("550002", hole, ring(2, 2), kind="MultiPolygon"),
    ]
    load(collection(data))
    around, inside = Boundary.objects.order_by("municipality__code")
    assert (around.path.count("M"), inside.path.count("M")) == (2, 2)
    assert (around.neighbours, inside.neighbours) == (["550002"], ["550001"])


def wavy(start, end, number):
    """Return points along a line that swings by some 20 m, which no map shows."""
    (x, y), (x2, y2) = start, end
    return [
        [
            round(x + (x2 - x) * n / number + (0.0002 if n % 2 else 0), 6),
            round(y + (y2 - y) * n / number + (0.0002 if n % 2 else 0), 6),
        ]
        for n in range(number)
    ]


def test_shared_edges_stay_shared_when_they_are_simplified(load):
    MunicipalityFactory(code="550001")
    MunicipalityFactory(code="550002")
    line = [*wavy([12.9, 50.1], [12.9, 50.3], 400), [12.9, 50.3]]
    west = [[12.8, 50.1], *line, [12.8, 50.3], [12.8, 50.1]]
    east = [[13.0, 50.1], [13.0, 50.3], *reversed(line), [13.0, 50.1]]
    load(collection([feature("550001", west), feature("550002", east)]))
    paths = [boundary.path for boundary in Boundary.objects.order_by("municipality__code")]
    first, second = (set(next(rings(path))) for path in paths)
    assert len(first & second) >= 2
    assert len(first) < 40
    assert len(first - second) == len(second - first) == 2


@pytest.mark.parametrize("shift", [0.0001, -0.0001, 0.00001])
def test_narrow_gaps_and_overlaps_of_drawing_are_closed(load, shift):
    """0.0001° is 7 m: in the middle of the common border the second one stands that much aside."""
    MunicipalityFactory(code="550001")
    MunicipalityFactory(code="550002")
    west = [[12.8, 50.1], [12.9, 50.1], [12.9, 50.2], [12.8, 50.2], [12.8, 50.1]]
    middle = [12.9 + shift, 50.15]
    east = [[12.9, 50.1], [13.0, 50.1], [13.0, 50.2], [12.9, 50.2], middle, [12.9, 50.1]]
    load(collection([feature("550001", west), feature("550002", east)]))
    first, second = Boundary.objects.order_by("municipality__code")
    assert (first.neighbours, second.neighbours) == (["550002"], ["550001"])
    assert len(set(next(rings(first.path))) & set(next(rings(second.path)))) >= 2


def test_many_boundaries_stay_small(load):
    nine()
    load(collection(grid()))
    assert all(len(path) < 60 for path in Boundary.objects.values_list("path", flat=True))


def test_same_file_again_changes_nothing(load):
    nine()
    load(collection(grid()))
    before = list(Boundary.objects.order_by("pk").values())
    assert "Beze změny" in load(collection(grid()))
    assert list(Boundary.objects.order_by("pk").values()) == before
    assert list(ImportRun.objects.order_by("pk").values_list("kind", "state")) == [
        ("boundaries", "done"),
        ("boundaries", "unchanged"),
    ]


def test_new_file_replaces_what_it_holds_and_forgets_a_set_of_nothing(load):
    nine()
    load(collection(grid()), source="Stará")
    load(collection(grid(key="KOD_OBEC")), source="Nová")
    assert Boundary.objects.count() == 9
    assert [one.source for one in BoundarySet.objects.all()] == ["Nová"]
    load(collection(grid()), source="Stará")
    assert [one.source for one in BoundarySet.objects.all()] == ["Stará"]


def test_file_of_a_part_leaves_the_rest_and_its_neighbours(load):
    nine()
    load(collection(grid()), source="Celek")
    load(collection(grid()[:2]), source="Část")
    assert place("a").boundary.boundary_set.source == "Část"
    assert place("c").boundary.boundary_set.source == "Celek"
    assert place("b").boundary.neighbours == [CODES["a"], CODES["c"], CODES["e"]]


def test_run_is_logged_with_file_size_and_counts(load, tmp_path):
    nine()
    load(collection(grid()))
    run = ImportRun.objects.get()
    assert run.file_name == "hranice.geojson"
    assert run.size == (tmp_path / "hranice.geojson").stat().st_size
    assert (run.counts["new"], run.counts["replaced"]) == (9, 0)
    assert run.sha256 == BoundarySet.objects.get().sha256
    assert run.finished_at >= run.started_at


@pytest.mark.parametrize(("answer", "number"), [("ano", 9), ("a", 9), ("", 0), ("ne", 0)])
def test_it_asks_before_it_stores(load, monkeypatch, answer, number):
    nine()
    monkeypatch.setattr(builtins, "input", lambda: answer)
    said = load(collection(grid()), yes=False)
    assert "Hranice: nové 9, nahrazené 0" in said
    assert Boundary.objects.count() == number
    assert ImportRun.objects.get().state == ("done" if number else "abandoned")


def test_fault_in_the_middle_leaves_everything_as_it_was(load, monkeypatch):
    nine()
    load(collection(grid()), source="Stará")
    before = list(Boundary.objects.order_by("pk").values())

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(saving, "_row", fail)
    with pytest.raises(RuntimeError):
        load(collection(grid(key="LAU2")), source="Nová")
    assert list(Boundary.objects.order_by("pk").values()) == before
    assert BoundarySet.objects.get().source == "Stará"


KILLED = """
    from municipalities.boundary_import import saving

    # What was there is deleted by now, the new set is made.
    saving._row = wait
    call_command("import_boundaries", sys.argv[1], source="Nová", yes=True, stdout=sys.stderr)
"""


@pytest.mark.django_db(transaction=True)
def test_import_killed_midway_leaves_everything_as_it_was(load, tmp_path):
    nine()
    load(collection(grid()), source="Stará")
    before = list(Boundary.objects.order_by("pk").values())
    kill_midway(KILLED, write(tmp_path / "nove.geojson", collection(grid(key="LAU2"))))
    assert list(Boundary.objects.order_by("pk").values()) == before
    assert BoundarySet.objects.get().source == "Stará"
    assert ImportRun.objects.count() == 1
    # Nothing is locked either.
    load(collection(grid(key="LAU2")), source="Nová")
    assert BoundarySet.objects.get().source == "Nová"


def test_without_the_libraries_it_says_how_to_get_them(load, monkeypatch):
    monkeypatch.setitem(sys.modules, "municipalities.boundary_import.geometry", None)
    monkeypatch.delattr("municipalities.boundary_import.geometry", raising=False)
    with pytest.raises(CommandError, match="make geo"):
        load(collection(grid()))
    assert not ImportRun.objects.exists()


def test_only_one_module_needs_the_libraries():
    root = Path(settings.BASE_DIR)
    found = {
        str(path.relative_to(root))
        for app in ("municipalities", "common", "portal", "config", "projects", "measures")
        for path in (root / app).rglob("*.py")
        if "import shapely" in path.read_text() or "pyproj import" in path.read_text()
    }
    assert found == {"municipalities/boundary_import/geometry.py"}


# What is refused


def changed(change):
    """Return the nine squares after `change` was made to the list of their features."""
    features = copy.deepcopy(grid())
    change(features)
    return collection(features)


def set_ring(points):
    """Return what gives the first feature another ring."""

    def change(features):
        features[0]["geometry"]["coordinates"] = [points]

    return change


def code(features, value):
    """Give the second feature another code."""
    features[1]["properties"]["kod"] = value


BOW_TIE = [[12.8, 50.1], [12.85, 50.15], [12.85, 50.1], [12.8, 50.15], [12.8, 50.1]]
BIG = [[12.8, 50.1], [12.9, 50.1], [12.9, 50.15], [12.8, 50.15], [12.8, 50.1]]
A, B = CODES["a"], CODES["b"]


OVERLAP = "hranice se o 19,88 km² překrývá s hranicí, kterou má"
KIND = "hranice musí být Polygon nebo MultiPolygon, je"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda f: code(f, "599999"), "Prvek 2, kód 599999: obec s tímto kódem portál nezná."),
        (lambda f: code(f, A), f"Prvek 2, kód {A}: kód už má prvek 1, kód {A}."),
        (lambda f: code(f, "5500"), "Prvek 2: nemá šestimístný kód obce"),
        (lambda f: code(f, True), "Prvek 2: nemá šestimístný kód obce"),
        (lambda f: f[1].update(properties=None), "Prvek 2: nemá šestimístný kód obce"),
        (lambda f: f.pop(1), f"Kraj: v souboru chybí B ({B})."),
        (set_ring(ring(0, 0)[:-1]), "prstenec hranice není uzavřený"),
        (set_ring([*ring(0, 0)[:2], ring(0, 0)[0]]), "prstenec hranice má méně než čtyři body."),
        (set_ring(BOW_TIE), "hranice protíná sama sebe u bodu 12,8250; 50,1250."),
        (
            set_ring(BIG),
            f"Prvek 2, kód {B}: {OVERLAP} prvek 1, kód {A}.",
        ),
        (set_ring([[y, x] for x, y in ring(0, 0)]), "souřadnice mají prohozené pořadí"),
        (set_ring([[x + 10, y] for x, y in ring(0, 0)]), "bod 22,8000; 50,1000 neleží v Česku"),
        (set_ring([["12", "50"]] * 4), "souřadnice nejsou dvojice čísel"),
        (set_ring([[True, 50.1]] * 4), "souřadnice nejsou dvojice čísel"),
        (set_ring([[10**400, 50.1]] * 4), "souřadnice nejsou dvojice čísel"),
        (set_ring("M0 0"), "souřadnice nejsou dvojice čísel"),
        (lambda f: f[0]["geometry"].update(type="LineString"), f"{KIND} „LineString“."),
        (lambda f: f[0].update(geometry=None), f"{KIND} „nic“."),
        (lambda f: f[0]["geometry"].update(coordinates=[]), "hranice nemá žádné souřadnice."),
        (lambda f: f.insert(0, 7), "Prvek 1: není prvek (Feature)."),
    ],
)
def test_fault_is_named_by_feature_and_code(refused, change, sentence):
    nine()
    said = refused(changed(change))
    assert sentence in said
    assert "Prvek 1, kód 550001: " in said or sentence.startswith(("Prvek", "Kraj"))


def test_all_faults_are_named_at_once(refused):
    nine()

    def change(features):
        set_ring(ring(0, 0)[:-1])(features)
        features[1]["properties"]["kod"] = "599999"

    said = refused(changed(change))
    assert "Prvek 1" in said
    assert "Prvek 2, kód 599999" in said
    assert f"chybí B ({B})" in said


def test_wrong_code_is_found_by_where_the_municipality_lies(refused):
    nine()
    there = place("a")
    there.longitude, there.latitude = "12.925", "50.225"  # in i, 14 km away
    there.save()
    said = refused(collection(grid()))
    assert f"Prvek 1, kód {A}: obec s tímto kódem leží" in said
    assert "kód nejspíš patří jiné obci" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Soubor není platný JSON"),
        ("nic", "Soubor není platný JSON (řádek 1, znak 1)"),
        ('{"type": "FeatureCollection", "features": [', "Je useknutý"),
        ('{"type": "FeatureCollection", "features": [{"type": "Fea', "Je useknutý"),
        ("[" * 100_000, "Soubor není platný JSON"),
        ("[1]", "Soubor není GeoJSON se sadou prvků"),
        ('{"type": "Topology"}', "ale „Topology“"),
        ('{"type": "FeatureCollection"}', "Soubor neobsahuje žádný prvek"),
        ('{"type": "FeatureCollection", "features": []}', "Soubor neobsahuje žádný prvek"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "„NaN“ není číslo"),
    ],
)
def test_what_is_no_geojson_is_refused(refused, text, sentence):
    assert sentence in refused(text)


def test_file_cut_in_half_is_refused(refused, tmp_path):
    nine()
    text = write(tmp_path / "celek", collection(grid())).read_text()
    assert "Je useknutý" in refused(text[: len(text) // 2])


def test_other_bytes_are_refused(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_bytes(b"\xff\xfe\x00PK")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_boundaries", path, source="Z", yes=True)


@pytest.mark.parametrize("name", ["EPSG:3857", "urn:ogc:def:crs:EPSG::5513", 7])
def test_other_projection_is_refused_by_its_name(refused, name):
    said = refused(collection(grid(), crs={"type": "name", "properties": {"name": name}}))
    assert f"„{name}“. Převeďte ho do WGS 84" in said


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ((1_432_000, 6_470_000), "nejspíš v jiném zobrazení"),
        ((850_000, 1_012_000), "s kladnými čísly"),
    ],
)
def test_other_projection_is_refused_by_its_numbers(refused, point, sentence):
    nine()
    assert sentence in refused(collection([feature(A, krovak(*point))]))


def test_projection_that_contradicts_the_numbers_is_refused(refused):
    nine()
    crs = {"type": "name", "properties": {"name": "EPSG:5514"}}
    said = refused(collection(grid(), crs=crs))
    assert "neodpovídají systému EPSG:5514" in said


def test_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "x.geojson"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(CommandError) as caught:
        call_command("import_boundaries", path, source="Z", yes=True)
    said = str(caught.value).replace("\u00a0", " ")
    assert "Soubor má 100,0 MB, načíst lze nejvýš 50,0 MB." in said
    assert ImportRun.objects.get().state == "refused"
    assert reading.LARGEST == 50_000_000


def test_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="nelze přečíst"):
        call_command("import_boundaries", tmp_path / "neni", source="Z", yes=True)


@pytest.mark.parametrize("source", ["", "  ", "x" * 301])
def test_source_is_needed_and_not_endless(load, source):
    with pytest.raises(CommandError, match="--source"):
        load(collection(grid()), source=source)


def test_hundred_faults_are_counted(refused):
    data = collection([feature(f"56{n:04}", ring(0, 0)) for n in range(50)])
    assert "… a 20 dalších chyb." in refused(data)
