from functools import cached_property, lru_cache

import django_tables2 as tables
from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import czech

UNKNOWN = "neznámý"
BORROWED = SafeString(  # nothing in it comes from anywhere else
    '<span class="hm"></span> <span class="visually-hidden">převzato</span>'
)
ROW = (
    '<tr id="o{}"><th scope="row"><a href="{}">{}</a></th><td class="muted">{}</td>'
    '<td class="num hide-s">{}</td><td class="num">{}</td><td class="nowrap hide-s">{}</td>'
    '<td class="num">{}</td></tr>'
)


def _sorted_by(*fields):
    """Return an `order_…` method: by the fields, unknown last both ways, then by the alphabet."""

    def order(table, queryset, is_descending):
        keys = [
            F(field).desc(nulls_last=True) if is_descending else F(field).asc(nulls_last=True)
            for field in fields
        ]
        return queryset.order_by(*keys, "sort_key", "code"), True

    return order


class MunicipalityTable(tables.Table):
    """Municipalities with their index.

    Columns, order and links are those of django-tables2. The rows are put together here: its way
    through each cell costs more than the rest of the page, and there are hundreds of them.
    """

    obec = tables.Column("Obec")
    orp = tables.Column("ORP", attrs={"td": {"class": "muted"}})
    obyvatel = tables.Column("Obyvatel", attrs={"td": {"class": "num hide-s"}})
    index = tables.Column("Index", attrs={"td": {"class": "num"}})
    pasmo = tables.Column("Pásmo", attrs={"td": {"class": "nowrap hide-s"}})
    prevzato = tables.Column("Převzato", attrs={"td": {"class": "num"}})

    order_obec = _sorted_by("sort_key")
    order_orp = _sorted_by("orp__sort_key")
    order_obyvatel = _sorted_by("population")
    order_index = order_pasmo = _sorted_by("index_value")
    order_prevzato = _sorted_by("is_borrowed")

    class Meta:
        template_name = "municipalities/_partials/municipality_table.html"
        attrs = {"class": "tbl"}
        order_by = "obec"
        order_by_field = "razeni"
        empty_text = "Výběru neodpovídá žádná obec."

    def __init__(self, queryset, *, overview, edition, is_whole):
        """`queryset` is filtered and gets ordered; `is_whole` says that the filter left nothing
        out of the `overview`, whose rows are shown."""
        super().__init__(queryset)
        self.overview = overview
        self.is_whole = is_whole
        self.caption = _caption(overview.population_day, edition and edition.year)

    @cached_property
    def places(self):
        """The IndexRow of each municipality to be shown, in the order asked for."""
        if self.is_whole and list(self.order_by) == ["obec"]:
            return list(self.overview.municipalities)
        by_code = {row.code: row for row in self.overview.municipalities}
        codes = self.data.data.values_list("code", flat=True)
        return [by_code[code] for code in codes if code in by_code]

    @property
    def body(self):
        band = self.overview.band
        return SafeString("".join(_row(row, band(row)) for row in self.places))


@lru_cache(maxsize=20_000)
def _row(row, band):
    """Return a row of the table; it depends on nothing but its arguments."""
    population = "neznámo" if row.population is None else czech.integer(row.population)
    index = pasmo = UNKNOWN
    if band is not None:
        index = format_html('<span class="bandno {}">{}</span>', band.css, row.index_value)
        pasmo = band.word
    elif row.index_value is not None:
        index = row.index_value
    borrowed = BORROWED if row.is_borrowed else ""
    place = (row.code, row.url, row.name, row.orp.name)
    return format_html(ROW, *place, population, index, pasmo, borrowed)


def _caption(population_day, year):
    """„Obyvatelé k 31. 12. 2020, index 2023“, as far as known."""
    parts = [
        f"obyvatelé k {population_day}" if population_day else "",
        f"index {year}" if year else "",
    ]
    text = ", ".join(filter(None, parts))
    return czech.typography(text[:1].upper() + text[1:])
