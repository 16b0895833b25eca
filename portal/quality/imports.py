"""Findings about imports: files that were refused or that nobody has confirmed."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from common import czech
from common.models import ImportRun, ImportState
from portal.import_log import shown
from portal.quality.finding import Finding, Item


def unfinished_imports():
    """Runs that wait, or were refused with none that went well since; one query."""
    later = ImportRun.objects.filter(
        kind=OuterRef("kind"),
        state__in=(ImportState.DONE, ImportState.UNCHANGED),
        started_at__gt=OuterRef("started_at"),
    )
    runs = ImportRun.objects.filter(
        Q(state=ImportState.PREVIEWED) | Q(~Exists(later), state=ImportState.REFUSED)
    )
    rows = [shown(run) for run in runs.select_related("person").order_by("-started_at", "-id")]
    log = reverse("portal:import_list")
    return Finding(
        key="importy",
        short="nedokončené importy",
        heading="Importy, které neskončily načtením",
        why="Údaje z těchto souborů v portálu nejsou. Co čeká déle než týden, zahodí se.",
        fine="Žádný import nečeká na potvrzení a po posledním načtení nebyl žádný odmítnut.",
        items=tuple(
            Item(
                f"{row.run.file_name}: {row.status.word}",
                row.url or log,
                f"{czech.date_time(row.run.started_at)}, {row.kind}, {row.person}",
            )
            for row in rows
        ),
        mend="Otevřít importy",
        mend_url=log,
    )
