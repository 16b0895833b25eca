"""The house rules that no linter knows: who may name whom, and what stays out of the files."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CheckConstraint, Model

ROOT = Path(settings.BASE_DIR)
# From the lowest to the highest.
LAYERS = [
    {"common"},
    {"accounts"},
    {"municipalities"},
    {"strategy"},
    {"measures"},
    {"indicators", "projects"},
    {"meetings"},
    {"portal"},
    {"config"},
]
APPS = sorted(app for layer in LAYERS for app in layer if (ROOT / app).is_dir())
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__", ".pytest_cache", ".ruff_cache"}


def files(*patterns, under=ROOT):
    """Return our own files whose names match one of the patterns."""
    found = {path for pattern in patterns for path in under.rglob(pattern) if path.is_file()}
    return sorted(p for p in found if not SKIPPED.intersection(p.relative_to(ROOT).parts))


def strangers(app):
    """Return the apps that `app` may not name: those above it and its siblings."""
    level = next(i for i, layer in enumerate(LAYERS) if app in layer)
    return set().union(*LAYERS[level:]) - {app}


def names_of(app, text):
    """Return the words of a text that name a module, model, table or template of `app`."""
    return re.findall(rf"(?<![\w.:@/-]){app}(?:[./]\w[\w./]*|_\w+|(?=[\"'\s]|$))", text)


def literals(path):
    """Return the string constants of a Python file without the docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("measures.Measure", ["measures.Measure"]),
        ("measures/measure_list.html", ["measures/measure_list.html"]),
        ("SELECT 1 FROM measures_report", ["measures_report"]),
        ("measures", ["measures"]),
        ("measures:desk", []),
        ("somebody@measures.test", []),
        ("all-measures", []),
        ("{% include 'measures/x.html' %}", ["measures/x.html"]),
    ],
)
def test_names_of_finds_all_but_url_names(text, found):
    assert names_of("measures", text) == found


@pytest.mark.parametrize("app", APPS)
def test_strings_name_no_upper_app(app):
    # The name a relation has on the lower model is the lower app's own word for it.
    breaches = [
        f"{path.relative_to(ROOT)}: {text!r}"
        for path in files("*.py", under=ROOT / app)
        for text in literals(path)
        for stranger in strangers(app)
        if names_of(stranger, text)
    ]
    assert breaches == []


@pytest.mark.parametrize("app", APPS)
def test_templates_name_no_upper_app(app):
    folders = [ROOT / "templates" / app, ROOT / app / "templates"]
    if app == "common":
        folders.append(ROOT / "templates" / "components")
    breaches = [
        f"{path.relative_to(ROOT)}: {tag}"
        for folder in folders
        if folder.is_dir()
        for path in files("*.html", "*.txt", "*.svg", under=folder)
        for tag in re.findall(r"{%.*?%}", path.read_text(encoding="utf-8"), re.DOTALL)
        for stranger in strangers(app)
        if re.search(rf"[\"']{stranger}[/.]", tag) or re.search(rf"load .*\b{stranger}\b", tag)
    ]
    assert breaches == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\sstyle\s*=",
        r"<style\b",
        r"<script\b(?![^>]*\ssrc=)",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
    ],
)
def test_templates_hold_no_inline_style_or_script(pattern):
    offenders = [
        str(path.relative_to(ROOT))
        for path in files("*.html", "*.svg")
        if re.search(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert offenders == []


def test_files_name_no_place_of_one_machine():
    # Written apart, so that this file passes.
    places = re.compile(r"\.\./" + "shared" + r"|(?<![\w.])/" + r"work/|/root" + "/|/home" + "/")
    paths = files("*.py", "*.html", "*.toml", "*.txt", "*.md", "*.yaml", "*.js", "*.css", "run")
    offenders = [
        str(path.relative_to(ROOT))
        for path in [*paths, ROOT / "Makefile", ROOT / ".env.example"]
        if places.search(path.read_text(encoding="utf-8"))
    ]
    assert offenders == []


def test_requirements_hold_hashes_and_no_address():
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"://|--index-url|--find-links|file:", text), path.name
        pinned = re.findall(r"^[a-z][^\s=]*==\S+ \\\n {4}--hash=sha256:", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z]", text, re.MULTILINE)), path.name


def test_env_example_lists_every_setting():
    source = "".join(p.read_text(encoding="utf-8") for p in files("*.py", under=ROOT / "config"))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source))
    assert read == set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))


def test_settings_stay_short():
    assert len((ROOT / "config" / "settings.py").read_text().splitlines()) <= 250


def test_signals_belong_to_app_configurations():
    users = [p for p in files("*.py") if "db.models.signals" in p.read_text(encoding="utf-8")]
    allowed = {ROOT / app / "apps.py" for app in ("accounts", "common")}
    assert set(users) - {Path(__file__)} <= allowed


@pytest.mark.parametrize("app", [app for app in APPS if app != "config"])
def test_models_follow_the_house(app):
    for model in apps.get_app_config(app).get_models():
        # The history library makes its own.
        if model._meta.auto_created or hasattr(model, "history_type"):
            continue
        prefix = f"{app}_{model._meta.model_name}_"
        assert not model._meta.ordering, f"{model} orders itself"
        assert model.__str__ is not Model.__str__, f"{model} has no __str__"
        for constraint in model._meta.constraints:
            assert constraint.name.startswith(prefix), f"{constraint.name} of {model}"
            assert constraint.get_violation_error_message(), "a % in a message is written %%"
            if isinstance(constraint, CheckConstraint):
                default = constraint.default_violation_error_message
                assert constraint.violation_error_message != default, constraint.name
