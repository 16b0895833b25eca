"""What changed between two texts, word by word. Needs no Django."""

from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 5
"""How many words that stayed are shown on either side of a change."""
ALIKE = 0.4
"""Texts less alike than this are two texts, not one that was changed."""
LONGEST = 1000
"""Of how many words the middle of two texts may be to be compared word by word."""
GAP = "…"


@dataclass(frozen=True)
class Part:
    """A piece of a text: it stayed unless it was removed or added."""

    text: str
    is_removed: bool = False
    is_added: bool = False


def word_difference(old, new):
    """Return the Parts that tell how one text became the other: whole words that went and came,
    with a few that stayed around them. None where nothing is gained by it: one text is empty, or
    they have too little in common."""
    before, after = old.split(), new.split()
    codes = _opcodes(before, after)
    kept = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    if not before or not after or 2 * kept < ALIKE * (len(before) + len(after)):
        return None
    changes = _joined(codes)
    parts = []
    for number, (is_same, i1, i2, j1, j2) in enumerate(changes):
        if is_same:
            is_first, is_last = number == 0, number == len(changes) - 1
            parts.append(Part(_shortened(after[j1:j2], is_first, is_last)))
            continue
        if i1 < i2:
            parts.append(Part(" ".join(before[i1:i2]), is_removed=True))
        if j1 < j2:
            parts.append(Part(" ".join(after[j1:j2]), is_added=True))
    return tuple(parts)


def _opcodes(before, after):
    """Return what difflib says of two lists of words; what both begin and end with needs no
    search, and the middle of very long texts gets none: it would take minutes."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    middle = [("replace", 0, len(old), 0, len(new))] if old or new else []
    if max(len(old), len(new)) <= LONGEST:
        middle = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    codes = [(tag, *(number + start for number in span)) for tag, *span in middle]
    if start:
        codes.insert(0, ("equal", 0, start, 0, start))
    if end:
        codes.append(("equal", len(before) - end, len(before), len(after) - end, len(after)))
    return codes


def _alike(before, after):
    """Return how many words two lists have in common at their beginning."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))


def _joined(opcodes):
    """Return (is it the same, spans of both texts); one word alone between two changes belongs to
    them, or a rewritten sentence would fall to pieces."""
    joined = []
    for number, (tag, *span) in enumerate(opcodes):
        is_same = tag == "equal"
        if is_same and 0 < number < len(opcodes) - 1 and span[3] - span[2] == 1:
            is_same = False
        if joined and not is_same and not joined[-1][0]:
            last = joined.pop()
            span = [last[1], span[1], last[3], span[3]]
        joined.append((is_same, *span))
    return joined


def _shortened(words, is_first, is_last):
    """Return what stayed, without what is far from a change."""
    start, end = " ".join(words[:AROUND]), " ".join(words[-AROUND:])
    if is_first and len(words) > AROUND:
        return f"{GAP} {end}"
    if is_last and len(words) > AROUND:
        return f"{start} {GAP}"
    if not is_first and not is_last and len(words) > 2 * AROUND:
        return f"{start} {GAP} {end}"
    return " ".join(words)
