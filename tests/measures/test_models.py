from datetime import date
from uuid import uuid4

import pytest

from measures.models import Activity
from tests import factories
from tests.refusals import assert_refused, constraint_names

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)

CHECKS = [
    ("Measure", "territory", {"territory": "moon"}),
    ("Output", "kind", {"kind": "party"}),
    ("Output", "withdrawn", {"is_withdrawn": True}),
    ("PlanVersion", "dates", {"start_date": date(2026, 6, 2), "end_date": DAY}),
    ("PlanVersion", "kind", {"kind": "party"}),
    ("MilestoneVersion", "state", {"state": "lost", "closed_on": DAY}),
    ("MilestoneVersion", "closed", {"state": "done", "closed_on": None}),
    ("MilestoneVersion", "dropped", {"state": "dropped", "closed_on": DAY, "reason": ""}),
    ("MilestoneVersion", "title", {"title": ""}),
    (
        "MilestoneVersion",
        "repeat",
        {"due_date": DAY, "repeat_months": 3, "repeat_until": date(2026, 5, 31)},
    ),
    ("MilestoneVersion", "repeat", {"repeat_months": 3, "repeat_until": None}),
    ("MilestoneVersion", "repeat", {"repeat_months": None, "repeat_until": date(2027, 5, 31)}),
    ("Report", "kind", {"kind": "party"}),
    ("Report", "phase", {"phase": "party"}),
    ("Report", "health", {"health": "party"}),
    ("Report", "source", {"source": "party"}),
    ("Report", "spoken", {"phase": ""}),
    ("Report", "suspended", {"phase": "suspended", "review_date": None}),
    ("Report", "cancelled", {"phase": "cancelled", "reason": "", "resolution": ""}),
    ("Report", "note", {"kind": "risk", "note": ""}),
    ("Report", "decision", {"needs_decision": True, "decision": ""}),
    ("ReportDraft", "state", {"state": "lost"}),
    ("ReportDraft", "source", {"source": "party"}),
    ("ReportDraft", "returned", {"state": "returned", "comment": ""}),
    ("Attachment", "kind", {"kind": "exe"}),
    ("PartnerRequest", "expiry", {"expires_at": factories.EARLY}),
    (
        "PartnerRequest",
        "withdrawn",
        {"withdrawn_at": factories.EARLY, "answered_at": factories.EARLY},
    ),
    ("PartnerRequest", "drafted", {"drafted_at": factories.EARLY, "answered_at": None}),
]
"""What a check constraint refuses: measures_<model>_<rule>."""

ELSEWHERE = {
    "measures_measure_code",
    "measures_activity_order",
    "measures_outputmunicipality_once",
    "measures_planversion_deputy",
    "measures_report_approver",
    "measures_reportdraft_once",
    "measures_reportattachment_once",
    "measures_milestoneattachment_once",
    "measures_reminder_once",
    "Attachment.stored_name",
    "PartnerRequest.digest",
    "RefusedMail.address",
    "Report.submission",
    "Output.corrects",
    "Milestone.follows",
    "Report.corrects",
}


def constraint(model, rule):
    return f"measures_{model.lower()}_{rule}"


def test_every_constraint_has_its_refusal_here():
    tried = {constraint(model, rule) for model, rule, _ in CHECKS}
    assert constraint_names("measures") == tried | ELSEWHERE


@pytest.mark.parametrize(("model", "rule", "values"), CHECKS)
def test_value_is_refused(model, rule, values):
    factory = getattr(factories, f"{model}Factory")
    if model == "Report":
        # Built by itself the model knows no author: it says so first.
        values = {"author": factories.UserFactory(), "phase": "running", **values}
    assert_refused(factory, constraint(model, rule), values)


def test_open_milestone_has_no_day_of_closing():
    values = {"state": "open", "closed_on": DAY}
    assert_refused(factories.MilestoneVersionFactory, "measures_milestoneversion_closed", values)


def test_two_measures_of_a_strategy_share_no_code():
    measure = factories.make_measure("1.2")
    factories.make_measure("1.2")
    assert_refused(
        factories.MeasureFactory,
        "measures_measure_code",
        {"strategy": measure.strategy, "code": "1.2"},
    )


def test_two_activities_of_a_measure_share_no_order():
    activity = factories.ActivityFactory(order=1)
    assert_refused(
        factories.ActivityFactory,
        "measures_activity_order",
        {"measure": activity.measure, "order": 1},
    )
    assert Activity.objects.count() == 1


def test_output_names_a_municipality_once():
    place = factories.OutputMunicipalityFactory()
    assert_refused(
        factories.OutputMunicipalityFactory,
        "measures_outputmunicipality_once",
        {"output": place.output, "municipality": place.municipality},
    )


def test_nobody_deputises_themselves():
    person = factories.UserFactory()
    assert_refused(
        factories.PlanVersionFactory,
        "measures_planversion_deputy",
        {"owner": person, "deputy": person},
    )


def test_nobody_approves_their_own_report():
    person = factories.UserFactory()
    assert_refused(
        factories.ReportFactory,
        "measures_report_approver",
        {"author": person, "approver": person},
    )


def test_person_keeps_one_draft_of_a_measure():
    draft = factories.ReportDraftFactory()
    assert_refused(
        factories.ReportDraftFactory,
        "measures_reportdraft_once",
        {"measure": draft.measure, "author": draft.author},
    )


def test_record_is_corrected_or_followed_once():
    report = factories.report(factories.make_measure(), DAY)
    output = factories.OutputFactory()
    first = factories.MilestoneFactory()
    for factory, name, values in [
        (factories.ReportFactory, "Report.corrects", {"corrects": report}),
        (factories.OutputFactory, "Output.corrects", {"corrects": output}),
        (factories.MilestoneFactory, "Milestone.follows", {"follows": first}),
    ]:
        factory(**values)
        assert_refused(factory, name, values)


def test_series_of_a_milestone_ends():
    version = factories.milestone(
        factories.make_measure(),
        date(2026, 1, 31),
        title="Zpráva",
        repeat_months=3,
        repeat_until=date(2026, 4, 30),
    )
    following = version.following()
    assert (following.title, following.due_date) == ("Zpráva", date(2026, 4, 30))
    assert following.reason == "navazuje na milník s termínem 31.\u00a01.\u00a02026"
    assert following.following() is None


@pytest.mark.parametrize(
    ("factory", "name", "fields"),
    [
        ("ReportAttachment", "measures_reportattachment_once", ["report", "attachment"]),
        ("MilestoneAttachment", "measures_milestoneattachment_once", ["version", "attachment"]),
        (
            "Reminder",
            "measures_reminder_once",
            ["person", "measure", "subject", "stage_date"],
        ),
        ("Attachment", "Attachment.stored_name", ["stored_name"]),
        ("PartnerRequest", "PartnerRequest.digest", ["digest"]),
        ("RefusedMail", "RefusedMail.address", ["address"]),
    ],
)
def test_same_record_is_refused(factory, name, fields):
    factory = getattr(factories, f"{factory}Factory")
    first = factory()
    assert_refused(factory, name, {field: getattr(first, field) for field in fields})


def test_same_submission_makes_one_report():
    submission = uuid4()
    factories.ReportFactory(submission=submission)
    assert_refused(factories.ReportFactory, "Report.submission", {"submission": submission})
