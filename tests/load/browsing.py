"""A reader of pages without a browser: forms as they stand, answers with their time."""

import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar


@dataclass
class Form:
    """What a form on a page would send if nobody touched it, and the names of its buttons."""

    values: list = field(default_factory=list)
    buttons: set = field(default_factory=set)
    names: set = field(default_factory=set)

    def filled(self, **changes):
        """Return the pairs to post: all that stands in the form but for the changes."""
        kept = [(name, value) for name, value in self.values if name not in changes]
        return kept + list(changes.items())

    @property
    def tokens(self):
        """Whether the form carries hidden words of its own beside the token against forgery."""
        return self.names_of_hidden - {"csrfmiddlewaretoken"}

    names_of_hidden: set = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.text, self.select, self.area = [], None, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append(Form())
        if not self.forms:
            return
        form, name = self.forms[-1], attrs.get("name")
        if name:
            form.names.add(name)
        if tag == "input":
            self._input(form, name, attrs)
        elif tag == "button" and name:
            form.buttons.add(attrs.get("value", ""))
        elif tag == "select":
            self.select = [name, None]
        elif tag == "option" and self.select:
            if self.select[1] is None or "selected" in attrs:
                self.select[1] = attrs.get("value", "")
        elif tag == "textarea":
            self.area = [name, ""]

    def _input(self, form, name, attrs):
        kind = attrs.get("type", "text")
        if not name or kind in ("submit", "button", "file"):
            return
        if kind == "hidden":
            form.names_of_hidden.add(name)
        if kind not in ("radio", "checkbox") or "checked" in attrs:
            form.values.append((name, attrs.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            self.forms[-1].values.append((self.select[0], self.select[1] or ""))
            self.select = None
        elif tag == "textarea" and self.area:
            # A line break right after the tag is no part of the text.
            self.forms[-1].values.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None


def form_with(page, name):
    """Return the first form of a page that has a field of that name."""
    parser = _Forms()
    parser.feed(page)
    return next(form for form in parser.forms if name in form.names)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    seconds: float

    @property
    def is_done(self):
        """A change that was carried out leads to another page."""
        return self.status in (302, 303)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Reader:
    """One browser window: its cookies, and the time of every answer it got."""

    def __init__(self, home):
        self.home, self.answers = home, []
        self.jar = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(_NoRedirect, cookies)

    def get(self, path):
        return self._ask(urllib.request.Request(self.home + path))

    def post(self, path, pairs):
        body = urllib.parse.urlencode(pairs).encode()
        return self._ask(urllib.request.Request(self.home + path, data=body))

    def _ask(self, request):
        began = time.monotonic()
        try:
            with self.opener.open(request, timeout=30) as response:
                status, text = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        answer = Answer(status, text, time.monotonic() - began)
        self.answers.append((request.get_method(), request.selector, answer))
        return answer
