import pytest
from django.db.models import Q

from common.joined import joined, keep_list
from municipalities.models import Orp
from tests.factories import MunicipalityFactory, OrpFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def orps():
    """Cheb with two municipalities, Aš with none."""
    region = RegionFactory()
    cheb, ash = (OrpFactory(name=name, region=region) for name in ("Cheb", "Aš"))
    for name in ("Luby", "Skalná"):
        MunicipalityFactory(name=name, orp=cheb, region=region)
    return [cheb, ash]


def names(pairs):
    return [(orp.name, sorted(place.name for place in places)) for orp, places in pairs]


def test_each_record_comes_once_in_its_order_with_all_it_leads_to(orps, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = joined(Orp.objects.order_by("-name"), "municipalities", "region")
        assert names(found) == [("Cheb", ["Luby", "Skalná"]), ("Aš", [])]
        assert {place.region.pk for place in found[0][1]} == {orps[0].region_id}


def test_condition_leaves_out_what_is_joined_and_never_the_record(orps):
    found = joined(
        Orp.objects.order_by("name"),
        "municipalities",
        condition=Q(municipalities__name="Luby"),
    )
    assert names(found) == [("Aš", []), ("Cheb", ["Luby"])]


def test_kept_list_answers_without_a_query(orps, django_assert_num_queries):
    (_, (cheb, places)) = joined(Orp.objects.order_by("name"), "municipalities")
    keep_list(cheb, "municipalities", places)
    with django_assert_num_queries(0):
        assert sorted(place.name for place in cheb.municipalities.all()) == ["Luby", "Skalná"]
