"""Pictures: opened with a limit of pixels and drawn anew without anything but the picture.

Where a photograph was taken, by what and when, and what programs wrote into it, stays behind.
"""

import struct
from io import BytesIO

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

from measures.models import AttachmentKind

MAX_PIXELS = 50_000_000
TOO_MANY = "má víc než 50 milionů bodů. Zmenšete ho."
BROKEN = "je jako obrázek poškozený. Uložte ho znovu."
_FAULTS = (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, struct.error)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_FORMATS = {AttachmentKind.JPEG: "JPEG", AttachmentKind.PNG: "PNG"}
_JPEG_MODES = ("L", "RGB", "CMYK")


def redrawn(content, kind):
    """Return the bytes of the same picture, turned as its camera said, with no data about it."""
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(TOO_MANY)
            return _written(_bare(picture), kind)
    except _BOMBS:
        raise ValidationError(TOO_MANY) from None
    except _FAULTS:
        raise ValidationError(BROKEN) from None


def _bare(picture):
    """Return the first picture of a file, upright; transparency is all that is kept beside it."""
    picture.load()
    seen = picture.info.get("transparency")
    bare = ImageOps.exif_transpose(picture)
    bare.info = {} if seen is None else {"transparency": seen}
    return bare


def _written(picture, kind):
    out = BytesIO()
    if kind == AttachmentKind.JPEG:
        if picture.mode not in _JPEG_MODES:
            picture = picture.convert("RGB")
        picture.info = {}
        picture.save(out, "JPEG", quality=90)
    else:
        picture.save(out, "PNG")
    return out.getvalue()
