import django_tables2 as tables
from django.template.loader import get_template
from django.utils.html import format_html

from common import czech
from common.tables import RowsInMemory
from measures.status import RANK

ORDERS = {
    "opatreni": lambda row: row.measure.code_key,
    "nazev": lambda row: czech.sort_key(row.measure.short_name),
    "cil": lambda row: [goal.code_key for goal in row.goals] or None,
    "stav": lambda row: RANK[row.status.key],
    "termin": lambda row: row.deadline,
    "hlaseno": lambda row: row.freshness.as_of,
    "odpovida": lambda row: row.department.sort_key if row.department else None,
}
"""What a column is ordered by; None is unknown and comes last both ways."""


class MeasureTable(tables.Table):
    """Measures of a strategy, one row each; the names of columns stand in the address."""

    opatreni = tables.Column("Opatření", accessor="measure__code")
    nazev = tables.Column("Název", accessor="measure__short_name")
    cil = tables.Column("Cíl", accessor="goals")
    stav = tables.Column("Stav", accessor="status")
    termin = tables.Column("Nejbližší termín", accessor="deadline")
    hlaseno = tables.Column("Hlášeno", accessor="age", attrs={"td": {"class": "nowrap"}})
    odpovida = tables.Column("Odpovídá", accessor="department")

    MONITORED_ONLY = ("stav", "termin", "hlaseno", "odpovida")

    class Meta:
        template_name = "components/table.html"
        order_by = "opatreni"
        order_by_field = "razeni"
        empty_text = "Výběru neodpovídá žádné opatření."

    def __init__(self, rows, *, strategy, moment, **kwargs):
        hidden = () if strategy.is_monitored else self.MONITORED_ONLY
        super().__init__(
            RowsInMemory(rows, ORDERS, ["opatreni"]), exclude=hidden, default="–", **kwargs
        )
        self.moment = moment
        self.status_tag = get_template("components/status.html")

    @classmethod
    def names_for(cls, strategy):
        """Return the names of the columns a table of the strategy has."""
        hidden = () if strategy.is_monitored else cls.MONITORED_ONLY
        return [name for name in cls.base_columns if name not in hidden]

    def render_nazev(self, value, record):
        url = self.moment.keep(record.measure.get_absolute_url())
        return format_html('<a href="{}">{}</a>', url, czech.typography(value))

    def render_cil(self, value):
        return ", ".join(goal.code for goal in value) or "průřezové"

    def render_stav(self, value):
        tag = self.status_tag.render({"status": value})
        if value.last_known is None:
            return tag
        return format_html(
            '{} <small class="muted">naposledy {}</small>', tag, value.last_known.word
        )

    def render_termin(self, value):
        return czech.date(value)

    def render_odpovida(self, value):
        return czech.typography(value.name)
