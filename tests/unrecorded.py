"""Refuses what would go past the history: a bare `update()` or `bulk_create()` of our code on a
model whose history is kept.

Tests may prepare what they need as they like; the functions of the history library write the rows
themselves. Whoever else calls, be it a package, is refused.
"""

import sys
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

ROOT = Path(settings.BASE_DIR)
PASSED_BY = ("update", "bulk_create", "bulk_update", "_raw_delete")
KEEPERS = ("simple_history.utils",)


class Unrecorded(AssertionError):
    """Something tried to change a tracked record without a row of history."""


def guard(patch):
    """Put the guard on querysets; managers hand their calls on to them."""
    for name in PASSED_BY:
        patch.setattr(QuerySet, name, _guarded(name, getattr(QuerySet, name)))


def _guarded(name, original):
    @wraps(original)
    def guarded(self, *args, **kwargs):
        if hasattr(self.model._meta, "simple_history_manager_attribute") and not _may_pass():
            raise Unrecorded(
                f"{name}() on {self.model._meta.label} leaves no history: "
                "save the records, or use bulk_create_with_history and bulk_update_with_history."
            )
        return original(self, *args, **kwargs)

    return guarded


def _may_pass():
    """Say whether the nearest caller outside of Django is a test or keeps the history."""
    frame = sys._getframe(2)
    while frame is not None:
        module, path = frame.f_globals.get("__name__", ""), Path(frame.f_code.co_filename)
        if module in KEEPERS:
            return True
        if not module.startswith("django.") and module != __name__:
            return path.is_relative_to(ROOT / "tests")
        frame = frame.f_back
    return False
