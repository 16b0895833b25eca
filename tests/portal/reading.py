"""What a reader finds on a page: its main part, its text, the order of things in it."""

import html
import re


def main_of(response):
    return re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]


def text_of(response):
    """Return what is read on the page: without tags, each space a plain one."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", main_of(response))).replace("\u2060", "")
    return " ".join(text.split())


def in_order(text, *parts):
    """Say whether the parts stand in the text one after another."""
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)
