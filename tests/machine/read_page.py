"""A page read by its tags, classes and labels, as a program of a reader would."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "use", "hr", "path", "rect", "circle", "line"}


def plain(text):
    """Return text with single plain spaces and without word joiners."""
    return " ".join(text.replace("\u2060", "").split())


class Node:
    """One tag with what stands in it: texts and other tags in their order."""

    def __init__(self, tag, attrs):
        self.tag, self.attrs, self.inside = tag, dict(attrs), []

    @property
    def text(self):
        """What is read in it, with plain spaces."""
        return plain(self._text())

    def _text(self):
        return "".join(one if isinstance(one, str) else one._text() for one in self.inside)

    def all(self, tag, css="", **attrs):
        """Return every tag in it of a name, with a class and with attributes, in their order."""
        found = []
        for one in self.inside:
            if isinstance(one, Node):
                found += [one] if one._is(tag, css, attrs) else []
                found += one.all(tag, css, **attrs)
        return found

    def one(self, tag, css="", **attrs):
        """Return the only such tag; there must be one."""
        (found,) = self.all(tag, css, **attrs)
        return found

    def texts(self, tag, css="", **attrs):
        return [one.text for one in self.all(tag, css, **attrs)]

    def section(self, label):
        """Return the section whose heading has an id."""
        return self.one("section", labelledby=label)

    def _is(self, tag, css, attrs):
        classes = self.attrs.get("class", "").split()
        named = {name: self.attrs.get(f"aria-{name}", self.attrs.get(name)) for name in attrs}
        return self.tag == tag and css in ("", *classes) and named == attrs


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.path = [Node("page", ())]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.path[-1].inside.append(node)
        if tag not in VOID:
            self.path.append(node)

    def handle_startendtag(self, tag, attrs):
        self.path[-1].inside.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.path.pop().tag == tag, f"</{tag}> closes another tag"

    def handle_data(self, text):
        self.path[-1].inside.append(text)


def read_page(client, address):
    """Return the main part of a page."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.path[0].one("main")
