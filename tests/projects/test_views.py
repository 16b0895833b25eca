import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.results import results_of_measure
from projects.filters import LONG_TEXT, WRONG_ORDER, WRONG_STATE
from projects.models import Project, ProjectMeasure, ProjectState, ProjectTerritory
from projects.models.links import ABOVE_WHOLE
from projects.tables import ProjectTable
from strategy.models import Precision
from tests.factories import MunicipalityFactory, OrganisationFactory, PriorityFactory, make_measure
from tests.projects.factories import (
    BudgetPartFactory,
    ExternalFactFactory,
    ObstacleFactory,
    OutcomeFactory,
    ProjectActivityFactory,
    ProjectFactory,
    ProjectMeasureFactory,
    TimelineEventFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("projects:project_list")


def text_of(client, url):
    return client.get(url).content.decode()


def names_in(client, query):
    """Return the names of the projects on the list in their order."""
    return re.findall(r'<a href="/projekty/[^"?]+/">([^<]+)</a>', text_of(client, LIST + query))


def rich(number=0):
    """A project that has everything a page can show."""
    project = ProjectFactory(
        name=f"Bohatý {number}",
        recipient=OrganisationFactory(),
        parent=ProjectFactory(),
        territory=ProjectTerritory.NAMED,
        municipalities=MunicipalityFactory.create_batch(2),
        start_date=date(2023, 1, 1),
        start_precision=Precision.MONTH,
    )
    ProjectFactory(parent=project)
    project.priorities.add(PriorityFactory())
    for code in ("1.1", "1.2"):
        ProjectMeasureFactory(project=project, measure=make_measure(code), share=40, is_ours=True)
    parts = (BudgetPartFactory, ProjectActivityFactory, TimelineEventFactory, OutcomeFactory)
    for factory in (*parts, ObstacleFactory, ExternalFactFactory):
        factory(project=project)
    return project


# The list


def test_list_asks_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    rich()
    with django_assert_num_queries(10):
        client.get(LIST)
    for number in range(1, 30):
        rich(number)
    with django_assert_num_queries(10):
        assert client.get(LIST).status_code == 200


def test_list_of_fifty_one_has_a_second_page(client):
    for number in range(51):
        ProjectFactory(name=f"Projekt {number:02}")
    assert len(names_in(client, "")) == 50
    assert names_in(client, "?strana=2") == ["Projekt 50"]


def test_empty_list_says_so(client):
    assert "Výběru neodpovídá žádný projekt." in text_of(client, LIST)


@pytest.fixture
def three():
    """Three projects that stand in another order by each column; C knows next to nothing."""
    cheb, as_ = MunicipalityFactory(name="Cheb"), MunicipalityFactory(name="Aš")
    ours, first, second = (
        {"name": "Čáp", "programme": "OPZ+", "recipient": OrganisationFactory(name="Město")},
        {"name": "Chata", "programme": "IROP", "recipient": OrganisationFactory(name="Kraj")},
        {"name": "Cedr"},
    )
    cap = ProjectFactory(
        **ours,
        state=ProjectState.FINISHED,
        territory=ProjectTerritory.NAMED,
        municipalities=[cheb],
    )
    chata = ProjectFactory(
        **first,
        state=ProjectState.RUNNING,
        territory=ProjectTerritory.NAMED,
        municipalities=[cheb, as_],
    )
    ProjectFactory(**second)
    ProjectMeasureFactory(project=cap, measure=make_measure("4.9"))
    ProjectMeasureFactory(project=chata, measure=make_measure("4.10"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Cedr", "Čáp", "Chata"]),
        ("projekt", ["Cedr", "Čáp", "Chata"]),
        ("-projekt", ["Chata", "Čáp", "Cedr"]),
        ("prijemce", ["Chata", "Čáp", "Cedr"]),
        ("-prijemce", ["Čáp", "Chata", "Cedr"]),
        ("program", ["Chata", "Čáp", "Cedr"]),
        ("-program", ["Čáp", "Chata", "Cedr"]),
        ("stav", ["Chata", "Čáp", "Cedr"]),
        ("-stav", ["Cedr", "Čáp", "Chata"]),
        ("kde", ["Chata", "Čáp", "Cedr"]),
        ("-kde", ["Cedr", "Čáp", "Chata"]),
        ("opatreni", ["Čáp", "Chata", "Cedr"]),
        ("-opatreni", ["Chata", "Čáp", "Cedr"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_list_sorts_by_every_column(client, query, names):
    assert names_in(client, f"?razeni={query}" if query else "") == names


def test_every_column_can_be_sorted_by():
    assert all(column.orderable in (None, True) for column in ProjectTable.base_columns.values())
    assert len(ProjectTable.base_columns) == 6


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?stav=ukoncen", ["Čáp"]),
        ("?stav=neznamy", ["Cedr"]),
        ("?opatreni=4.10", ["Chata"]),
        ("?opatreni=9.9", []),
        ("?text=cap", ["Čáp"]),
        ("?text=kraj", ["Chata"]),
        ("?text=+", ["Cedr", "Čáp", "Chata"]),
        ("?stav=ukoncen&opatreni=4.10", []),
        ("?stav=&opatreni=&text=", ["Cedr", "Čáp", "Chata"]),
        ("?neexistuje=1", ["Cedr", "Čáp", "Chata"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_list_is_narrowed(client, query, names):
    assert names_in(client, query) == names


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?stav=spici", WRONG_STATE),
        ("?razeni=vaha", WRONG_ORDER),
        ("?text=" + 101 * "a", LONG_TEXT),
    ],
)
@pytest.mark.usefixtures("three")
def test_bad_value_is_said_and_ignored(client, query, sentence):
    assert sentence in text_of(client, LIST + query)
    assert len(names_in(client, query)) == 3


@pytest.mark.usefixtures("three")
def test_narrowed_list_says_how_many_and_offers_the_way_back(client):
    text = text_of(client, LIST + "?stav=ukoncen&razeni=-stav")
    assert "Výběru odpovídá 1\u00a0projekt." in text
    assert "Zrušit výběr" in text
    assert 'value="-stav"' in text
    assert "Zrušit výběr" not in text_of(client, LIST + "?razeni=-stav")


@pytest.mark.usefixtures("three")
def test_list_says_what_it_does_not_know(client):
    text = text_of(client, LIST + "?text=cedr")
    # Recipient, programme and state.
    assert text.count(">neznámý</td>") == 3
    assert "území neurčeno" in text
    assert "neuvedena" in text


# The page of a project


def test_detail_asks_the_same_for_one_part_and_for_thirty(client, django_assert_num_queries):
    project = rich()
    with django_assert_num_queries(14):
        client.get(project.get_absolute_url())
    for number in range(30):
        TimelineEventFactory(project=project)
        ProjectActivityFactory(project=project, priority=PriorityFactory())
        ProjectMeasureFactory(project=project, measure=make_measure(f"2.{number}"))
        project.municipalities.add(MunicipalityFactory())
    with django_assert_num_queries(14):
        assert client.get(project.get_absolute_url()).status_code == 200


def test_detail_of_a_project_nothing_is_known_of(client):
    text = text_of(client, ProjectFactory().get_absolute_url())
    assert "Co nevíme:" in text
    assert "registrační číslo, začátek, konec, rozpočet" in text
    assert "Žádné opatření přiřazeno není." in text
    assert "území neurčeno" in text
    for heading in ("Co se stalo", "Co projekt přinesl", "Co stálo", "Co jsme našli", "Co se dělá"):
        assert heading not in text


def test_detail_shows_links_parts_and_doubts(client):
    project = rich()
    OutcomeFactory(
        project=project, value=2758, is_uncertain=True, note="Dvojí čtení.", text="Potřeby."
    )
    text = text_of(client, project.get_absolute_url())
    assert "Přiřazení je naše." in text
    assert "podíl 40\u00a0%" in text
    assert "leden\u00a02023" in text
    assert "2\u00a0758\u00a0osob" in text
    assert "Dvojí čtení." in text
    for place in project.municipalities.all():
        assert place.get_absolute_url() in text
    for other in (project.parent, project.children.get()):
        assert other.get_absolute_url() in text


def test_unknown_address_is_not_found(client):
    assert client.get(reverse("projects:project_detail", args=["neni"])).status_code == 404


def test_pages_only_read(client):
    assert client.post(LIST).status_code == 405
    assert client.post(ProjectFactory().get_absolute_url()).status_code == 405


def test_rows_for_other_pages_say_whose_the_link_is(django_assert_num_queries):
    measure = make_measure("1.1")
    ProjectMeasureFactory(measure=measure, share=40, is_ours=True)
    ProjectMeasureFactory(measure=measure)
    with django_assert_num_queries(3):
        rows = results_of_measure(measure, timezone.now()).projects
        text = render_to_string("projects/_partials/project_rows.html", {"projects": rows})
    assert text.count("přiřazení je naše") == 1
    assert "podíl 40\u00a0%" in text
    assert text.count("podíl neznáme") == 1
    assert text.count("příjemce neznámý") == 2


def test_rows_of_a_municipality_need_no_link():
    cheb = MunicipalityFactory(name="Cheb")
    ProjectFactory(municipalities=[cheb], territory=ProjectTerritory.NAMED, state_text="běží")
    rows = Project.objects.for_municipality(cheb).for_list()
    text = render_to_string("projects/_partials/project_rows.html", {"projects": rows})
    assert "běží" in text
    assert "Cheb" in text
    assert "přiřazení" not in text


# Administration


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 200), ("head", 200), ("admin", 403), ("councillor", 403)]
)
def test_unit_and_head_add(client_as, role, status):
    answer = client_as(role).get(reverse("admin:projects_project_add"), follow=True)
    assert answer.status_code == status


@pytest.mark.parametrize(("role", "status"), [("unit", 200), ("head", 200), ("admin", 200)])
def test_list_of_the_administration_opens(client_as, role, status):
    ProjectFactory()
    answer = client_as(role).get(reverse("admin:projects_project_changelist") + "?q=Projekt")
    assert answer.status_code == status


def test_nobody_deletes_a_project(client_as):
    project = ProjectFactory()
    delete = reverse("admin:projects_project_delete", args=[project.pk])
    assert client_as("head").post(delete, {"post": "yes"}).status_code == 403
    assert Project.objects.exists()


INLINES = [
    *("measure_links", "activities", "events", "outcomes", "obstacles"),
    *("external_facts", "budget_parts"),
]


def form_of(project, **changes):
    """The fields of the form in the administration, with no parts unless `changes` add them."""
    fields = {
        "slug": project.slug,
        "name": project.name,
        "region": project.region_id,
        "state": project.state,
        "state_precision": "day",
        "start_precision": "day",
        "end_precision": "day",
        "territory": project.territory,
        "source": project.source,
    }
    for prefix in INLINES:
        fields |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return fields | changes


def links_of(*shares):
    fields = {"measure_links-TOTAL_FORMS": len(shares)}
    for place, share in enumerate(shares):
        fields[f"measure_links-{place}-measure"] = make_measure("1.1").pk
        fields[f"measure_links-{place}-share"] = share
    return fields


def change(client, project, **changes):
    url = reverse("admin:projects_project_change", args=[project.pk])
    return client.post(url, form_of(project, **changes))


def test_member_of_the_unit_edits_a_project_with_its_parts(client_as):
    project = ProjectFactory()
    answer = change(client_as("unit"), project, name="Nový název", **links_of("60", "40,0"))
    assert answer.status_code == 302
    project.refresh_from_db()
    assert project.name == "Nový název"
    assert project.registration_number is None
    assert {link.share for link in ProjectMeasure.objects.all()} == {60, 40}


def test_shares_above_the_whole_are_refused_together(client_as):
    answer = change(client_as("unit"), ProjectFactory(), **links_of("60", "40,5"))
    assert ABOVE_WHOLE in answer.content.decode()
    assert not ProjectMeasure.objects.exists()


@pytest.mark.parametrize("territory", [ProjectTerritory.NAMED, ProjectTerritory.REGION])
def test_territory_and_municipalities_say_the_same(client_as, territory):
    places = [] if territory == ProjectTerritory.NAMED else [MunicipalityFactory().pk]
    answer = change(client_as("unit"), ProjectFactory(), territory=territory, municipalities=places)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
