"""The refusals below the form: whoever calls an action is held to the same rules, and a refused
call leaves nothing behind."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from measures import actions
from measures.cycles import cycle_of, last_finished
from measures.models import Measure, Milestone, Report, ReportDraft
from measures.status import facts
from tests import factories
from tests.measures.acting import TROUBLE, content, refused
from tests.measures.days import CYCLE, TODAY, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    return factories.make_measure("1.2")


@pytest.fixture
def unit(make_user):
    return make_user("unit")


@pytest.fixture
def head(make_user):
    return make_user("head")


# Reports


def test_publish_report_writes_what_was_said(measure, unit):
    report = actions.publish_report(measure=measure, by=unit, content=content(**TROUBLE))
    report.refresh_from_db()
    assert (report.author, report.source, report.kind) == (unit, "staff", "risk")
    assert (report.obstacle, report.actor_role) == ("Chybí povolení.", "stavební úřad")
    assert report.act_by_date == days(30)


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Vyberte, co se stalo."),
        (
            {**TROUBLE, "note": " "},
            "note",
            "Hlášení „riziko“ potřebuje poznámku: stačí jedna dvě věty.",
        ),
        (
            {"kind": "plan_change"},
            "note",
            "Hlášení „změna plánu“ potřebuje poznámku: stačí jedna dvě věty.",
        ),
        (
            {**TROUBLE, "health": "on_track"},
            "health",
            "Riziko znamená menší nebo vážné potíže; „bez potíží“ k němu nepatří.",
        ),
        ({"phase": ""}, "phase", "Vyberte fázi."),
        ({"health": ""}, "health", "Vyberte, jak to jde."),
        ({**TROUBLE, "obstacle": " "}, "obstacle", "Napište, co brání."),
        (
            {**TROUBLE, "actor_role": ""},
            "actor_role",
            "Uveďte, kdo jedná: organizaci nebo roli.",
        ),
        ({**TROUBLE, "act_by_date": None}, "act_by_date", "Uveďte, do kdy se má jednat."),
        ({"needs_decision": True}, "decision", "Napište, o čem má rada rozhodnout."),
        (
            {"phase": "suspended", "health": ""},
            "review_date",
            "U pozastaveného opatření uveďte, kdy se znovu posoudí.",
        ),
        (
            {"phase": "cancelled", "health": "", "reason": " "},
            "reason",
            "Ke zrušení patří důvod nebo číslo usnesení.",
        ),
        (
            {"as_of_date": days(1)},
            "as_of_date",
            "Hlášení nemůže být ke dni, který ještě nebyl.",
        ),
        (
            {"cycle_start": CYCLE + timedelta(days=1)},
            "cycle_start",
            "Cyklus hlášení nezačíná tímto dnem.",
        ),
        (
            {"cycle_start": cycle_of(TODAY, 3).next.start},
            "cycle_start",
            "Tento cyklus ještě nezačal.",
        ),
    ],
)
def test_publish_report_refuses_what_its_kind_requires(measure, unit, said, field, sentence):
    found = refused(actions.publish_report, measure=measure, by=unit, content=content(**said))
    assert found[field] == [sentence]


@pytest.mark.parametrize(
    "said",
    [
        {"phase": "suspended", "health": "", "review_date": days(60)},
        {"phase": "cancelled", "health": "", "resolution": "RK 12/2026"},
        {"phase": "not_started", "health": ""},
        {"needs_decision": True, "decision": "Schválit výzvu."},
    ],
)
def test_publish_report_takes_what_is_whole(measure, unit, said):
    actions.publish_report(measure=measure, by=unit, content=content(**said))
    assert Report.objects.count() == 1


def test_publish_report_refuses_unknown_kind(measure, unit):
    said = content(kind="party")
    assert "kind" in refused(actions.publish_report, measure=measure, by=unit, content=said)


def test_publish_report_is_not_for_a_strategy_that_is_not_monitored(unit):
    measure = factories.make_measure(strategy__is_monitored=False)
    found = refused(actions.publish_report, measure=measure, by=unit, content=content())
    assert found == {"": ["Plnění této strategie se na portálu nesleduje."]}


def test_publish_report_drops_the_draft_of_its_author_only(measure, unit, head):
    for author in (unit, head):
        actions.save_draft(measure=measure, by=author, content=content(note="Rozepsáno."))
    actions.publish_report(measure=measure, by=unit, content=content())
    assert list(ReportDraft.objects.values_list("author", flat=True)) == [head.pk]


# Beze změny


def no_change(measure, unit, **changes):
    return {"measure": measure, "by": unit, "content": content(kind="no_change", **changes)}


def test_no_change_follows_a_report_of_the_unit(measure, unit):
    factories.report(measure, days(-1), cycle=last_finished(TODAY, 3).previous.start)
    actions.publish_report(**no_change(measure, unit))
    assert Report.objects.filter(kind="no_change").count() == 1


def test_no_change_is_refused_without_any_report(measure, unit):
    found = refused(actions.publish_report, **no_change(measure, unit))
    assert found == {
        "kind": ["„Beze změny“ navazuje na hlášení jednotky za poslední dva cykly; chybí."]
    }


def test_no_change_is_refused_after_a_document(measure, unit):
    factories.document_report(measure, days(-1), phase="running", health="on_track")
    assert "kind" in refused(actions.publish_report, **no_change(measure, unit))


def test_no_change_is_refused_after_an_old_report(measure, unit):
    old = last_finished(TODAY, 3).previous.previous.start
    factories.report(measure, days(-1), cycle=old)
    assert "kind" in refused(actions.publish_report, **no_change(measure, unit))


def test_no_change_may_not_change_the_phase(measure, unit):
    factories.report(measure, days(-1))
    found = refused(actions.publish_report, **no_change(measure, unit, phase="preparing"))
    assert found == {"kind": ["Fáze nebo potíže jsou jiné než minule: vyberte, co se stalo."]}


# Completion


def test_completion_is_refused_while_a_milestone_is_open(measure, unit):
    factories.milestone(measure, days(200), title="Studie")
    factories.milestone(measure, days(-3), title="Smlouva")
    said = content(phase="completed", health="")
    found = refused(actions.publish_report, measure=measure, by=unit, content=said)
    assert found == {
        "phase": ["Dokončit opatření nejde, dokud je otevřený milník: „Smlouva“, „Studie“."]
    }


def test_completion_finishes_ticked_milestones_today(measure, unit):
    milestone = factories.milestone(measure, days(200)).milestone
    said = content(phase="completed", health="")
    actions.publish_report(measure=measure, by=unit, content=said, finished=[milestone.pk])
    newest = milestone.versions.latest("pk")
    assert (newest.state, newest.closed_on, newest.author) == ("done", TODAY, unit)


def test_completion_is_refused_when_a_ticked_milestone_would_open_the_next(measure, unit):
    milestone = factories.milestone(
        measure, days(-1), title="Zpráva", repeat_months=3, repeat_until=days(365)
    ).milestone
    said = content(phase="completed", health="")
    found = refused(
        actions.publish_report,
        measure=measure,
        by=unit,
        content=said,
        finished=[milestone.pk],
    )
    assert found["phase"] == ["Dokončit opatření nejde, dokud je otevřený milník: „Zpráva“."]


def test_report_refuses_a_tick_of_a_closed_or_strange_milestone(measure, unit):
    closed = factories.milestone(measure, days(10))
    factories.finish(closed, days(-1))
    strange = factories.milestone(factories.make_measure("1.3"), days(10))
    for version in (closed, strange):
        found = refused(
            actions.publish_report,
            measure=measure,
            by=unit,
            content=content(),
            finished=[version.milestone_id],
        )
        assert found == {"finished": ["Některý ze zaškrtnutých milníků mezitím někdo uzavřel."]}


def test_cancelling_opens_no_next_milestone(measure, unit):
    milestone = factories.milestone(
        measure, days(-1), repeat_months=3, repeat_until=days(365)
    ).milestone
    said = content(phase="cancelled", health="", reason="Došly peníze.")
    actions.publish_report(measure=measure, by=unit, content=said, finished=[milestone.pk])
    assert Milestone.objects.count() == 1


# Corrections


@pytest.fixture
def published(measure, unit):
    return actions.publish_report(
        measure=measure, by=unit, content=content(as_of_date=days(-10), note="Hotové dvě větve.")
    )


def correcting(report, **changes):
    return content(as_of_date=report.as_of_date, corrects=report, **changes)


def test_correction_stands_in_for_the_report_it_corrects(measure, unit, published):
    said = correcting(published, note="Hotové tři větve.")
    correction = actions.publish_report(measure=measure, by=unit, content=said)
    found = facts(Measure.objects.all(), TODAY)[0]
    assert found.report == correction
    assert Report.objects.get(pk=published.pk).note == "Hotové dvě větve."


def test_correction_keeps_cycle_and_day(measure, unit, published):
    said = {**correcting(published), "as_of_date": days(-9)}
    found = refused(actions.publish_report, measure=measure, by=unit, content=said)
    assert found == {"as_of_date": ["Oprava si nechává cyklus a den opravovaného hlášení."]}


def test_report_is_corrected_once(measure, unit, published):
    actions.publish_report(measure=measure, by=unit, content=correcting(published))
    found = refused(actions.publish_report, measure=measure, by=unit, content=correcting(published))
    assert found == {"corrects": ["Toto hlášení už někdo opravil. Opravit lze jeho opravu."]}


def test_correction_of_a_report_on_another_measure_is_refused(unit, published):
    other = factories.make_measure("1.3")
    found = refused(actions.publish_report, measure=other, by=unit, content=correcting(published))
    assert found["corrects"] == ["Opravované hlášení patří k jinému opatření."]


def test_correction_is_for_the_author_and_the_head(measure, published, make_user, head):
    colleague = make_user("unit", email="kolega@portal.test")
    with pytest.raises(PermissionDenied):
        actions.publish_report(measure=measure, by=colleague, content=correcting(published))
    actions.publish_report(measure=measure, by=head, content=correcting(published))


def test_correction_leaves_a_draft_of_another_report(measure, unit, published):
    actions.save_draft(measure=measure, by=unit, content=content(note="Rozepsáno."))
    actions.publish_report(measure=measure, by=unit, content=correcting(published))
    assert ReportDraft.objects.get().note == "Rozepsáno."


# Drafts


def test_save_draft_keeps_what_is_not_finished(measure, unit):
    said = content(kind="", phase="", note="Zatím jen")
    milestone = factories.milestone(measure, days(5)).milestone
    strange = factories.milestone(factories.make_measure("1.3"), days(5)).milestone
    draft = actions.save_draft(
        measure=measure, by=unit, content=said, finished=[milestone.pk, strange.pk]
    )
    assert (draft.note, draft.version) == ("Zatím jen", 1)
    assert list(draft.finished_milestones.all()) == [milestone]
    draft = actions.save_draft(measure=measure, by=unit, content=content(note="Celé."))
    assert (draft.note, draft.version) == ("Celé.", 2)
    assert not draft.finished_milestones.exists()
    assert ReportDraft.objects.count() == 1


# Goals


def test_set_goals_refuses_a_goal_of_another_strategy(head):
    goal = factories.GoalFactory()
    measure = factories.make_measure("1.2", goal)
    foreign = factories.GoalFactory(code="IX")
    found = refused(actions.set_goals, measure=measure, by=head, goals=[goal, foreign])
    assert found == {"goals": ["Cíl IX patří jiné strategii."]}
    assert list(measure.goals.all()) == [goal]


def test_set_goals_wants_a_goal_but_of_a_cross_cutting_measure(head):
    goal = factories.GoalFactory()
    measure = factories.make_measure("1.2", goal)
    cross = factories.make_measure("VII", strategy=goal.strategy, is_cross_cutting=True)
    found = refused(actions.set_goals, measure=measure, by=head, goals=[])
    assert found == {"goals": ["Vyberte cíl; žádný má jen průřezové opatření."]}
    found = refused(actions.set_goals, measure=cross, by=head, goals=[goal])
    assert found == {"goals": ["Průřezové opatření nevede k žádnému cíli."]}
    actions.set_goals(measure=cross, by=head, goals=[])


# Who may


@pytest.mark.parametrize(
    ("role", "owned_by", "may"),
    [
        ("unit", "nobody", True),
        ("unit", "me", True),
        ("unit", "deputy", True),
        ("unit", "other", False),
        ("head", "other", True),
        ("councillor", "nobody", False),
        ("admin", "nobody", False),
    ],
)
def test_who_may_report_and_keep_milestones(measure, make_user, role, owned_by, may):
    me, other = make_user(role), make_user("unit", email="kolega@portal.test")
    owners = {
        "nobody": {},
        "me": {"owner": me},
        "deputy": {"owner": other, "deputy": me},
        "other": {"owner": other},
    }
    factories.plan(measure, **owners[owned_by])
    milestone = factories.milestone(measure, days(5)).milestone
    acts = [
        (actions.save_draft, {"measure": measure, "content": content()}),
        (actions.publish_report, {"measure": measure, "content": content()}),
        (actions.add_milestone, {"measure": measure, "title": "A", "due_date": days(5)}),
        (actions.finish_milestone, {"milestone": milestone, "done_on": TODAY}),
    ]
    for action, arguments in acts:
        if may:
            action(by=me, **arguments)
        else:
            with pytest.raises(PermissionDenied):
                action(by=me, **arguments)
