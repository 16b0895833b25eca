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


def titles_of(response):
    """Return what the links of the map are called."""
    return [html.unescape(title) for title in re.findall(r"<a [^>]*><title>(.*?)<", body(response))]


def body(response):
    """Return the page without its head."""
    return response.content.decode().split("<main")[1]


def listed(response):
    """Return the municipalities in the table of the list as „name (ORP)“, in its order."""
    return [f"{row.name} ({row.orp.name})" for row in response.context["table"].places]


def names(response):
    """Return the names of the municipalities in the table of the list, in its order."""
    return [row.name for row in response.context["table"].places]
