from municipalities.models.boundary import Boundary, BoundarySet
from municipalities.models.index import (
    BandCount,
    Component,
    ComponentShare,
    ComponentValue,
    IndexBand,
    IndexEdition,
    IndexEntry,
)
from municipalities.models.territory import District, Municipality, Orp, Region

__all__ = [
    "BandCount",
    "Boundary",
    "BoundarySet",
    "Component",
    "ComponentShare",
    "ComponentValue",
    "District",
    "IndexBand",
    "IndexEdition",
    "IndexEntry",
    "Municipality",
    "Orp",
    "Region",
]
