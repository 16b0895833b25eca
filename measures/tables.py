import django_tables2 as tables
from django.db.models import prefetch_related_objects
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join

from common import czech
from common.tables import RowsInMemory
from measures.outputs import places_of

UNKNOWN = "neuvedeno"
OUTPUT_ORDERS = {
    "den": lambda output: output.happened_on,
    "vystup": lambda output: czech.sort_key(output.title),
    "druh": lambda output: czech.sort_key(output.get_kind_display()),
    "opatreni": lambda output: (output.measure.code_key, output.measure.strategy.slug),
    "obce": lambda output: output.place_key,
    "poradatel": lambda output: output.organiser.sort_key if output.organiser else None,
    "ucastniku": lambda output: output.participants,
}
ASSIGN_ORDERS = {
    "opatreni": lambda row: (row.measure.code_key, row.measure.pk),
    "odpovida": lambda row: czech.sort_key(row.owner) if row.owner else None,
    "zastupuje": lambda row: czech.sort_key(row.deputy) if row.deputy else None,
    "utvar": lambda row: row.department.sort_key if row.department else None,
}

TERRITORY_ORDERS = {
    "opatreni": lambda row: (row.measure.code_key, row.measure.pk),
    "uzemi": lambda row: czech.sort_key(row.territory),
    "obce": lambda row: row.number or None,
}


class OutputTable(tables.Table):
    """Outputs, one row each; rows come from `outputs.for_list()` with their `place_key`."""

    den = tables.Column("Den", accessor="happened_on", attrs={"td": {"class": "nowrap"}})
    vystup = tables.Column("Výstup", accessor="title")
    druh = tables.Column("Druh", accessor="get_kind_display")
    opatreni = tables.Column("Opatření", accessor="measure")
    obce = tables.Column("Obce", accessor="pk")
    poradatel = tables.Column("Pořadatel", accessor="organiser__name", default=UNKNOWN)
    ucastniku = tables.Column(
        "Účastníků", accessor="participants", default=UNKNOWN, attrs={"td": {"class": "num"}}
    )

    class Meta:
        template_name = "components/table.html"
        order_by = "-den"
        order_by_field = "razeni"
        page_field = "strana"
        empty_text = "Výběru neodpovídá žádný výstup."

    def __init__(self, outputs, *, keep=lambda url: url, **kwargs):
        """`keep` makes the links to measures stay on the day of the page."""
        super().__init__(RowsInMemory(outputs, OUTPUT_ORDERS, ["-den"]), **kwargs)
        self.keep = keep

    def read_places(self):
        """Read the municipalities of the rows of this page only. One query."""
        shown = [row.record for row in self.page.object_list] if self.page else self.data.data
        prefetch_related_objects(list(shown), "places__municipality")

    def render_den(self, value):
        return czech.date(value)

    def render_vystup(self, record):
        title = czech.typography(record.title)
        if not record.link:
            return title
        return format_html('<a href="{}" rel="noopener">{}</a>', record.link, title)

    def render_opatreni(self, value):
        return format_html(
            '<a href="{}">{} {}</a>',
            self.keep(value.get_absolute_url()),
            value.code,
            czech.typography(value.short_name),
        )

    def render_obce(self, record):
        links = [(place.get_absolute_url(), place.name) for place in places_of(record)]
        if not links:
            return UNKNOWN
        # One element: on a phone each child of a cell takes a line of its own.
        return format_html("<span>{}</span>", format_html_join(", ", '<a href="{}">{}</a>', links))

    def render_poradatel(self, value):
        return czech.typography(value)

    def render_ucastniku(self, value):
        return czech.integer(value)


class DeskOutputTable(OutputTable):
    """Outputs with what the person may do with each; `kept` are the measures they may work on."""

    akce = tables.Column("Zápis", accessor="pk", orderable=False)

    class Meta(OutputTable.Meta):
        pass

    def __init__(self, outputs, *, kept, **kwargs):
        super().__init__(outputs, **kwargs)
        self.kept = kept
        self.acts = get_template("measures/_partials/output_acts.html")

    def render_akce(self, record):
        if record.measure_id not in self.kept:
            return "–"
        return self.acts.render({"output": record})


class AssignTable(tables.Table):
    """Measures with who answers for them; the first column is a box to tick."""

    opatreni = tables.Column("Opatření", accessor="measure")
    odpovida = tables.Column("Odpovídá", accessor="owner", default="nikdo")
    zastupuje = tables.Column("Zastupuje", accessor="deputy", default="nikdo")
    utvar = tables.Column("Odpovědný útvar", accessor="department", default=UNKNOWN)

    class Meta:
        template_name = "components/table.html"
        order_by = "opatreni"
        order_by_field = "razeni"
        empty_text = "Odpovědného má každé sledované opatření."

    def __init__(self, rows, **kwargs):
        super().__init__(RowsInMemory(rows, ASSIGN_ORDERS, ["opatreni"]), **kwargs)
        self.tick = get_template("measures/_partials/assign_tick.html")

    def render_opatreni(self, record):
        return self.tick.render({"row": record})

    def render_utvar(self, value):
        return czech.typography(value.name)


class TerritoryTable(tables.Table):
    """Measures with where they work; the first column is a box to tick."""

    opatreni = tables.Column("Opatření", accessor="measure")
    uzemi = tables.Column("Území", accessor="territory", attrs={"td": {"class": "nowrap"}})
    obce = tables.Column("Obce", accessor="names", default="–")

    class Meta:
        template_name = "components/table.html"
        order_by = "opatreni"
        order_by_field = "razeni"
        empty_text = "Území má určené každé sledované opatření."

    def __init__(self, rows, **kwargs):
        super().__init__(RowsInMemory(rows, TERRITORY_ORDERS, ["opatreni"]), **kwargs)
        self.tick = get_template("measures/_partials/territory_tick.html")

    def render_opatreni(self, record):
        return self.tick.render({"row": record})

    def render_obce(self, value):
        return czech.typography(value)
