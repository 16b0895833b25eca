"""The three-way merge by cases worked out by hand."""

import pytest

from measures import merging, typed


def merge(base, mine, theirs):
    return merging.merge(base, mine, theirs, typed.same)


def test_what_only_one_side_changed_is_taken():
    base = {"phase": "running", "note": "", "health": "on_track"}
    found = merge(base, {**base, "phase": "preparing"}, {**base, "note": "Dotace."})
    assert found.values == {"phase": "preparing", "note": "Dotace.", "health": "on_track"}
    assert (found.from_mine, found.from_theirs, found.conflicts) == (("phase",), ("note",), ())


def test_the_same_change_on_both_sides_is_no_conflict():
    found = merge({"note": ""}, {"note": "Dotace."}, {"note": "Dotace. "})
    assert (found.values, found.conflicts) == ({"note": "Dotace."}, ())
    assert (found.from_mine, found.from_theirs) == ((), ())


def test_two_changes_of_one_field_wait_for_a_choice():
    base = {"note": "A", "phase": "running"}
    found = merge(base, {"note": "B", "phase": "running"}, {"note": "C", "phase": "running"})
    assert found.conflicts == ("note",)
    assert found.values["note"] == "B"


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "value", "conflicts"),
    [
        ("A", "", "A", "", ()),
        ("A", "A", "", "", ()),
        ("A", "", "B", "", ("note",)),
        ("A", "A", "A", "A", ()),
        ("", "", "B", "B", ()),
    ],
)
def test_an_emptied_field_is_a_change(base, mine, theirs, value, conflicts):
    found = merge({"note": base}, {"note": mine}, {"note": theirs})
    assert (found.values["note"], found.conflicts) == (value, conflicts)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "ticked"),
    [
        ([], ["1"], ["2"], ["1", "2"]),
        (["1", "2"], ["2"], ["1"], []),
        (["1"], ["1", "2"], [], ["2"]),
        (["1"], [], ["1"], []),
        (["1"], ["1"], ["1"], ["1"]),
    ],
)
def test_ticks_of_both_sides_are_joined(base, mine, theirs, ticked):
    found = merge({"finished": base}, {"finished": mine}, {"finished": theirs})
    assert (found.values["finished"], found.conflicts) == (ticked, ())


def test_ticks_tell_whose_they_are():
    found = merge({"finished": []}, {"finished": ["1"]}, {"finished": ["2"]})
    assert (found.from_mine, found.from_theirs) == (("finished",), ("finished",))


def test_an_output_is_one_thing():
    base = {"output": {}}
    mine = {"output": {"kind": "seminar", "title": "Seminář"}}
    theirs = {"output": {"kind": "campaign", "happened_on": "1. 10. 2026"}}
    assert merge(base, mine, theirs).conflicts == ("output",)
    assert merge(base, base, theirs).values == theirs


@pytest.mark.parametrize(
    ("name", "a", "b", "is_same"),
    [
        ("act_by_date", "15. 12. 2026", "15.12.2026", True),
        ("act_by_date", "15. 12. 2026", "2026-12-15", True),
        ("act_by_date", "brzy", "později", False),
        ("note", "Dotace.\n", "Dotace.", True),
        ("note", "A\nB", "A B", False),
        ("actor_role", " právní  odbor", "právní odbor", True),
        ("link", "https://example.cz", "example.cz", True),
        ("output", {"title": "A", "link": " "}, {"title": "A"}, True),
        ("output", {"happened_on": "1.2.2026"}, {"happened_on": "1. 2. 2026"}, True),
        ("output", {"title": "A"}, {"title": "B"}, False),
    ],
)
def test_the_same_meaning_written_otherwise_is_no_change(name, a, b, is_same):
    assert typed.same(name, a, b) is is_same


def test_joined_text_holds_each_sentence_once():
    mine = "Poskytovatel nemá mzdy. Jednáme o dotaci."
    theirs = "Poskytovatel nemá mzdy. Dotaci projedná výbor 3. 12. 2026."
    assert merging.joined(mine, theirs) == (
        "Poskytovatel nemá mzdy. Jednáme o dotaci. Dotaci projedná výbor 3. 12. 2026."
    )


def test_joined_text_keeps_paragraphs():
    assert merging.joined("Úvod.\n\nMoje.", "Úvod.\n\nJejich.") == "Úvod.\n\nMoje. Jejich."


def test_marked_shows_what_the_other_does_not_say():
    assert merging.marked("Jednáme o dotaci.", "Jednáme o mzdách.") == [
        ("Jednáme o ", False),
        ("dotaci.", True),
    ]


def test_long_texts_are_compared_quickly():
    mine, theirs = "slovo " * 20_000, "jiné " * 20_000
    assert merging.marked(mine, theirs)[0][1] is True
    assert merging.joined(mine, theirs).startswith("slovo slovo")
