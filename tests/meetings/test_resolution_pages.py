"""Resolutions on the desk and in public: recorded with what is offered, corrected, withdrawn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.actions.resolutions import record_resolution, withdraw_resolution
from meetings.models import Resolution
from tests import factories as make
from tests.measures.days import days, said, typed
from tests.meetings import stand_in
from tests.meetings.factories import (
    BodyFactory,
    MeetingFactory,
    ResolutionFactory,
)
from tests.meetings.frozen import frozen
from tests.meetings.sample import sample
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

FUND = "Schválit statut fondu."


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    stand_in.install(monkeypatch)
    monkeypatch.setattr("meetings.views.desk.briefing", stand_in.briefing)


@pytest.fixture
def body():
    return BodyFactory(slug="rada", name="Rada kraje", strategy__slug="kk")


@pytest.fixture
def meeting(body):
    return MeetingFactory(body=body, meeting_date=days(-5))


@pytest.fixture
def measure(body):
    goal = make.GoalFactory(
        strategy=body.strategy, code="1.A", priority__code="1", priority__short_name="Bydlení"
    )
    return make.make_measure("1.2", goal, short_name="Garanční fond")


@pytest.fixture
def asked(measure):
    return make.report(measure, days(-20), needs_decision=True, decision=FUND)


def form_page(meeting):
    return f"/prace/zasedani/{meeting.pk}/usneseni/"


def desk_page(meeting):
    return f"/prace/zasedani/{meeting.pk}/"


def values(**changes):
    given = {"number": "RK 1/11/26", "text": "Rada schvaluje.", "adopted_on": typed(days(-5))}
    return given | changes


def record(meeting, make_user, **changes):
    given = {"number": "RK 1/11/26", "text": "Rada schvaluje.", "adopted_on": days(-5)}
    head = make_user("head", email="vedouci@portal.test")
    return record_resolution(meeting=meeting, by=head, **given | changes)


def test_form_offers_the_day_the_open_decisions_and_the_measures(
    client_as, meeting, measure, asked
):
    make.plan(measure, start=days(-100))
    milestone = make.milestone(measure, days(30), title="Podepsaná smlouva")
    make.finish(make.milestone(measure, days(-40), title="Hotová věc"), days(-41))
    settled = make.make_measure("1.3", strategy=measure.strategy)
    make.report(settled, days(-20), needs_decision=False, decision="")

    answer = client_as("head").get(form_page(meeting))

    page, html = text_of(answer), answer.content.decode()
    assert f'value="{typed(days(-5))}"' in html
    assert f"{FUND} 1.2 Garanční fond · žádost ze dne {said(days(-20))}" in page
    assert "Bydlení 1.2 Garanční fond Milník: Podepsaná smlouva" in page
    assert f'name="milestones" value="{milestone.milestone_id}"' in html
    assert "Průřezová opatření 1.3" in page
    assert "Hotová věc" not in page
    assert html.count('name="decisions"') == 1
    assert html.count('name="plans"') == 1


def test_head_settles_a_decision(client_as, meeting, measure, asked):
    answer = client_as("head").post(form_page(meeting), values(decisions=[asked.pk]), follow=True)
    assert answer.redirect_chain == [(desk_page(meeting), 302)]
    page = text_of(answer)
    assert "Usnesení je zapsané." in page
    assert "RK 1/11/26 Rada schvaluje. Rozhodlo o „Schválit statut fondu.“" in page
    assert Resolution.objects.get().decision_links.get().report == asked


def test_all_that_is_ticked_is_kept(client_as, meeting, measure):
    plan, milestone = make.plan(measure), make.milestone(measure, days(30))
    picked = {"measures": [measure.pk], "milestones": [milestone.milestone_id], "plans": [plan.pk]}
    client_as("head").post(form_page(meeting), values(link="kraj.test/usneseni", **picked))
    kept = Resolution.objects.get()
    assert kept.link == "https://kraj.test/usneseni"
    assert kept.measure_links.get().measure == measure
    assert kept.milestone_links.get().milestone_id == milestone.milestone_id
    assert kept.plan_links.get().plan == plan


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client_as, meeting, measure, asked):
    wrong = values(number="", adopted_on="31. 2. 2026", decisions=[asked.pk], measures=[measure.pk])
    answer = client_as("head").post(form_page(meeting), wrong)
    page, html = text_of(answer), answer.content.decode()
    assert answer.status_code == 422
    assert "Napište číslo usnesení, například RK 1234/11/26." in page
    assert 'value="31. 2. 2026"' in html
    assert "Rada schvaluje." in page
    assert f'value="{asked.pk}" id="decisions-{asked.pk}" checked' in html
    assert f'value="{measure.pk}" id="measures-{measure.pk}" checked' in html
    assert not Resolution.objects.exists()


def test_number_twice_is_refused_at_its_field(client_as, meeting, make_user):
    record(meeting, make_user)
    answer = client_as("head").post(form_page(meeting), values())
    assert answer.status_code == 422
    assert "Usnesení RK 1/11/26 už je zapsané, přijaté" in text_of(answer)


@pytest.mark.parametrize("value", ["0", "x", "99999999"])
@pytest.mark.parametrize("field", ["decisions", "measures", "milestones", "plans"])
def test_what_the_page_does_not_offer_is_refused(client_as, meeting, field, value):
    answer = client_as("head").post(form_page(meeting), values(**{field: [value]}))
    assert answer.status_code == 422
    assert "Vyberte jen to, co stránka nabízí." in text_of(answer)
    assert not Resolution.objects.exists()


def test_meeting_to_come_takes_no_resolution(client_as, body):
    ahead = MeetingFactory(body=body, meeting_date=days(3))
    client = client_as("head")
    assert "Zapíšou se, až orgán zasedne." in text_of(client.get(desk_page(ahead)))
    assert "Zasedání ještě nebylo." in text_of(client.get(form_page(ahead)))
    answer = client.post(form_page(ahead), values(adopted_on=typed(days(3))))
    assert answer.status_code == 422
    assert "Den přijetí ještě nenastal." in text_of(answer)


def test_unit_reads_resolutions_and_does_not_keep_them(client_as, meeting, make_user):
    kept = record(meeting, make_user)
    client = client_as("unit")
    page = client.get(desk_page(meeting))
    assert "RK 1/11/26 Rada schvaluje." in text_of(page)
    assert "/usneseni/" not in page.content.decode()
    for path in (form_page(meeting), *(f"/prace/usneseni/{kept.pk}/{act}/" for act in PAGES)):
        assert client.get(path).status_code == 403
        assert client.post(path, values()).status_code == 403
    assert Resolution.objects.count() == 1


PAGES = ("oprava", "zrusit")


def test_correction_starts_from_what_was_recorded(client_as, meeting, measure, asked, make_user):
    kept = record(meeting, make_user, decisions=[asked], measures=[measure])
    client, path = client_as("head"), f"/prace/usneseni/{kept.pk}/oprava/"
    html = client.get(path).content.decode()
    assert 'value="RK 1/11/26"' in html
    assert f'value="{asked.pk}" id="decisions-{asked.pk}" checked' in html
    assert f'value="{measure.pk}" id="measures-{measure.pk}" checked' in html

    changed = values(text="Rada neschvaluje.", decisions=[asked.pk])
    page = text_of(client.post(path, changed, follow=True))
    assert "Oprava je zapsaná." in page
    assert "RK 1/11/26 Rada neschvaluje." in page
    assert "Opravuje zápis ze dne" in page
    assert "Rada schvaluje." not in page
    assert client.get(path).status_code == 404


def test_correction_keeps_a_decision_that_was_repeated_since(
    client_as, meeting, measure, asked, make_user
):
    kept = record(meeting, make_user, decisions=[asked])
    later = make.report(measure, days(-6), kind="no_change", needs_decision=True, decision=FUND)
    html = client_as("head").get(f"/prace/usneseni/{kept.pk}/oprava/").content.decode()
    assert f'value="{later.pk}" id="decisions-{later.pk}" checked' in html


def test_withdrawal_asks_first_and_says_what_opens(client_as, meeting, asked, make_user):
    kept = record(meeting, make_user, decisions=[asked])
    client, path = client_as("head"), f"/prace/usneseni/{kept.pk}/zrusit/"
    page = text_of(client.get(path))
    assert "Zrušit zápis usnesení RK 1/11/26?" in page
    assert "O těchto žádostech pak rozhodnuto nebude: 1.2 Garanční fond: Schválit statut" in page
    assert Resolution.objects.count() == 1
    page = text_of(client.post(path, follow=True))
    assert "Zápis usnesení je zrušený." in page
    assert "RK 1/11/26 Rada schvaluje." not in page
    assert client.get(path).status_code == 404


def test_meeting_with_resolutions_keeps_its_body_and_day(client_as, meeting, make_user, body):
    record(meeting, make_user)
    data = {"body": body.pk, "meeting_date": typed(days(-4))}
    answer = client_as("head").post(f"{desk_page(meeting)}upravit/", data)
    assert answer.status_code == 422
    assert "Zasedání má zapsaná usnesení, změnit nejde." in text_of(answer)


def test_signs_of_html_stay_text(client_as, meeting):
    text = "#let <b>*tučně*</b> @odkaz \\ $1 & „uvozovky“"
    page = client_as("head").post(form_page(meeting), values(text=text), follow=True)
    assert "<b>*tučně*</b>" not in page.content.decode()
    assert text in text_of(page)


def test_desk_costs_the_same_for_one_and_thirty(client_as, meeting, measure):
    client = client_as("unit")
    fill(meeting, measure, 1)
    client.get(desk_page(meeting))
    with CaptureQueriesContext(connection) as one:
        client.get(desk_page(meeting))
    fill(meeting, measure, 29)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(desk_page(meeting)).context["resolutions"]) == 30
    assert len(many) == len(one)


def test_form_costs_the_same_for_one_measure_and_thirty(client_as, meeting, measure, asked):
    client = client_as("head")
    make.plan(measure)
    make.milestone(measure, days(30))
    client.get(form_page(meeting))
    with CaptureQueriesContext(connection) as one:
        client.get(form_page(meeting))
    for n in range(29):
        other = make.make_measure(f"1.{n + 10}", measure.goals.get())
        make.plan(other)
        make.milestone(other, days(30))
        make.report(other, days(-20), needs_decision=True, decision=FUND)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(form_page(meeting)).context["decisions"]) == 30
    assert len(many) == len(one)


def fill(meeting, measure, number):
    """Record resolutions that speak of one thing of each kind."""
    for _ in range(number):
        one = ResolutionFactory(meeting=meeting)
        asked = make.report(measure, days(-20), needs_decision=True, decision=FUND)
        one.measure_links.create(measure=measure)
        one.milestone_links.create(milestone=make.milestone(measure, days(9)).milestone)
        one.plan_links.create(plan=make.plan(measure))
        one.decision_links.create(report=asked)


def test_withdrawn_resolution_leaves_the_list(client_as, meeting, make_user):
    kept = record(meeting, make_user)
    withdraw_resolution(resolution=kept, by=kept.author)
    assert "RK 1/11/26" not in text_of(client_as("unit").get(desk_page(meeting)))


# The public page of the meeting


def test_public_page_shows_resolutions_outside_of_what_is_frozen(client, meeting, measure, asked):
    snapshot = frozen(meeting, sample())
    url = meeting.get_absolute_url()
    before = text_of(client.get(url))
    assert "Co zasedání usneslo" not in before
    one = ResolutionFactory(
        meeting=meeting,
        number="RK 1/11/26",
        text="Rada <b>schvaluje</b>.",
        link="https://kraj.test/",
    )
    one.decision_links.create(report=asked)

    answer = client.get(url)
    page, html = text_of(answer), answer.content.decode()
    tail = page.split("Co zasedání usneslo")[1]
    assert "zmrazeného podkladu ani jeho otisku se netýkají" in tail
    assert "RK 1/11/26 Rada <b>schvaluje</b>." in tail
    assert "Rozhodlo o „Schválit statut fondu.“: 1.2 Garanční fond" in tail
    assert "Celé usnesení" in tail
    assert 'id="usneseni-rk-1-11-26"' in html
    assert "/prace/usneseni/" not in html
    assert snapshot.sha256 in page.split("Co zasedání usneslo")[0]


def test_page_of_a_snapshot_shows_them_too(client, meeting):
    frozen(meeting, sample())
    ResolutionFactory(meeting=meeting, number="RK 1/11/26")
    page = text_of(client.get(f"{meeting.get_absolute_url()}oprava/0/"))
    assert "Co zasedání usneslo" in page


def test_names_of_staff_are_not_on_the_public_page(client, meeting, make_user):
    frozen(meeting, sample())
    record(meeting, make_user)
    assert "vedouci@portal.test" not in client.get(meeting.get_absolute_url()).content.decode()
