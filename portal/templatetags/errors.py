from django import template
from django.urls import reverse

from portal.pages import link_target

register = template.Library()


@register.simple_tag(takes_context=True)
def error_form_url(context):
    """Return the address of the form for errors that knows this page: it depends on the path only,
    opens no session, and does without a request on error pages."""
    url = reverse("portal:error_report")
    target = link_target(getattr(context.get("request"), "path", ""))
    return f"{url}?z={target}" if target else url
