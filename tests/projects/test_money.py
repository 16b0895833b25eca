"""Money of several projects: every sum here was worked out by hand."""

from decimal import Decimal

import pytest

from projects.models import Project
from projects.money import share_of, totals, totals_of
from tests.projects.factories import BudgetPartFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def project(*parts, parent=None, **about):
    """A project with budget parts: pairs of an amount and what else is said of it."""
    made = ProjectFactory(parent=parent, **about)
    for amount, said in parts:
        BudgetPartFactory(project=made, amount=amount, **said)
    return made


def read():
    return list(Project.objects.prefetch_related("budget_parts").order_by("pk"))


def sums(found):
    return {(t.stage, t.kind, t.currency): t.amount for t in found}


def both(number):
    """The Totals of all projects, the same from both ways of summing."""
    by_hand = totals(read())
    by_database = totals_of(Project.objects.all(), number)
    assert by_hand == by_database
    return by_hand


CZK, EUR = {"currency": "CZK"}, {"currency": "EUR"}


def test_currencies_stages_and_sources_stand_apart():
    project(
        (Decimal("1000000.50"), CZK),
        (40_000, EUR),
        (850_000, {"kind": "eu"}),
        (300_000, {"stage": "paid"}),
    )
    project((2_000_000, CZK))
    assert sums(both(2)) == {
        ("approved", "total", "CZK"): Decimal("3000000.50"),
        ("approved", "total", "EUR"): 40_000,
        ("approved", "eu", "CZK"): 850_000,
        ("paid", "total", "CZK"): 300_000,
    }


def test_project_given_twice_counts_once():
    project((5_000_000, CZK))
    [total] = totals(read() + read())
    assert (total.amount, total.projects) == (5_000_000, 1)


def test_uncertain_amount_is_left_out_and_said():
    project((45_000_000, {"is_uncertain": True, "note": "I a II dohromady"}))
    project((2_000_000, CZK))
    project()
    [total] = both(3)
    assert (total.amount, total.projects, total.uncertain, total.unknown) == (2_000_000, 1, 1, 1)
    assert total.text == "2\u00a0000\u00a0000\u00a0Kč"
    assert total.notes == (
        "Součet 1\u00a0projektu. Nejisté vynecháno: 1\u00a0částka. "
        "Částku neznáme u 1\u00a0projektu."
    )


def test_sum_of_uncertain_amounts_alone_is_no_number():
    project((45_000_000, {"is_uncertain": True, "note": "I a II dohromady"}))
    [total] = both(1)
    assert total.amount is None
    assert total.text == ""


def test_part_is_not_counted_again_beside_the_whole():
    whole = project((10_000_000, CZK))
    middle = project(parent=whole)
    project((4_000_000, CZK), (100, EUR), parent=middle)
    assert sums(both(3)) == {
        ("approved", "total", "CZK"): 10_000_000,
        ("approved", "total", "EUR"): 100,
    }
    assert both(3)[0].nested == 1


def test_parts_count_where_the_whole_has_no_certain_amount():
    whole = project((10_000_000, {"is_uncertain": True, "note": "dvojí čtení"}))
    project((4_000_000, CZK), parent=whole)
    project((3_000_000, CZK), parent=whole)
    [total] = both(3)
    assert (total.amount, total.uncertain, total.nested) == (7_000_000, 1, 0)


def test_measure_has_its_share_and_no_number_where_the_share_is_unknown():
    first, second = project((10_000_000, CZK)), project((2_000_000, CZK))
    [total] = totals(read(), shares={first.pk: Decimal("12.5"), second.pk: None})
    assert (total.amount, total.projects, total.unshared) == (1_250_000, 1, 1)
    assert "Podíl neznáme: 1\u00a0projekt." in total.notes


def test_share_is_to_a_cent():
    assert share_of(Decimal("100.00"), Decimal("33.33")) == Decimal("33.33")
    assert share_of(Decimal("100.00"), None) is None


def test_sums_ask_the_same_for_one_and_for_thirty(django_assert_num_queries):
    project((1, CZK))
    with django_assert_num_queries(4):
        totals_of(Project.objects.all(), 1)
    for _ in range(29):
        project((1, CZK), (2, EUR), parent=project())
    with django_assert_num_queries(4):
        totals_of(Project.objects.all(), 59)


def test_money_of_many_projects_is_summed_for_who_asks(client, monkeypatch):
    monkeypatch.setattr("projects.views.MOST_SUMMED", 1)
    for _ in range(2):
        project((1_000_000, CZK))
    page = client.get("/projekty/?text=projekt").content.decode()
    assert 'href="?text=projekt&amp;penize=ano"' in page
    assert "2\u00a0000\u00a0000" not in page
    asked = client.get("/projekty/?text=projekt&penize=ano").content.decode()
    assert "<b>2\u00a0000\u00a0000\u00a0Kč</b>" in asked
