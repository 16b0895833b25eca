"""The pages of the whole history: what the staff read, and who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from common.history import begin_histories, recording, tracked_models
from measures.models import Activity, Territory
from portal.records import PART_OF, kinds
from tests import factories as make
from tests.factories import moment
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/prace/historie/"


@pytest.fixture
def fund():
    with recording(by=None, reason="načteno ze souboru 05.json", moment=moment("2026-01-01 08:00")):
        return make.make_measure("1.2", short_name="Garanční fond", name="Garanční fond")


def record_page(record):
    meta = record._meta
    return f"{LIST}{meta.app_label}-{meta.model_name}/{record.pk}/"


def edit(record, by=None, at="2026-03-02 10:00", reason="", **values):
    with recording(by=by, reason=reason, moment=moment(at)):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


# Who may


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 200), ("head", 200), ("admin", 200), ("councillor", 403)]
)
def test_history_is_for_those_who_work_here(client_as, fund, role, status):
    client = client_as(role)
    for page in (LIST, record_page(fund)):
        assert client.get(page).status_code == status, page
        assert client.post(page).status_code in (405, status), page


def test_stranger_is_sent_to_sign_in(client, fund):
    for page in (LIST, record_page(fund)):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.url == f"/ucet/login/?next={page}"


@pytest.mark.parametrize(("role", "may"), [("unit", False), ("head", True), ("admin", True)])
def test_changes_of_people_are_for_the_head_and_the_admin(client_as, role, may):
    person = make.UserFactory(name="Jana Nová", email="jana@kraj.cz")
    edit(person, name="Jana Stará", at="2026-03-02 10:00")
    client = client_as(role)
    assert client.get(record_page(person)).status_code == (200 if may else 403)
    page = client.get(LIST)
    assert ("Jana Stará" in text_of(page).split("Vybrat")[1]) is may
    assert ("accounts-user" in page.content.decode()) is may
    chosen = text_of(client.get(f"{LIST}?druh=accounts-user"))
    assert ("Takový druh záznamů v historii není" in chosen) is not may


def test_history_of_people_holds_no_password(client_as):
    person = make.UserFactory(name="Jana", password="dlouhe-heslo-9911")
    client = client_as("head")
    for page in (LIST, record_page(person)):
        text = client.get(page).content.decode()
        assert person.password not in text
        assert "heslo" not in text.lower()


def test_technical_administrator_stays_out_of_sight(client_as):
    root = User.objects.create_superuser("root@portal.test", name="Technický správce")
    client = client_as("head")
    assert client.get(record_page(root)).status_code == 404
    assert "uživatel Technický" not in text_of(client.get(LIST))


@pytest.mark.parametrize(
    "path",
    [
        "measures-measure/999999/",
        "measures-report/1/",
        "measures-measure/x/",
        "measures-measure/-1/",
        "measures-measure/99999999999999999999999/",
        "nic-tu/1/",
    ],
)
def test_unknown_record_is_not_found(client_as, fund, path):
    assert client_as("head").get(f"{LIST}{path}").status_code == 404


# What it says


def test_list_says_who_when_what_and_why(client_as, fund):
    head = make.UserFactory(name="Věra Vedoucí", roles=["head"])
    edit(fund, by=head, at="2026-03-02 10:05", reason="Usnesení RK 12/03/26", note="Doplněno.")
    text = text_of(client_as("unit").get(LIST))
    assert (
        "2. 3. 2026 10:05 · Věra Vedoucí · změněno Opatření 1.2 Garanční fond "
        "poznámka k textu neuvedeno → Doplněno. Důvod: Usnesení RK 12/03/26"
    ) in text


def test_record_tells_all_its_versions_and_those_of_its_parts(client_as, fund):
    with recording(by=None, moment=moment("2026-02-01 09:00")):
        activity = make.ActivityFactory(measure=fund, order=1, text="Stará aktivita.")
    edit(activity, text="Nová aktivita.", at="2026-02-02 09:00")
    with recording(by=None, moment=moment("2026-02-03 09:00")):
        activity.delete()
    edit(fund, territory=Territory.REGION, at="2026-02-04 09:00")
    text = text_of(client_as("unit").get(record_page(fund))).split("pracovníci.")[1]
    said = [
        "4. 2. 2026 9:00 · program · změněno Opatření 1.2 Garanční fond "
        "území území neurčeno → celý kraj",
        "3. 2. 2026 9:00 · program · smazáno Aktivita Nová aktivita. (1.2 Garanční fond)",
        "2. 2. 2026 9:00 · program · změněno Aktivita Nová aktivita. (1.2 Garanční fond) "
        "text Stará aktivita. → Nová aktivita.",
        "1. 2. 2026 9:00 · program · založeno Aktivita Stará aktivita. (1.2 Garanční fond) "
        "S čím záznam začínal",
        "1. 1. 2026 8:00 · program · založeno Opatření 1.2 Garanční fond S čím záznam začínal",
    ]
    places = [text.index(one) for one in said]
    assert places == sorted(places)
    assert "kód 1.2" in text
    assert "Důvod: načteno ze souboru 05.json" in text
    for hidden in ("code_key", "search_key", "garancni fond"):
        assert hidden not in text


def test_lists_are_told_by_names(client_as, fund):
    partners = [make.OrganisationFactory(name=name) for name in ("Charita", "Agentura")]
    with recording(by=None, moment=moment("2026-02-01 09:00")):
        fund.partners.set(partners)
    with recording(by=None, moment=moment("2026-02-02 09:00")):
        partners[0].delete()
    text = text_of(client_as("unit").get(record_page(fund)))
    assert "spolupráce, přidáno Agentura, smazaný záznam" in text
    assert "spolupráce, odebráno smazaný záznam" in text


def test_roles_are_told_in_czech(client_as):
    person = make.UserFactory(name="Jana", roles=["unit"])
    text = text_of(client_as("admin").get(record_page(person)))
    assert "role, přidáno implementační jednotka" in text


def test_first_loading_is_shown_only_when_asked_for(client_as, fund):
    begin_histories()
    client = client_as("unit")
    assert "Garanční fond" not in text_of(client.get(LIST))
    assert "založeno Opatření 1.2 Garanční fond" in text_of(client.get(f"{LIST}?nacteni=on"))
    edit(fund, reason="načteno ze souboru 05.json", note="Nově.")
    assert "změněno Opatření 1.2 Garanční fond" in text_of(client.get(LIST))


def test_names_that_follow_other_records_cost_no_query_each(client_as):
    """An entry of the index is called by its municipality, its components by themselves."""
    client = client_as("unit")
    entry = make.IndexEntryFactory(municipality__name="Cheb", value=12)
    make.ComponentValueFactory(entry=entry)
    text = text_of(client.get(record_page(entry)))
    assert "založeno Hodnota indexu Cheb: 12" in text
    assert "(Cheb: 12)" in text
    page = f"{LIST}?druh=municipalities-indexentry"
    few = queries(client, page)
    for _ in range(10):
        make.IndexEntryFactory(edition=entry.edition)
    assert queries(client, page) == few


def test_parts_lead_to_their_wholes():
    """The table names real fields, and every tracked model has its kind."""
    assert {kind.model for kind in kinds()} == set(tracked_models())
    assert {kind.label for kind in kinds() if kind.whole} == set(PART_OF)


# Choosing


def test_filters_choose_kind_person_and_day(client_as, fund):
    head = make.UserFactory(name="Věra Vedoucí")
    edit(fund, by=head, at="2026-03-02 10:00", note="Jedna.")
    edit(make.OrganisationFactory(name="Charita"), at="2026-05-01 10:00", note="Dvě.")
    client = client_as("unit")

    def notes(query):
        text = text_of(client.get(f"{LIST}?{query}"))
        return [word for word in ("Jedna.", "Dvě.") if word in text]

    assert notes("") == ["Jedna.", "Dvě."]
    assert notes("druh=measures-measure") == ["Jedna."]
    assert notes("druh=strategy-organisation") == ["Dvě."]
    assert notes(f"kdo={head.pk}") == ["Jedna."]
    assert notes("kdo=program") == ["Dvě."]
    assert notes("od=2. 3. 2026") == ["Jedna.", "Dvě."]
    assert notes("od=3. 3. 2026") == ["Dvě."]
    assert notes(f"druh=strategy-organisation&kdo={head.pk}") == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("druh=nic", "Takový druh záznamů v historii není, výběr podle druhu se nepoužil."),
        ("kdo=0", "Takový člověk nic nezměnil, výběr podle člověka se nepoužil."),
        ("od=32. 1. 2026", "Den „od“ nejde přečíst, výběr podle něj se nepoužil."),
        ("pred=včera", "Adresa další stránky je porušená, seznam začíná nejnovější změnou."),
        ("pred=2026-01-01T00:00:00~measures-measure~1", "Adresa další stránky je porušená"),
        ("pred=2026-01-01T00:00:00%2B00:00~nic~1", "Adresa další stránky je porušená"),
    ],
)
def test_bad_choice_is_told_and_ignored(client_as, fund, query, sentence):
    edit(fund, note="Jedna.")
    answer = client_as("unit").get(f"{LIST}?{query}")
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert "Jedna." in text_of(answer)


def test_pages_follow_each_other_without_gap_or_repetition(client_as, fund):
    """65 changes, many at one moment: pages of 30, 30 and 5."""
    organisations = [make.OrganisationFactory() for _ in range(40)]
    for one in organisations:
        edit(one, at="2026-04-01 10:00", note="x")
    for number in range(25):
        edit(fund, at="2026-04-01 10:00", note=f"znění {number}")
    client, seen, query = client_as("unit"), [], "od=1. 4. 2026&kdo=program"
    page = client.get(f"{LIST}?{query}").context["page"]
    sizes = []
    while True:
        seen += [(v.kind.key, v.row.history_id) for v in page.versions if v.moment.month == 4]
        sizes.append(len([v for v in page.versions if v.moment.month == 4]))
        if not page.older:
            break
        page = client.get(LIST, {"od": "1. 4. 2026", "pred": page.older}).context["page"]
    assert len(seen) == len(set(seen)) == 65
    assert sum(sizes) == 65


def test_link_to_older_changes_keeps_the_choice(client_as, fund):
    for number in range(31):
        edit(fund, at=f"2026-04-01 10:{number:02}", note=f"znění {number}")
    client = client_as("unit")
    page = client.get(f"{LIST}?druh=measures-measure").content.decode()
    link = page.split('rel="next"')[0].split('href="')[-1].split('"')[0].replace("&amp;", "&")
    text = text_of(client.get(f"{LIST}{link}"))
    assert "neuvedeno → znění 0" in text
    assert "znění 1 → " not in text


# Queries


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def change_much(fund, number):
    partner = make.OrganisationFactory()
    for n in range(number):
        edit(fund, note=f"znění {n}", at=f"2026-04-01 10:{n:02}")
        activity = Activity.objects.filter(measure=fund).first()
        activity = activity or make.ActivityFactory(measure=fund)
        edit(activity, text=f"aktivita {n}", at=f"2026-04-01 11:{n:02}")
        with recording(by=None, moment=moment(f"2026-04-01 12:{n:02}")):
            fund.partners.set([partner] if n % 2 == 0 else [])


@pytest.mark.parametrize("is_list", [True, False])
def test_queries_do_not_grow_with_changes(client_as, fund, is_list):
    client = client_as("unit")
    address = LIST if is_list else record_page(fund)
    change_much(fund, 1)
    few = queries(client, address)
    change_much(fund, 30)
    assert queries(client, address) == few


# Links


@pytest.mark.parametrize(
    ("role", "may"), [(None, False), ("unit", True), ("admin", True), ("councillor", False)]
)
def test_measure_page_links_to_its_history(client, client_as, fund, role, may):
    reader = client_as(role) if role else client
    page = reader.get(fund.get_absolute_url()).content.decode()
    assert (record_page(fund) in page) is may


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.key)
def test_history_is_indexed_by_what_its_pages_search(kind):
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, kind.rows._meta.db_table)
    indexed = {one["columns"][0] for one in known.values() if one["index"] and one["columns"]}
    whole = {kind.whole.column} if kind.whole else set()
    assert indexed >= {kind.model._meta.pk.column, "history_date", *whole}
