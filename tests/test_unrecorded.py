"""Nothing goes past the history: neither while the tests run, nor in the code as it stands."""

import ast
import importlib
from pathlib import Path

import pytest
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from common.history import tracked_models
from strategy.models import Organisation
from tests import factories as make
from tests.test_house import APPS, ROOT, files
from tests.unrecorded import Unrecorded

PASSING_BY = {"bulk_create", "bulk_update", "_raw_delete", "_update"}
KNOWN = {
    # Rows of history themselves: they are written here and nowhere else.
    ("common/history.py", "bulk_create"): 3,
    # Append-only records and the dates of history rows themselves, none of them tracked.
    ("common/redaction.py", "update"): 1,
    ("meetings/actions/freeze.py", "bulk_create"): 1,
    ("meetings/actions/resolutions.py", "bulk_create"): 1,
    ("portal/demo/beginning.py", "update"): 4,
}
"""Calls whose model cannot be read off the line, and how many of them a file may hold."""


@pytest.fixture
def product(tmp_path):
    """Return a function that calls code as if it stood in a module of ours."""

    def call(code, **names):
        path = tmp_path / "product.py"
        path.write_text(f"def run({', '.join(names)}):\n    return {code}\n")
        spec = importlib.util.spec_from_file_location("product", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.run(**names)

    return call


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code",
    [
        "model.objects.update(note='x')",
        "model.objects.filter(pk=row.pk).update(note='x')",
        "model._base_manager.update(note='x')",
        "model.objects.bulk_create([model(name='X', kind='partner')])",
        "model.objects.bulk_update([row], ['note'])",
        "model.objects.all()._raw_delete('default')",
        "row.partner_measures.all().update(note='x')",
    ],
)
def test_change_past_the_history_fails(product, code):
    row = make.OrganisationFactory()
    with pytest.raises(Unrecorded, match="leaves no history"):
        product(code, model=Organisation, row=row)


@pytest.mark.django_db
def test_functions_that_keep_the_history_are_allowed(product):
    names = {"create": bulk_create_with_history, "model": Organisation}
    product("create([model(name='X', kind='partner')], model)", **names)
    row = Organisation.objects.get()
    row.note = "jinak"
    names = {"change": bulk_update_with_history, "row": row, "model": Organisation}
    product("change([row], model, ['note'])", **names)
    assert [one.history_type for one in row.history.order_by("history_id")] == ["+", "~"]


@pytest.mark.django_db
def test_tests_may_prepare_what_they_need():
    row = make.OrganisationFactory()
    Organisation.objects.update(note="x")
    row.refresh_from_db()
    assert row.note == "x"


def passing_by(text):
    """Return (line, name of the call, root of its expression) of what may pass by the history."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        # A dictionary is updated from another one, a queryset by keywords.
        is_update = name == "update" and node.keywords and not node.args
        if not is_update and name not in PASSING_BY:
            continue
        root = node.func.value
        while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
            root = root.func if isinstance(root, ast.Call) else root.value
        yield node.lineno, name, getattr(root, "id", type(root).__name__)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Measure.objects.filter(pk=1).update(name='x')", [("update", "Measure")]),
        ("Measure.objects.bulk_create(rows)", [("bulk_create", "Measure")]),
        ("found = rows[0].places.all()._raw_delete('default')", [("_raw_delete", "rows")]),
        ("values.update(other)", []),
        ("digest.update(b'x')", []),
    ],
)
def test_passing_by_finds_calls_and_their_roots(text, found):
    assert [(name, root) for _, name, root in passing_by(text)] == found


def test_code_goes_nowhere_past_the_history():
    tracked = {model.__name__ for model in tracked_models()}
    models = {model.__name__ for model in _all_models()} - tracked
    unclear, breaches = {}, []
    for path in [p for app in APPS for p in files("*.py", under=ROOT / app)]:
        if "migrations" in path.parts:
            continue
        place = path.relative_to(ROOT).as_posix()
        for line, name, root in passing_by(path.read_text(encoding="utf-8")):
            if root in tracked:
                breaches.append(f"{place}:{line}: {root} … {name}()")
            elif root not in models and (place, name) != ("common/models.py", "bulk_create"):
                unclear[place, name] = unclear.get((place, name), 0) + 1
    assert breaches == []
    assert unclear == KNOWN, "Name the model in the line, or add the call to KNOWN with a reason."


def _all_models():
    from django.apps import apps

    return apps.get_models()


def test_every_history_is_kept_by_the_one_class():
    """The library's own class would write a row for each list and forget the act."""
    users = [
        path.relative_to(ROOT).as_posix()
        for path in files("*.py")
        if "HistoricalRecords" in path.read_text(encoding="utf-8")
    ]
    assert set(users) - {Path(__file__).relative_to(ROOT).as_posix()} == {"common/history.py"}
