"""Two people, or two windows, at one report: a three-way merge by field. Pure, no database.

Values are what stands in the fields of the form: texts, sets of ticked milestones as lists, and
the whole of an output as a dict. What only one side changed is taken; what both changed, each
differently, is a conflict, and a person chooses.
"""

import difflib
import re
from dataclasses import dataclass

MARK_WORDS = re.compile(r"\S+\s*|\s+")
SENTENCES = re.compile(r"[^.!?\n]*[.!?]+(?=\s|$)\s*|[^.!?\n]+\s*|\s+|[.!?]+")


@dataclass(frozen=True)
class Merge:
    """What a merge came to. `values` hold what nobody disputes; a field in `conflicts` holds
    mine there, until somebody chooses. `from_mine` and `from_theirs` name what was taken from
    one side only."""

    values: dict
    from_mine: tuple = ()
    from_theirs: tuple = ()
    conflicts: tuple = ()


def merge(base, mine, theirs, same=lambda name, a, b: a == b):
    """Merge two changes of `base` by field; `same(name, a, b)` says when two values mean one.

    Ticks never conflict: one that either side set or took away stays so.
    """
    values, from_mine, from_theirs, conflicts = dict(mine), [], [], []
    for name in mine:
        a, b, old = mine[name], theirs.get(name, base.get(name)), base.get(name)
        if isinstance(a, list):
            values[name] = merged_ticks(old or [], a, b or [])
            from_theirs += [name] if set(values[name]) != set(a) else []
            from_mine += [name] if set(a) != set(old or []) and set(values[name]) != set(b) else []
        elif same(name, a, b) or same(name, b, old):
            from_mine += [name] if not same(name, a, b) else []
        elif same(name, a, old):
            values[name] = b
            from_theirs.append(name)
        else:
            conflicts.append(name)
    return Merge(values, tuple(from_mine), tuple(from_theirs), tuple(conflicts))


def merged_ticks(base, mine, theirs):
    """Return the ticks after both changes, in the order mine, then theirs."""
    gone = (set(base) - set(mine)) | (set(base) - set(theirs))
    return [tick for tick in dict.fromkeys([*mine, *theirs]) if tick not in gone]


def joined(mine, theirs):
    """Return one text that holds every sentence of both: what they share once, then what is only
    mine, then what is only theirs, in the order they were written."""
    a, b = SENTENCES.findall(mine), SENTENCES.findall(theirs)
    bare_a, bare_b = [part.strip() for part in a], [part.strip() for part in b]
    parts = []
    matcher = difflib.SequenceMatcher(None, bare_a, bare_b, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        parts += a[a1:a2]
        parts += b[b1:b2] if kind != "equal" else []
    spaced = [part if part[-1].isspace() else f"{part} " for part in parts]
    return "".join(spaced).strip()


def marked(text, other):
    """Return a text in pieces (piece, is it not in the other): what to mark on the page."""
    a, b = _words(text), _words(other)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    pieces = []
    for kind, a1, a2, _, _ in matcher.get_opcodes():
        if a1 < a2:
            pieces.append(("".join(a[a1:a2]), kind != "equal"))
    return pieces


def _words(text):
    # A long text is compared by sentences: by words it would take too long.
    return SENTENCES.findall(text) if len(text) > 3000 else MARK_WORDS.findall(text)
