import pytest
from django.urls import reverse

from indicators.models import Indicator, Observation, Qualifier
from tests.factories import GoalFactory, MunicipalityFactory, make_measure, moment
from tests.indicators.factories import IndicatorFactory, ObservationFactory, TargetFactory

pytestmark = pytest.mark.django_db

LIST = reverse("indicators:indicator_list")
LIST_QUERIES = 5
PAGE_QUERIES = 8


def page(client, indicator):
    return client.get(indicator.get_absolute_url()).content.decode()


def place(indicator, name, **fields):
    """A value of a municipality of the indicator's region."""
    town = MunicipalityFactory(name=name, region=indicator.region)
    return ObservationFactory(indicator=indicator, region=None, municipality=town, **fields)


def rich(order=0):
    """An indicator that has everything a page can show."""
    goal = GoalFactory()
    indicator = IndicatorFactory(order=order, strategy=goal.strategy, definition="Co to je.")
    indicator.priorities.add(goal.priority)
    indicator.goals.add(goal)
    indicator.measures.add(make_measure(f"1.{order + 1}", goal))
    TargetFactory(indicator=indicator)
    wrong = ObservationFactory(indicator=indicator, year=2022, value=9)
    ObservationFactory(indicator=indicator, year=2022, value=10, corrects=wrong)
    ObservationFactory(indicator=indicator, year=2023, value=11)
    ObservationFactory(indicator=indicator, year=2023, value=99, region=None)
    place(indicator, f"Obec {order}")
    return indicator


def test_list_asks_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    rich()
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
    for order in range(1, 30):
        rich(order)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(LIST).status_code == 200


def test_detail_asks_the_same_for_few_values_and_for_many(client, django_assert_num_queries):
    indicator = rich()
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(indicator.get_absolute_url())
    for year in range(1990, 2020):
        ObservationFactory(indicator=indicator, year=year)
    for order in range(2, 10):
        place(indicator, f"Ves {order}")
        indicator.measures.add(make_measure(f"1.{order}", indicator.goals.get()))
    with django_assert_num_queries(PAGE_QUERIES):
        assert client.get(indicator.get_absolute_url()).status_code == 200


def test_empty_list_says_so(client):
    assert "Zatím tu žádný ukazatel není." in client.get(LIST).content.decode()


def test_list_tells_value_period_and_doubt(client):
    row = ObservationFactory(
        period_start=None,
        period_end=None,
        value=4879,
        is_uncertain=True,
        note="Rok není uveden.",
    )
    text = client.get(LIST).content.decode()
    assert "4\u00a0879\u00a0osob" in text
    assert "období neznámé" in text
    assert "nejisté" in text
    assert row.indicator.get_absolute_url() in text


def test_indicator_without_a_value_is_listed_without_one(client):
    IndicatorFactory()
    assert "bez hodnoty" in client.get(LIST).content.decode()


def test_detail_shows_uncertain_value_with_its_doubt(client):
    row = ObservationFactory(
        period_start=None, period_end=None, value=5, is_uncertain=True, note="Rok není uveden."
    )
    text = page(client, row.indicator)
    assert "Nejisté číslo." in text
    assert "Rok není uveden." in text
    assert "line-chart" not in text


def test_detail_explains_the_qualifier(client):
    row = ObservationFactory(qualifier=Qualifier.ESTIMATE, value=4727)
    text = page(client, row.indicator)
    assert "odhadem 4\u00a0727\u00a0osob" in text
    assert "Je to odhad." in text


def test_detail_shows_a_chart_of_two_values_and_strikes_the_corrected_one(client):
    text = page(client, rich())
    assert 'role="img"' in text
    assert "<del>9\u00a0osob</del>" in text
    assert "10\u00a0osob do 31.\u00a012.\u00a02026" in text


def test_detail_knows_no_value_recorded_later(client, monkeypatch):
    row = ObservationFactory(value=10, recorded_at=moment("2026-09-01 10:00"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-08-31 10:00"))
    assert "Žádnou hodnotu neznáme." in page(client, row.indicator)


def test_unknown_address_is_not_found(client):
    assert client.get(reverse("indicators:indicator_detail", args=["neni"])).status_code == 404


@pytest.mark.parametrize("name", ["indicator_list", "indicator_detail"])
def test_pages_only_read(client, name):
    args = [rich().slug] if name == "indicator_detail" else []
    assert client.post(reverse(f"indicators:{name}", args=args)).status_code == 405


# Administration


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 200), ("head", 200), ("admin", 403), ("councillor", 403)]
)
@pytest.mark.parametrize("model", ["indicator", "observation"])
def test_unit_and_head_add(client_as, role, status, model):
    answer = client_as(role).get(reverse(f"admin:indicators_{model}_add"), follow=True)
    assert answer.status_code == status


def test_member_of_the_unit_adds_a_value_that_carries_their_name(client_as):
    client = client_as("unit")
    indicator = IndicatorFactory()
    answer = client.post(
        reverse("admin:indicators_observation_add"),
        {
            "indicator": indicator.pk,
            "region": indicator.region_id,
            "period_start": "2023-01-01",
            "period_end": "2023-12-31",
            "value": "12,5",
            "qualifier": "exact",
            "source": "Zpráva",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    row = Observation.objects.get()
    assert (float(row.value), row.author.email) == (12.5, "unit@portal.test")


def test_value_is_never_changed_or_deleted_in_the_administration(client_as):
    client = client_as("head")
    row = ObservationFactory(value=10)
    change = reverse("admin:indicators_observation_change", args=[row.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"value": "11"}).status_code == 403
    delete = reverse("admin:indicators_observation_delete", args=[row.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Observation.objects.get().value == 10


def test_indicator_is_not_deleted_in_the_administration(client_as):
    indicator = IndicatorFactory()
    delete = reverse("admin:indicators_indicator_delete", args=[indicator.pk])
    assert client_as("head").post(delete, {"post": "yes"}).status_code == 403
    assert Indicator.objects.exists()


def test_lists_of_the_administration_open(client_as):
    ObservationFactory()
    client = client_as("unit")
    for model in ("indicator", "observation"):
        assert client.get(reverse(f"admin:indicators_{model}_changelist")).status_code == 200
