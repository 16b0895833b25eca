"""All measures of the strategy on one screen, whatever they say and however wide the letters."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from measures.models import Measure
from tests import factories as make

SCREEN = {"width": 1280, "height": 800}
LAST_TILE = """() => Math.max(...[...document.querySelectorAll(".tile")]
    .map(tile => tile.getBoundingClientRect().bottom))"""
CUT = """() => [...document.querySelectorAll(".tile :not(.visually-hidden)")]
    .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)
    .map(part => part.textContent)"""


@pytest.fixture
def kk(transactional_db):
    """The real data."""
    call_command("load_data", verbosity=0)


@pytest.fixture
def screen(page):
    page.set_viewport_size(SCREEN)
    return page


def fits(page):
    """Say that 31 tiles end on the screen and nothing in them is cut."""
    page.goto("/strategie/kk/")
    assert page.locator(".tile").count() == 31
    assert page.evaluate(LAST_TILE) <= SCREEN["height"]
    assert page.evaluate(CUT) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= SCREEN["width"]


def test_real_measures_fit_on_one_screen(screen, kk):
    fits(screen)


def test_measures_of_every_status_with_deadlines_fit_on_one_screen(screen, kk):
    """Ten statuses, deadlines this and next year, measures that fell stale with a deadline."""
    today = timezone.localdate()
    measures = Measure.objects.filter(strategy__slug="kk").in_plan_order()
    for number, measure in enumerate(measures):
        report(measure, number % 10, today)
    fits(screen)


def report(measure, kind, today):
    """Give a measure the history of a kind that makes one of the statuses."""
    ahead = today + timedelta(days=80)
    if kind == 0:
        make.milestone(measure, today - timedelta(days=134))
    if kind not in (0, 6, 8, 9):
        make.milestone(measure, ahead)
    if kind == 8:
        make.plan(measure, start=ahead, recorded_at=timezone.now())
        return
    if kind == 9:
        make.milestone(measure, ahead)
        make.report(measure, date(2023, 5, 1), health="serious")
        return
    fields = {
        1: {"health": "serious"},
        2: {"health": "minor"},
        3: {"phase": "suspended", "review_date": ahead},
        4: {"phase": "not_started"},
        5: {"phase": "cancelled"},
    }.get(kind, {})
    make.report(measure, today, published_at=timezone.now(), **fields)


@pytest.mark.parametrize("family", ["DejaVu Sans", "Verdana, DejaVu Sans", "Open Sans"])
def test_wide_letters_do_not_push_the_mosaic_off_the_screen(screen, kk, family):
    """The style sheet of the reader wins; fonts that are not installed fall back to ours."""
    screen.goto("/strategie/kk/")
    screen.evaluate("family => document.documentElement.style.setProperty('--f', family)", family)
    assert screen.evaluate(LAST_TILE) <= SCREEN["height"]
