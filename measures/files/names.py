"""Names of uploaded files: refused where they hide something, else cleaned."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from measures.models import AttachmentKind

LONGEST = 200
LONGEST_SHOWN = 60

# A date like „3. 4. 2026“ at the end of a name is no extension.
_EXTENSION = re.compile(r"\.(?=\d*[A-Za-z])([A-Za-z0-9]{1,8})$")
_EXTENSIONS = {kind: (kind.value,) for kind in AttachmentKind}
_EXTENSIONS[AttachmentKind.JPEG] = ("jpg", "jpeg", "jpe", "jfif")
# What may run or act where a reader sees only the rest of the name.
_ACTIVE = frozenset(
    {
        *("app", "bat", "chm", "cmd", "com", "cpl", "docm", "dotm", "exe", "hta", "htm", "html"),
        *("jar", "js", "jse", "lnk", "mht", "msi", "msp", "php", "pif", "pl", "potm", "ppam"),
        *("pptm", "ps1", "py", "rb", "reg", "scr", "sh", "svg", "url", "vb", "vbe", "vbs", "wsf"),
        *("wsh", "xhtml", "xlam", "xlsm", "xltm", "xml", "zip"),
    }
)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def check(name):
    """Refuse a name that holds a path, signs nobody sees, or more than one meaning."""
    name = unicodedata.normalize("NFC", name or "")
    if "/" in name or "\\" in name:
        raise ValidationError("název obsahuje cestu ke složce. Nechte v něm jen název souboru.")
    if any(unicodedata.category(sign) in _UNSEEN for sign in name):
        raise ValidationError("název obsahuje znaky, které nejsou vidět. Přejmenujte ho.")
    if len(name) > LONGEST:
        raise ValidationError(f"název je delší než {LONGEST} znaků. Zkraťte ho.")
    stem, extension = _split(name)
    if not stem.strip(" ."):
        raise ValidationError("nemá název. Pojmenujte ho.")
    inner = _split(stem)[1]
    if inner in _ACTIVE:
        raise ValidationError(f"má dvě přípony (.{inner}.{extension}). Nechte mu jednu.")


def with_extension_of(kind, name):
    """Return the cleaned name with the extension of its real kind; refuses one that claims
    another."""
    stem, extension = _split(unicodedata.normalize("NFC", name))
    if extension and extension not in _EXTENSIONS[kind]:
        raise ValidationError(
            f"má příponu .{extension}, ale podle obsahu je to {kind.label}. "
            f"Uložte ho s\u00a0příponou .{kind.value}."
        )
    stem = " ".join(stem.split()).strip(" .")
    return f"{stem[: LONGEST - len(kind.value) - 1]}.{kind.value}"


def shown(name):
    """Return a name as it may stand in a sentence: without a path and signs nobody sees, short."""
    last = re.split(r"[/\\]", name or "")[-1]
    text = "".join(s for s in last if unicodedata.category(s) not in _UNSEEN).strip()
    return f"{text[:LONGEST_SHOWN]}…" if len(text) > LONGEST_SHOWN else text or "bez názvu"


def _split(name):
    found = _EXTENSION.search(name)
    return (name[: found.start()], found[1].lower()) if found else (name, "")
