"""Who may do what: every address × method × role, held to the table of pages.md.

Letters: P a reader without an account, U the member of the unit who owns the measure, S another
member of the unit, H the head, C a councillor, A the administrator. An address that is in no table
here fails `test_every_address_is_in_a_table`.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from measures.models import Territory
from tests import factories as make
from tests.indicators.factories import IndicatorFactory
from tests.measures.days import TODAY, days
from tests.meetings.factories import MeetingFactory, ResolutionFactory
from tests.meetings.frozen import frozen
from tests.meetings.small import small
from tests.projects.factories import CallFactory, ProjectFactory

pytestmark = pytest.mark.django_db

EVERYBODY = "PUSHCA"
SIGNED_IN = "USHCA"

PUBLIC = {
    "portal:home": "/",
    "portal:municipality_detail": "{municipality}",
    "portal:municipality_csv": "{municipality}data.csv",
    "portal:municipality_json": "{municipality}data.json",
    "portal:municipality_sheet": "{municipality}list.pdf",
    "portal:strategy_list": "/strategie/",
    "portal:strategy_detail": "/strategie/{slug}/",
    "portal:measure_detail": "/strategie/{slug}/opatreni/1.1/",
    "portal:priority_detail": "/strategie/{slug}/priorita/1/",
    "portal:goal_detail": "/strategie/{slug}/cil/1.A/",
    "portal:strategy_about": "/strategie/{slug}/o-strategii/",
    "portal:output_list": "/strategie/{slug}/vystupy/",
    "portal:coverage": "/strategie/{slug}/pokryti/",
    "portal:coverage_csv": "/strategie/{slug}/pokryti.csv",
    "portal:coverage_json": "/strategie/{slug}/pokryti.json",
    "portal:changes": "/strategie/{slug}/zmeny/",
    "portal:changes_feed": "/strategie/{slug}/zmeny.atom",
    "portal:deadline_calendar": "/strategie/{slug}/terminy.ics",
    "portal:search": "/hledat/?q=as",
    "portal:methodology_list": "/metodika/",
    "portal:methodology_detail": "/metodika/stav/",
    "portal:data_corrections": "/metodika/opravy-dat/",
    "portal:error_thanks": "/nahlasit/dekujeme/",
    "portal:about": "/o-portalu/",
    "portal:accessibility": "/pristupnost/",
    "portal:easy_reading": "/snadne-cteni/",
    "portal:healthz": "/healthz",
    "municipalities:municipality_list": "/obce/",
    "municipalities:comparison": "/obce/srovnani/",
    "municipalities:hexes": "/obce/{region}.hexjson",
    "municipalities:orp_detail": "{orp}",
    "municipalities:region_detail": "/kraj/",
    "indicators:indicator_list": "/ukazatele/",
    "indicators:indicator_list_csv": "/ukazatele.csv",
    "indicators:indicator_list_json": "/ukazatele.json",
    "indicators:indicator_detail": "{indicator}",
    "indicators:values_csv": "{indicator}hodnoty.csv",
    "indicators:values_json": "{indicator}hodnoty.json",
    "projects:project_list": "/projekty/",
    "projects:project_detail": "{project}",
    "meetings:meeting_list": "/zasedani/",
    # Frozen; before that: tests/meetings/test_pages.py.
    "meetings:meeting_detail": "/zasedani/{frozen}/",
    "meetings:correction_detail": "/zasedani/{frozen}/oprava/0/",
    "project_export:csv": "/projekty.csv",
    "project_export:xlsx": "/projekty.xlsx",
    "project_export:json": "/projekty.json",
    "needs:csv": "{project}potreby.csv",
    "needs:json": "{project}potreby.json",
    "calls:call_list": "/vyzvy/",
    "calls:calendar": "/vyzvy.ics",
    "calls:csv": "/vyzvy.csv",
    "calls:json": "/vyzvy.json",
    "portal:organisation_list": "/organisace/",
    "portal:organisation_detail": "{organisation}",
    "partner:thanks": "/dotaz/dekujeme/",
}
"""Pages everybody reads and nobody posts to."""

DESK = {
    # address: (path, who may see it, who may post to it; „“ where nobody can, it only shows)
    "measures:desk": ("/prace/", "USH", "USH"),
    "measures:round": ("/prace/kolo/", "USH", ""),
    "measures:round_row": ("/prace/kolo/{measure}/", "UH", "UH"),
    "measures:no_change": ("/prace/opatreni/{measure}/beze-zmeny/", "UH", "UH"),
    "measures:report_form": ("/prace/opatreni/{measure}/hlaseni/", "UH", "UH"),
    "measures:report_correct": ("/prace/hlaseni/{report}/oprava/", "UH", "UH"),
    "measures:report_approval": ("/prace/schvaleni/{submitted}/", "H", "H"),
    "measures:milestone_create": ("/prace/opatreni/{measure}/milnik/", "UH", "UH"),
    "measures:milestone_detail": ("/prace/milnik/{milestone}/", "UH", "UH"),
    "measures:milestone_finish": ("/prace/milnik/{milestone}/hotovo/", "UH", "UH"),
    "measures:milestone_expect": ("/prace/milnik/{milestone}/ocekavani/", "UH", "UH"),
    "measures:milestone_move": ("/prace/milnik/{milestone}/termin/", "H", "H"),
    "measures:milestone_rename": ("/prace/milnik/{milestone}/nazev/", "UH", "UH"),
    "measures:milestone_reopen": ("/prace/milnik/{dropped}/otevrit/", "UH", "UH"),
    "measures:milestone_drop": ("/prace/milnik/{milestone}/zrusit/", "UH", "UH"),
    "measures:plan_edit": ("/prace/opatreni/{measure}/plan/", "H", "H"),
    "measures:responsibility": ("/prace/odpovednost/", "H", "H"),
    "measures:output_create": ("/prace/opatreni/{measure}/vystup/", "UH", "UH"),
    "measures:output_correct": ("/prace/vystup/{output}/oprava/", "UH", "UH"),
    "measures:output_withdraw": ("/prace/vystup/{output}/zrusit/", "UH", "UH"),
    "measures:output_list": ("/prace/vystupy/", "USH", "USH"),
    "measures:partner_ask": ("/prace/opatreni/{measure}/dotaz/", "UH", "UH"),
    "measures:partner_request": ("/prace/dotaz/{request}/", "UH", "UH"),
    "measures:partner_withdraw": ("/prace/dotaz/{request}/vzit-zpet/", "UH", "UH"),
    "measures:redaction": ("/prace/redakce/hlaseni/{report}/", "H", "H"),
    "measures:territory": ("/prace/uzemi/", "USH", "USH"),
    "meetings:desk_list": ("/prace/zasedani/", "USH", ""),
    "meetings:desk_detail": ("/prace/zasedani/{meeting}/", "USH", ""),
    "meetings:meeting_create": ("/prace/zasedani/nove/", "H", "H"),
    "meetings:meeting_edit": ("/prace/zasedani/{meeting}/upravit/", "H", "H"),
    "meetings:meeting_delete": ("/prace/zasedani/{far}/smazat/", "H", "H"),
    "meetings:meeting_freeze": ("/prace/zasedani/{far}/zmrazit/", "H", "H"),
    "meetings:meeting_correct": ("/prace/zasedani/{meeting}/oprava/", "H", "H"),
    "meetings:resolution_create": ("/prace/zasedani/{meeting}/usneseni/", "H", "H"),
    "meetings:resolution_correct": ("/prace/usneseni/{resolution}/oprava/", "H", "H"),
    "meetings:resolution_withdraw": ("/prace/usneseni/{resolution}/zrusit/", "H", "H"),
    "meetings:resolution_redact": ("/prace/redakce-usneseni/{resolution}/", "H", "H"),
    "indicators:entry_list": ("/prace/ukazatele/", "USH", ""),
    "indicators:entry_grid": ("/prace{indicator}", "USH", "USH"),
    "indicators:entry_csv": ("/prace/ukazatele/hodnoty.csv", "USH", ""),
    "indicators:entry_xlsx": ("/prace/ukazatele/hodnoty.xlsx", "USH", ""),
    "indicators:values_import": ("/prace/importy/ukazatele/", "USH", "USH"),
    "needs:desk": ("/prace{project}potreby/", "USH", "USH"),
    "needs:export_csv": ("/prace{project}potreby/tabulka.csv", "USH", ""),
    "needs:export_xlsx": ("/prace{project}potreby/tabulka.xlsx", "USH", ""),
    "needs:import": ("/prace{project}potreby/import/", "USH", "USH"),
    "calls:desk": ("/prace/vyzvy/", "USH", ""),
    "calls:create": ("/prace/vyzvy/nova/", "USH", "USH"),
    "calls:edit": ("/prace/vyzvy/{call}/", "USH", "USH"),
    "calls:archive": ("/prace/vyzvy/{call}/ukoncit/", "USH", "USH"),
    "municipalities:index_import": ("/prace/importy/index/", "HA", "HA"),
    "project_desk:project_list": ("/prace/projekty/", "USH", ""),
    "project_desk:project_create": ("/prace/projekty/novy/", "USH", "USH"),
    "project_desk:project_edit": ("/prace/projekty/{project_pk}/", "USH", "USH"),
    "project_desk:import_create": ("/prace/importy/projekty/", "USH", "USH"),
    "portal:import_list": ("/prace/importy/", "HA", ""),
    "portal:error_list": ("/prace/chyby/", "USH", "USH"),
    "portal:error_detail": ("/prace/chyby/{error}/", "USH", "USH"),
    "portal:history_list": ("/prace/historie/", "USHA", ""),
    "portal:history_record": ("/prace/historie/measures-measure/{measure}/", "USHA", ""),
    "portal:quality": ("/prace/kvalita/", "H", ""),
    "notices:notices": ("/ucet/upozorneni/", SIGNED_IN, SIGNED_IN),
}

HIDDEN = {
    # What others may not even know of: 404 for whoever signed in and may not.
    "measures:draft_discard": ("/prace/koncept/{draft}/zahodit/", "U", "U"),
    "attachments:download": ("/priloha/{attachment}/zapis.pdf", "U", ""),
}

OWN_TESTS = {
    # Everybody's once it is frozen, else hidden: tests/meetings/test_files.py.
    "meetings:meeting_file",
    "meetings:correction_file",
    # Single-use links, sign-in and its second factor: tests/measures/test_partners.py,
    # tests/accounts/.
    # Of a file that waits for its confirmation: tests/municipalities/test_import_views.py.
    "municipalities:index_import_detail",
    # Likewise: tests/projects/test_need_entry.py.
    "needs:import_detail",
    "municipalities:index_import_differences",
    # The same: tests/indicators/test_import_views.py.
    "indicators:values_import_detail",
    "indicators:values_import_differences",
    # Likewise: tests/projects/test_import_views.py.
    "project_desk:import_detail",
    "project_desk:import_differences",
    # Anybody may post here: tests/portal/test_errors.py.
    "portal:error_report",
    "partner:answer",
    "notices:absence_end",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "openid_connect_login",
    "openid_connect_callback",
    "/favicon.ico",
}


def addresses(resolver, namespace="", prefix=""):
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if getattr(pattern, "namespace", None) == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern, pattern.namespace or namespace, path)
        else:
            own = f"{namespace}:{pattern.name}" if namespace else pattern.name
            yield own or f"/{path}"


def test_every_address_is_in_a_table():
    known = [*PUBLIC, *DESK, *HIDDEN, *OWN_TESTS]
    assert len(known) == len(set(known))
    assert set(addresses(get_resolver())) == set(known)


@dataclass
class World:
    """One measure with everything that can hang on it, and a client for each letter."""

    clients: dict
    paths: dict

    def ask(self, letter, method, template):
        path = template.format(**self.paths)
        response = getattr(self.clients[letter], method)(path)
        # A page may change what the next one asks about.
        return response


def sign_in(user):
    client = Client()
    client.force_login(user, backend="accounts.backends.EmailBackend")
    return client


@pytest.fixture
def world(make_user):
    people = {
        "U": make_user("unit"),
        "S": make_user("unit", email="jina@portal.test"),
        "H": make_user("head"),
        "C": make_user("councillor"),
        "A": make_user("admin"),
    }
    municipality = make.MunicipalityFactory(name="Aš", hex_q=1, hex_r=1)
    goal = make.GoalFactory(code="1.A", priority__code="1")
    measure = make.make_measure("1.1", goal, territory=Territory.REGION)
    make.plan(measure, owner=people["U"])
    report = make.report(measure, days(-1), author=people["U"])
    milestone = make.milestone(measure, days(30))
    dropped = make.milestone(measure, days(40))
    make.drop(dropped, days(-2))
    request = make.PartnerRequestFactory(
        measure=measure,
        asked_by=people["U"],
        asked_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=14),
        sent_at=timezone.now(),
    )
    draft = make.ReportDraftFactory(measure=measure, author=people["U"], as_of_date=TODAY)
    draft.attachments.add(make.AttachmentFactory(measure=measure, author=people["U"]))
    other = make.make_measure("1.2", goal)
    submitted = make.ReportDraftFactory(
        measure=other,
        author=people["S"],
        as_of_date=TODAY,
        state="submitted",
        submitted_at=timezone.now(),
        phase="running",
        health="on_track",
    )
    return World(
        clients={"P": Client(), **{letter: sign_in(user) for letter, user in people.items()}},
        paths={
            "slug": measure.strategy.slug,
            "municipality": municipality.get_absolute_url(),
            "region": municipality.region.code,
            "orp": municipality.orp.get_absolute_url(),
            "error": make.ErrorReportFactory().pk,
            "indicator": IndicatorFactory().get_absolute_url(),
            "project": (project := ProjectFactory()).get_absolute_url(),
            "project_pk": project.pk,
            "call": CallFactory().pk,
            "organisation": make.OrganisationFactory().get_absolute_url(),
            "measure": measure.pk,
            "report": report.pk,
            "milestone": milestone.milestone_id,
            "dropped": dropped.milestone_id,
            "output": make.OutputFactory(measure=measure).pk,
            "request": request.pk,
            "draft": draft.pk,
            "submitted": submitted.pk,
            "attachment": draft.attachments.get().pk,
            "frozen": frozen(MeetingFactory(meeting_date=days(-10)), small()).meeting.slug,
            "meeting": MeetingFactory(meeting_date=days(10)).pk,
            "resolution": ResolutionFactory().pk,
            "far": MeetingFactory(meeting_date=days(100)).pk,
        },
    )


def is_sent_to_sign_in(response):
    return response.status_code == 302 and response.url.startswith("/ucet/login/")


@pytest.mark.parametrize("letter", EVERYBODY)
@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_read_by_everybody_and_takes_no_post(world, name, letter):
    assert world.ask(letter, "get", PUBLIC[name]).status_code == 200
    assert world.ask(letter, "post", PUBLIC[name]).status_code == 405


@pytest.mark.parametrize("letter", EVERYBODY)
@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_of_the_desk_is_for_those_of_the_table(world, name, method, letter):
    path, readers, writers = DESK[name]
    response = world.ask(letter, method, path)
    allowed = readers if method == "get" else writers
    if letter in allowed:
        assert not is_sent_to_sign_in(response)
        # An empty form may be wrong, but nobody is turned away.
        assert response.status_code in ({200, 302} if method == "get" else {200, 302, 409, 422})
    elif method == "post" and letter in readers:
        assert response.status_code == 405
    elif letter == "P":
        assert is_sent_to_sign_in(response) or response.status_code == 405
    else:
        assert response.status_code in {403, 405}
        assert response.status_code == 403 or method == "post"


@pytest.mark.parametrize("letter", EVERYBODY)
@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_hidden_answers_as_if_it_were_not_there(world, name, method, letter):
    path, readers, writers = HIDDEN[name]
    response = world.ask(letter, method, path)
    if letter in (readers if method == "get" else writers):
        assert response.status_code in {200, 302, 410}
        assert not is_sent_to_sign_in(response)
    elif method == "post" and not writers:
        assert response.status_code == 405
    else:
        hidden = is_sent_to_sign_in(response) if letter == "P" else False
        assert hidden or response.status_code in {403, 404}


@pytest.mark.parametrize(
    ("letter", "status"), [("P", 302), ("U", 200), ("S", 200), ("H", 200), ("C", 403), ("A", 200)]
)
def test_administration_is_for_those_who_work_in_it(world, letter, status):
    # Its own door sends strangers to the sign-in, and turns away who came in without a role.
    response = world.clients[letter].get("/admin/", follow=letter == "C")
    assert response.status_code == status
