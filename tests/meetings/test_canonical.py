"""A briefing as canonical JSON and back: one text for one briefing, nothing lost."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import canonical
from meetings.canonical import UnreadableContent
from meetings.content import Briefing, MeasureSaid, Words
from tests.meetings.small import small

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(Words, TEXT.map(Words))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


@st.composite
def briefings(draw):
    """Any briefing the types allow, with as few rows as reach every type."""
    return replace(draw(st.builds(Briefing)), schema="zasedani/1")


SLOW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(briefings())
def test_briefing_comes_back_word_for_word(briefing):
    text = canonical.dumps(briefing)
    assert canonical.loads(text) == briefing
    assert canonical.dumps(canonical.loads(text)) == text


@SLOW
@given(briefings())
def test_briefing_comes_back_from_its_parts(briefing):
    outline = canonical.take_apart(briefing)
    texts = [said.text for said in outline.texts]
    back = canonical.put_together(outline.content, texts)
    assert back == briefing
    assert canonical.dumps(back) == canonical.dumps(briefing)
    assert all(texts)


def test_words_come_back_as_words():
    back = canonical.loads(canonical.dumps(small()))
    assert type(back.late[0].why) is Words
    assert type(back.late[0].code) is str


def test_canonical_text_is_sorted_tight_and_keeps_signs():
    text = canonical.dumps(small())
    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert '"on":"2026-11-14"' in text
    assert '"known":"2026-11-14T08:30:00.000000+00:00"' in text
    assert "Chybí peníze #1 <b> $x$ @jan \\\\ *" in text


def test_moment_is_the_same_in_every_zone():
    prague = timezone(timedelta(hours=1))
    other = replace(small(), known=datetime(2026, 11, 14, 9, 30, tzinfo=prague))
    assert canonical.dumps(other) == canonical.dumps(small())


def test_signs_are_not_composed():
    said = replace(small(), lead="e\u0301 \u00e9")
    assert canonical.loads(canonical.dumps(said)).lead == "e\u0301 \u00e9"


def test_texts_are_taken_out_with_the_code_of_their_measure():
    outline = canonical.take_apart(small())
    assert [(said.text, said.code) for said in outline.texts] == [
        ("Kdo to zaplatí?", "1.2"),
        ("Chybí peníze #1 <b> $x$ @jan \\ *", "1.2"),
        ("kraj", "1.2"),
        ("Rada bere na vědomí.", ""),
        ("Milník „Smlouva“ měl být hotov 1. 10. 2026 a je otevřený.", "1.2"),
        ("Chybí peníze #1 <b> $x$ @jan \\ *", "1.2"),
        ("Jednat.", "1.2"),
        ("kraj", "1.2"),
    ]
    for said in outline.texts:
        assert f'"{said.text}"' not in outline.content
    assert '{"$":0}' in outline.content


def test_a_text_that_looks_like_a_reference_stays_a_text():
    late = replace(small().late[0], why=Words('{"$":0}'), next_step=Words("{"))
    said = replace(small(), late=(late,))
    outline = canonical.take_apart(said)
    texts = [one.text for one in outline.texts]
    assert canonical.put_together(outline.content, texts) == said


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda plain: plain | {"schema": "zasedani/9"}, "Tvar „zasedani/9“ tento program nezná"),
        (lambda plain: {"a": 1}, "Tvar „None“ tento program nezná"),
        (lambda plain: plain | {"more": 1}, "Obsah nemá tvar „zasedani/1“"),
        (lambda plain: plain | {"on": "neděle"}, "Obsah nemá tvar „zasedani/1“"),
        (lambda plain: plain | {"is_demo": "ano"}, "Obsah nemá tvar „zasedani/1“"),
        (lambda plain: plain | {"late": [{}]}, "Obsah nemá tvar „zasedani/1“"),
        (lambda plain: [plain], "Tvar „None“ tento program nezná"),
    ],
)
def test_another_shape_is_refused_in_czech(spoil, why):
    plain = json.loads(canonical.dumps(small()))
    with pytest.raises(UnreadableContent, match=why):
        canonical.loads(json.dumps(spoil(plain)))


def test_what_is_no_json_is_refused():
    with pytest.raises(UnreadableContent, match="Obsah není JSON"):
        canonical.loads("{")


@pytest.mark.parametrize("change", [lambda texts: texts[:-1], lambda texts: [*texts, "navíc"]])
def test_texts_must_fit_the_content(change):
    outline = canonical.take_apart(small())
    with pytest.raises(UnreadableContent):
        canonical.put_together(outline.content, change([said.text for said in outline.texts]))


def test_absent_measure_texts_take_no_reference():
    outline = canonical.take_apart(replace(small(), late=(), decisions=(), resolutions=()))
    assert outline.texts == ()
    assert MeasureSaid.__dataclass_fields__["note"].type is Words


def test_fingerprints_by_hand():
    # printf '' | sha256sum, printf 'ř' | sha256sum
    assert canonical.sha256("") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert canonical.outline_sha256("a", ["b"]) == canonical.sha256('["a","b"]')
