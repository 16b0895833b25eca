from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.import_log import PER_PAGE, runs, shown


@require_safe
@never_cache
@login_required
@permission_required("municipalities.import_index", raise_exception=True)
def import_list(request):
    """The log of all imports, the newest first, and the way to a new one."""
    page = Paginator(runs(), PER_PAGE).get_page(request.GET.get("strana"))
    is_desk_open = request.user.has_perm("measures.open_desk")
    above = ("Práce", "measures:desk") if is_desk_open else ("Správa", "admin:index")
    context = {
        "page": page,
        "rows": [shown(run) for run in page],
        "is_desk_open": is_desk_open,
        "trail": [(above[0], reverse(above[1])), ("Importy", "")],
    }
    return render(request, "portal/import_list.html", context)
