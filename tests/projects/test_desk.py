"""The unit's pages of projects: the list, the form, and two people at once."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.forms import PARTS
from projects.models import Project
from tests.factories import MunicipalityFactory, OrganisationFactory, RegionFactory, make_measure
from tests.projects.factories import (
    BudgetPartFactory,
    ObstacleFactory,
    ProjectFactory,
    ProjectMeasureFactory,
    TimelineEventFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("project_desk:project_list")
NEW = reverse("project_desk:project_create")


def edit_url(project):
    return reverse("project_desk:project_edit", args=[project.pk])


def version_on(client, project):
    page = client.get(edit_url(project)).content.decode()
    return re.search(r'name="verze" value="([^"]*)"', page)[1]


def fields(project=None, **changes):
    """What the form sends; no rows of parts unless `changes` add them."""
    sent = {
        "name": "Projekt",
        "region": project.region_id if project else RegionFactory().pk,
        "state": "unknown",
        "territory": "undetermined",
        "source": "zpráva",
    }
    for prefix in PARTS:
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return sent | changes


def rows(prefix, *forms, initial=0):
    sent = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": initial}
    for number, form in enumerate(forms):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return sent


def test_member_of_the_unit_adds_a_project_with_its_parts(client_as):
    measure, cheb = make_measure("1.2"), MunicipalityFactory()
    answer = client_as("unit").post(
        NEW,
        fields(
            name="Dostupné bydlení",
            recipient_name="Pomoc v nouzi, o. p. s.",
            is_new_recipient="on",
            start_on="říjen 2023",
            end_on="2/2024",
            eu_rate="76,73",
            territory="named",
            municipalities=[cheb.pk],
            **rows("measure_links", {"measure": measure.pk, "share": "12,5", "is_ours": "on"}),
            **rows(
                "budget_parts",
                {"stage": "approved", "kind": "total", "amount": "1 296 000", "currency": "CZK"},
            ),
            **rows("events", {"happened": "12/2022", "text": "Podána žádost."}),
            **rows(
                "outcomes",
                {"text": "Osoby.", "value": "17", "unit": "osoba, osoby, osob, osoby"}
                | {"qualifier": "exact", "counted": "persons"},
            ),
            **rows("obstacles", {"text": "První."}, {"text": "Druhá."}),
        ),
    )
    project = Project.objects.get()
    assert answer.status_code == 302
    assert project.slug == "dostupne-bydleni"
    assert project.recipient.name == "Pomoc v nouzi, o. p. s."
    assert (project.start_date, project.start_precision) == (date(2023, 10, 1), "month")
    assert (project.end_date, project.end_precision) == (date(2024, 2, 29), "month")
    assert project.eu_rate == Decimal("76.73")
    assert project.measure_links.get().share == Decimal("12.5")
    assert project.budget_parts.get().amount == 1_296_000
    assert (project.events.get().happened_on, project.events.get().precision) == (
        date(2022, 12, 1),
        "month",
    )
    assert project.outcomes.get().key == "vysledek-1"
    assert list(project.obstacles.order_by("order").values_list("order", "text")) == [
        (1, "První."),
        (2, "Druhá."),
    ]


def test_edit_keeps_history_and_who_did_it(client_as):
    client, project = client_as("unit"), ProjectFactory(name="Starý")
    version = version_on(client, project)
    client.post(edit_url(project), fields(project, name="Nový", verze=version))
    project.refresh_from_db()
    assert project.name == "Nový"
    last = project.history.latest("history_id")
    assert (last.name, last.history_user.email) == ("Nový", client_email(client))


def client_email(client):
    from accounts.models import User

    return User.objects.get(pk=client.session["_auth_user_id"]).email


def test_rows_are_changed_and_taken_away(client_as):
    client, project = client_as("unit"), ProjectFactory()
    kept = ObstacleFactory(project=project, order=1, text="Stará")
    gone = ObstacleFactory(project=project, order=2)
    changed = rows(
        "obstacles",
        {"id": kept.pk, "text": "Opravená"},
        {"id": gone.pk, "text": gone.text, "DELETE": "on"},
        {"text": "Nová"},
        initial=2,
    )
    version = version_on(client, project)
    client.post(edit_url(project), fields(project, verze=version, **changed))
    assert list(project.obstacles.order_by("order").values_list("order", "text")) == [
        (1, "Opravená"),
        (2, "Nová"),
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Název"),
        ({"recipient_name": "Nikdo"}, "Příjemce tohoto názvu v portálu není."),
        ({"start_on": "10/2023", "end_on": "9/2023"}, "Konec je dřív než začátek."),
        ({"start_on": "někdy"}, "Napište den"),
        ({"eu_rate": "101"}, "Míra spolufinancování je mezi 0 a 100"),
        ({"eu_rate": "1e400"}, "Napište číslo číslicemi"),
        ({"territory": "named"}, "Vyberte obce, nebo změňte území."),
        ({"parent_slug": "neni"}, "Projekt s touto zkratkou v portálu není."),
        ({"is_end_uncertain": "on"}, "U nejistého data napište"),
        ({"registration_number": "CZ.1"}, "Projekt s tímto registračním číslem už existuje."),
        ({"source_url": "javascript:alert(1)"}, "Adresa zdroje"),
        (
            rows(
                "budget_parts", {"stage": "approved", "kind": "eu", "amount": "5", "currency": "X"}
            ),
            "Peníze",
        ),
        (rows("events", {"happened": "13/2023", "text": "X"}), "Takový měsíc není."),
    ],
)
def test_fault_is_told_and_values_are_kept(client_as, sent, said):
    ProjectFactory(registration_number="CZ.1")
    answer = client_as("unit").post(NEW, fields(goal="Co jsem napsal", **sent))
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert said in page
    assert "Co jsem napsal" in page
    assert Project.objects.count() == 1


def test_shares_of_101_percent_are_refused(client_as):
    shares = rows(
        "measure_links",
        {"measure": make_measure("1.1").pk, "share": "60"},
        {"measure": make_measure("1.2").pk, "share": "41"},
    )
    answer = client_as("unit").post(NEW, fields(**shares))
    assert answer.status_code == 422
    assert "víc než 100" in answer.content.decode()
    assert not Project.objects.exists()


def test_project_below_itself_is_refused(client_as):
    client, project = client_as("unit"), ProjectFactory(slug="a")
    below = ProjectFactory(parent=project, slug="b")
    sent = fields(project, parent_slug=below.slug, verze=version_on(client, project))
    answer = client.post(edit_url(project), sent)
    assert answer.status_code == 422
    assert "součástí sebe sama" in answer.content.decode()


def test_who_saved_meanwhile_is_not_overwritten_unseen(client_as):
    client, project = client_as("unit"), ProjectFactory(name="Starý", goal="Starý cíl")
    version = version_on(client, project)
    Project.objects.get(pk=project.pk).save()
    project.name = "Cizí"
    project.save()
    TimelineEventFactory(project=project, text="Cizí událost")
    mine = fields(project, name="Můj", goal="Starý cíl", verze=version)
    answer = client.post(edit_url(project), mine)
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 409
    assert "Projekt mezitím uložil někdo jiný." in page
    assert "Údaje o projektu, Co se stalo" in page
    assert (
        "<b>Název:</b> Cizí" in page or "<b>název:</b> Cizí" in page.lower() or "Cizí</li>" in page
    )
    assert 'value="Můj"' in page
    project.refresh_from_db()
    assert project.name == "Cizí"
    newer = re.search(r'name="verze" value="([^"]*)"', page)[1]
    assert client.post(edit_url(project), {**mine, "verze": newer}).status_code == 302
    project.refresh_from_db()
    assert project.name == "Můj"
    assert project.events.get().text == "Cizí událost"


def test_saving_without_a_version_is_refused(client_as):
    client, project = client_as("unit"), ProjectFactory(name="Starý")
    assert client.post(edit_url(project), fields(project)).status_code == 409
    project.refresh_from_db()
    assert project.name == "Starý"


@pytest.mark.parametrize("role", ["councillor", "admin"])
def test_others_may_not(client_as, role):
    client, project = client_as(role), ProjectFactory()
    for url in (LIST, NEW, edit_url(project)):
        assert client.get(url).status_code == 403
    assert client.post(NEW, fields()).status_code == 403


def test_form_asks_the_same_for_one_row_and_for_thirty(client_as, django_assert_max_num_queries):
    client, project = client_as("unit"), ProjectFactory()
    for number in range(30):
        ProjectMeasureFactory(project=project, measure=make_measure(f"1.{number}"))
        TimelineEventFactory(project=project)
    BudgetPartFactory(project=project)
    with django_assert_max_num_queries(40):
        client.get(edit_url(project))


def test_list_asks_the_same_for_one_and_for_thirty(client_as, django_assert_num_queries):
    client = client_as("unit")
    ProjectFactory(recipient=OrganisationFactory(), name="Jeden")
    page = client.get(LIST)
    assert "Jeden" in page.content.decode()
    assert "chybí" in page.content.decode()
    for _ in range(29):
        ProjectFactory(recipient=OrganisationFactory())
    with django_assert_num_queries(7):
        client.get(LIST)
