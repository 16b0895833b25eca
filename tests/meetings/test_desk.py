"""Meetings on the desk: who sees and keeps them, what a briefing lacks, freezing it there."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from common import czech
from common.czech import PRAGUE
from common.models import ImportRun
from meetings.actions.freeze import correct_snapshot, freeze
from meetings.actions.meetings import add_meeting, change_meeting, delete_meeting
from meetings.models import Meeting, Snapshot
from tests import factories as make
from tests.measures.days import TODAY, days, said, typed
from tests.meetings import stand_in
from tests.meetings.factories import BodyFactory, MeetingFactory, ResolutionFactory
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/prace/zasedani/"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    stand_in.install(monkeypatch)
    monkeypatch.setattr("meetings.views.desk.briefing", stand_in.briefing)


@pytest.fixture
def body():
    return BodyFactory(slug="rada", name="Rada kraje", strategy__slug="kk")


@pytest.fixture
def meeting(body):
    return MeetingFactory(body=body, meeting_date=days(12))


@pytest.fixture
def head(make_user):
    return make_user("head", email="vedouci@portal.test")


def frozen(meeting, head):
    freeze(meeting=meeting, by=head)
    return meeting


# The list


def test_list_says_how_far_a_meeting_is_and_when_it_can_be_frozen(client_as, body, head):
    near = MeetingFactory(body=body, meeting_date=days(30))
    far = MeetingFactory(body=body, meeting_date=days(31))
    MeetingFactory(body=body, meeting_date=days(-1))
    frozen(MeetingFactory(body=body, meeting_date=days(2)), head)
    page = text_of(client_as("unit").get(LIST))
    assert (
        f"Rada kraje, {said(near.meeting_date)} Zasedá se za 30 dní. Podklad jde zmrazit." in page
    )
    assert (
        f"Rada kraje, {said(far.meeting_date)} Zasedá se za 31 dní. "
        f"Zmrazit půjde od {said(days(1))}, 30 dní před zasedáním."
    ) in page
    assert "Zasedalo se před 1 dnem." in page
    assert f"Rada kraje, {said(days(2))} Podklad je zmrazený." in page
    assert "Nové zasedání" not in page


def test_empty_list_says_so(client_as):
    assert "Žádné zasedání zatím zapsané není." in text_of(client_as("head").get(LIST))


def test_list_costs_the_same_for_one_and_thirty(client_as, body, django_assert_num_queries):
    client = client_as("unit")
    MeetingFactory(body=body, meeting_date=days(1))
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)
    for n in range(29):
        MeetingFactory(body=BodyFactory(strategy=body.strategy), meeting_date=days(n))
    with django_assert_num_queries(4):
        assert len(client.get(LIST).context["rows"]) == 30


def test_desk_leads_to_meetings(client_as):
    assert f'href="{LIST}"' in client_as("unit").get("/prace/").content.decode()


# Keeping


def test_head_adds_a_meeting_with_its_day_as_text(client_as, body):
    client = client_as("head")
    answer = client.post(f"{LIST}nove/", {"body": body.pk, "meeting_date": typed(days(40))})
    assert answer.status_code == 302
    found = Meeting.objects.get()
    assert (found.body, found.meeting_date) == (body, days(40))
    row = Meeting.history.get()
    assert (row.history_type, str(row.history_user)) == ("+", "head@portal.test")


@pytest.mark.parametrize(
    ("typed_day", "says"),
    [("", "Napište den zasedání."), ("31. 2. 2027", "31. 2. 2027"), ("zítra", "Den zasedání")],
)
def test_wrong_day_is_shown_at_its_field(client_as, body, typed_day, says):
    client = client_as("head")
    answer = client.post(f"{LIST}nove/", {"body": body.pk, "meeting_date": typed_day})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert f'value="{typed_day}"' in answer.content.decode() or not typed_day
    assert not Meeting.objects.exists()


def test_day_that_is_taken_is_refused(client_as, meeting):
    data = {"body": meeting.body_id, "meeting_date": typed(meeting.meeting_date)}
    answer = client_as("head").post(f"{LIST}nove/", data)
    assert answer.status_code == 422
    assert "Zasedání tohoto orgánu v tento den už je zapsáno." in text_of(answer)
    assert Meeting.objects.count() == 1


def test_open_meeting_is_changed_and_deleted(client_as, meeting):
    client = client_as("head")
    data = {"body": meeting.body_id, "meeting_date": typed(days(20))}
    assert client.post(f"{LIST}{meeting.pk}/upravit/", data).status_code == 302
    assert Meeting.objects.get().meeting_date == days(20)
    assert client.get(f"{LIST}{meeting.pk}/smazat/").status_code == 200
    assert client.post(f"{LIST}{meeting.pk}/smazat/").status_code == 302
    assert not Meeting.objects.exists()
    kinds = Meeting.history.order_by("history_id").values_list("history_type", flat=True)
    assert list(kinds)[-2:] == ["~", "-"]


@pytest.mark.parametrize("act", ["upravit", "smazat"])
def test_frozen_meeting_is_neither_changed_nor_deleted(client_as, meeting, head, act):
    frozen(meeting, head)
    data = {"body": meeting.body_id, "meeting_date": typed(days(20))}
    answer = client_as("head").post(f"{LIST}{meeting.pk}/{act}/", data)
    assert answer.status_code == 422
    assert "zasedání nejde změnit ani smazat" in text_of(answer)
    assert Meeting.objects.get().meeting_date == days(12)


def test_meeting_with_resolutions_is_not_deleted(meeting, head):
    ResolutionFactory(meeting=meeting)
    with pytest.raises(ValidationError, match="má zapsaná usnesení"):
        delete_meeting(meeting=meeting, by=head)
    assert Meeting.objects.exists()


@pytest.mark.parametrize("role", ["unit", "councillor", "admin"])
def test_only_the_head_keeps_meetings(meeting, make_user, role):
    person = make_user(role)
    with pytest.raises(PermissionDenied):
        add_meeting(by=person, body=meeting.body, meeting_date=days(1))
    with pytest.raises(PermissionDenied):
        change_meeting(meeting=meeting, by=person, body=meeting.body, meeting_date=days(1))
    with pytest.raises(PermissionDenied):
        delete_meeting(meeting=meeting, by=person)
    assert list(Meeting.objects.values_list("meeting_date", flat=True)) == [days(12)]


# The checklist


def sections(client, meeting):
    """Return the rows of the checklist by the key of their check."""
    checks = client.get(f"{LIST}{meeting.pk}/").context["checks"]
    return {check.key: [(row.text, row.note, row.url) for row in check.rows] for check in checks}


def test_checklist_names_what_is_missing_and_where_to_mend_it(client_as, meeting, make_user):
    strategy = meeting.body.strategy
    loaded = datetime(2020, 1, 1, tzinfo=PRAGUE)
    late = make.make_measure("1.2", strategy=strategy, short_name="Krizový fond", loaded_at=loaded)
    make.report(late, days(-500))
    milestone = make.milestone(late, days(-10), title="Smlouva")
    silent = make.make_measure("1.3", strategy=strategy, short_name="Tichá", loaded_at=loaded)
    author = make_user("unit", email="autor@portal.test")
    draft = make.ReportDraftFactory(
        measure=silent,
        author=author,
        as_of_date=TODAY,
        state="submitted",
        submitted_at=timezone.now(),
        phase="running",
        health="on_track",
    )
    run = ImportRun.objects.create(
        kind="index", file_name="index.xlsx", sha256="0" * 64, size=1, state="previewed"
    )
    assert sections(client_as("head"), meeting) == {
        "hlaseni": [
            (str(late), f"naposledy {czech.date(days(-500))}", _form(late)),
            (str(silent), "zatím žádné hlášení", _form(silent)),
        ],
        "schvaleni": [(str(silent), "autor: autor@portal.test", f"/prace/schvaleni/{draft.pk}/")],
        "zpozdena": [("1.2 Krizový fond", "chybí důvod, do kdy", _form(late))],
        "rozhodnuti": [("1.2 Krizový fond", "chybí do kdy", _form(late))],
        "milniky": [
            (
                str(late),
                "milník „Smlouva“ je po termínu a neříká, kdy se čeká",
                f"/prace/milnik/{milestone.milestone_id}/ocekavani/",
            ),
            (str(silent), "žádný otevřený milník", f"/prace/opatreni/{silent.pk}/milnik/"),
        ],
        "importy": [
            ("index.xlsx", f"nahráno {czech.date(TODAY)}", f"/prace/importy/index/{run.pk}/")
        ],
    }


def _form(measure):
    return f"/prace/opatreni/{measure.pk}/hlaseni/"


def test_checklist_asks_nothing_of_measures_that_are_not_followed(client_as):
    meeting = MeetingFactory(body__strategy__is_monitored=False, meeting_date=days(12))
    make.make_measure("A1", strategy=meeting.body.strategy)
    assert set(sections(client_as("unit"), meeting)) == {"rozhodnuti", "importy"}


def test_checklist_costs_the_same_for_one_and_thirty(
    client_as, meeting, django_assert_max_num_queries
):
    client = client_as("unit")
    measure = make.make_measure("1.1", strategy=meeting.body.strategy)
    make.report(measure, days(-500))
    counts = []
    for number in (0, 29):
        for n in range(number):
            one = make.make_measure(f"2.{n}", strategy=meeting.body.strategy)
            make.report(one, days(-500))
            make.milestone(one, days(-3))
        client.get(f"{LIST}{meeting.pk}/")
        with django_assert_max_num_queries(30) as asked:
            client.get(f"{LIST}{meeting.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# Freezing there


def test_unit_sees_the_checklist_and_no_way_to_freeze(client_as, meeting):
    page = client_as("unit").get(f"{LIST}{meeting.pk}/")
    assert "Podklad už jde zmrazit; zmrazí ho vedoucí." in text_of(page)
    assert "/zmrazit/" not in page.content.decode()
    assert f'href="/zasedani/{days(12).isoformat()}-rada/"' in page.content.decode()


def test_too_early_there_is_no_button_and_a_post_is_refused(client_as, body):
    meeting = MeetingFactory(body=body, meeting_date=days(31))
    client = client_as("head")
    page = client.get(f"{LIST}{meeting.pk}/")
    assert f"Zmrazit půjde od {said(days(1))}, 30 dní před zasedáním." in text_of(page)
    assert "/zmrazit/" not in page.content.decode()
    answer = client.post(f"{LIST}{meeting.pk}/zmrazit/")
    assert answer.status_code == 422
    assert f"Podklad půjde zmrazit od {said(days(1))}" in text_of(answer)
    assert not Snapshot.objects.exists()


def test_head_freezes_on_a_page_of_its_own(client_as, meeting):
    client = client_as("head")
    asked = client.get(f"{LIST}{meeting.pk}/zmrazit/")
    assert not Snapshot.objects.exists()
    assert f"se stavem k {said(TODAY)}" in text_of(asked)
    assert "Zmrazit ho jde i tak." in text_of(asked)
    done = client.post(f"{LIST}{meeting.pk}/zmrazit/", follow=True)
    page = text_of(done)
    snapshot = Snapshot.objects.get()
    assert "Podklad je zmrazený." in page
    assert f"Otisk SHA-256 {snapshot.sha256}" in page
    for file in snapshot.files.all():
        assert file.sha256 in page
        address = f"/zasedani/{days(12).isoformat()}-rada/oprava/0/{file.name}"
        assert f'href="{address}"' in done.content.decode()
        assert client.get(address).status_code == 200
    again = client.post(f"{LIST}{meeting.pk}/zmrazit/")
    assert again.status_code == 422
    assert "Podklad už je zmrazen." in text_of(again)


def test_head_corrects_with_a_reason(client_as, meeting, head):
    frozen(meeting, head)
    client = client_as("head")
    address = f"{LIST}{meeting.pk}/oprava/"
    assert "Oprava ukáže stav k" in text_of(client.get(address))
    empty = client.post(address, {"reason": " "})
    assert empty.status_code == 422
    assert "Napište, co a proč se opravuje." in text_of(empty)
    page = text_of(client.post(address, {"reason": "Chybělo číslo."}, follow=True))
    assert "Oprava č. 1 · stav k" in page
    assert "Chybělo číslo." in page
    assert page.index("Oprava č. 1") < page.index("Podklad · stav k")


def test_correction_of_what_is_not_frozen_is_refused(client_as, meeting):
    answer = client_as("head").post(f"{LIST}{meeting.pk}/oprava/", {"reason": "Překlep."})
    assert answer.status_code == 422
    assert "Podklad ještě není zmrazen, není co opravit." in text_of(answer)


def test_frozen_page_costs_the_same_for_one_and_many(
    client_as, meeting, head, django_assert_num_queries
):
    frozen(meeting, head)
    client = client_as("unit")
    client.get(f"{LIST}{meeting.pk}/")
    with django_assert_num_queries(6):
        client.get(f"{LIST}{meeting.pk}/")
    for _ in range(5):
        correct_snapshot(meeting=meeting, by=head, reason="Překlep.")
    with django_assert_num_queries(6):
        assert len(client.get(f"{LIST}{meeting.pk}/").context["snapshots"]) == 6
