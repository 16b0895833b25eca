import unicodedata

import pytest

from common.printable import printable

CZECH = "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ áčďéěíňóřšťúůýž „uvozovky“ ‚vnitřní‘ – § 5 × € …"


@pytest.mark.parametrize("text", [CZECH, "Łódź, Görlitz, Ñ, Ø", "# $ < > * _ @ \\ ` // [ ] { }"])
def test_what_the_fonts_have_stays(text):
    assert printable(text) == text


def test_letters_typed_in_parts_become_whole():
    assert printable(unicodedata.normalize("NFD", CZECH)) == CZECH


@pytest.mark.parametrize("sign", ["😀", "漢", "\ue000", "ש", "ي", "\U0010ffff"])
def test_what_the_fonts_have_not_becomes_a_box(sign):
    assert printable(f"a{sign}b") == "a□b"


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\ufe0f", "x\u0321"]
)
def test_what_nobody_sees_is_left_out(sign):
    assert printable(f"a{sign}b") in ("ab", "axb")


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "\u2028"])
def test_ends_of_lines_become_spaces(sign):
    assert printable(f"a{sign}b") == "a b"


def test_spaces_and_joiners_of_our_typography_stay():
    assert printable("5\u00a0obcí, 2\u2060–\u20607") == "5\u00a0obcí, 2\u2060–\u20607"


def test_lists_and_dictionaries_are_walked_and_numbers_kept():
    found = printable({"a": ["😀", ("b\n",)], "n": 3, "none": None, "yes": True})
    assert found == {"a": ["□", ["b "]], "n": 3, "none": None, "yes": True}
