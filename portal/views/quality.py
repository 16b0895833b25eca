from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.quality import groups, monitored_facts, rates, writing_time


@require_safe
@never_cache
@login_required
@permission_required("measures.see_quality", raise_exception=True)
def quality(request):
    """What not to trust in the portal and where it is mended, for the head."""
    now = timezone.now()
    today = timezone.localdate(now)
    all_facts = monitored_facts(today)
    found = groups(all_facts, today, now)
    findings = [finding for group in found for finding in group.findings]
    context = {
        "groups": found,
        "faults": [finding for finding in findings if finding.items],
        "checks": len(findings),
        "rates": rates(all_facts, today),
        "writing": writing_time(now),
        "trail": [("Práce", reverse("measures:desk")), ("Kvalita dat", "")],
    }
    return render(request, "portal/quality.html", context)
