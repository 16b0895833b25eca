"""Where measures work: set in bulk by those who answer for them, all or nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from common.history import history_model
from measures import actions
from measures.models import Measure, Territory
from municipalities.models.territory import MunicipalityKind
from tests import factories
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/prace/uzemi/"


@pytest.fixture
def kk():
    return factories.StrategyFactory(slug="kk", region=factories.RegionFactory(name="Karlovarský"))


@pytest.fixture
def cheb_orp(kk):
    return factories.OrpFactory(name="Cheb", region=kk.region)


@pytest.fixture
def town(kk, cheb_orp):
    """Return a function that makes a municipality of the region, in ORP Cheb."""

    def make(name, **fields):
        values = {"region": kk.region, "orp": cheb_orp, **fields}
        return factories.MunicipalityFactory(name=name, **values)

    return make


@pytest.fixture
def measures(kk):
    return [
        factories.make_measure(code, strategy=kk, short_name=name)
        for code, name in (("1.1", "Služby"), ("1.2", "Krizový fond"), ("1.10", "Bydlení"))
    ]


@pytest.fixture
def head(make_user):
    return make_user("head")


def stands(measure):
    """The territory and the names of the municipalities as the database has them."""
    one = Measure.objects.get(pk=measure.pk)
    names = one.municipalities.in_czech_order().values_list("name", flat=True)
    return one.territory, ", ".join(names)


def named(measure, *places):
    measure.territory = Territory.NAMED
    measure.save()
    measure.municipalities.set(places)


# The action


def test_municipalities_are_set_for_many_and_the_history_says_who(measures, town, head):
    cheb, as_ = town("Cheb"), town("Aš")
    changed = actions.set_territories(
        measures=measures[:2], by=head, territory="named", municipalities=[cheb, as_]
    )
    assert changed == measures[:2]
    assert [stands(one) for one in measures] == [
        ("named", "Aš, Cheb"),
        ("named", "Aš, Cheb"),
        ("undetermined", ""),
    ]
    row = history_model(Measure).objects.filter(id=measures[0].pk).latest("history_id")
    assert (row.history_user, row.territory) == (head, "named")
    assert set(row.municipalities.values_list("municipality", flat=True)) == {cheb.pk, as_.pk}


def test_added_municipalities_keep_those_named(measures, town, head):
    cheb, as_, luby = town("Cheb"), town("Aš"), town("Luby")
    named(measures[0], cheb)
    actions.set_territories(
        measures=measures[:2],
        by=head,
        territory="named",
        municipalities=[as_, luby],
        is_added=True,
    )
    assert [stands(one)[1] for one in measures[:2]] == ["Aš, Cheb, Luby", "Aš, Luby"]


def test_nothing_is_lost_without_consent(measures, town, head):
    cheb, as_, luby = town("Cheb"), town("Aš"), town("Luby")
    named(measures[0], cheb, as_)
    arguments = {"measures": measures[:2], "by": head, "territory": "named"}
    arguments["municipalities"] = [luby]
    with pytest.raises(actions.WouldClear) as caught:
        actions.set_territories(**arguments)
    assert caught.value.losses == [(measures[0], [as_, cheb])]
    assert [stands(one)[1] for one in measures[:2]] == ["Aš, Cheb", ""]
    only_one = frozenset({(measures[0].pk, as_.pk)})
    with pytest.raises(actions.WouldClear):
        actions.set_territories(**arguments, agreed=only_one)
    actions.set_territories(**arguments, agreed=caught.value.pairs)
    assert [stands(one)[1] for one in measures[:2]] == ["Luby", "Luby"]


@pytest.mark.parametrize("territory", ["region", "undetermined"])
def test_other_territory_clears_the_municipalities_when_agreed(measures, town, head, territory):
    cheb = town("Cheb")
    named(measures[0], cheb)
    agreed = frozenset({(measures[0].pk, cheb.pk)})
    actions.set_territories(measures=measures[:1], by=head, territory=territory, agreed=agreed)
    assert stands(measures[0]) == (territory, "")


def test_measures_that_stand_so_already_are_left(measures, town, head):
    cheb = town("Cheb")
    named(measures[0], cheb)
    before = history_model(Measure).objects.filter(id=measures[0].pk).count()
    changed = actions.set_territories(
        measures=measures[:2], by=head, territory="named", municipalities=[cheb], is_added=True
    )
    assert changed == [measures[1]]
    assert history_model(Measure).objects.filter(id=measures[0].pk).count() == before


def test_municipalities_must_be_of_the_region_and_no_military_area(measures, town, head):
    away = factories.MunicipalityFactory(name="Liberec")
    area = town("Hradiště", kind=MunicipalityKind.MILITARY_AREA)
    with pytest.raises(ValidationError) as caught:
        actions.set_territories(
            measures=measures, by=head, territory="named", municipalities=[town("Cheb"), away, area]
        )
    assert caught.value.message_dict == {
        "municipalities": [
            "Liberec je v jiném kraji než strategie.",
            "Hradiště je vojenský újezd, ne obec.",
        ]
    }
    assert {stands(one) for one in measures} == {("undetermined", "")}


def test_named_territory_needs_a_municipality_and_others_take_none(measures, town, head):
    for territory, places in (("named", []), ("region", [town("Cheb")])):
        with pytest.raises(ValidationError) as caught:
            actions.set_territories(
                measures=measures, by=head, territory=territory, municipalities=places
            )
        assert set(caught.value.message_dict) == {"municipalities"}


def test_unit_sets_only_what_it_answers_for_and_all_or_nothing(measures, town, make_user):
    jana = make_user("unit", email="jana@portal.test")
    petr = make_user("unit", email="petr@portal.test")
    factories.plan(measures[0], owner=jana)
    factories.plan(measures[1], owner=petr)
    with pytest.raises(PermissionDenied):
        actions.set_territories(measures=measures[:2], by=jana, territory="region")
    assert stands(measures[0]) == ("undetermined", "")
    actions.set_territories(measures=[measures[0], measures[2]], by=jana, territory="region")
    assert [stands(one)[0] for one in measures] == ["region", "undetermined", "region"]


def test_strategy_that_is_not_monitored_is_refused(head):
    measure = factories.make_measure("I", strategy__is_monitored=False)
    with pytest.raises(ValidationError):
        actions.set_territories(measures=[measure], by=head, territory="region")


# The page


def post(client, measures, **values):
    ticked = {"opatreni": [one.pk for one in measures], "mode": "pridat"}
    return client.post(PAGE, {**ticked, **values}, follow=True)


def test_page_sets_typed_names_and_a_whole_orp(client_as, measures, town, cheb_orp, kk):
    town("Cheb")
    town("Hradiště", kind=MunicipalityKind.MILITARY_AREA)
    factories.MunicipalityFactory(
        name="Aš", region=kk.region, orp=factories.OrpFactory(name="Aš", region=kk.region)
    )
    response = post(
        client_as("head"), measures[:2], territory="named", municipalities="as", orps=cheb_orp.pk
    )
    assert "Území je nastavené u 2 opatření." in text_of(response)
    assert [stands(one) for one in measures[:2]] == 2 * [("named", "Aš, Cheb")]


def test_page_asks_before_municipalities_are_lost(client_as, measures, town):
    cheb = town("Cheb")
    named(measures[0], cheb)
    client = client_as("head")
    response = post(client, measures[:2], territory="region", municipalities="")
    text = text_of(response)
    assert "Vymazat u opatření tyto obce? Nic se zatím neuložilo." in text
    assert "1.1 Služby Cheb" in text
    assert stands(measures[0]) == ("named", "Cheb")
    sent = {}
    for name, value in response.context["sent"]:
        sent.setdefault(name, []).append(value)
    response = client.post(PAGE, sent, follow=True)
    assert "Území je nastavené u 2 opatření." in text_of(response)
    assert [stands(one) for one in measures[:2]] == 2 * [("region", "")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"territory": "named", "municipalities": ""}, "municipalities"),
        ({"territory": "named", "municipalities": "Neznámov"}, "municipalities"),
        ({"territory": "region", "municipalities": "Cheb"}, "municipalities"),
        ({"territory": "", "municipalities": "Cheb"}, "territory"),
        ({"territory": "galaxie", "municipalities": ""}, "territory"),
        ({"territory": "named", "municipalities": "Cheb", "orps": "999999"}, "orps"),
        ({"territory": "named", "municipalities": "Cheb", "souhlas": "x"}, "souhlas"),
        ({"territory": "region", "municipalities": "", "opatreni": "999999"}, "opatreni"),
        ({"territory": "region", "municipalities": "", "opatreni": []}, "opatreni"),
    ],
)
def test_page_refuses_and_keeps_what_was_typed(client_as, measures, town, values, field):
    town("Cheb")
    response = post(client_as("head"), measures[:2], **values)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert {stands(one) for one in measures} == {("undetermined", "")}
    if field != "opatreni":
        assert response.content.decode().count(" checked") >= 2


def test_unit_ticks_only_its_own_measures(client_as, measures, make_user):
    petr = make_user("unit", email="petr@portal.test")
    factories.plan(measures[1], owner=petr)
    client = client_as("unit")
    page = client.get(f"{PAGE}?vybrat=vse").content.decode()
    assert f'value="{measures[0].pk}" checked' in page
    assert f'name="opatreni" value="{measures[1].pk}"' not in page
    response = post(client, [measures[1]], territory="region", municipalities="")
    assert response.status_code == 422
    assert stands(measures[1]) == ("undetermined", "")


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 200), ("head", 200), ("councillor", 403), ("admin", 403)]
)
def test_page_is_for_the_unit_and_its_head(client_as, measures, role, status):
    assert client_as(role).get(PAGE).status_code == status


def test_page_lists_what_is_undetermined_and_ticks_whence_one_came(client_as, measures, town):
    named(measures[0], town("Cheb"), town("Aš"))
    client = client_as("head")
    text = text_of(client.get(f"{PAGE}?opatreni={measures[1].pk}"))
    assert "území není určené u 2 ze 3 opatření" in text
    assert "vyjmenované obce 2 obce: Aš, Cheb" in text
    rows = client.get(f"{PAGE}?neurcene=1&opatreni={measures[1].pk}").context["table"].rows
    assert [(row.record.measure.code, row.record.is_ticked) for row in rows] == [
        ("1.2", True),
        ("1.10", False),
    ]


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("opatreni", ["1.1", "1.2", "1.10"]),
        ("-opatreni", ["1.10", "1.2", "1.1"]),
        ("uzemi", ["1.2", "1.10", "1.1"]),
        ("obce", ["1.1", "1.2", "1.10"]),
        ("-obce", ["1.1", "1.2", "1.10"]),
    ],
)
def test_table_sorts_by_every_column(client_as, measures, town, order, codes):
    """„území neurčeno“ comes before „vyjmenované obce“; no municipality is last both ways."""
    named(measures[0], town("Cheb"))
    rows = client_as("head").get(f"{PAGE}?razeni={order}").context["table"].rows
    assert [row.record.measure.code for row in rows] == codes


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_the_same_queries_for_many(
    client_as, kk, town, django_assert_num_queries, number
):
    for n in range(number):
        named(factories.make_measure(f"2.{n}", strategy=kk), town(f"Obec {n}"))
    client = client_as("head")
    # The reader 2; measures, milestones and outputs (no report, no plan); municipalities; ORPs.
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


QUERIES = 7


def test_measure_page_offers_it_to_whom_it_may_concern(client, client_as, measures):
    address = measures[0].get_absolute_url()
    link = f'href="{PAGE}?opatreni={measures[0].pk}"'
    assert link not in client.get(address).content.decode()
    assert link in client_as("unit").get(address).content.decode()
