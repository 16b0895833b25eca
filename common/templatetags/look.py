"""Tags that only give ready values a form: icons, navigation, bars, parts of a table."""

from types import SimpleNamespace

import rules
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()

# Families whose cells are drawn empty: nothing is known, or nothing has begun.
HOLLOW = {"is-ns", "is-off"}
CELL, GAP, HEIGHT = 24, 3, 12
# What SVG shows without our style sheet, in a PDF for instance: the light set of tokens.css.
SOLID = {
    "is-late": "#8F1010",
    "is-risk": "#C97F00",
    "is-ok": "#2E7FD6",
    "is-done": "#0F7A5C",
    "is-ns": "#6B737C",
    "is-off": "#6B737C",
}
# Django's level of a message -> family of colours and icon.
LEVELS = {
    "success": ("is-done", "done"),
    "warning": ("is-risk", "risk"),
    "error": ("is-late", "late"),
    "danger": ("is-late", "late"),
}


@register.simple_tag
def icon(name):
    """Return the icon `name` of components/sprite.html; a word must stand beside it."""
    return format_html('<svg class="ico" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def is_demo():
    """Say whether what the pages show is made up; needs no request."""
    return settings.DEMO


@register.simple_tag(takes_context=True)
def nav_link(context, view_name, label, *roots):
    """Return a link of the navigation, marked as current on its page, on all pages below it and
    below the further `roots` of addresses, such as "/orp/"."""
    url = reverse(view_name)
    path = getattr(context.get("request"), "path", "")
    current = ""
    if path == url:
        current = format_html(' aria-current="{}"', "page")
    elif path.startswith((url, *roots)):
        current = format_html(' aria-current="{}"', "true")
    return format_html('<a href="{}"{}>{}</a>', url, current, label)


@register.simple_tag(takes_context=True)
def signed_in(context):
    """Say whether the reader is signed in, without opening a session for those who have none.

    A page whose session was never touched sets no `Vary: Cookie` and can be kept by a cache.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_authenticated


@register.simple_tag(takes_context=True)
def may(context, permission):
    """Say whether a rule gives the reader a permission; like `signed_in` it opens no session, and
    it asks for no permissions of Django's own, which would cost every page two queries more."""
    return signed_in(context) and rules.has_perm(permission, context["request"].user)


@register.filter
def level_family(level):
    """Return the class of a message's level, empty for one that only informs."""
    return LEVELS.get(level, ("", ""))[0]


@register.filter
def level_icon(level):
    """Return the name of the icon of a message's level, empty for one that only informs."""
    return LEVELS.get(level, ("", ""))[1]


@register.simple_tag
def unit_cells(counts):
    """Lay out a counts bar: one cell for each thing counted, in the order of `counts`.

    `counts` holds objects with `css` (the family first) and `number`, the same as for the chips.
    Returns an object with `width`, `height` and `groups` of cells that look alike.
    """
    groups, start = [], 0
    for count in counts:
        groups.append(_unit_group(count.css.split()[0], start, count.number))
        start += count.number * (CELL + GAP)
    return SimpleNamespace(width=max(start - GAP, 0), height=HEIGHT, groups=groups)


def _unit_group(family, start, number):
    solid = SOLID.get(family, SOLID["is-ns"])
    hollow = family in HOLLOW
    inset = 1 if hollow else 0
    return SimpleNamespace(
        css=family,
        hollow=hollow,
        fill="none" if hollow else solid,
        stroke=solid if hollow else "none",
        lefts=[start + inset + n * (CELL + GAP) for n in range(number)],
        top=inset,
        width=CELL - 2 * inset,
        height=HEIGHT - 2 * inset,
    )


@register.simple_tag
def table_parts(table):
    """Return the columns of a django-tables2 table and its rows of (column, cell) pairs.

    The classes of a column are worked out once and not for each cell, so attributes of cells
    cannot depend on the record.
    """
    columns = [_table_column(column) for column in table.columns]
    rows = (
        (row, list(zip(columns, (cell for _, cell in row.items()), strict=True)))
        for row in table.paginated_rows
    )
    return SimpleNamespace(columns=columns, rows=rows)


def _table_column(column):
    direction = "none"
    if column.is_ordered:
        direction = "descending" if column.order_by_alias.is_descending else "ascending"
    return SimpleNamespace(
        header=column.header,
        css=column.attrs["td"].get("class") or "",
        orderable=column.orderable,
        next_order=column.order_by_alias.next,
        direction=direction,
        is_ascending=direction == "ascending",
        is_descending=direction == "descending",
    )
