import pytest
from django.template import Context, Origin, Template, engines

OURS = str(engines["django"].dirs[0] / "page.html")
THEIRS = "/usr/lib/python3/site-packages/admin/page.html"


def render(source, origin):
    return Template(source, origin=Origin(origin)).render(Context({"known": {"a": 1}}))


@pytest.mark.parametrize("source", ["{{ missing }}", "{{ known.b }}", "{{ missing|default:'x' }}"])
def test_undefined_variable_fails_in_our_template(source):
    with pytest.raises(AssertionError, match="Undefined variable"):
        render(source, OURS)


def test_undefined_variable_is_empty_in_a_template_of_others():
    assert render("{{ missing }}{{ missing|default:'x' }}", THEIRS) == "x"


def test_defined_variable_and_condition_pass_in_our_template():
    assert render("{{ known.a }}{% if missing %}no{% endif %}", OURS) == "1"
