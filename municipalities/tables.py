import django_tables2 as tables
from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from common import czech
from municipalities.index import band_of

UNKNOWN = "neznámý"
BORROWED = mark_safe(  # nothing in it comes from anywhere else
    '<span class="hm"></span> <span class="visually-hidden">převzato</span>'
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
    """Municipalities with their index; a row needs `index_value` and `is_borrowed`."""

    obec = tables.Column("Obec", accessor="name")
    orp = tables.Column("ORP", accessor="orp__name", attrs={"td": {"class": "muted"}})
    obyvatel = tables.Column(
        "Obyvatel",
        accessor="population",
        default="neznámo",
        attrs={"td": {"class": "num hide-s"}},
    )
    index = tables.Column(
        "Index", accessor="index_value", default=UNKNOWN, attrs={"td": {"class": "num"}}
    )
    pasmo = tables.Column(
        "Pásmo", accessor="index_value", default=UNKNOWN, attrs={"td": {"class": "nowrap hide-s"}}
    )
    prevzato = tables.Column("Převzato", accessor="is_borrowed", attrs={"td": {"class": "num"}})

    order_obec = _sorted_by("sort_key")
    order_orp = _sorted_by("orp__sort_key")
    order_obyvatel = _sorted_by("population")
    order_index = order_pasmo = _sorted_by("index_value")
    order_prevzato = _sorted_by("is_borrowed")

    class Meta:
        template_name = "components/table.html"
        attrs = {"class": "tbl"}
        order_by = "obec"
        order_by_field = "razeni"
        empty_text = "Výběru neodpovídá žádná obec."

    def __init__(self, data, *, overview, year):
        super().__init__(data)
        self.bands = overview.bands
        self.caption = _caption(overview.population_day, year)

    def render_obec(self, record):
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.name)

    def render_obyvatel(self, value):
        return czech.integer(value)

    def render_index(self, value):
        band = band_of(value, self.bands)
        return format_html('<span class="bandno {}">{}</span>', band.css if band else "", value)

    def render_pasmo(self, value):
        band = band_of(value, self.bands)
        return band.word if band else UNKNOWN

    def render_prevzato(self, value):
        return BORROWED if value else ""


def _caption(population_day, year):
    """„Obyvatelé k 31. 12. 2020, index 2023“, as far as known."""
    parts = [
        f"obyvatelé k {population_day}" if population_day else "",
        f"index {year}" if year else "",
    ]
    text = ", ".join(filter(None, parts))
    return czech.typography(text[:1].upper() + text[1:])
