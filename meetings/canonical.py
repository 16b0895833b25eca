"""A briefing as canonical JSON and back, driven by the types that content.py states.

Canonical means that one Briefing has one text: keys sorted, no spaces, days and moments in ISO
(moments in UTC), signs as people wrote them. Texts people wrote (Words) can be taken out: the
content then holds {"$": n} in their place, and whoever keeps it keeps the texts beside it.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from meetings.content import SCHEMA, Briefing, Words

REFERENCE = "$"


class UnreadableContent(Exception):
    """A text is not a briefing in a shape this program knows; says why in Czech."""


@dataclass(frozen=True)
class Said:
    """A text taken out of a briefing; `code` is that of the measure it speaks of, if of one."""

    text: str
    code: str


@dataclass(frozen=True)
class Outline:
    """A briefing without its texts: canonical JSON with references, and the texts by number."""

    content: str
    texts: tuple[Said, ...]


def dumps(briefing):
    """Return the whole canonical JSON of a Briefing."""
    return _json(_plain(briefing, Briefing))


def loads(text):
    """Return the Briefing a canonical JSON says; UnreadableContent where it says none."""
    return _briefing(text, ())


def take_apart(briefing):
    """Return the Outline of a Briefing."""
    taken = []
    content = _json(_plain(briefing, Briefing, taken))
    return Outline(content, tuple(taken))


def put_together(content, texts):
    """Return the Briefing of a content and its texts in their order; UnreadableContent where they
    do not belong together."""
    used = set()
    found = _briefing(content, texts, used)
    if used != set(range(len(texts))):
        raise UnreadableContent("Texty neodpovídají obsahu: některý v\u00a0něm nemá místo.")
    return found


def sha256(text):
    """Return the fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def outline_sha256(content, digests):
    """Return the fingerprint of a content and of the fingerprints of its texts: it can be told
    without the texts."""
    return sha256(_json([content, *digests]))


def _json(plain):
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# To plain values


def _plain(value, kind, taken=None, code=""):
    """Return a value of a type as JSON knows it; with `taken`, texts people wrote go there."""
    kind = _known(kind, value)
    if is_dataclass(kind):
        code = getattr(value, "code", code)
        return {name: _plain(getattr(value, name), hint, taken, code) for name, hint in _of(kind)}
    if get_origin(kind) is tuple:
        return [_plain(one, get_args(kind)[0], taken, code) for one in value]
    if kind is datetime:
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if kind is date:
        return value.isoformat()
    if kind is Words and taken is not None and value:
        taken.append(Said(str(value), code))
        return {REFERENCE: len(taken) - 1}
    return str(value) if kind is Words else value


# And back


def _briefing(text, texts, used=None):
    try:
        plain = json.loads(text)
    except ValueError:
        raise UnreadableContent("Obsah není JSON.") from None
    schema = plain.get("schema") if isinstance(plain, dict) else None
    if schema != SCHEMA:
        raise UnreadableContent(f"Tvar „{schema}“ tento program nezná, zná „{SCHEMA}“.")
    try:
        return _value(plain, Briefing, texts, used)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise UnreadableContent(f"Obsah nemá tvar „{SCHEMA}“: {error!r}") from error


def _value(plain, kind, texts, used):
    """Return what a plain value says as a value of a type."""
    kind = _known(kind, plain)
    if is_dataclass(kind):
        hints = _of(kind)
        if set(plain) != {name for name, _ in hints}:
            raise ValueError(f"{kind.__name__} has other fields")
        return kind(**{name: _value(plain[name], hint, texts, used) for name, hint in hints})
    if get_origin(kind) is tuple:
        return tuple(_value(one, get_args(kind)[0], texts, used) for one in plain)
    if kind is datetime:
        return datetime.fromisoformat(plain)
    if kind is date:
        return date.fromisoformat(plain)
    if kind is Words:
        return Words(_text(plain, texts, used))
    if type(plain) is not kind and kind is not NoneType:
        raise TypeError(f"{plain!r} is no {kind.__name__}")
    return plain


def _text(plain, texts, used):
    if isinstance(plain, str):
        return plain
    number = plain[REFERENCE]
    if number in used:
        raise ValueError(f"the text {number} stands twice")
    used.add(number)
    return texts[number]


def _known(kind, value):
    """Return the type that holds: of „date | None“ the one the value is of."""
    if get_origin(kind) not in (UnionType, Union):
        return kind
    if value is None:
        return NoneType
    return next(one for one in get_args(kind) if one is not NoneType)


@cache
def _of(kind):
    """The fields of a dataclass with their types, in the order they are written in."""
    hints = get_type_hints(kind)
    return tuple((one.name, hints[one.name]) for one in fields(kind))
