"""The list of organisations and the page of each: what it answers for, its partners, projects."""

import re
from datetime import date

import pytest

from strategy.models import GoverningBody, Organisation
from tests import factories as make
from tests.projects.factories import ProjectFactory

pytestmark = pytest.mark.django_db

LIST = "/organisace/"


def names(client, query=""):
    page = client.get(LIST + query).content.decode()
    return re.findall(r'<a href="/organisace/[0-9]+-[^"]+">([^<]+)</a>', page)


def full(number=0):
    """An organisation with all that can hang on it."""
    one = make.OrganisationFactory(name=f"Organizace {number:02}", kind="department")
    measure = make.make_measure(f"1.{number}")
    make.plan(measure, department=one)
    make.make_measure(f"2.{number}").partners.add(one)
    ProjectFactory(recipient=one)
    make.OutputFactory(measure=measure, organiser=one, title=f"Výstup {number}")
    return one


def test_list_asks_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    full()
    with django_assert_num_queries(3):
        client.get(LIST)
    for number in range(1, 30):
        full(number)
    with django_assert_num_queries(3):
        assert client.get(LIST).status_code == 200


def test_list_stands_by_kind_then_alphabet(client):
    for name, kind in (
        ("Žádný spolek", "partner"),
        ("Čistý spolek", "partner"),
        ("Azyl", "recipient"),
        ("Odbor", "department"),
    ):
        make.OrganisationFactory(name=name, kind=kind)
    assert names(client) == ["Odbor", "Čistý spolek", "Žádný spolek", "Azyl"]
    assert names(client, "?druh=partneri") == ["Čistý spolek", "Žádný spolek"]
    assert names(client, "?text=cisty") == ["Čistý spolek"]
    assert names(client, "?druh=nic") == ["Odbor", "Čistý spolek", "Žádný spolek", "Azyl"]
    assert "se nepoužil" in client.get(f"{LIST}?druh=nic").content.decode()


@pytest.mark.parametrize(
    "column", ["nazev", "druh", "kraj", "odpovida", "spolupracuje", "projekty"]
)
def test_list_sorts_by_every_column_both_ways(client, column):
    busy = full()
    make.OrganisationFactory(name="Prázdná", kind="partner", region=make.RegionFactory(name="A"))
    up, down = names(client, f"?razeni={column}"), names(client, f"?razeni=-{column}")
    assert sorted(up) == sorted(down) == sorted([busy.name, "Prázdná"])
    if column in ("odpovida", "spolupracuje", "projekty"):
        assert (up[0], down[0]) == ("Prázdná", busy.name)
    if column == "nazev":
        assert (up[0], down[0]) == (busy.name, "Prázdná")


def test_actors_of_a_strategy_stand_below(client):
    GoverningBody.objects.create(
        strategy=make.StrategyFactory(), kind="body", name="Zástupci obcí", order=1
    )
    assert "Zástupci obcí" in client.get(LIST).content.decode()
    assert "Zástupci obcí" not in client.get(f"{LIST}?text=x").content.decode()


def test_page_says_what_an_organisation_does(client):
    one = full(3)
    page = client.get(one.get_absolute_url()).content.decode()
    for heading in ("Za co odpovídá", "Na čem spolupracuje", "Jaké projekty", "Co uspořádala"):
        assert heading in page
    assert "Výstup 3" in page


def test_only_the_newest_plan_says_who_answers(client):
    old, new = make.OrganisationFactory(name="Starý"), make.OrganisationFactory(name="Nový")
    measure = make.make_measure("1.1")
    make.plan(measure, department=old)
    make.plan(measure, department=new)
    assert "Za co odpovídá" not in client.get(old.get_absolute_url()).content.decode()
    assert "Za co odpovídá" in client.get(new.get_absolute_url()).content.decode()


def test_withdrawn_output_is_not_among_them(client):
    one = make.OrganisationFactory()
    output = make.OutputFactory(organiser=one, title="Nekonal se", happened_on=date(2026, 1, 1))
    make.OutputFactory(
        measure=output.measure,
        organiser=one,
        title="Nekonal se",
        corrects=output,
        is_withdrawn=True,
    )
    assert "Nekonal se" not in client.get(one.get_absolute_url()).content.decode()


def test_page_asks_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    one = full()
    with django_assert_num_queries(6):
        client.get(one.get_absolute_url())
    for number in range(1, 30):
        measure = make.make_measure(f"3.{number}")
        make.plan(measure, department=one)
        measure.partners.add(one)
        ProjectFactory(recipient=one, municipalities=[make.MunicipalityFactory()])
        make.OutputFactory(measure=measure, organiser=one)
    with django_assert_num_queries(7):
        # More outputs than are listed are counted.
        assert client.get(one.get_absolute_url()).status_code == 200


def test_mailbox_is_shown_of_the_office_only(client):
    office = make.OrganisationFactory(kind="department", mailbox="odbor@kraj.example")
    partner = make.OrganisationFactory(kind="partner", mailbox="nekdo@spolek.example")
    assert "odbor@kraj.example" in client.get(office.get_absolute_url()).content.decode()
    assert "nekdo@spolek.example" not in client.get(partner.get_absolute_url()).content.decode()


def test_address_without_its_name_leads_to_the_page(client):
    one = make.OrganisationFactory(name="Člověk v tísni")
    assert one.get_absolute_url().endswith("-clovek-v-tisni/")
    response = client.get(f"/organisace/{one.pk}-neco/")
    assert (response.status_code, response.url) == (301, one.get_absolute_url())
    assert client.get("/organisace/999999-neco/").status_code == 404


def test_measure_project_and_search_lead_to_it(client):
    one = full()
    partner = make.OrganisationFactory(name="Partnerská")
    measure = make.make_measure("7.7")
    make.plan(measure, department=one)
    measure.partners.add(partner)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert f'href="{partner.get_absolute_url()}"' in page
    project = ProjectFactory(recipient=partner)
    assert (
        f'href="{partner.get_absolute_url()}"'
        in client.get(project.get_absolute_url()).content.decode()
    )
    found = client.get("/hledat/?q=partnerska").content.decode()
    assert f'href="{partner.get_absolute_url()}"' in found
    assert Organisation.objects.count() >= 2
