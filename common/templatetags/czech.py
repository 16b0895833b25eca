"""Czech numbers, dates and typography in templates: {% load czech %}.

An unknown value (None) shows as nothing, so the page decides what to say instead:
{{ day|cs_date|default:"–" }}.
"""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from common import czech

register = template.Library()

register.simple_tag(czech.count, name="cs_count")  # {% cs_count n "obec" "obce" "obcí" %}
register.simple_tag(czech.plural, name="cs_plural")  # {% cs_plural n "obec" "obce" "obcí" %}
register.simple_tag(czech.k_of_n, name="cs_k_of_n")  # {% cs_k_of_n k n %}

_TAG = re.compile(r"(<[^>]*>)")


@register.filter
def cs_date(day):
    """{{ day|cs_date }}: 14. 11. 2026."""
    return "" if day is None else czech.date(day)


@register.filter
def cs_datetime(moment):
    """{{ moment|cs_datetime }}: 20. 11. 2026 8:00, in Prague's time."""
    return "" if moment is None else czech.date_time(moment)


@register.filter
def cs_int(n):
    """{{ n|cs_int }}: 31 920."""
    return "" if n is None else czech.integer(n)


@register.filter
def cs_decimal(x, places=1):
    """{{ x|cs_decimal:2 }}: 12,50."""
    return "" if x is None else czech.decimal(x, places)


@register.filter
def typo(text):
    """{{ text|typo }}: escaped, then typography in the text between tags, never inside them."""
    if text is None:
        return ""
    parts = _TAG.split(conditional_escape(text))
    fixed = [part if part.startswith("<") else czech.typography(part) for part in parts]
    return mark_safe("".join(fixed))  # escaped above; typography changes spaces only
