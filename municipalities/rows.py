"""Municipalities as lists, maps and charts read them: plain rows, not model instances.

A region has hundreds of municipalities and a page shows each of them twice, so a row costs as
little as it can; what is worked out from its code and name alone is remembered.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import slugify

from municipalities.models.territory import MunicipalityKind


class OrpRow(NamedTuple):
    """The ORP a municipality lies in."""

    code: str
    name: str
    sort_key: str
    search_key: str

    @property
    def slug(self):
        return _slug(self.search_key)

    @property
    def url(self):
        return _url("municipalities:orp_detail", self.code, self.search_key)


class IndexRow(NamedTuple):
    """A municipality with its index in one edition; None is an unknown value, never zero.

    `is_borrowed` says that its education component comes from another municipality; `hex_q` and
    `hex_r` are its cell in the map and `boundary` the key of its boundary, if it has one. `share`
    is that of the component asked for, None where it may not be shown or none was asked for;
    `share_state` says why. `is_abroad` says that it lies in another region than the one that was
    read, as a neighbour does.
    """

    code: str
    name: str
    search_key: str
    kind: str
    population: int | None
    population_date: date | None
    index_value: int | None
    is_borrowed: bool
    hex_q: int | None
    hex_r: int | None
    boundary: int | None
    orp: OrpRow
    share: Decimal | None = None
    share_state: str = ""
    is_abroad: bool = False

    @property
    def is_counted(self):
        return self.kind != MunicipalityKind.MILITARY_AREA

    @property
    def url(self):
        return _url("portal:municipality_detail", self.code, self.search_key)


@lru_cache(maxsize=20_000)
def _slug(search_key):
    return slugify(search_key)


@lru_cache(maxsize=20_000)
def _url(view_name, code, search_key):
    return reverse(view_name, args=[code, _slug(search_key)])
