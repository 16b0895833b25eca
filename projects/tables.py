import django_tables2 as tables
from django.db.models import Case, F, IntegerField, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import NullIf
from django.utils.html import format_html, format_html_join

from common import czech
from projects import wording
from projects.models import Project, ProjectMeasure, ProjectState, ProjectTerritory
from projects.regulation import completeness_text

UNKNOWN = "neznámý"


def _position(field, choices):
    """The place of a choice among the others, to be sorted by."""
    whens = [When(**{field: value}, then=Value(place)) for place, value in enumerate(choices)]
    return Case(*whens, output_field=IntegerField())


def _lowest(rows, field):
    """The lowest `field` among the rows that belong to a project; none if it has no row."""
    rows = rows.filter(project=OuterRef("pk")).order_by().values("project")
    return Subquery(rows.annotate(lowest=Min(field)).values("lowest"))


def _sorted_by(*keys):
    """Return an `order_…` method: by the keys, unknown last both ways, then by the alphabet."""

    def order(table, queryset, is_descending):
        named = {f"key_{place}": key for place, key in enumerate(keys)}
        by = [
            F(name).desc(nulls_last=True) if is_descending else F(name).asc(nulls_last=True)
            for name in named
        ]
        return queryset.annotate(**named).order_by(*by, "sort_key", "pk"), True

    return order


_PLACES = Project.municipalities.through.objects


class ProjectTable(tables.Table):
    """Projects; rows come from `for_list().with_measures().with_completeness()`."""

    projekt = tables.Column("Projekt", accessor="name")
    prijemce = tables.Column("Příjemce", accessor="recipient__name", default=UNKNOWN)
    program = tables.Column("Program", accessor="programme", default=UNKNOWN)
    stav = tables.Column("Stav", accessor="state")
    kde = tables.Column("Kde", accessor="territory")
    opatreni = tables.Column("Opatření", accessor="pk")

    order_projekt = _sorted_by(F("sort_key"))
    order_prijemce = _sorted_by(F("recipient__sort_key"))
    order_program = _sorted_by(NullIf("programme_key", Value("")))
    order_stav = _sorted_by(_position("state", ProjectState.values))
    order_kde = _sorted_by(
        _position("territory", ProjectTerritory.values),
        _lowest(_PLACES, "municipality__sort_key"),
    )
    order_opatreni = _sorted_by(_lowest(ProjectMeasure.objects, "measure__code_key"))

    class Meta:
        template_name = "components/table.html"
        order_by = "projekt"
        order_by_field = "razeni"
        page_field = "strana"
        empty_text = "Výběru neodpovídá žádný projekt."

    def render_projekt(self, record):
        name = czech.typography(record.name)
        return format_html(
            '<span><a href="{}">{}</a> <span class="muted small">{}</span></span>',
            record.get_absolute_url(),
            name,
            completeness_text(record),
        )

    def render_prijemce(self, value):
        return czech.typography(value)

    def render_program(self, value):
        return czech.typography(value)

    def render_stav(self, record):
        return wording.state_text(record) or UNKNOWN

    def render_kde(self, record):
        return wording.territory_text(record)

    def render_opatreni(self, record):
        links = [
            (link.measure.get_absolute_url(), link.measure.code)
            for link in record.measure_links.all()
        ]
        if not links:
            return "neuvedena"
        # One element: on a phone each child of a cell takes a line of its own.
        return format_html("<span>{}</span>", format_html_join(", ", '<a href="{}">{}</a>', links))
