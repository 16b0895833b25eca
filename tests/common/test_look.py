"""Tags and filters that give ready values a form."""

from types import SimpleNamespace

import django_tables2 as tables
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django_tables2 import RequestConfig

from common.templatetags import look

OBCE = "municipalities:municipality_list"


def request(path="/", **cookies):
    made = RequestFactory().get(path)
    made.COOKIES.update(cookies)
    made.user = AnonymousUser()
    return made


def nav_link(path):
    return look.nav_link({"request": request(path)}, OBCE, "Obce")


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/obce/", '<a href="/obce/" aria-current="page">Obce</a>'),
        ("/obce/554481-cheb/", '<a href="/obce/" aria-current="true">Obce</a>'),
        ("/strategie/", '<a href="/obce/">Obce</a>'),
    ],
)
def test_nav_link_marks_its_page_and_those_below(path, link):
    assert nav_link(path) == link


def test_nav_link_without_a_request_marks_nothing():
    assert look.nav_link({}, OBCE, "Obce") == '<a href="/obce/">Obce</a>'


def test_nav_link_escapes_its_label():
    assert "&lt;b&gt;" in look.nav_link({}, OBCE, "<b>")


def test_icon_is_hidden_from_those_who_listen():
    assert look.icon("late") == '<svg class="ico" aria-hidden="true"><use href="#i-late"/></svg>'


def test_signed_in_asks_nobody_without_a_session_cookie():
    made = request()
    del made.user
    assert look.signed_in({"request": made}) is False


def test_signed_in_without_a_request_is_no():
    assert look.signed_in({}) is False


@pytest.mark.parametrize("is_known", [True, False])
def test_signed_in_with_a_session_asks_who_it_is(is_known):
    made = request(**{settings.SESSION_COOKIE_NAME: "x"})
    made.user = SimpleNamespace(is_authenticated=is_known)
    assert look.signed_in({"request": made}) is is_known


@pytest.mark.parametrize(
    ("level", "family", "icon"),
    [
        ("success", "is-done", "done"),
        ("warning", "is-risk", "risk"),
        ("error", "is-late", "late"),
        ("danger", "is-late", "late"),
        ("info", "", ""),
        ("", "", ""),
    ],
)
def test_level_has_a_family_and_an_icon(level, family, icon):
    assert (look.level_family(level), look.level_icon(level)) == (family, icon)


def count(css, number):
    return SimpleNamespace(css=css, number=number)


def test_unit_cells_stand_side_by_side_in_order():
    bar = look.unit_cells([count("is-late", 2), count("is-ok", 1)])
    assert (bar.width, bar.height) == (3 * 24 + 2 * 3, 12)
    late, ok = bar.groups
    assert (late.css, late.lefts, late.width, late.top) == ("is-late", [0, 27], 24, 0)
    assert (ok.css, ok.lefts) == ("is-ok", [54])


def test_unit_cells_fill_what_is_known_and_outline_the_rest():
    late, none = look.unit_cells([count("is-late", 1), count("is-off is-gap", 1)]).groups
    assert (late.hollow, late.fill, late.stroke) == (False, "#8F1010", "none")
    assert (none.hollow, none.fill, none.stroke) == (True, "none", "#6B737C")
    # The line of an outlined cell lies inside of it.
    assert (none.css, none.lefts, none.top, none.width, none.height) == ("is-off", [28], 1, 22, 10)


def test_unit_cells_of_nothing_have_no_width():
    bar = look.unit_cells([])
    assert (bar.width, bar.groups) == (0, [])


class Places(tables.Table):
    name = tables.Column("Obec")
    index = tables.Column("Index", attrs={"td": {"class": "num"}})
    note = tables.Column("Poznámka", orderable=False)

    class Meta:
        order_by_field = "razeni"


def parts(query=""):
    table = Places([{"name": n, "index": i, "note": ""} for n, i in [("Aš", 17), ("Cheb", 13)]])
    RequestConfig(request(f"/{query}"), paginate=False).configure(table)
    found = look.table_parts(table)
    return found.columns, [[cell for _, cell in cells] for _, cells in found.rows]


def test_table_parts_pair_cells_with_their_columns():
    columns, rows = parts()
    assert [(c.header, c.css, c.orderable) for c in columns] == [
        ("Obec", "", True),
        ("Index", "num", True),
        ("Poznámka", "", False),
    ]
    assert [row[:2] for row in rows] == [["Aš", 17], ["Cheb", 13]]


@pytest.mark.parametrize(
    ("query", "direction", "next_order", "first"),
    [
        ("", "none", "index", "Aš"),
        ("?razeni=index", "ascending", "-index", "Cheb"),
        ("?razeni=-index", "descending", "index", "Aš"),
    ],
)
def test_table_parts_say_the_order_and_the_next_one(query, direction, next_order, first):
    columns, rows = parts(query)
    index = columns[1]
    assert (index.direction, index.next_order) == (direction, next_order)
    assert index.is_ascending is (direction == "ascending")
    assert index.is_descending is (direction == "descending")
    assert rows[0][0] == first


def test_tags_are_known_to_templates():
    source = '{% load look %}{% icon "find" %}{% unit_cells none as bar %}{{ bar.width }}'
    assert Template(source).render(Context({"none": []})).endswith("</svg>0")
