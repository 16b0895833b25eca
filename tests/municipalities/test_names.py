"""Municipalities found by what people type."""

import pytest

from municipalities.names import Names
from tests.factories import MunicipalityFactory, OrpFactory, RegionFactory
from tests.municipalities.pages import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    """Two Chodov in two ORP, Mariánské Lázně and a Cheb of another region."""
    region = RegionFactory()
    for code, name, orp in [
        ("560359", "Chodov", "Sokolov"),
        ("555410", "Chodov", "Karlovy Vary"),
        ("554642", "Mariánské Lázně", "Mariánské Lázně"),
    ]:
        orp = OrpFactory(region=region, name=orp)
        MunicipalityFactory(code=code, name=name, region=region, orp=orp)
    MunicipalityFactory(code="554481", name="Cheb")
    return Names(region)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Mariánské Lázně", "554642"),
        ("marianske  lazne", "554642"),
        ("554642", "554642"),
        ("Chodov (Sokolov)", "560359"),
        ("chodov (karlovy vary)", "555410"),
    ],
)
def test_place_is_found(names, typed, code):
    assert names.find(typed).code == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "Chodov",
            "Obcí jménem Chodov je víc: napište „Chodov (Karlovy Vary)“ nebo „Chodov (Sokolov)“.",
        ),
        ("Marianske Lazny", "Obec „Marianske Lazny“ v kraji není. Mysleli jste „Mariánské Lázně“?"),
        ("Cheb", "Obec „Cheb“ v kraji není. Názvy obcí oddělujte čárkou."),
        ("Chodov (Cheb)", "Obec „Chodov (Cheb)“ v kraji není. Názvy obcí oddělujte čárkou."),
    ],
)
def test_place_is_not_guessed(names, typed, sentence):
    with pytest.raises(LookupError) as caught:
        names.find(typed)
    assert plain(caught.value.args[0]) == sentence


def test_label_names_the_orp_only_where_it_is_needed(names):
    assert names.label(names.find("554642")) == "Mariánské Lázně"
    assert names.label(names.find("560359")) == "Chodov (Sokolov)"
