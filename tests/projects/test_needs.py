"""What of needs may be shown: an attacker who tries every table that fits what he sees."""

from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.models import NeedArea, NeedDuration
from projects.needs import Shown, hidden, periods, total

ALL, ANY = NeedArea.ALL, NeedDuration.ALL
A, B, C = NeedArea.HOUSING, NeedArea.LABOUR, NeedArea.DEBTS
SHORT, LONG = NeedDuration.TO_3, NeedDuration.OVER_24


def row(area, identified=None, solved=None, duration=ANY, share=None, **more):
    values = {
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "period_text": "",
        "words": "",
        "note": "",
        "source": "zpráva",
        "is_uncertain": False,
    }
    numbers = {"identified": identified, "solved": solved, "solved_share": share}
    return SimpleNamespace(area=area, duration=duration, **numbers, **{**values, **more})


def seen(*rows, is_public=True):
    """Return what is seen of each line: a number or what stands instead of it."""
    (found,) = periods(rows, is_public=is_public)
    return {
        (line.area, line.duration): tuple(
            one.value if one.is_known else one.instead for one in (line.identified, line.solved)
        )
        for line in found.lines
    }


def test_small_count_is_masked_and_nothing_else():
    found = seen(row(A, 40, 20), row(B, 3, 0))
    assert found == {(A, ANY): (40, 20), (B, ANY): ("méně než 5", 0)}


def test_zero_and_five_are_shown():
    assert seen(row(A, 0, 0), row(B, 5, 5)) == {(A, ANY): (0, 0), (B, ANY): (5, 5)}


def test_total_of_areas_that_would_give_a_masked_one_back_is_withheld():
    found = seen(row(ALL, 43), row(A, 40), row(B, 3))
    assert found[ALL, ANY] == ("neuvádí se", "neznámé")
    assert found[A, ANY] == (40, "neznámé")


def test_total_of_areas_without_a_masked_one_is_shown():
    assert seen(row(ALL, 50), row(A, 40), row(B, 10))[ALL, ANY][0] == 50


@pytest.mark.parametrize("left", [1, 4])
def test_solved_that_leaves_one_to_four_unsolved_is_withheld(left):
    assert seen(row(A, 40, 40 - left))[A, ANY] == (40, "neuvádí se")


@pytest.mark.parametrize("left", [0, 5])
def test_solved_that_leaves_none_or_five_is_shown(left):
    assert seen(row(A, 40, 40 - left))[A, ANY] == (40, 40 - left)


def test_lengths_of_an_area_give_no_masked_one_back():
    found = seen(row(A, 23), row(A, 20, duration=SHORT), row(A, 3, duration=LONG), row(ALL, 60))
    assert found[A, ANY][0] == "neuvádí se"
    assert found[A, SHORT][0] == 20
    assert found[A, LONG][0] == "méně než 5"
    assert found[ALL, ANY][0] == "neuvádí se"


def test_lengths_that_would_add_up_to_a_masked_total_are_withheld():
    # 57 of 60 solved; the lengths of the solved ones alone would add up to 57.
    found = seen(row(A, 60, 57), row(A, None, 30, duration=SHORT), row(A, None, 27, duration=LONG))
    assert found[A, ANY] == (60, "neuvádí se")
    assert {found[A, SHORT][1], found[A, LONG][1]} == {"neuvádí se"}


def test_share_that_comes_to_a_masked_count_is_withheld():
    # 3 % of 100 solved needs are 3.
    (found,) = periods(
        [row(ALL, None, 100), row(A, share=97), row(B, share=3, words="pár")], is_public=True
    )
    assert [one.share.value for one in found.lines] == [None] * 3
    assert [one.words for one in found.lines] == [""] * 3


def test_share_and_its_count_do_not_give_the_withheld_whole_back():
    (found,) = periods([row(A, None, 50, share=50), row(B, None, 47), row(C, None, 3)], is_public=1)
    assert found.lines[0].share.shown == Shown.WITHHELD
    assert found.lines[0].solved.value == 50


def test_shares_alone_are_shown_in_the_words_of_their_source():
    rows = [row(NeedArea.MATERIAL, share=25, words="čtvrtina", is_uncertain=True, note="bez dne")]
    (found,) = periods(rows, is_public=True)
    assert (found.lines[0].share.value, found.lines[0].words) == (25, "čtvrtina")


def test_note_of_a_masked_line_is_not_shown():
    rows = [row(A, 3, note="asi tři", is_uncertain=True), row(B, 30, note="zhruba", source="z")]
    (found,) = periods(rows, is_public=True)
    assert {line.area: line.note for line in found.lines} == {A: "", B: "zhruba"}


def test_staff_see_every_number():
    rows = [row(ALL, 43, 40), row(A, 40, 39), row(B, 3, 1)]
    found = seen(*rows, is_public=False)
    assert found == {(ALL, ANY): (43, 40), (A, ANY): (40, 39), (B, ANY): (3, 1)}


def test_sum_holds_only_what_is_known_certain_and_shown_and_says_so():
    rows = [row(A, 40), row(B, 3), row(C, 30, is_uncertain=True, note="?"), row(NeedArea.FAMILY, 7)]
    rows.append(row(NeedArea.HEALTH, None, 12))
    (found,) = periods(rows, is_public=True)
    whole = total(found.lines, "identified")
    assert (whole.value, whole.number) == (47, 2)
    assert dict(whole.left_out) == {
        "trh práce": "méně než 5",
        "dluhy": "nejisté",
        "zdraví a závislosti": "neznámé",
    }


def test_periods_stand_newest_first_and_those_without_days_last():
    rows = [
        row(A, 9, period_start=None, period_end=None),
        row(A, 8, period_start="2024-01-01", period_end="2024-12-31"),
        row(A, 7),
    ]
    found = periods(rows, is_public=True)
    assert [one.start for one in found] == ["2025-01-01", "2024-01-01", None]


# The attacker: he knows the rule, adds up, and tries every table that looks the same.

KEYS = [(A, SHORT), (A, LONG), (B, SHORT), (B, LONG)]
SUMS = {
    (A, ANY): [(A, SHORT), (A, LONG)],
    (B, ANY): [(B, SHORT), (B, LONG)],
    (ALL, SHORT): [(A, SHORT), (B, SHORT)],
    (ALL, LONG): [(A, LONG), (B, LONG)],
    (ALL, ANY): KEYS,
}


def whole_table(parts):
    counts = dict(zip(KEYS, parts, strict=True))
    return counts | {key: sum(counts[one] for one in of) for key, of in SUMS.items()}


def looks(counts, held, recorded):
    """What a reader sees of each recorded count."""
    broken = {key for key, of in SUMS.items() if any(one in recorded for one in of)}
    broken |= {(ALL, ANY)} if len(recorded) > 1 else set()
    return {
        key: "?"
        if key in held and (key in broken or counts[key] not in range(1, 5))
        else ("<5" if key in held else counts[key])
        for key in recorded
    }


def fits(counts, look):
    return all(
        one == "?" or (counts[key] in range(1, 5) if one == "<5" else counts[key] == one)
        for key, one in look.items()
    )


recorded_keys = st.sets(st.sampled_from([*KEYS, *SUMS]), min_size=1)


@settings(max_examples=120, deadline=None)
@given(st.tuples(*[st.integers(0, 9)] * 4), recorded_keys)
def test_no_masked_count_is_the_only_one_that_fits(parts, recorded):
    counts = whole_table(parts)
    known = {key: counts[key] for key in recorded}
    held, _, _ = hidden(known, {})
    look = looks(counts, held, recorded)
    small = [key for key in recorded if counts[key] in range(1, 5)]
    assert set(small) <= held
    if not small:
        assert held == set()
        return
    possible = {key: set() for key in small}
    for others in product(range(12), repeat=4):
        table = whole_table(others)
        if fits(table, look):
            for key in small:
                possible[key].add(table[key])
    assert all(len(values) > 1 for values in possible.values())


@settings(max_examples=150, deadline=None)
@given(
    st.tuples(*[st.integers(0, 8)] * 2),
    st.tuples(*[st.integers(0, 6)] * 2),
    st.sets(st.sampled_from([(A, SHORT), (A, LONG), (A, ANY)])),
    st.sets(st.sampled_from([(A, SHORT), (A, LONG), (A, ANY)]), min_size=1),
)
def test_neither_do_identified_and_solved_give_each_other_away(solved, left, have, have_solved):
    def table(solved, left):
        one = {(A, SHORT): solved[0], (A, LONG): solved[1], (A, ANY): sum(solved)}
        two = {(A, SHORT): left[0], (A, LONG): left[1], (A, ANY): sum(left)}
        return {key: one[key] + two[key] for key in one}, one, two

    found, done, rest = table(solved, left)
    held, held_solved, _ = hidden(
        {key: found[key] for key in have}, {key: done[key] for key in have_solved}
    )
    look = looks_of(found, held, have, have_solved)
    look_solved = looks_of(done, held_solved, have_solved, have)
    secret = [(0, key) for key in have if found[key] in range(1, 5)]
    secret += [(1, key) for key in have_solved if done[key] in range(1, 5)]
    secret += [(2, key) for key in have & have_solved if rest[key] in range(1, 5)]
    possible = {one: set() for one in secret}
    for numbers in product(range(11), repeat=4):
        tables = table(numbers[:2], numbers[2:])
        if fits(tables[0], look) and fits(tables[1], look_solved):
            for which, key in secret:
                possible[which, key].add(tables[which][key])
    assert all(len(values) > 1 for values in possible.values())


def looks_of(counts, held, recorded, others):
    """What a reader sees; a total with a breakdown in either column does not say it is small."""
    is_broken = any(key != (A, ANY) for key in {*recorded, *others})
    return {
        key: counts[key]
        if key not in held
        else ("<5" if counts[key] in range(1, 5) and not (key == (A, ANY) and is_broken) else "?")
        for key in recorded
    }
