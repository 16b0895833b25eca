"""Tables of municipalities: by priorities, and by the measures of one priority."""

import django_tables2 as tables
from django.utils.html import format_html, format_html_join

from common import czech
from common.tables import RowsInMemory
from measures.models import Measure
from portal.coverage_page import work_label
from portal.coverage_words import percent
from portal.outline import numbered
from projects.coverage import Need

PLACE, ORP = "obec", "orp"
GAP = format_html("<b>{}</b>", "mezera v\u00a0pokrytí")


def priority_name(priority):
    """Return the name of the column of a priority, as it stands in the address."""
    return f"p-{priority.code.lower()}"


def measure_name(measure):
    """Return the name of the column of a measure, as it stands in the address; a dot would be
    taken for a path."""
    return f"o-{measure.code.lower().replace('.', '-')}"


class PlacesTable(tables.Table):
    """Municipalities with their ORP; what else stands there comes as extra columns."""

    obec = tables.Column("Obec", accessor="municipality")
    orp = tables.Column("ORP", accessor="municipality__orp__name", attrs={"td": {"class": "muted"}})

    class Meta:
        template_name = "components/table.html"
        order_by = PLACE
        order_by_field = "razeni"
        empty_text = "Výběru neodpovídá žádná obec."
        attrs = {"class": "tbl tbl--stack tbl--cover"}

    def __init__(self, rows, *, orders, keep, **kwargs):
        orders = {
            PLACE: lambda row: (row.municipality.sort_key, row.municipality.code),
            ORP: lambda row: (row.municipality.orp.sort_key, row.municipality.orp.code),
            **orders,
        }
        super().__init__(RowsInMemory(rows, orders, [PLACE]), **kwargs)
        self.keep = keep

    def render_obec(self, value):
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), value.name)


class CellColumn(tables.Column):
    """One priority; a cell says the need, its share and what is done there."""

    def render(self, value, table):
        need = format_html("{}", value.need.label)
        if value.share is not None:
            shape = HIGH if value.need == Need.HIGH else "{} {}"
            need = format_html(shape, need, percent(value.share))
        return format_html("<span>{}<br>{}</span>", need, self._cover(value, table))

    def _cover(self, value, table):
        if value.is_gap:
            return GAP
        if not value.works:
            return format_html('<span class="muted">{}</span>', value.cover.label)
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', (table.link_to(work) for work in value.works)
        )
        return format_html("v\u00a0obci: {}", links)


HIGH = '<b class="need">{} {}</b>'


class CoverageTable(PlacesTable):
    """Need against coverage; `columns` are pairs of the place of a Cell and its Column."""

    class Meta(PlacesTable.Meta):
        pass

    def __init__(self, rows, *, columns, **kwargs):
        orders = {priority_name(one.priority): _share_at(place) for place, one in columns}
        extra = [
            (
                priority_name(one.priority),
                CellColumn(czech.typography(numbered(one.priority)), accessor=f"cells__{place}"),
            )
            for place, one in columns
        ]
        super().__init__(rows, orders=orders, extra_columns=extra, **kwargs)
        self.links = {}

    def link_to(self, work):
        """Return the address and the label of a measure or a project, whose page knows no other
        day than today."""
        if work not in self.links:
            url, label = work.get_absolute_url(), work_label(work)
            if isinstance(work, Measure):
                url, label = self.keep(url), work.code
            self.links[work] = (url, label)
        return self.links[work]


def _share_at(place):
    """Order by the share, unknown needs last both ways."""
    return lambda row: row.cells[place].share


class PresenceColumn(tables.Column):
    """One measure; a cell says what it does in the municipality."""

    def render(self, value):
        if value == value.HERE:
            return format_html("<b>{}</b>", value.label)
        return format_html('<span class="muted">{}</span>', value.label)


class MeasuresTable(PlacesTable):
    """Municipalities × measures; rows are PresenceRows, `columns` MeasureColumns."""

    class Meta(PlacesTable.Meta):
        attrs = {"class": "tbl tbl--stack tbl--cover tbl--dense"}

    def __init__(self, rows, *, columns, **kwargs):
        orders, extra = {}, []
        for place, column in enumerate(columns):
            name = measure_name(column.measure)
            orders[name] = _rank_at(place)
            extra.append((name, PresenceColumn(column.measure.code, accessor=f"cells__{place}")))
        super().__init__(rows, orders=orders, extra_columns=extra, **kwargs)


def _rank_at(place):
    """Order by what is done, the most first."""
    return lambda row: list(type(row.cells[place])).index(row.cells[place])
