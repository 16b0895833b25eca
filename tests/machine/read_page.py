"""A page read by the tags and classes that look.md and the templates document."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "use", "hr", "path", "rect", "circle", "line"}


def plain(text):
    """Return text with single plain spaces and without word joiners."""
    return " ".join(text.replace("\u2060", "").split())
