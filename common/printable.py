"""Text a person typed → text that the fonts embedded in Typst can set. Needs no Django.

Emoji, unusual scripts and private signs would stop a whole document for one note, and long text
of mixed directions makes Typst panic. What stands in the database is never changed.
"""

import unicodedata

from common.czech import WORD_JOINER

_RANGES = [
    *((0x20, 0x7E), (0xA0, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38E, 0x3A1), (0x3A3, 0x4FF)),
    *((0x1E00, 0x1EFF), (0x2010, 0x2027), (0x202F, 0x2040), (0x2042, 0x2042), (0x2044, 0x2052)),
    *((0x2070, 0x2071), (0x2074, 0x208E), (0x20AC, 0x20AC), (0x2116, 0x2116)),
    *((0x2122, 0x2122), (0x2150, 0x2151), (0x2153, 0x215E), (0x2190, 0x2199), (0x2200, 0x22FF)),
    *((0x25A0, 0x25FF), (0x2713, 0x2713)),
]
_PRINTED = frozenset(code for first, last in _RANGES for code in range(first, last + 1))
_VARIATIONS = range(0xFE00, 0xFE10)
_BREAKS = frozenset("\n\t\v\f\r\u2028\u2029")
# Controls, marks of direction and zero-width signs (Cf) nobody would miss; a combining mark left
# over by composition has no letter to stand on in these fonts.
_DROPPED = frozenset(["Cc", "Cf", "Mn", "Me"])
BOX = "\u25a1"
"""Stands where a sign was that cannot be printed: something was there."""


def printable(value):
    """Return a text, or lists and dictionaries of texts, in signs that can be printed."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def _text(text):
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(map(_sign, composed))


def _sign(sign):
    code = ord(sign)
    if sign in _BREAKS:
        return " "
    if sign == WORD_JOINER:
        return sign
    if code in _VARIATIONS or unicodedata.category(sign) in _DROPPED:
        return ""
    return sign if code in _PRINTED else BOX
