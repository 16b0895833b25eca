import pytest

from tests import factories
from tests.refusals import assert_refused, constraint_names

pytestmark = pytest.mark.django_db

CHECKS = [
    ("portal_errorreport_state", {"state": "lost"}),
    ("portal_errorreport_text", {"text": ""}),
    ("portal_errorreport_closed", {"state": "closed", "closed_at": None}),
    ("portal_errorreport_closed", {"state": "open", "closed_at": factories.EARLY}),
]


def test_every_constraint_has_its_refusal_here():
    assert constraint_names("portal") == {name for name, _ in CHECKS}


@pytest.mark.parametrize(("name", "values"), CHECKS)
def test_value_is_refused(name, values):
    assert_refused(factories.ErrorReportFactory, name, values)


def test_unknown_state_of_an_import_is_refused():
    assert_refused(factories.ImportRunFactory, "common_importrun_state", {"state": "lost"})
