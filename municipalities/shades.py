"""Colours of the bands where no style sheet reaches: in print and in PDF. They are the light set of
tokens.css; on screen the style sheet overrides them by the classes b1 to b4."""

from typing import NamedTuple

INK = "#1B1F24"
MUTED = "#565E68"
LINE = "#4B3A4E"
PAPER = "#FFFFFF"
DOT = "#6B737C"
OWN = "#12436D"


class Shade(NamedTuple):
    """Fill of a band, what stands on it, and the hatch over it."""

    fill: str
    on: str
    hatch: str


SHADES = {
    1: Shade("#F4EBF3", INK, LINE),
    2: Shade("#D4A4CE", INK, "#4A0F4A"),
    3: Shade("#9C4297", PAPER, PAPER),
    4: Shade("#4A0A4B", PAPER, PAPER),
}
