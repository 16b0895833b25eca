"""Grant calls: what is open and until when, what is stale, the calendar, data, their keeping."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from projects import calls
from projects.call_actions import MEANWHILE, archive_call, newest, save_call
from projects.models import Call
from tests import factories as make
from tests.projects.factories import CallFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 25)


def row(**values):
    return calls.CallRow(CallFactory.build(**values), DAY)


def plain(response):
    text = response.content.decode().replace("&nbsp;", " ")
    return text.replace("\u00a0", " ").replace("\u2060", "")


def titles(client, query=""):
    page = client.get(f"/vyzvy/{query}").content.decode()
    return re.findall(r'<a href="[^"]+"><b>([^<]+)</b></a>', page)


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


# Words


@pytest.mark.parametrize(
    ("opens", "deadline", "state"),
    [
        (None, None, "otevřená"),
        (None, DAY, "otevřená"),
        (DAY, None, "otevřená"),
        (DAY + timedelta(1), None, "připravuje se"),
        (None, DAY - timedelta(1), "ukončená"),
    ],
)
def test_state_of_a_call(opens, deadline, state):
    assert row(opens_on=opens, deadline=deadline).state == state


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (DAY, "do 25. 11. 2026, dnes naposledy"),
        (DAY + timedelta(1), "do 26. 11. 2026, zbývá 1 den"),
        (DAY + timedelta(3), "do 28. 11. 2026, zbývají 3 dny"),
        (DAY + timedelta(5), "do 30. 11. 2026, zbývá 5 dní"),
        (None, "příjem do odvolání"),
        (DAY - timedelta(1), "příjem skončil 24. 11. 2026"),
    ],
)
def test_until_says_how_long_is_left(deadline, text):
    assert row(deadline=deadline).until.replace("\u00a0", " ") == text


@pytest.mark.parametrize(("days", "is_stale"), [(0, False), (90, False), (91, True)])
def test_check_older_than_ninety_days_is_stale(days, is_stale):
    found = row(checked_on=DAY - timedelta(days))
    assert found.is_stale is is_stale
    assert ("podmínky si ověřte" in found.checked.replace("\u00a0", " ")) is is_stale


def test_call_nobody_checked_is_stale():
    assert row(checked_on=None).is_stale


# The list


def test_list_has_open_ones_by_deadline_and_archive_the_past_ones(client):
    CallFactory(title="Bez konce")
    CallFactory(title="Pozdní", deadline=today(30))
    CallFactory(title="Brzká", deadline=today(0))
    CallFactory(title="Budoucí", opens_on=today(5), deadline=today(20))
    CallFactory(title="Minulá", deadline=today(-1))
    assert titles(client) == ["Brzká", "Pozdní", "Bez konce", "Budoucí"]
    assert titles(client, "?archiv=1") == ["Minulá"]


def test_list_without_a_call_says_what_to_do(client):
    assert "Neznamená to, že žádná není" in plain(client.get("/vyzvy/"))
    assert "V archivu zatím žádná výzva není." in plain(client.get("/vyzvy/?archiv=1"))


def test_filters_choose_by_priority_applicant_and_region(client):
    priority = make.PriorityFactory(code="1")
    other = make.RegionFactory()
    goal = make.GoalFactory(priority=priority, code="1.A")
    CallFactory(title="Pro prioritu").priorities.add(priority)
    CallFactory(title="Pro opatření").measures.add(make.make_measure("1.1", goal))
    CallFactory(title="Pro obec", is_for_municipalities=True)
    CallFactory(title="Jinde", region=other)
    key = f"{priority.strategy.slug}-1"
    assert titles(client, f"?priorita={key}") == ["Pro opatření", "Pro prioritu"]
    assert titles(client, "?zadatel=obec") == ["Pro obec"]
    home = priority.strategy.region.code
    assert titles(client, f"?kraj={home}") == ["Pro obec", "Pro opatření", "Pro prioritu"]
    assert titles(client, f"?kraj={other.code}")[0] == "Jinde"


@pytest.mark.parametrize("query", ["?priorita=x", "?zadatel=x", "?kraj=x"])
def test_wrong_filter_is_said_and_ignored(client, query):
    CallFactory(title="Jedna")
    assert "se nepoužil" in plain(client.get(f"/vyzvy/{query}"))
    assert titles(client, query) == ["Jedna"]


def full_call(number):
    call = CallFactory(title=f"Plná {number:02}", deadline=today(number + 1))
    goal = make.GoalFactory()
    call.priorities.add(goal.priority)
    call.measures.add(make.make_measure(f"9.{number}", goal))


def test_list_asks_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    full_call(0)
    with django_assert_num_queries(5):
        client.get("/vyzvy/")
    for number in range(1, 30):
        full_call(number)
    with django_assert_num_queries(5):
        assert client.get("/vyzvy/").status_code == 200


def test_calendar_holds_the_last_days(client):
    call = CallFactory(title="Brzká", deadline=date(2026, 12, 15))
    CallFactory(title="Bez konce")
    text = client.get("/vyzvy.ics").content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261215" in text
    assert "SUMMARY:Výzva končí: Brzká" in text
    assert f"/vyzvy/#vyzva-{call.slug}" in text
    assert "SEQUENCE:0" in text
    call.title = "Jiná"
    call.save()
    assert "SEQUENCE:1" in client.get("/vyzvy.ics").content.decode()


def test_data_hold_all_calls_with_their_state(client):
    call = CallFactory(title="Minulá", deadline=today(-1), is_for_municipalities=True)
    (found,) = client.get("/vyzvy.json").json()["vyzvy"]
    assert (found["nazev"], found["stav"], found["obec_muze_zadat"]) == (
        "Minulá",
        "ukončená",
        "ano",
    )
    assert found["prijem_do"] == call.deadline.isoformat()
    assert "Minulá;ukončená" in client.get("/vyzvy.csv").content.decode()


# Other pages


def test_municipality_shows_open_calls_it_may_apply_for(client):
    place = make.MunicipalityFactory()
    CallFactory(title="Pro nás", is_for_municipalities=True, region=place.region)
    CallFactory(title="Pro všechny", is_for_municipalities=True)
    CallFactory(title="Pro jiné", is_for_municipalities=True, region=make.RegionFactory())
    CallFactory(title="Pro neziskovky")
    CallFactory(title="Stará", is_for_municipalities=True, deadline=today(-1))
    page = plain(client.get(place.get_absolute_url()))
    shown = [
        t for t in ("Pro nás", "Pro všechny", "Pro jiné", "Pro neziskovky", "Stará") if t in page
    ]
    assert shown == ["Pro nás", "Pro všechny"]


def test_measure_and_priority_show_their_calls(client):
    goal = make.GoalFactory(code="1.A", priority__code="1")
    measure = make.make_measure("1.1", goal)
    CallFactory(title="Pro opatření").measures.add(measure)
    CallFactory(title="Pro prioritu").priorities.add(goal.priority)
    page = plain(client.get(measure.get_absolute_url()))
    assert "Pro opatření" in page
    assert "Pro prioritu" not in page
    page = plain(client.get(f"/strategie/{measure.strategy.slug}/priorita/1/"))
    assert "Pro prioritu" in page


def test_search_finds_a_call(client):
    CallFactory(title="Dostupné bydlení pro obce", deadline=today(-1))
    page = client.get("/hledat/?q=dostupne+bydleni").content.decode()
    assert "/vyzvy/?archiv=1#vyzva-" in page


# Keeping


SENT = {
    "title": "Sociální bydlení 2027",
    "provider": "ministerstvo",
    "applicants": "obce",
    "link": "example.cz/vyzva",
    "deadline": "15. 12. 2027",
    "is_for_municipalities": "on",
}


def test_unit_adds_and_edits_a_call_and_its_history_is_kept(client_as):
    client, priority = client_as("unit"), make.PriorityFactory()
    response = client.post("/prace/vyzvy/nova/", SENT | {"priorities": [priority.pk]})
    assert response.status_code == 302
    call = Call.objects.get()
    assert (call.slug, call.deadline) == ("socialni-bydleni-2027", date(2027, 12, 15))
    assert list(call.priorities.all()) == [priority]
    sent = SENT | {"deadline": "31. 12. 2027", "seen": newest(call)}
    client.post(f"/prace/vyzvy/{call.pk}/", sent)
    call.refresh_from_db()
    assert call.deadline == date(2027, 12, 31)
    rows = call.history.order_by("history_id")
    assert [one.deadline for one in rows] == [date(2027, 12, 15), date(2027, 12, 31)]
    assert rows.last().history_user.email == "unit@portal.test"


def test_two_calls_of_one_name_have_their_own_addresses(make_user):
    by = make_user("unit")
    for _ in range(2):
        call = CallFactory.build(title="Bydlení")
        save_call(call=call, by=by, priorities=[], measures=[])
    assert sorted(Call.objects.values_list("slug", flat=True)) == ["bydleni", "bydleni-2"]


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({"deadline": "31. 2. 2027"}, "v kalendáři není"),
        ({"opens_on": "1. 1. 2028"}, "Příjem žádostí končí dřív, než začíná."),
        ({"applicants": ""}, "Toto pole je"),
        ({"link": "nic"}, "URL"),
    ],
)
def test_wrong_call_is_refused_with_its_values_kept(client_as, sent, text):
    response = client_as("unit").post("/prace/vyzvy/nova/", SENT | sent)
    assert response.status_code == 422
    assert text in plain(response)
    assert 'value="Sociální bydlení 2027"' in response.content.decode()
    assert not Call.objects.exists()


def test_who_started_from_an_older_state_is_told(make_user):
    call, by = CallFactory(), make_user("unit")
    seen = newest(call)
    call.title = "Jiná"
    save_call(call=call, by=by, priorities=[], measures=[], seen=seen)
    call.title = "Třetí"
    with pytest.raises(ValidationError) as error:
        save_call(call=call, by=by, priorities=[], measures=[], seen=seen)
    assert error.value.messages == [MEANWHILE]


def test_archived_call_ended_yesterday(client_as):
    call = CallFactory(deadline=today(30))
    client_as("unit").post(f"/prace/vyzvy/{call.pk}/ukoncit/")
    call.refresh_from_db()
    assert call.deadline == today(-1)


def test_ended_or_not_begun_call_is_not_archived(make_user):
    by = make_user("unit")
    for values in ({"deadline": DAY - timedelta(1)}, {"opens_on": DAY + timedelta(1)}):
        with pytest.raises(ValidationError):
            archive_call(call=CallFactory(**values), by=by, today=DAY)


def test_others_may_not_keep_calls(make_user):
    with pytest.raises(PermissionDenied):
        archive_call(call=CallFactory(), by=make_user("councillor"), today=DAY)
