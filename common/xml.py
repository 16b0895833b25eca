"""Text that may stand in XML."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def printable(text):
    """Return a text without the control signs that XML has no way to write."""
    return _FORBIDDEN.sub("", text)
