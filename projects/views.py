from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from projects import sheet
from projects.filters import ProjectFilter
from projects.models import Project
from projects.money import totals_of
from projects.need_sheet import sheets, without_said
from projects.need_views import may_add_needs, valid_results
from projects.regulation import completeness_text, demands
from projects.tables import ProjectTable

ON_ONE_PAGE = 50
MOST_SUMMED = 2_000
"""The money of more projects is summed only for who asks for it."""


@require_safe
def project_list(request):
    """All projects: who carries them out, with what money, where and for which measures."""
    rows = Project.objects.for_list().with_measures().with_completeness().in_czech_order()
    chosen = ProjectFilter(request.GET, queryset=rows)
    table = ProjectTable(chosen.qs)
    RequestConfig(request, paginate={"per_page": ON_ONE_PAGE}).configure(table)
    number = table.page.paginator.count
    is_summed = number <= MOST_SUMMED or "penize" in request.GET
    context = {
        "filter": chosen,
        "table": table,
        "is_summed": is_summed,
        "totals": totals_of(chosen.qs, number) if is_summed else [],
    }
    return render(request, "projects/project_list.html", context)


@require_safe
def project_detail(request, slug):
    """One project: who does what where, and what came of it, with what is not known."""
    found = Project.objects.for_page().with_measures().with_completeness()
    project = get_object_or_404(found, slug=slug)
    parts = list(project.budget_parts.all())
    known = sheet.facts(project, parts)
    needs = valid_results(project)
    outcomes = without_said(project.outcomes.order_by("order", "pk"), needs)
    figures, period = sheet.figures(project, outcomes)
    context = {
        "project": project,
        "facts": known,
        "links": sheet.links(project, parts),
        "demands": demands(project),
        "completeness": completeness_text(project),
        "unknown": sheet.unknown(known),
        "activities": project.activities.select_related("priority").order_by("order"),
        "steps": sheet.steps(project, project.events.order_by("happened_on", "pk")),
        "figures": figures,
        "figures_period": period,
        "obstacles": sheet.obstacles(project, project.obstacles.order_by("order")),
        "need_sheets": sheets(needs),
        "may_add_needs": may_add_needs(request),
        "found": project.external_facts.order_by("order"),
    }
    return render(request, "projects/project_detail.html", context)
