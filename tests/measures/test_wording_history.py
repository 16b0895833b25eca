"""Changes of the wording on the line of time. Expected differences are written by hand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.history import begin_histories, history_model, recording
from measures.history import history_of
from measures.models import Activity, Measure, Territory
from measures.status import end_of
from measures.timeline import timeline
from measures.wording_history import wording_history
from tests import factories as make
from tests.factories import moment
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 12)


def act(at, by=None, reason=""):
    return recording(by=by, reason=reason, moment=moment(at))


@pytest.fixture
def measure():
    """Measure 1.2 as loaded on 1 January with one activity."""
    with act("2026-01-01 08:00", reason="načteno ze souboru 05-strategy-kk.json"):
        found = make.make_measure(
            "1.2", name="Garanční fond", short_name="Garanční fond", strategy__slug="kk"
        )
        make.ActivityFactory(
            measure=found,
            order=1,
            text="Vytváříme model garantovaného bydlení, kraj uzavře se soukromým majitelem "
            "dlouhodobou smlouvu.",
        )
    return found


def edit(record, at, **values):
    with act(at):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def told(measure, on=ON):
    """Return the changes as (day, difference): -removed-, +added+ or „before → after“."""
    edits = wording_history(measure, end_of(on)).changes
    events = timeline(history_of(measure, end_of(on)), on, edits)
    return [(e.day.isoformat(), [difference(c) for c in e.changes]) for e in events]


def difference(change):
    if change.parts:
        signs = [("-" if p.is_removed else "+" if p.is_added else "", p.text) for p in change.parts]
        return f"{change.label}: " + " ".join(f"{sign}{text}{sign}" for sign, text in signs)
    return f"{change.label}: {change.before} → {change.after}"


def test_first_rows_are_no_news(measure):
    assert told(measure) == []


def test_history_begun_later_is_no_news(measure):
    for model in (Measure, Activity):
        history_model(model).objects.all().delete()
    begin_histories()
    assert wording_history(measure, moment("2100-01-01")).changes == []


def test_short_texts_tell_what_was_and_what_is(measure):
    edit(measure, "2026-03-01 10:00", name="Fond záruk", short_name="Fond záruk")
    edit(measure, "2026-03-02 10:00", note="Brožura tiskne názvy za sebou.")
    edit(measure, "2026-03-03 10:00", note="", name_printed="Fodn záruk")
    assert told(measure) == [
        (
            "2026-03-03",
            [
                "název, jak byl vytištěn:  → Fodn záruk",
                "poznámka k textu: Brožura tiskne názvy za sebou. → ",
            ],
        ),
        ("2026-03-02", ["poznámka k textu:  → Brožura tiskne názvy za sebou."]),
        (
            "2026-03-01",
            ["název: Garanční fond → Fond záruk", "krátký název: Garanční fond → Fond záruk"],
        ),
    ]


def test_long_text_tells_only_the_words_that_changed(measure):
    text = (
        "Vytváříme model garantovaného bydlení, kraj uzavře se soukromým majitelem "
        "pětiletou smlouvu a ručí."
    )
    edit(measure.activities.get(), "2026-03-01 10:00", text=text)
    assert told(measure) == [
        (
            "2026-03-01",
            [
                "aktivita: … kraj uzavře se soukromým majitelem "
                "-dlouhodobou smlouvu.- +pětiletou smlouvu a ručí.+"
            ],
        )
    ]


def test_activities_are_added_and_removed(measure):
    with act("2026-03-01 10:00"):
        make.ActivityFactory(measure=measure, order=2, text="Školíme obce.")
    with act("2026-03-02 10:00"):
        measure.activities.get(order=2).delete()
    other = make.make_measure("1.3")
    edit(measure.activities.get(), "2026-03-03 10:00", measure=other)
    model = "Vytváříme model garantovaného bydlení, kraj uzavře se soukromým majitelem"
    assert told(measure) == [
        ("2026-03-03", [f"zrušená aktivita: {model} dlouhodobou smlouvu. → "]),
        ("2026-03-02", ["zrušená aktivita: Školíme obce. → "]),
        ("2026-03-01", ["nová aktivita:  → Školíme obce."]),
    ]


def test_printed_wording_and_order_of_an_activity(measure):
    edit(measure.activities.get(), "2026-03-01 10:00", text_printed="Vyvtáříme.", order=3)
    assert told(measure) == [
        (
            "2026-03-01",
            ["aktivita, jak byla vytištěna:  → Vyvtáříme.", "pořadí aktivity: 1. → 3."],
        )
    ]


def test_goals_partners_and_municipalities_are_told_by_names(measure):
    goals = [
        make.GoalFactory(priority__strategy=measure.strategy, code=code) for code in ("1.A", "1.B")
    ]
    charity, agency = (make.OrganisationFactory(name=name) for name in ("Charita", "Agentura"))
    cheb = make.MunicipalityFactory(name="Cheb")
    with act("2026-03-01 10:00"):
        measure.territory = Territory.NAMED
        measure.save()
        measure.goals.set(goals[:1])
        measure.partners.set([charity, agency])
        measure.municipalities.set([cheb, make.MunicipalityFactory(name="Aš")])
    with act("2026-03-02 10:00"):
        measure.goals.set(goals[1:])
        measure.municipalities.remove(cheb)
    assert told(measure) == [
        (
            "2026-03-02",
            ["cíle, přidáno:  → 1.B", "cíle, odebráno: 1.A → ", "obce, odebráno: Cheb → "],
        ),
        (
            "2026-03-01",
            [
                "území: území neurčeno → vyjmenované obce",
                "cíle, přidáno:  → 1.A",
                "spolupráce, přidáno:  → Agentura, Charita",
                "obce, přidáno:  → Aš, Cheb",
            ],
        ),
    ]


def test_deleted_partner_keeps_its_name(measure):
    charity = make.OrganisationFactory(name="Charita")
    with act("2026-03-01 10:00"):
        measure.partners.set([charity])
    with act("2026-03-02 10:00"):
        charity.delete()
    assert told(measure) == [
        ("2026-03-02", ["spolupráce, odebráno: Charita → "]),
        ("2026-03-01", ["spolupráce, přidáno:  → Charita"]),
    ]


def test_cross_cutting_and_code(measure):
    edit(measure, "2026-03-01 10:00", is_cross_cutting=True, code="1.20")
    assert told(measure) == [("2026-03-01", ["kód: 1.2 → 1.20", "průřezové: ne → ano"])]


def test_what_is_done_at_once_is_one_event(measure):
    with act("2026-03-01 10:00"):
        measure.note = "Nová."
        measure.save()
        make.ActivityFactory(measure=measure, order=2, text="Školíme obce.")
    assert told(measure) == [
        ("2026-03-01", ["poznámka k textu:  → Nová.", "nová aktivita:  → Školíme obce."])
    ]


def test_spaces_and_internal_keys_are_no_news(measure):
    edit(measure, "2026-03-01 10:00", note=" ", name="Garanční  fond", search_key="xyz")
    with act("2026-03-02 10:00"):
        measure.save()
    assert told(measure) == []


def test_only_what_was_recorded_by_then_is_known(measure):
    edit(measure, "2026-03-01 10:00", note="Jedna.")
    edit(measure, "2026-03-02 00:00", note="Dvě.")
    assert told(measure, date(2026, 3, 1)) == [("2026-03-01", ["poznámka k textu:  → Jedna."])]
    assert told(measure, date(2026, 2, 28)) == []


def test_wording_takes_no_part_in_the_status(measure):
    """A change of words begins no line of derived changes and moves no status."""
    edit(measure, "2026-03-01 10:00", note="Jedna.")
    make.plan(measure, start=date(2026, 5, 1), recorded_at=moment("2026-04-01 10:00"))
    days = [day for day, _ in told(measure)]
    assert days == ["2026-05-02", "2026-04-01", "2026-03-01"]


def test_names_and_reasons_of_staff_stay_inside(client, measure):
    head = make.UserFactory(name="Věra Tajná", email="tajna@kraj.test")
    with act("2026-03-01 10:00", by=head, reason="Tajný důvod"):
        measure.note = "Veřejná poznámka."
        measure.save()
    page = client.get(measure.get_absolute_url())
    text = text_of(page)
    assert "1. 3. 2026 · úprava opatření poznámka k textu Veřejná poznámka." in text
    for hidden in ("Tajn", "tajna@", "načteno ze souboru", "search_key", "garancni"):
        assert hidden not in page.content.decode()


def test_page_marks_words_and_escapes_them(client, measure):
    text = (
        "Vytváříme model garantovaného bydlení, kraj uzavře se soukromým majitelem "
        "<b>pětiletou</b> smlouvu."
    )
    edit(measure.activities.get(), "2026-03-01 10:00", text=text)
    page = " ".join(client.get(measure.get_absolute_url()).content.decode().split())
    assert "<del>dlouhodobou</del> <ins>&lt;b&gt;pětiletou&lt;/b&gt;</ins> smlouvu." in page


@pytest.mark.parametrize("number", [1, 30])
def test_thirty_changes_cost_no_more_queries_than_one(client, measure, number):
    goal = make.GoalFactory(priority__strategy=measure.strategy)
    for n in range(number):
        at = f"2026-03-01 10:{n:02}"
        edit(measure, at, note=f"Znění {n}.")
        edit(measure.activities.get(), at, text=f"Aktivita {n}.")
        with act(f"2026-03-01 11:{n:02}"):
            measure.goals.set([goal] if n % 2 == 0 else [])
            measure.partners.set([make.OrganisationFactory()])
            measure.municipalities.add(make.MunicipalityFactory())
    with CaptureQueriesContext(connection) as captured:
        page = client.get(measure.get_absolute_url())
    assert f"Znění {number - 1}." in text_of(page)
    assert len(captured) == 12


def test_wording_is_read_in_one_query(measure, django_assert_num_queries):
    edit(measure, "2026-03-01 10:00", note="Jedna.")
    with django_assert_num_queries(1):
        assert wording_history(measure, end_of(ON)).changes
