"""Reading pages the way a reader does."""

import html
import re


def plain(text):
    """Return text with plain spaces and without invisible signs."""
    return " ".join(text.replace("\u2060", "").split())


def text_of(response):
    """Return the text of a page without tags and lists of choices, with plain spaces."""
    body = re.sub(r"<(head|svg|select)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return plain(html.unescape(re.sub(r"<[^>]*>", " ", body)))


def listed(response):
    """Return the municipalities in the table of the list as „name (ORP)“, in its order."""
    return [f"{row.record.name} ({row.record.orp.name})" for row in response.context["table"].rows]


def names(response):
    """Return the names of the municipalities in the table of the list, in its order."""
    return [row.record.name for row in response.context["table"].rows]
