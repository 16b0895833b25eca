from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.append_only import missing_triggers
from portal.demo import mark


@require_safe
@never_cache
def healthz(request):
    """Answer 200 when the portal can serve, or 503 with one line of plain text for each fault."""
    try:
        faults = database_faults() or list(filter(None, [mark.refusal()]))
    except DatabaseError:
        faults = ["databáze neodpovídá"]
    return HttpResponse(
        "\n".join(faults or ["ok"]) + "\n",
        status=503 if faults else 200,
        content_type="text/plain; charset=utf-8",
    )


def database_faults():
    """Return sentences about what the database lacks: applied migrations, append-only triggers.

    Raises DatabaseError when the database does not answer.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["čekají neprovedené migrace"]
    missing = missing_triggers(connection)
    return [f"chybí spouště: {', '.join(missing)}"] if missing else []
