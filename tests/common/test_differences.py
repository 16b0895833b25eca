"""What changed between two texts. Expected pieces are written by hand."""

from time import perf_counter

import pytest

from common.differences import word_difference


def told(old, new):
    """Return the difference as one line: -removed- and +added+."""
    parts = word_difference(old, new)
    if parts is None:
        return None
    signs = {(True, False): "-", (False, True): "+", (False, False): ""}
    marks = [(signs[part.is_removed, part.is_added], part.text) for part in parts]
    return " ".join(f"{sign}{text}{sign}" for sign, text in marks)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Garanční fond", "Garanční fond bydlení", "Garanční fond +bydlení+"),
        ("Krajský garanční fond", "Garanční fond", "-Krajský garanční- +Garanční+ fond"),
        ("kraj podpoří fond", "kraj podpoří fondy", "kraj podpoří -fond- +fondy+"),
        ("obec ne obec ano", "obec ano obec", "obec -ne obec ano- +ano obec+"),
        ("dva roky", "dva   roky\n", "dva roky"),
        ("zcela jiné znění", "nic společného nemají", None),
        ("", "přibylo", None),
        ("ubylo", "", None),
    ],
)
def test_difference_tells_whole_words(old, new, expected):
    assert told(old, new) == expected


def test_what_is_far_from_a_change_is_left_out():
    old = "jedna dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct"
    new = old.replace("sedm", "SEDM")
    assert told(old, new) == (
        "… dva tři čtyři pět šest -sedm- +SEDM+ osm devět deset jedenáct dvanáct …"
    )


def test_long_stretch_between_two_changes_is_shortened():
    middle = "a b c d e f g h i j k"
    assert told(f"první {middle} konec", f"druhý {middle} závěr") == (
        "-první- +druhý+ a b c d e … g h i j k -konec- +závěr+"
    )


def test_one_word_between_two_changes_belongs_to_them():
    """Otherwise a rewritten sentence falls to pieces that nobody can read."""
    old = "Kraj bude v letech jednat s obcemi a se školami"
    new = "Kraj chce v době jednat s obcemi a se školami"
    assert told(old, new) == ("Kraj -bude v letech- +chce v době+ jednat s obcemi a se …")


def test_very_long_texts_are_compared_quickly():
    old = " ".join(f"slovo{n % 97}" for n in range(15_000))
    new = " ".join(f"slovo{n % 89}" for n in range(15_000))
    start = perf_counter()
    word_difference(f"začátek {old} konec", f"začátek {new} konec")
    assert perf_counter() - start < 2
