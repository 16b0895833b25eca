"""What is new of projects: those that were added between two moments."""

from common import czech
from common.history import CREATED, history_model
from common.news import Group, Item
from projects.models import Project


def project_items(regions, since, until):
    """Return an Item for each project of regions (their primary keys) added from one moment until
    another and not deleted since. Two queries, one where there is none."""
    rows = history_model(Project).objects.filter(
        history_type=CREATED, history_date__gte=since, history_date__lt=until
    )
    added = dict(rows.order_by("history_id").values_list("id", "history_date"))
    if not added:
        return []
    found = Project.objects.filter(pk__in=added, region__in=regions).select_related("recipient")
    return [_item(project, added[project.pk]) for project in found.order_by("sort_key", "pk")]


def _item(project, moment):
    recipient = f", příjemce {project.recipient.name}" if project.recipient else ""
    return Item(
        group=Group.DATA,
        name=project.name,
        url=project.get_absolute_url(),
        sentence=czech.typography(f"Přibyl projekt{recipient}."),
        moment=moment,
        key=f"projekt/{project.pk}",
    )
