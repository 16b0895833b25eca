"""Every address of the portal that anybody may ask for, read off its URL patterns.

A new pattern is asked for by itself where its parts are known here; where they are not, the test
that walks through the pages fails until it is told how to fill them, or that it is not public.
"""

import io
import re
import zipfile

from django.urls import URLPattern, get_resolver, reverse

from indicators.models import Indicator
from measures.models import Measure
from meetings.documents import BY_NAME
from meetings.models import Meeting
from municipalities.models import Municipality, Orp, Region
from portal.methodology import METHODS
from projects.models import Project
from strategy.models import Goal, Organisation, Priority, Strategy
from tests.pdf import pdf_text

_LINES = re.compile(r"(<path\b[^>]*?)\sd=\"[^\"]*\"")
NOT_PUBLIC = ("prace/", "admin/", "ucet/", "dotaz/", "priloha/", "favicon.ico")
"""Pages of the staff, of accounts, those opened by a secret, and single files."""

COMPONENTS = ["exekuce", "bydleni", "zivobyti", "nezamestnanost", "vzdelavani"]
ORDERS = ["podil", "-podil", "index", "-index"]


class Unlisted(Exception):
    """Nobody has said how the address of a new public page is made."""


def public_addresses():
    """Return every public address: each pattern with each record it can be about."""
    found = []
    for route, name, parts in _patterns(get_resolver()):
        if not route.startswith(NOT_PUBLIC):
            found += [reverse(name, kwargs=kwargs) for kwargs in _fillings(route, name, parts)]
    return sorted({*found, *_chosen(found)})


def read(response):
    """Return all text of an answer, whatever its kind."""
    body = response.getvalue()
    kind = response.headers.get("Content-Type", "").split(";")[0]
    if kind == "application/pdf":
        text = pdf_text(body)
        # A letter of a picture may stand alone.
        return f"{text}\n{text.replace(chr(10), '')}"
    if "officedocument" in kind or kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    # The lines of icons are no numbers anybody reads.
    return _LINES.sub(r"\1", body.decode("utf-8"))


def _patterns(resolver, route="", namespace=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            parts = frozenset(one.pattern.regex.groupindex)
            name = one.name or ""
            yield (f"{route}{one.pattern}".lstrip("^"), f"{namespace}{name}", parts)
        else:
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _patterns(one, f"{route}{one.pattern}", inner)


_RECORDS = {"organisace": Organisation, "projekty": Project, "ukazatele": Indicator}
"""What stands at an address by its first word, where all parts are its own fields."""


def _fillings(route, name, parts):
    """Return the parts of each address of a pattern."""
    first = route.split("/")[0]
    if not parts:
        return [{}]
    if route.endswith(".hexjson") and parts == {"code"}:
        return list(Region.objects.values("code"))
    if first in ("obce", "orp") and parts == {"code", "slug"}:
        model = Municipality if first == "obce" else Orp
        return [{"code": place.code, "slug": place.slug} for place in model.objects.all()]
    if first == "strategie" and parts == {"slug"}:
        return list(Strategy.objects.values("slug"))
    if first == "strategie" and parts == {"slug", "code"}:
        kinds = {"opatreni": Measure, "cil": Goal, "priorita": Priority}
        model = next((kinds[kind] for kind in kinds if f"/{kind}/" in route), None)
        if model:
            rows = model.objects.values_list("strategy__slug", "code")
            return [{"slug": slug, "code": code} for slug, code in rows]
    if first in _RECORDS:
        return [
            {part: getattr(one, part) for part in parts} for one in _RECORDS[first].objects.all()
        ]
    if first == "zasedani":
        return [filled for meeting in _frozen_meetings() for filled in _meeting(meeting, parts)]
    if first == "metodika" and parts == {"slug"}:
        return [{"slug": slug} for slug in METHODS]
    raise Unlisted(f"{name} ({route}): say in tests/portal/public_pages.py how it is filled in.")


def _frozen_meetings():
    return Meeting.objects.frozen().select_related("body")


def _meeting(meeting, parts):
    """Return the parts of an address about a meeting: of each of its documents and snapshots."""
    found = [{"slug": meeting.slug}]
    if "number" in parts:
        numbers = meeting.snapshots.values_list("number", flat=True)
        found = [{**one, "number": number} for one in found for number in numbers]
    if "name" in parts:
        found = [{**one, "name": name} for one in found for name in BY_NAME]
    return found


def _chosen(addresses):
    """Return the addresses with what may be chosen on them."""
    found = []
    codes = ",".join(Municipality.objects.order_by("code").values_list("code", flat=True)[:5])
    for address in addresses:
        if address in ("/obce/", "/kraj/") or address.startswith("/orp/"):
            found += [f"{address}?slozka={slug}&rok=2023" for slug in COMPONENTS]
            found.append(f"{address}?rok=2022")
        if address == "/obce/":
            found += [f"{address}?slozka={slug}&rok=2022" for slug in COMPONENTS]
            found += [f"{address}?slozka=exekuce&razeni={order}" for order in ORDERS]
        elif address.startswith("/obce/srovnani"):
            found.append(f"{address}?o={codes}")
        elif address == "/vyzvy/":
            found += ["/vyzvy/?archiv=1", "/vyzvy/?zadatel=obec"]
        elif address == "/hledat/":
            found += [f"{address}?q={word}" for word in ("obec", "podíl", "kraj")]
        elif address.startswith("/strategie/"):
            found.append(f"{address}?zobrazeni=tabulka")
    return found
