"""Many rows at once, each with its row of history."""

import pytest
from django.db import IntegrityError, transaction

from common import bulk
from common.history import recording
from municipalities.models import ComponentValue, IndexBand, IndexEntry
from tests import factories as make

pytestmark = pytest.mark.django_db

NAMES = ["lower", "name", "sentence"]


def bands():
    return list(IndexBand.objects.order_by("lower").values_list("lower", "name"))


def history():
    rows = IndexBand.history.order_by("history_id")
    return list(rows.values_list("history_type", "lower", "name", "history_user__email"))


def test_rows_are_inserted_with_their_history(make_user):
    make.IndexBandFactory(lower=0, name="nízké")
    IndexBand.history.all().delete()
    with recording(by=make_user("head"), reason="import"):
        bulk.insert(IndexBand, NAMES, [(2, "střední", "a"), (8, "vysoké", "b")])
    assert bands() == [(0, "nízké"), (2, "střední"), (8, "vysoké")]
    who = "head@portal.test"
    assert history() == [("+", 2, "střední", who), ("+", 8, "vysoké", who)]
    last = IndexBand.history.latest("history_id")
    assert (last.id, last.sentence) == (IndexBand.objects.get(lower=8).pk, "b")
    assert last.history_change_reason == "import"


@pytest.mark.parametrize(
    "text",
    ["NULL", "{a,b}", 'a "b" \\ c', "100 %", "%s", "", "Žďár\nnad 'Sázavou'", "\\N", "a\tb\r\\."],
)
def test_texts_are_kept_as_they_are(text):
    with recording(by=None):
        bulk.insert(IndexBand, NAMES, [(2, text, text), (8, "x", "y")])
    for found in (IndexBand.objects, IndexBand.history):
        assert found.get(lower=2).sentence == text
        assert found.get(lower=2).name == text


def test_rows_are_changed_with_their_history():
    low, high = make.IndexBandFactory(lower=0), make.IndexBandFactory(lower=8, name="vysoké")
    IndexBand.history.all().delete()
    with recording(by=None):
        bulk.update(IndexBand, ["name", "sentence"], [(low.pk, "nízké", "x")])
    low.refresh_from_db()
    assert (low.name, low.sentence, bands()[1]) == ("nízké", "x", (8, high.name))
    assert history() == [("~", 0, "nízké", None)]


def test_rows_between_those_that_change_or_go_are_left_alone():
    first, middle, last = (make.IndexBandFactory(lower=n, name=f"{n}") for n in (0, 8, 12))
    IndexBand.history.all().delete()
    with recording(by=None):
        bulk.update(IndexBand, ["name"], [(last.pk, "c"), (first.pk, "a")])
        bulk.delete(IndexBand, [first.pk, last.pk])
    assert bands() == [(8, middle.name)]
    assert sorted(row[:3] for row in history()) == [
        ("-", 0, "a"),
        ("-", 12, "c"),
        ("~", 0, "a"),
        ("~", 12, "c"),
    ]


def test_rows_next_to_each_other_are_changed_alone():
    first, second, third = (make.IndexBandFactory(lower=n, name=f"{n}") for n in (0, 8, 12))
    IndexBand.history.all().delete()
    with recording(by=None):
        bulk.update(IndexBand, ["name"], [(first.pk, "a"), (second.pk, "b")])
    assert bands() == [(0, "a"), (8, "b"), (12, third.name)]
    assert sorted(row[:3] for row in history()) == [("~", 0, "a"), ("~", 8, "b")]


def test_rows_are_deleted_with_their_history():
    low = make.IndexBandFactory(lower=0, name="nízké")
    make.IndexBandFactory(lower=8, name="vysoké")
    IndexBand.history.all().delete()
    with recording(by=None):
        bulk.delete(IndexBand, [low.pk])
    assert bands() == [(8, "vysoké")]
    assert history() == [("-", 0, "nízké", None)]


def test_decimals_unknown_values_and_references_are_kept():
    entry = make.IndexEntryFactory()
    names = ["entry_id", "component", "state", "count", "base", "share", "quotient"]
    rows = [
        (entry.pk, "execution", "known", 20.0833, 160.0, 12.5521, 0.0),
        (entry.pk, "early_leavers", "borrowed", None, None, None, None),
    ]
    with recording(by=None):
        bulk.insert(ComponentValue, names, rows)
    for found in (ComponentValue.objects, ComponentValue.history):
        kept = [
            (str(row.count), str(row.base), str(row.share), str(row.quotient))
            for row in found.order_by("id")
        ]
        assert kept == [("20.0833", "160.00", "12.5521", "0.0000"), ("None",) * 4]


def test_constraints_of_the_database_hold():
    entry = make.IndexEntryFactory(value=1)
    with pytest.raises(IntegrityError), transaction.atomic(), recording(by=None):
        bulk.update(IndexEntry, ["value"], [(entry.pk, 31)])
    entry.refresh_from_db()
    assert entry.value == 1
    other = make.MunicipalityFactory()
    names = ["edition_id", "municipality_id", "value"]
    with pytest.raises(IntegrityError), transaction.atomic(), recording(by=None):
        bulk.insert(IndexEntry, names, [(entry.edition_id, other.pk, 31)])
    assert IndexEntry.objects.count() == IndexEntry.history.count() == 1


def test_nothing_to_write_writes_nothing(django_assert_num_queries):
    with recording(by=None), django_assert_num_queries(0):
        bulk.insert(IndexBand, NAMES, [])
        bulk.update(IndexBand, NAMES, [])
        bulk.delete(IndexBand, [])


def test_rows_outside_of_an_act_are_refused():
    with pytest.raises(LookupError):
        bulk.insert(IndexBand, NAMES, [(2, "střední", "a")])
