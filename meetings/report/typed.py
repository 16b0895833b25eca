"""Typography for a whole display object."""

from common import czech

RAW = frozenset({"svg", "icon", "key", "as_of_iso", "sha256", "address", "codes"})
"""What no line is broken in: drawings, names, numbers that are copied."""


def typed(value):
    """Return texts, or lists and dictionaries of them, with Czech typography."""
    if isinstance(value, dict):
        return {name: one if name in RAW else typed(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [typed(one) for one in value]
    return czech.typography(value) if isinstance(value, str) else value
