"""The text of a PDF made by Typst, for tests that look for what must not stand in it."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\b(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\(|\bET\b")
_SAID = re.compile(
    rb"/(?:Alt|ActualText|Title|Desc)\s*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]+>)", re.DOTALL
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(data):
    """Return what is written on the pages, the alternative texts and the attached files."""
    objects, streams = _opened(data)
    parts = []
    for number, body in objects.items():
        resources = re.search(rb"/Resources (\d+) 0 R", body)
        if resources:
            # A page keeps its drawing in another object, a picture within itself.
            contents = re.search(rb"/Contents (\d+) 0 R", body)
            drawing = streams[int(contents[1])] if contents else streams[number]
            fonts = _fonts(objects[int(resources[1])], objects, streams)
            parts.append(_shown(drawing, fonts))
        elif b"/EmbeddedFile" in body:
            parts.append(streams[number].decode("utf-8", "replace"))
        parts += [_string(text) for text in _SAID.findall(body)]
    return "\n".join(parts)


def page_texts(data):
    """Return what is written on each page, in their order, with single spaces."""
    objects, streams = _opened(data)
    pages = next(body for body in objects.values() if b"/Type/Pages" in body)
    kids = re.search(rb"/Kids\[(.*?)\]", pages)[1]
    texts = []
    for number in re.findall(rb"(\d+) 0 R", kids):
        page = objects[int(number)]
        drawing = streams[int(re.search(rb"/Contents (\d+) 0 R", page)[1])]
        resources = objects[int(re.search(rb"/Resources (\d+) 0 R", page)[1])]
        text = _shown(drawing, _fonts(resources, objects, streams))
        texts.append(" ".join(text.replace("\u200b", "").replace("\u2060", "").split()))
    return texts


def attached(data):
    """Return the bytes of each attached file by its name."""
    objects, streams = _opened(data)
    files = [body for body in objects.values() if b"/Type/Filespec" in body]
    return {
        re.search(rb"/F\((.*?)\)", body)[1].decode(): streams[
            int(re.search(rb"/EF<</F (\d+) 0 R", body)[1])
        ]
        for body in files
    }


def bookmarks(data):
    """Return the titles of the bookmarks in their order."""
    objects, _ = _opened(data)
    at = next(body for body in objects.values() if b"/Type/Outlines" in body)
    return list(_below(at, objects))


def _below(parent, objects):
    found = re.search(rb"/First (\d+) 0 R", parent)
    while found:
        one = objects[int(found[1])]
        yield _string(_SAID.search(one)[1])
        yield from _below(one, objects)
        found = re.search(rb"/Next (\d+) 0 R", one)


def _opened(data):
    """Return the objects and their unpacked streams by their numbers."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    return objects, {number: _unpacked(body) for number, body in objects.items()}


def _string(text):
    """Return a text string of a dictionary."""
    code = bytes.fromhex(text[1:-1].decode()) if text[:1] == b"<" else text[1:-1]
    code = _ESCAPE.sub(_meant, code) if text[:1] == b"(" else code
    return code[2:].decode("utf-16-be") if code[:2] == b"\xfe\xff" else code.decode("latin-1")


def _unpacked(body):
    found = _STREAM.search(body)
    if not found:
        return b""
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]


def _fonts(resources, objects, streams):
    """Return the letters of each font by its name in the drawing."""
    fonts = {}
    for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources):
        found = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        if found:
            fonts[name] = _letters(streams[int(found[1])])
    return fonts


def _letters(cmap):
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", cmap)
    return {int(code, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for code, to in pairs}


def _shown(content, fonts):
    letters, text, place = {}, [], 0
    while found := _SHOWN.search(content, place):
        place = found.end()
        if found[1]:
            letters = fonts.get(found[1], {})
        elif found[0] == b"ET":
            text.append("\n")
        else:
            place = _end_of_string(content, place)
            codes = _ESCAPE.sub(_meant, content[found.end() : place - 1])
            pairs = zip(codes[::2], codes[1::2], strict=False)
            text.append("".join(letters.get(256 * high + low, "") for high, low in pairs))
    return "".join(text)


def _end_of_string(content, place):
    """Return where a string ends; brackets within it come in pairs."""
    depth = 1
    while depth:
        sign = content[place : place + 1]
        depth += (sign == b"(") - (sign == b")")
        place += 2 if sign == b"\\" else 1
    return place


def _meant(escape):
    sign = escape[1]
    return bytes([int(sign, 8)]) if sign.isdigit() else _NAMED.get(sign, sign)
