"""Words of projects for templates: {% load project_words %}."""

from django import template

from common.units import amount
from projects import wording

register = template.Library()

register.filter("project_state", wording.state_text)  # {{ project|project_state }}
register.filter("project_territory", wording.territory_text)  # {{ project|project_territory }}


@register.filter
def percent(share):
    """{{ link.share|percent }}: 12,5 %; nothing for an unknown share."""
    return "" if share is None else amount(share, "%")
