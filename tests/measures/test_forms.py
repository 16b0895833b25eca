from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.forms import DateField, refuse
from measures.cycles import cycle_of, last_finished, offered
from measures.drafts import correction_of, draft_of
from measures.forms import MilestoneForm, ReportForm
from measures.models import Measure
from measures.status import facts
from tests import factories

TODAY = date(2026, 11, 20)


# Days


@pytest.mark.parametrize("text", ["15. 12. 2026", "15.12.2026", " 2026-12-15 "])
def test_date_field_reads_a_day(text):
    assert DateField().clean(text) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("zítra", "Datum napište jako 15.\u00a012.\u00a02026."),
        (
            "31. 2. 2026",
            "Den 31.\u00a02.\u00a02026 v\u00a0kalendáři není. "
            "Datum napište jako 15.\u00a012.\u00a02026.",
        ),
    ],
)
def test_date_field_says_how_to_write_a_day(text, sentence):
    with pytest.raises(ValidationError) as caught:
        DateField().clean(text)
    assert caught.value.messages == [sentence]


def test_date_field_may_stay_empty():
    assert DateField(required=False).clean("") is None


def test_date_field_shows_a_day_as_it_is_typed():
    class Form(forms.Form):
        day = DateField(initial=date(2026, 12, 5))

    assert 'value="5. 12. 2026"' in str(Form()["day"])
    assert 'type="text"' in str(Form()["day"])
    assert 'value="5. 13."' in str(Form({"day": "5. 13."})["day"])


# Refusals


def test_refuse_puts_sentences_at_fields_and_the_rest_above():
    form = MilestoneForm({"title": "", "due_date": "1. 1. 2026"})
    assert not form.is_valid()
    refuse(form, ValidationError({"title": "Druhá věta.", "due_date": "Pozdě.", "x": "Jiné."}))
    refuse(form, ValidationError("Celé špatně."))
    assert form.errors["title"] == ["Toto pole je třeba vyplnit."]
    assert form.errors["due_date"] == ["Pozdě."]
    assert form.non_field_errors() == ["Jiné.", "Celé špatně."]


# The report form

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    return factories.make_measure("1.2")


def form_of(measure, author, data=None, draft=None, today=TODAY):
    found = facts(Measure.objects.filter(pk=measure.pk), today)[0]
    draft = draft or draft_of(found.measure, author, today)
    return ReportForm(data, instance=draft, facts=found, today=today)


def test_report_form_starts_from_what_staff_said_last(measure, make_user):
    factories.report(measure, date(2026, 7, 1), phase="preparing", health="serious")
    factories.document_report(measure, date(2026, 8, 1), phase="running")
    form = form_of(measure, make_user("unit"))
    assert form["phase"].value() == "preparing"
    assert form["health"].value() == "serious"
    assert form["as_of_date"].value() == "20. 11. 2026"
    assert form["kind"].value() == ""


@pytest.mark.parametrize(
    ("today", "cycle"),
    [
        # Until seven days after the due day of the third quarter, 15. 10.
        (date(2026, 10, 22), date(2026, 7, 1)),
        (date(2026, 10, 23), date(2026, 10, 1)),
    ],
)
def test_report_form_offers_two_cycles(measure, make_user, today, cycle):
    form = form_of(measure, make_user("unit"), today=today)
    assert form.fields["cycle_start"].choices == [
        ("2026-07-01", "3.\u00a0čtvrtletí 2026"),
        ("2026-10-01", "4.\u00a0čtvrtletí 2026"),
    ]
    assert form["cycle_start"].value() == cycle


def test_report_form_moves_a_draft_of_a_cycle_long_past(measure, make_user):
    author = make_user("unit")
    factories.ReportDraftFactory(
        measure=measure, author=author, cycle_start=date(2026, 1, 1), note="Rozepsáno."
    )
    form = form_of(measure, author)
    assert form["note"].value() == "Rozepsáno."
    assert form["cycle_start"].value() == date(2026, 10, 1)


def test_report_form_offers_milestones_due_within_90_days(measure, make_user):
    late = factories.milestone(measure, date(2026, 1, 1))
    edge = factories.milestone(measure, TODAY + timedelta(days=90))
    factories.milestone(measure, TODAY + timedelta(days=91))
    factories.finish(factories.milestone(measure, TODAY), date(2026, 11, 1))
    form = form_of(measure, make_user("unit"))
    assert form.milestones == [late, edge]
    assert [m for _, m in form.milestone_options()] == [late, edge]


def kinds(form):
    return [value for value, _ in form.fields["kind"].choices]


def test_report_form_offers_no_change_after_a_report_of_the_unit_only(measure, make_user):
    author = make_user("unit")
    assert kinds(form_of(measure, author)) == ["progress", "risk", "plan_change"]
    factories.document_report(measure, date(2026, 10, 1))
    assert "no_change" not in kinds(form_of(measure, author))
    factories.report(measure, date(2026, 10, 2))
    assert kinds(form_of(measure, author)) == ["no_change", "progress", "risk", "plan_change"]


def test_report_form_keeps_right_values_beside_wrong_ones(measure, make_user):
    data = {
        "cycle_start": "2026-10-01",
        "as_of_date": "31. 11. 2026",
        "act_by_date": "brzy",
        "note": "Text.",
    }
    form = form_of(measure, make_user("unit"), data)
    assert set(form.errors) == {"as_of_date", "act_by_date"}
    content = form.content()
    assert (content["note"], content["as_of_date"]) == ("Text.", TODAY)
    assert content["act_by_date"] is None
    form.refuse_incomplete()
    assert set(form.errors) == {"as_of_date", "act_by_date", "kind", "phase"}
    assert form.errors["act_by_date"] == ["Datum napište jako 15.\u00a012.\u00a02026."]


def test_report_form_of_a_correction_fixes_cycle_and_day(measure, make_user):
    report = factories.report(measure, date(2026, 8, 1), note="Dvě.", phase="preparing")
    form = form_of(measure, report.author, draft=correction_of(report, report.author))
    assert "cycle_start" not in form.fields
    assert "as_of_date" not in form.fields
    assert form["note"].value() == "Dvě."
    content = form.content()
    assert content["corrects"] == report
    assert (content["as_of_date"], content["cycle_start"]) == (
        date(2026, 8, 1),
        date(2026, 7, 1),
    )


def test_preview_counts_with_what_is_written_and_ticked(measure, make_user):
    author = make_user("unit")
    late = factories.milestone(measure, TODAY - timedelta(days=34), title="Smlouva")
    said = {"cycle_start": "2026-10-01", "as_of_date": "20. 11. 2026", "phase": "running"}
    preview = form_of(measure, author, {**said, "health": "minor"}).preview()
    assert preview["status"].word == "zpožděno"
    assert preview["status"].days == 34
    assert preview["fact"] == (
        "Milník „Smlouva“ měl být hotov 17.\u00a010.\u00a02026 a\u00a0je otevřený."
    )
    ticked = {**said, "finished": [late.milestone_id]}
    preview = form_of(measure, author, {**ticked, "health": "minor"}).preview()
    assert preview["status"].word == "ohroženo"
    preview = form_of(measure, author, {**ticked, "health": "on_track"}).preview()
    assert preview["status"].word == "probíhá bez termínů"


def test_preview_sees_the_next_milestone_of_a_series(measure, make_user):
    milestone = factories.milestone(
        measure, date(2026, 11, 1), repeat_months=1, repeat_until=date(2027, 11, 1)
    )
    said = {
        "cycle_start": "2026-10-01",
        "as_of_date": "20. 11. 2026",
        "phase": "running",
        "health": "on_track",
        "finished": [milestone.milestone_id],
    }
    preview = form_of(measure, make_user("unit"), said).preview()
    assert preview["status"].word == "podle plánu"
    assert preview["status"].day == date(2026, 12, 1)


def test_preview_needs_a_phase(measure, make_user):
    form = form_of(
        measure, make_user("unit"), {"cycle_start": "2026-10-01", "as_of_date": "1. 11. 2026"}
    )
    assert form.preview() is None
    assert form.errors == {"phase": ["Bez fáze se stav spočítat nedá."]}


def test_cycles_offered_today_hold_the_one_preselected():
    today = timezone.localdate()
    assert offered(today, 3) in (last_finished(today, 3), cycle_of(today, 3))
