from functools import cached_property, lru_cache

import django_tables2 as tables
from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import czech
from municipalities.models.index import ValueState
from municipalities.shares import percent, withheld

UNKNOWN = "neznámý"
BORROWED = SafeString(  # nothing in it comes from anywhere else
    '<span class="hm"></span> <span class="visually-hidden">převzato</span>'
)
ROW = (
    '<tr id="o{}"><th scope="row"><a href="{}">{}</a></th><td class="muted">{}</td>'
    '<td class="num hide-s">{}</td><td class="num">{}</td><td class="nowrap hide-s">{}</td>'
    '<td class="num">{}</td></tr>'
)


SHARE_ROW = (
    '<tr id="o{}"><th scope="row"><a href="{}">{}</a></th><td class="muted">{}</td>'
    '<td class="num hide-s">{}</td><td class="num nowrap">{}</td><td class="nowrap hide-s">{}</td>'
    '<td class="num">{}</td></tr>'
)
SHARE = '<span class="bandno bandno--share {}">{}</span>'
LENT = SafeString('<span class="hm"></span> převzato')


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

    caption_of = "index"

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
        self.caption = _caption(overview.population_day, self.caption_of, edition and edition.year)

    @cached_property
    def places(self):
        """The IndexRow of each municipality to be shown, in the order asked for."""
        if not self.order_by:  # what was asked for is no order of this table
            self.order_by = self._meta.order_by
        if self.is_whole and list(self.order_by) == ["obec"]:
            return list(self.overview.municipalities)
        by_code = {row.code: row for row in self.overview.municipalities}
        codes = self.data.data.values_list("code", flat=True)
        return [by_code[code] for code in codes if code in by_code]

    @property
    def body(self):
        band = self.overview.band
        return SafeString("".join(_row(row, band(row)) for row in self.places))


class ShareTable(MunicipalityTable):
    """Municipalities with the share of one component; a withheld one is last in both orders."""

    podil = tables.Column("Podíl", attrs={"td": {"class": "num"}})
    proti = tables.Column("Proti Česku", attrs={"td": {"class": "nowrap hide-s"}})

    order_podil = order_proti = _sorted_by("share")

    caption_of = "podíl a\u00a0index"

    class Meta(MunicipalityTable.Meta):
        sequence = ("obec", "orp", "obyvatel", "podil", "proti", "index")
        exclude = ("pasmo", "prevzato")

    def __init__(self, queryset, *, scale, **known):
        super().__init__(queryset, **known)
        self.scale = scale

    @property
    def body(self):
        class_of = self.scale.class_of
        return SafeString("".join(_share_row(row, class_of(row.share)) for row in self.places))


@lru_cache(maxsize=20_000)
def _row(row, band):
    """Return a row of the table; it depends on nothing but its arguments."""
    index = pasmo = UNKNOWN
    if band is not None:
        index = format_html('<span class="bandno {}">{}</span>', band.css, row.index_value)
        pasmo = band.word
    elif row.index_value is not None:
        index = row.index_value
    borrowed = BORROWED if row.is_borrowed else ""
    return format_html(ROW, *_place(row), index, pasmo, borrowed)


@lru_cache(maxsize=20_000)
def _share_row(row, share_class):
    """The same by the share of a component; what is withheld has words in place of a number."""
    share, against = withheld(row), "nelze srovnat"
    if share_class is not None:
        share = format_html(SHARE, share_class.css, percent(row.share))
        against = share_class.word
    elif row.share_state == ValueState.BORROWED:
        share = LENT
    index = UNKNOWN if row.index_value is None else row.index_value
    return format_html(SHARE_ROW, *_place(row), share, against, index)


def _place(row):
    """The cells every row begins with."""
    population = "neznámo" if row.population is None else czech.integer(row.population)
    return row.code, row.url, row.name, row.orp.name, population


def _caption(population_day, what, year):
    """„Obyvatelé k 31. 12. 2020, index 2023“, as far as known."""
    parts = [
        f"obyvatelé k {population_day}" if population_day else "",
        f"{what} {year}" if year else "",
    ]
    text = ", ".join(filter(None, parts))
    return czech.typography(text[:1].upper() + text[1:])
