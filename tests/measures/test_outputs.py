"""Outputs recorded, corrected and withdrawn: the actions, their pages and the list of the desk."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from measures import actions
from measures.models import Output, OutputMunicipality
from measures.outputs import kinds, participants
from municipalities.models.territory import MunicipalityKind
from tests import factories
from tests.measures.days import TODAY, days, said, typed
from tests.municipalities.pages import plain, text_of

pytestmark = pytest.mark.django_db

SIGN_IN = 2


@pytest.fixture
def measure():
    return factories.make_measure("1.2", short_name="Krizový fond", strategy__slug="kk")


@pytest.fixture
def unit(make_user):
    return make_user("unit")


@pytest.fixture
def cheb(measure):
    return place(measure, "Cheb")


def place(measure, name, **fields):
    return factories.MunicipalityFactory(name=name, region=measure.strategy.region, **fields)


def words(**changes):
    return {"kind": "seminar", "title": "Seminář o dluzích", "happened_on": days(-3), **changes}


def refused(action, **arguments):
    """Return the sentences by field an action refuses with; nothing has been written then."""
    before = (Output.objects.count(), OutputMunicipality.objects.count())
    with pytest.raises(actions.outputs.ValidationError) as caught:
        action(**arguments)
    assert (Output.objects.count(), OutputMunicipality.objects.count()) == before
    error = caught.value
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {name: [plain(text) for text in texts] for name, texts in found.items()}


# Recording


def test_add_output_keeps_all_that_was_said(measure, unit, cheb):
    charita = factories.OrganisationFactory(name="Charita")
    output = actions.add_output(
        measure=measure,
        by=unit,
        organiser=charita,
        participants=0,
        link="https://kraj.test/seminar",
        municipalities=[cheb, cheb],
        **words(),
    )
    output.refresh_from_db()
    assert (output.kind, output.title, output.happened_on) == (
        "seminar",
        "Seminář o dluzích",
        days(-3),
    )
    assert (output.organiser, output.participants, output.author) == (charita, 0, unit)
    assert output.link == "https://kraj.test/seminar"
    assert [one.municipality for one in output.places.all()] == [cheb]


def test_add_output_takes_the_moment_of_the_act_it_is_part_of(measure, unit):
    at = factories.noon(days(-1))
    assert actions.add_output(measure=measure, by=unit, moment=at, **words()).recorded_at == at


def test_number_of_participants_may_be_unknown(measure, unit):
    assert actions.add_output(measure=measure, by=unit, **words()).participants is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " "}, "title", "Napište, co se konalo."),
        ({"happened_on": None}, "happened_on", "Uveďte den, kdy se výstup konal."),
        ({"happened_on": days(1)}, "happened_on", "Den výstupu nemůže být v budoucnosti."),
        ({"participants": 100_001}, "participants", "Počet účastníků je od 0 do 100 000."),
        ({"participants": -1}, "participants", "Počet účastníků je od 0 do 100 000."),
        ({"link": "ftp://kraj.test/x"}, "link", "Odkaz začíná https:// nebo http://."),
        ({"link": "javascript:alert(1)"}, "link", "Odkaz začíná https:// nebo http://."),
        ({"link": "https://"}, "link", "Zadejte platnou adresu URL."),
        ({"kind": "party"}, "kind", "Hodnota 'party' není platná možnost."),
    ],
)
def test_add_output_is_refused(measure, unit, changes, field, sentence):
    found = refused(actions.add_output, measure=measure, by=unit, **words(**changes))
    assert found == {field: [sentence]}


def test_output_of_today_with_most_participants_is_taken(measure, unit):
    output = actions.add_output(
        measure=measure, by=unit, **words(happened_on=TODAY, participants=100_000)
    )
    assert output.participants == 100_000


def test_output_is_refused_for_the_military_area_and_another_region(measure, unit, cheb):
    hradiste = place(measure, "Hradiště", kind=MunicipalityKind.MILITARY_AREA)
    plzen = factories.MunicipalityFactory(name="Plzeň")
    found = refused(
        actions.add_output,
        measure=measure,
        by=unit,
        municipalities=[cheb, hradiste, plzen],
        **words(),
    )
    assert found == {
        "municipalities": [
            "Hradiště je vojenský újezd, výstupy se k němu nezapisují.",
            "Plzeň leží v jiném kraji než strategie.",
        ]
    }


def test_output_sent_twice_is_written_once(measure, unit, cheb):
    actions.add_output(measure=measure, by=unit, municipalities=[cheb], **words())
    found = refused(actions.add_output, measure=measure, by=unit, municipalities=[cheb], **words())
    assert found == {"": ["Přesně takový výstup už u opatření zapsaný je."]}
    actions.add_output(measure=measure, by=unit, **words())
    actions.add_output(measure=measure, by=unit, municipalities=[cheb], **words(title="Druhý"))


def test_output_of_a_strategy_that_is_not_monitored_is_refused(unit):
    measure = factories.make_measure("I", strategy__is_monitored=False)
    found = refused(actions.add_output, measure=measure, by=unit, **words())
    assert found == {"": ["Plnění této strategie se na portálu nesleduje."]}


# Correcting and withdrawing


@pytest.fixture
def output(measure, unit, cheb):
    return actions.add_output(
        measure=measure, by=unit, municipalities=[cheb], **words(participants=20)
    )


def correction(**changes):
    return words(organiser=None, participants=34, link="", **changes)


def valid():
    return list(Output.objects.valid(factories.noon(days(1))))


def test_correction_is_a_new_record_that_names_the_old(output, unit):
    new = actions.correct_output(output=output, by=unit, **correction())
    assert (new.corrects, new.participants, new.is_withdrawn) == (output, 34, False)
    assert list(new.places.all()) == []
    assert valid() == [new]
    assert Output.objects.get(pk=output.pk).participants == 20


def test_only_the_newest_record_is_corrected(output, unit):
    new = actions.correct_output(output=output, by=unit, **correction())
    found = refused(actions.correct_output, output=output, by=unit, **correction(title="Jinak"))
    assert found == {"": ["Výstup už někdo opravil. Opravit lze jen jeho poslední zápis."]}
    assert actions.correct_output(output=new, by=unit, **correction(title="Jinak")).corrects == new


def test_correction_that_corrects_nothing_is_refused(output, unit, cheb):
    found = refused(
        actions.correct_output,
        output=output,
        by=unit,
        municipalities=[cheb],
        **{**correction(), "participants": 20},
    )
    assert found == {"": ["Na zápisu se nic nezměnilo, není co uložit."]}


def test_correction_is_held_to_the_same_rules(output, unit):
    said = {**correction(), "happened_on": days(1)}
    found = refused(actions.correct_output, output=output, by=unit, **said)
    assert found == {"happened_on": ["Den výstupu nemůže být v budoucnosti."]}


def test_withdrawn_output_counts_no_more_and_is_not_corrected(output, unit):
    withdrawn = actions.withdraw_output(output=output, by=unit)
    assert (withdrawn.corrects, withdrawn.is_withdrawn) == (output, True)
    assert valid() == []
    sentence = "Zápis výstupu je zrušený. Pokud se konal, zapište ho znovu."
    for record in (output, withdrawn):
        assert refused(actions.withdraw_output, output=record, by=unit) == {"": [sentence]}
        assert refused(actions.correct_output, output=record, by=unit, **correction()) == {
            "": [sentence]
        }


def test_withdrawn_output_may_be_written_again(measure, output, unit, cheb):
    actions.withdraw_output(output=output, by=unit)
    again = actions.add_output(
        measure=measure, by=unit, municipalities=[cheb], **words(participants=20)
    )
    assert valid() == [again]


@pytest.mark.parametrize(
    ("role", "owned_by", "may"),
    [
        ("unit", "nobody", True),
        ("unit", "me", True),
        ("unit", "other", False),
        ("head", "other", True),
        ("councillor", "nobody", False),
        ("admin", "nobody", False),
    ],
)
def test_who_may_keep_outputs(measure, make_user, role, owned_by, may):
    me, other = make_user(role), make_user("unit", email="kolega@portal.test")
    factories.plan(measure, owner={"nobody": None, "me": me, "other": other}[owned_by])
    old = [factories.output(measure, days(-n)) for n in (1, 2)]
    acts = [
        (actions.add_output, {"measure": measure, **words()}),
        (actions.correct_output, {"output": old[0], **correction()}),
        (actions.withdraw_output, {"output": old[1]}),
    ]
    for action, arguments in acts:
        if may:
            action(by=me, **arguments)
        else:
            with pytest.raises(PermissionDenied):
                action(by=me, **arguments)


# Words


def built(*kinds_and_numbers):
    return [Output(kind=kind, participants=number) for kind, number in kinds_and_numbers]


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        (1, ["1 seminář", "1 stáž", "1 metodika", "1 kampaň", "1 setkání", "1 jiný výstup"]),
        (
            2,
            ["2 semináře", "2 stáže", "2 metodiky", "2 kampaně", "2 setkání", "2 jiné výstupy"],
        ),
        (
            5,
            ["5 seminářů", "5 stáží", "5 metodik", "5 kampaní", "5 setkání", "5 jiných výstupů"],
        ),
    ],
)
def test_kinds_are_counted_in_czech(number, texts):
    for kind, text in zip(Output.kind.field.choices, texts, strict=True):
        assert plain(kinds(built(*number * [(kind[0], None)]))) == text


def test_kinds_stand_in_one_order_and_leave_out_what_there_is_none_of():
    outputs = built(*2 * [("stay", None)], *4 * [("seminar", None)])
    assert plain(kinds(outputs)) == "4 semináře, 2 stáže"
    assert kinds([]) == ""


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""),
        ([None, None], "Počet účastníků není znám u žádného výstupu."),
        ([100, None, 20, None, 0], "U 3 z 5 výstupů je znám počet účastníků: 120."),
        ([0], "U 1 z 1 výstupu je znám počet účastníků: 0."),
        ([1, None], "U 1 ze 2 výstupů je znám počet účastníků: 1."),
        ([900, 200], "U 2 ze 2 výstupů je znám počet účastníků: 1 100."),
    ],
)
def test_participants_are_summed_only_where_known(numbers, text):
    assert plain(participants(built(*[("seminar", n) for n in numbers]))) == text


# Pages


def page(measure):
    return f"/prace/opatreni/{measure.pk}/vystup/"


def filled(**changes):
    return {
        "kind": "seminar",
        "title": "Seminář o dluzích",
        "happened_on": typed(days(-3)),
        **changes,
    }


def test_output_is_written_and_stands_on_the_measure_page(client_as, measure, cheb):
    place(measure, "Aš")
    values = filled(participants="34", municipalities="cheb,  aš ,", link="kraj.test/zprava")
    client = client_as("unit")
    assert client.get(page(measure)).status_code == 200
    response = client.post(page(measure), values, follow=True)
    assert response.redirect_chain == [("/strategie/kk/opatreni/1.2/", 302)]
    text = text_of(response)
    assert "Výstup „Seminář o dluzích“ je zapsaný." in text
    assert f"{said(days(-3))} Seminář o dluzích seminář · Aš, Cheb · 34 účastníků" in text
    assert Output.objects.get().link == "https://kraj.test/zprava"


def test_next_output_is_written_at_once(client_as, measure):
    client = client_as("unit")
    response = client.post(page(measure), filled(kind="stay", akce="dalsi"), follow=True)
    assert response.redirect_chain == [(f"{page(measure)}?druh=stay", 302)]
    assert response.context["form"]["kind"].value() == "stay"
    assert response.context["form"]["title"].value() is None
    assert client.get(f"{page(measure)}?druh=party").context["form"]["kind"].value() is None


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, {"title": ["Toto pole je třeba vyplnit."]}),
        ({"participants": "Jana"}, {"participants": ["Napište počet číslem, bez jmen."]}),
        ({"participants": "-1"}, {"participants": ["Hodnota musí být větší nebo rovna 0."]}),
        (
            {"municipalities": "Chebb"},
            {"municipalities": ["Obec „Chebb“ v kraji není. Mysleli jste „Cheb“?"]},
        ),
        ({"happened_on": "včera"}, {"happened_on": ["Datum napište jako 15. 12. 2026."]}),
        (
            {"happened_on": typed(days(1))},
            {"happened_on": ["Den výstupu nemůže být v budoucnosti."]},
        ),
        ({"organiser": "999"}, {"organiser": None}),
        ({"kind": "party"}, {"kind": None}),
        ({"link": "ftp://kraj.test"}, {"link": ["Odkaz začíná https:// nebo http://."]}),
        (
            {"municipalities": "Hradiště"},
            {"municipalities": ["Hradiště je vojenský újezd, výstupy se k němu nezapisují."]},
        ),
    ],
)
def test_wrong_output_is_refused_at_its_field(client_as, measure, cheb, changes, errors):
    place(measure, "Hradiště", kind=MunicipalityKind.MILITARY_AREA)
    response = client_as("unit").post(page(measure), filled(**changes))
    assert response.status_code == 422
    found = response.context["form"].errors
    assert set(found) == set(errors)
    for name, sentences in errors.items():
        if sentences:
            assert [plain(text) for text in found[name]] == sentences
    assert not Output.objects.exists()


def test_what_was_typed_stays_when_it_is_refused(client_as, measure):
    response = client_as("unit").post(page(measure), filled(title="", municipalities="Nikde"))
    html = response.content.decode()
    assert 'value="Nikde"' in html
    assert f'value="{typed(days(-3))}"' in html


def test_correction_starts_from_what_was_written(client_as, measure, output):
    client, address = client_as("head"), f"/prace/vystup/{output.pk}/oprava/"
    html = client.get(address).content.decode()
    assert 'value="Seminář o dluzích"' in html
    assert 'value="Cheb"' in html
    assert 'value="20"' in html
    response = client.post(address, filled(participants="34", municipalities="Cheb"), follow=True)
    text = text_of(response)
    assert "Výstup „Seminář o dluzích“ je opravený." in text
    assert "počet účastníků 20 → 34" in text
    assert "34 účastníků" in text
    response = client.post(address, filled(participants="35"))
    assert response.status_code == 422
    assert "Výstup už někdo opravil." in text_of(response)


def test_withdrawal_asks_first(client_as, measure, output):
    client, address = client_as("head"), f"/prace/vystup/{output.pk}/zrusit/"
    assert "Zrušit zápis výstupu „Seminář o dluzích“?" in text_of(client.get(address))
    assert Output.objects.count() == 1
    text = text_of(client.post(address, follow=True))
    assert "Zápis výstupu „Seminář o dluzích“ je zrušený." in text
    assert "Výstup „Seminář o dluzích“ se nekonal, zápis se ruší." in text
    assert "Žádný výstup zatím zapsán není." in text
    response = client.post(address)
    assert response.status_code == 422
    assert "Zápis výstupu je zrušený." in text_of(response)


@pytest.mark.parametrize("act", ["oprava/", "zrusit/"])
def test_output_of_somebody_else_is_not_touched(client_as, measure, make_user, act):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    output = factories.output(measure, days(-1))
    client = client_as("unit")
    assert client.get(f"/prace/vystup/{output.pk}/{act}").status_code == 403
    assert client.post(f"/prace/vystup/{output.pk}/{act}", filled()).status_code == 403
    assert client.get(f"/prace/vystup/999/{act}").status_code == 404
    assert Output.objects.count() == 1


def test_output_of_somebody_elses_measure_is_not_written(client_as, measure, make_user):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    client = client_as("unit")
    assert client.get(page(measure)).status_code == 403
    assert client.post(page(measure), filled()).status_code == 403
    assert not Output.objects.exists()


def test_output_is_added_in_the_administration(client_as, measure, cheb):
    values = {**filled(), "measure": measure.pk, "municipalities": [cheb.pk]}
    client, address = client_as("unit"), "/admin/measures/output/add/"
    response = client.post(address, {**values, "happened_on": typed(days(1))})
    assert (
        response.context["adminform"].form.errors
        == {"happened_on": ["Den výstupu nemůže být v\u00a0budoucnosti."]}
        or "happened_on" in response.context["adminform"].form.errors
    )
    assert client.post(address, values).status_code == 302
    output = Output.objects.get()
    assert (output.author.email, output.places.get().municipality) == ("unit@portal.test", cheb)


# The list of the desk

LIST = "/prace/vystupy/"


def titles(response):
    return [row.record.title for row in response.context["table"].rows]


@pytest.fixture
def three(measure):
    """Three outputs; B knows least."""
    region = measure.strategy.region
    orp = factories.OrpFactory(region=region)
    sokolov = factories.MunicipalityFactory(name="Sokolov", region=region, orp=orp)
    as_ = factories.MunicipalityFactory(name="Aš", region=region, orp=orp)
    second = factories.make_measure("1.10", strategy=measure.strategy)
    rows = [
        factories.output(
            measure,
            date(2026, 3, 1),
            title="Čaj",
            kind="stay",
            organiser=factories.OrganisationFactory(name="Charita"),
            participants=9,
        ),
        factories.output(measure, date(2025, 5, 1), title="Cesta", kind="seminar"),
        factories.output(
            second,
            date(2026, 2, 1),
            title="Debata",
            kind="campaign",
            organiser=factories.OrganisationFactory(name="Člověk v tísni"),
            participants=10,
        ),
    ]
    factories.OutputMunicipalityFactory(output=rows[0], municipality=sokolov)
    factories.OutputMunicipalityFactory(output=rows[2], municipality=as_)
    return rows


@pytest.mark.parametrize(
    ("column", "up", "down"),
    [
        ("den", ["Cesta", "Debata", "Čaj"], ["Čaj", "Debata", "Cesta"]),
        # Č is a letter of its own, after C.
        ("vystup", ["Cesta", "Čaj", "Debata"], ["Debata", "Čaj", "Cesta"]),
        # kampaň, seminář, stáž
        ("druh", ["Debata", "Cesta", "Čaj"], ["Čaj", "Cesta", "Debata"]),
        ("opatreni", ["Čaj", "Cesta", "Debata"], ["Debata", "Čaj", "Cesta"]),
        ("obce", ["Debata", "Čaj", "Cesta"], ["Čaj", "Debata", "Cesta"]),
        ("ucastniku", ["Čaj", "Debata", "Cesta"], ["Debata", "Čaj", "Cesta"]),
        # ch follows h, so Charita comes after Člověk.
        ("poradatel", ["Debata", "Čaj", "Cesta"], ["Čaj", "Debata", "Cesta"]),
    ],
)
def test_list_sorts_by_every_column(client_as, three, column, up, down):
    client = client_as("unit")
    assert titles(client.get(f"{LIST}?razeni={column}")) == up
    assert titles(client.get(f"{LIST}?razeni=-{column}")) == down


def test_list_starts_with_the_newest(client_as, three):
    assert titles(client_as("unit").get(LIST)) == ["Čaj", "Debata", "Cesta"]


def test_list_is_narrowed_by_measure_kind_and_year(client_as, measure, three):
    client = client_as("unit")
    assert titles(client.get(f"{LIST}?opatreni={measure.pk}")) == ["Čaj", "Cesta"]
    assert titles(client.get(f"{LIST}?druh=campaign")) == ["Debata"]
    assert titles(client.get(f"{LIST}?rok=2025")) == ["Cesta"]
    text = text_of(client.get(f"{LIST}?rok=2026"))
    assert "Ve výběru 2 výstupy: 1 stáž, 1 kampaň." in text
    assert "U 2 ze 2 výstupů je znám počet účastníků: 19." in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("opatreni=999", "Takové opatření tu není, výběr podle opatření se nepoužil."),
        ("druh=party", "Takový druh výstupy nemají, výběr podle druhu se nepoužil."),
        ("rok=1999", "Z takového roku tu žádný výstup není, výběr podle roku se nepoužil."),
        ("razeni=pocasi", "Takhle tabulku řadit nejde, řazení se nepoužilo."),
    ],
)
def test_wrong_choice_is_told_and_ignored(client_as, three, query, sentence):
    response = client_as("unit").get(f"{LIST}?{query}")
    assert sentence in text_of(response)
    assert titles(response) == ["Čaj", "Debata", "Cesta"]


def test_list_leaves_out_what_was_corrected_or_withdrawn(client_as, three, unit):
    actions.withdraw_output(output=three[0], by=unit)
    actions.correct_output(
        output=three[1], by=unit, **correction(title="Cesta podruhé"), municipalities=[]
    )
    found = titles(client_as("head").get(LIST))
    assert sorted(found) == ["Cesta podruhé", "Debata"]


def test_list_offers_to_mend_only_what_one_may(client_as, three, make_user, measure):
    factories.plan(measure, owner=make_user("unit", email="kolega@portal.test"))
    html = client_as("unit").get(LIST).content.decode()
    assert f"/prace/vystup/{three[2].pk}/oprava/" in html
    assert f"/prace/vystup/{three[0].pk}/oprava/" not in html


@pytest.mark.parametrize("number", [1, 30])
def test_list_takes_the_same_queries_for_many(
    client_as, measure, django_assert_num_queries, number
):
    client = client_as("unit")
    for n in range(number):
        other = factories.make_measure(f"3.{n}", strategy=measure.strategy)
        factories.plan(other)
        factories.report(other, date(2026, 6, 1))
        one = factories.output(other, date(2026, 6, 1), organiser=factories.OrganisationFactory())
        factories.OutputMunicipalityFactory(output=one)
    # Facts 3, years, outputs, their places 2.
    with django_assert_num_queries(7 + SIGN_IN):
        client.get(LIST)


def test_long_list_stands_on_pages(client_as, measure):
    for n in range(51):
        factories.output(measure, date(2026, 1, 1), title=f"Seminář {n}")
    client = client_as("unit")
    assert "strana 1 z 2" in text_of(client.get(LIST))
    table = client.get(f"{LIST}?strana=2").context["table"]
    assert [row.record.title for row in table.page.object_list] == ["Seminář 0"]
    assert client.get(f"{LIST}?strana=x").status_code == 200
