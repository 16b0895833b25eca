"""The wording of a measure on a past day: that of the day where the history reaches so far."""

from datetime import date

import pytest

from common.history import recording
from measures import moment as moments
from measures.models import Measure
from tests import factories as make
from tests.factories import moment
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(moments, "today", lambda: date(2026, 9, 12))


@pytest.fixture
def fund():
    with recording(by=None, moment=moment("2026-01-01 08:00")):
        return make.make_measure("1.2", short_name="Garanční fond", name="Garanční fond")


def test_past_day_shows_the_wording_of_that_day(client, fund):
    make.plan(fund, recorded_at=moment("2026-01-01 09:00"))
    old, new = make.MunicipalityFactory(name="Aš"), make.MunicipalityFactory(name="Cheb")
    goals = [make.GoalFactory(priority__strategy=fund.strategy, code=c) for c in ("1.A", "1.B")]
    with recording(by=None, moment=moment("2026-02-01 09:00")):
        activity = make.ActivityFactory(measure=fund, order=1, text="Původní aktivita.")
        fund.municipalities.set([old])
        fund.goals.set(goals[:1])
        fund.partners.set([make.OrganisationFactory(name="Charita")])
    with recording(by=None, moment=moment("2026-06-01 09:00")):
        activity.text = "Dnešní aktivita."
        activity.save()
        fund.name = "Fond záruk"
        fund.save()
        fund.municipalities.set([new])
        fund.goals.set(goals[1:])
        fund.partners.set([])
    page = client.get(f"{fund.get_absolute_url()}?k=2026-05-31")
    text = text_of(page)
    assert "1.2 Garanční fond" in text
    assert "Původní aktivita." in text
    assert "spolupráce Charita" in text
    assert "Kde Aš" in text
    assert "Cíl 1.A" in text
    assert "Fond záruk" not in text
    assert "Znění opatření je z toho dne" in text
    today = text_of(client.get(fund.get_absolute_url()))
    assert "1.2 Fond záruk" in today
    assert "Dnešní aktivita." in today
    assert "Kde Cheb" in today
    before = text_of(client.get(f"{fund.get_absolute_url()}?k=2026-01-15"))
    assert "Strategie u tohoto opatření žádné aktivity neuvádí." in before


def test_past_day_before_the_history_shows_todays_wording(client):
    with recording(by=None, moment=moment("2026-06-01 09:00")):
        measure = make.make_measure("1.3", name="Nové znění")
    make.plan(measure, recorded_at=moment("2026-01-01 09:00"))
    text = text_of(client.get(f"{measure.get_absolute_url()}?k=2026-05-31"))
    assert "Nové znění" in text
    assert "Znění opatření i to, kdo s ním spolupracuje a kde působí, je dnešní." in text
    assert Measure.history.filter(history_date__lt=moment("2026-05-31")).count() == 0
