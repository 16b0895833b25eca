"""What is wrong with a file that was to be imported, as Czech sentences."""

from common import czech

NAMED = 10
"""How many names a sentence lists before it counts the rest."""

SHOWN, KEPT = 30, 200
"""How many problems are printed, and how many stay in the log."""


class Refused(Exception):
    """A file cannot be imported; `problems` are Czech sentences."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__(" ".join(self.problems))


def listed(names):
    """Return names in a row, the first few of many: „Aš, Cheb a 12 dalších“."""
    rest = len(names) - NAMED
    if rest <= 0:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} a {czech.count(rest, 'další', 'další', 'dalších')}"


def told(problems):
    """Return the problems as lines, the first of many."""
    lines = ["Nic se nenačetlo:", *problems[:SHOWN]]
    if len(problems) > SHOWN:
        rest = len(problems) - SHOWN
        lines.append(f"… a {czech.count(rest, 'další chyba', 'další chyby', 'dalších chyb')}.")
    return "\n  ".join(lines)


def read_bytes(path, largest):
    """Return the bytes of a file; raises Refused where there is none or it is too large."""
    try:
        size = path.stat().st_size
        if size > largest:
            raise Refused(
                [
                    f"Soubor má {czech.file_size(size)}, načíst lze nejvýš"
                    f" {czech.file_size(largest)}. Rozdělte ho po krajích, nebo hranice předem"
                    " zjednodušte."
                ]
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused([f"Soubor {path} nelze přečíst: {error.strerror}."]) from error
