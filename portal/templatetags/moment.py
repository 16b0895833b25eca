from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context, url):
    """Return an address that stays on the day the page speaks of."""
    moment = context.get("moment")
    return moment.keep(url) if moment else url
