"""Drafts kept while somebody writes: what is typed is never lost, and nothing is overwritten."""

import pytest
from django.core import signing

from measures import actions, tokens
from measures.models import Report, ReportDraft
from tests import factories
from tests.measures.acting import content
from tests.measures.days import TODAY, days, typed
from tests.measures.writing import form_page, keep, said, send, token_in, token_of
from tests.municipalities.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def address(measure):
    return form_page(measure)


@pytest.fixture
def writer(client_as):
    return client_as("unit")


def values_of(client, address):
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in form.fields}


# Kept while one writes


def test_draft_is_kept_while_one_writes_and_says_when_and_what_the_status_would_be(writer, address):
    response = keep(writer, address, note="Rozepsáno.", health="minor")
    assert response.status_code == 200
    text = text_of(response)
    assert text.startswith("Koncept uložen ")
    assert "Stav bude: ohroženo" in text
    assert "<html" not in response.content.decode()
    assert values_of(writer, address)["note"] == "Rozepsáno."
    assert not Report.objects.exists()


def test_draft_keeps_itself_again_and_again(writer, address):
    token = token_of(writer, address)
    for note in ("A", "A b", "A b c"):
        token = token_in(keep(writer, address, token=token, note=note))
    draft = ReportDraft.objects.get()
    assert (draft.note, draft.version) == ("A b c", 3)


def test_draft_keeps_what_cannot_be_understood_as_it_was_typed(writer, address):
    long = "x" * 10_001
    keep(writer, address, act_by_date="brzy", link="ne odkaz", note=long, output_happened_on="loni")
    found = values_of(writer, address)
    assert (found["act_by_date"], found["link"], found["note"]) == ("brzy", "ne odkaz", long)
    assert found["output_happened_on"] == "loni"
    assert found["kind"] == "progress"
    keep(writer, address, act_by_date=typed(days(5)), note="Krátce.")
    found = values_of(writer, address)
    assert (found["act_by_date"], found["note"], found["link"]) == (typed(days(5)), "Krátce.", "")


def test_draft_keeps_a_half_written_output(writer, address):
    keep(writer, address, output_kind="seminar", output_title="Seminář pro školy")
    found = values_of(writer, address)
    assert (found["output_kind"], found["output_title"]) == ("seminar", "Seminář pro školy")


def test_text_with_a_nul_is_kept_without_it(writer, address):
    assert keep(writer, address, note="A\x00B", act_by_date="br\x00zy").status_code == 200
    assert values_of(writer, address)["note"] == "AB"


def test_note_of_100_kilobytes_is_refused_in_words_and_stays(writer, address):
    note = "Dlouhý text. " * 8_000
    response = send(writer, address, note=note)
    assert response.status_code == 422
    assert "Text má 103 999 znaků, vejde se jich nejvýše 10 000." in text_of(response)
    assert response.context["form"]["note"].value() == note
    assert not Report.objects.exists()


# What the form was made from is told by us


def altered(token):
    return token[:-3] + ("AAA" if token[-3:] != "AAA" else "BBB")


def forged(measure, author, version):
    said = {"measure": measure.pk, "author": author.pk, "version": version}
    return signing.dumps(said, key="jiný klíč", salt=tokens.SALT)


@pytest.mark.parametrize("act", ["zverejnit", "koncept", "dalsi"])
def test_form_with_an_altered_token_writes_nothing_and_keeps_the_text(writer, address, act):
    token = token_of(writer, address)
    for bad in (altered(token), "", "x", signing.dumps({"measure": 1}, salt=tokens.SALT)):
        values = {"akce": act, "formular": bad, **said(note="Můj text.")}
        response = writer.post(address, values)
        assert response.status_code == 422
        assert "Formulář nemůžeme přijmout" in text_of(response)
        assert response.context["form"]["note"].value() == "Můj text."
    assert not Report.objects.exists()
    assert not ReportDraft.objects.exists()


def test_forged_version_is_refused(writer, address, measure):
    me = ReportDraft(author=writer.get(address).wsgi_request.user).author
    keep(writer, address, note="Uložené.")
    response = send(writer, address, "koncept", token=forged(measure, me, 1), note="Přepsané.")
    assert response.status_code == 422
    assert ReportDraft.objects.get().note == "Uložené."


def test_token_of_another_person_measure_or_strategy_is_refused(client_as, address, make_user):
    other = factories.make_measure("3.1", strategy__slug="jina")
    writer = client_as("unit")
    foreign = token_of(writer, form_page(other))
    writer.force_login(
        make_user("unit", email="kolega@portal.test"), backend="accounts.backends.EmailBackend"
    )
    of_other_person = token_of(writer, address)
    writer.force_login(
        make_user("head", email="vedouci@portal.test"), backend="accounts.backends.EmailBackend"
    )
    for token in (foreign, of_other_person):
        response = send(writer, address, token=token, note="Můj text.")
        assert response.status_code == 422
        assert "Formulář nemůžeme přijmout" in text_of(response)
    assert keep(writer, address, token=foreign).status_code == 409
    assert not Report.objects.exists()
    assert not ReportDraft.objects.exists()


def test_form_of_a_measure_that_is_not_monitored_does_not_exist(writer, address):
    foreign = factories.make_measure("I", strategy__slug="lk", strategy__is_monitored=False)
    token = token_of(writer, address)
    for address in (form_page(foreign), form_page(factories.measures.Measure(pk=99999))):
        assert writer.get(address).status_code == 404
        assert send(writer, address, token=token).status_code == 404


def test_milestone_of_another_measure_is_refused_and_nothing_lost(writer, address):
    strange = factories.milestone(factories.make_measure("1.3"), days(5)).milestone
    response = send(writer, address, finished=[strange.pk], note="Můj text.")
    assert response.status_code == 422
    assert "Některý ze zaškrtnutých milníků mezitím někdo uzavřel." in text_of(response)
    assert response.context["form"]["note"].value() == "Můj text."
    assert not Report.objects.exists()


# Two windows


def test_changes_of_different_fields_in_two_windows_merge_and_say_so(writer, address):
    first, second = token_of(writer, address), token_of(writer, address)
    keep(writer, address, token=first, note="Z prvního okna.")
    response = send(writer, address, "koncept", token=second, next_step="Z druhého.", follow=True)
    assert "Beze sporu jsme spojili: poznámka (znění z jiného okna), další krok (vaše znění)." in (
        text_of(response)
    )
    draft = ReportDraft.objects.get()
    assert (draft.note, draft.next_step) == ("Z prvního okna.", "Z druhého.")


def test_window_that_still_shows_the_old_text_does_not_undo_a_merge(writer, address):
    first, second = token_of(writer, address), token_of(writer, address)
    keep(writer, address, token=first, note="Z prvního okna.")
    token = token_in(keep(writer, address, token=second, next_step="A"))
    # The address of the second window still has no note, and is sent again and again.
    token = token_in(keep(writer, address, token=token, next_step="A b"))
    assert send(writer, address, token=token, next_step="A b c").status_code == 302
    report = Report.objects.get()
    assert (report.note, report.next_step) == ("Z prvního okna.", "A b c")


def test_same_field_in_two_windows_is_never_overwritten_in_silence(writer, address):
    first, second = token_of(writer, address), token_of(writer, address)
    keep(writer, address, token=first, note="Z prvního okna.")
    response = keep(writer, address, token=second, note="Z druhého okna.")
    assert response.status_code == 409
    assert "Totéž pole se mezitím změnilo i v jiném okně." in text_of(response)
    assert "Porovnat obě znění" in text_of(response)
    assert ReportDraft.objects.get().note == "Z prvního okna."
    # Closed now, the second window has lost nothing: its text waits in the form.
    response = writer.get(address)
    assert "Tady je vaše znění, které se rozešlo s jiným." in text_of(response)
    assert response.context["form"]["note"].value() == "Z druhého okna."


def test_window_that_won_does_not_wipe_what_the_other_put_aside(writer, address):
    first, second = token_of(writer, address), token_of(writer, address)
    first = token_in(keep(writer, address, token=first, note="Z prvního okna."))
    keep(writer, address, token=second, note="Z druhého okna.")
    keep(writer, address, token=first, note="Z prvního okna, dál.")
    assert writer.get(address).context["form"]["note"].value() == "Z druhého okna."


def test_ticks_and_outputs_of_two_windows_merge(writer, address, measure):
    one, two = (factories.milestone(measure, days(n)).milestone.pk for n in (5, 6))
    first, second = token_of(writer, address), token_of(writer, address)
    keep(writer, address, token=first, finished=[one], output_title="Seminář")
    keep(writer, address, token=second, finished=[two])
    draft = ReportDraft.objects.get()
    assert set(draft.finished_milestones.values_list("pk", flat=True)) == {one, two}
    assert draft.output == {"title": "Seminář"}


def test_what_the_same_form_kept_a_moment_ago_is_no_other_side(writer, address):
    token = token_of(writer, address)
    keep(writer, address, token=token, note="Rozep")
    # Published before the answer came back: the form still carries the token it was opened with.
    assert send(writer, address, token=token, note="Rozepsáno.").status_code == 302
    assert Report.objects.get().note == "Rozepsáno."


# The actions underneath


def test_save_draft_refuses_a_version_that_is_not_the_present_one(measure, make_user):
    unit = make_user("unit")
    draft = actions.save_draft(measure=measure, by=unit, content=content(note="A"), version=0)
    for version in (0, 2):
        with pytest.raises(actions.Changed):
            actions.save_draft(measure=measure, by=unit, content=content(note="B"), version=version)
    draft.refresh_from_db()
    assert (draft.note, draft.version) == ("A", 1)


# Thrown away


def test_own_draft_is_thrown_away_on_a_page_of_its_own(writer, address):
    keep(writer, address, note="Zbytečné.")
    address = f"/prace/koncept/{ReportDraft.objects.get().pk}/zahodit/"
    assert "Zahodit koncept?" in text_of(writer.get(address))
    assert ReportDraft.objects.exists()
    assert writer.post(address).status_code == 302
    assert not ReportDraft.objects.exists()


def test_draft_of_another_person_cannot_be_thrown_away_nor_guessed(client_as):
    draft = factories.ReportDraftFactory(as_of_date=TODAY)
    head = client_as("head")
    for address in (f"/prace/koncept/{draft.pk}/zahodit/", "/prace/koncept/99999/zahodit/"):
        assert head.get(address).status_code == 404
        assert head.post(address).status_code == 404
    assert ReportDraft.objects.exists()
