"""Which page of the portal an address names, and what the page is called in words.

Whoever reports an error says by an address which page it is about, and anybody may write such an
address: so only one that leads to a page of ours counts, rebuilt from what was found, so that no
word from outside gets through.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from indicators.models import Indicator
from measures.models import Measure
from meetings.models import Meeting
from meetings.models.meeting import day_of
from municipalities.models import Municipality, Orp
from portal.methodology import METHODS
from projects.models import Project
from strategy.models import Goal, Priority, Strategy

LONGEST = 400
UNNAMED = re.compile(r"/(ucet|dotaz|nahlasit|prace|admin|priloha)(/|$)")
"""Pages no report is about: not public, or with a secret in their address, which goes nowhere."""

_PLAIN = re.compile(r"/[-A-Za-z0-9_./]*")
_TITLES = {
    "/": "úvodní stránka",
    "/obce/": "obce",
    "/obce/srovnani/": "srovnání obcí",
    "/kraj/": "kraj",
    "/strategie/": "strategie",
    "/zasedani/": "zasedání",
    "/ukazatele/": "ukazatele",
    "/projekty/": "projekty",
    "/metodika/": "metodika a data",
    "/metodika/opravy-dat/": "metodika: Opravy dat",
    "/hledat/": "hledání",
    "/o-portalu/": "o portálu",
    "/pristupnost/": "prohlášení o přístupnosti",
    "/snadne-cteni/": "snadné čtení",
}


@dataclass(frozen=True)
class Page:
    """A page of ours: its address and its name in Czech, „obec Cheb“."""

    path: str
    name: str


def link_target(path):
    """Return an address that may be handed on to the form, empty for one that may not. It is only
    looked at: no query."""
    if len(path) > LONGEST or UNNAMED.match(path) or not _PLAIN.fullmatch(path):
        return ""
    return path


def page_of(text):
    """Return the Page an address names, None where it is no page of ours."""
    return pages_of([text])[text]


def pages_of(texts):
    """Return the Page or None of each of the addresses; a query a kind of page at most."""
    matches = {text: _match(text) for text in texts}
    wanted = {}
    for found in filter(None, matches.values()):
        if found.kind:
            wanted.setdefault(found.kind, set()).add(found.key)
    known = {kind: _KINDS[kind](keys) for kind, keys in wanted.items()}
    return {text: found and found.page(known) for text, found in matches.items()}


@dataclass(frozen=True)
class _Match:
    """What an address leads to; `kind` and `key` name the record the page is about, if any."""

    path: str
    view_name: str
    kwargs: dict
    kind: str = ""
    key: tuple = ()

    def page(self, known):
        if not self.kind:
            return Page(self.path, _TITLES.get(self.path, f"stránka {self.path}"))
        record = known[self.kind].get(self.key)
        if record is None:
            return None
        name, own, slug = record
        kwargs = {**self.kwargs, "slug": slug} if slug else self.kwargs
        try:
            path = reverse(self.view_name, kwargs=kwargs)
        except NoReverseMatch:
            return None
        return Page(path, name if path == own else f"{name}, stránka {path}")


def _match(text):
    is_ours = text.startswith("/") and not text.startswith("//")
    path = link_target(urlsplit(text).path) if is_ours else ""
    try:
        found = resolve(path) if path else None
    except Resolver404:
        return None
    if found is None or not found.namespaces:
        return None
    if not found.kwargs:
        return _Match(path, found.view_name, {})
    kind, key = _record_of(path.split("/"), found.kwargs)
    return _Match(path, found.view_name, found.kwargs, kind, key) if kind else None


def _record_of(parts, kwargs):
    """Return the kind and the key of the record a page is about, by the shape of its address."""
    first, names = parts[1], set(kwargs)
    if first in ("obce", "orp") and names == {"code", "slug"}:
        return first, (kwargs["code"],)
    if first == "strategie" and names == {"slug"}:
        return first, (kwargs["slug"],)
    if first == "strategie" and names == {"slug", "code"} and parts[3] in _KINDS:
        return parts[3], (kwargs["slug"], kwargs["code"])
    if first == "zasedani" and "slug" in names:
        return first, (kwargs["slug"],)
    if first in ("projekty", "ukazatele", "metodika") and names == {"slug"}:
        return first, (kwargs["slug"],)
    return "", ()


def _places(model, kind):
    """Read places by code; their address is rebuilt with their own slug."""

    def read(keys):
        places = model.objects.filter(code__in=[code for (code,) in keys])
        return {(p.code,): (f"{kind} {p.name}", p.get_absolute_url(), p.slug) for p in places}

    return read


def _plans(model, kind):
    """Read measures, goals or priorities by the slug of their strategy and their code."""

    def read(keys):
        slugs, codes = {slug for slug, _ in keys}, {code for _, code in keys}
        items = model.objects.filter(strategy__slug__in=slugs, code__in=codes)
        view_name = f"portal:{model._meta.model_name}_detail"
        return {
            (item.strategy.slug, item.code): (
                f"{kind} {item.code} {item.short_name}",
                reverse(view_name, args=[item.strategy.slug, item.code]),
                "",
            )
            for item in items.select_related("strategy")
        }

    return read


def _slugged(model, kind, name):
    def read(keys):
        items = model.objects.filter(slug__in=[slug for (slug,) in keys])
        return {
            (item.slug,): (f"{kind}{getattr(item, name)}", item.get_absolute_url(), "")
            for item in items
        }

    return read


def _meetings(keys):
    """Read meetings whose briefing everybody may read."""
    days = [day for (slug,) in keys if (day := day_of(slug))]
    frozen = Meeting.objects.frozen().filter(meeting_date__in=days).select_related("body")
    return {(one.slug,): (f"zasedání {one}", one.get_absolute_url(), "") for one in frozen}


def _methods(keys):
    methods = [METHODS[slug] for (slug,) in keys if slug in METHODS]
    return {(m.slug,): (f"metodika: {m.title}", m.get_absolute_url(), "") for m in methods}


_KINDS = {
    "obce": _places(Municipality, "obec"),
    "orp": _places(Orp, "ORP"),
    "opatreni": _plans(Measure, "opatření"),
    "cil": _plans(Goal, "cíl"),
    "priorita": _plans(Priority, "priorita"),
    "strategie": _slugged(Strategy, "", "short_name"),
    "zasedani": _meetings,
    "projekty": _slugged(Project, "projekt ", "name"),
    "ukazatele": _slugged(Indicator, "ukazatel ", "name"),
    "metodika": _methods,
}
