from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from portal.organisation_list import OrganisationFilter, OrganisationTable
from portal.organisations import for_list, organisation_page, other_actors
from strategy.models import Organisation

ON_ONE_PAGE = 50


@require_safe
def organisation_list(request):
    """Departments of the office, partners and recipients, with what each has to do here."""
    chosen = OrganisationFilter(request.GET, queryset=for_list(Organisation.objects.all()))
    table = OrganisationTable(chosen.qs)
    RequestConfig(request, paginate={"per_page": ON_ONE_PAGE}).configure(table)
    context = {"filter": chosen, "table": table}
    context["actors"] = [] if chosen.is_narrowed else other_actors()
    return render(request, "portal/organisation_list.html", context)


@require_safe
def organisation_detail(request, pk, slug):
    """One organisation: what it answers for, takes part in and carries out, and its contact."""
    organisation = get_object_or_404(Organisation.objects.select_related("region"), pk=pk)
    if slug != organisation.slug:
        return redirect(organisation, permanent=True)
    trail = [("Organizace", reverse("portal:organisation_list")), (organisation.name, "")]
    page = organisation_page(organisation, timezone.now())
    context = {"organisation": organisation, "page": page, "trail": trail}
    return render(request, "portal/organisation_detail.html", context)
