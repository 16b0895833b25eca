"""Each constraint of municipalities and the index refuses once, with a Czech sentence."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from municipalities.models.index import ValueState
from municipalities.models.territory import Municipality, MunicipalityKind
from tests.factories import (
    BandCountFactory,
    BoundaryFactory,
    BoundarySetFactory,
    ComponentValueFactory,
    IndexBandFactory,
    IndexEditionFactory,
    IndexEntryFactory,
    MunicipalityFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db


def refuses(save):
    """Say whether the database refuses what `save` writes."""
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        return True
    return False


def set_and_save(row, **values):
    """Return a function that writes values past every form."""
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**values)


def sentences(row, **values):
    """Return what the model says when it is checked with values."""
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return " ".join(refusal.value.messages)


def test_two_municipalities_share_no_code():
    place = MunicipalityFactory(code="554481")
    assert refuses(lambda: MunicipalityFactory(code="554481", region=place.region))


def test_names_may_repeat():
    region = RegionFactory()
    MunicipalityFactory(name="Chodov", region=region)
    MunicipalityFactory(name="Chodov", region=region)
    assert Municipality.objects.filter(name="Chodov").count() == 2


def test_cell_of_the_map_belongs_to_one_municipality_of_a_region():
    place = MunicipalityFactory(hex_q=1, hex_r=2)
    assert refuses(lambda: MunicipalityFactory(region=place.region, hex_q=1, hex_r=2))
    MunicipalityFactory(hex_q=1, hex_r=2)
    other = MunicipalityFactory(region=place.region)
    assert "Tato buňka mapy už v kraji patří jiné obci." in sentences(other, hex_q=1, hex_r=2)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"hex_q": 1}, "Buňka mapy má sloupec i řadu, nebo nic."),
        ({"population": 5}, "K počtu obyvatel patří den, ke kterému platí."),
        ({"kind": "osada"}, "osada"),
    ],
)
def test_municipality_refuses(values, sentence):
    place = MunicipalityFactory()
    assert refuses(set_and_save(place, **values))
    assert sentence in sentences(place, **values)


def test_military_area_is_not_counted():
    MunicipalityFactory(kind=MunicipalityKind.MILITARY_AREA)
    place = MunicipalityFactory(population=5, population_date=date(2020, 12, 31))
    assert list(Municipality.objects.counted()) == [place]
    entry = IndexEntryFactory(municipality=place)
    IndexEntryFactory(municipality=Municipality.objects.exclude(pk=place.pk).get())
    assert list(type(entry).objects.counted()) == [entry]


def test_band_refuses_the_same_bound_twice():
    first = IndexBandFactory(lower=12)
    second = IndexBandFactory(lower=8)
    assert refuses(set_and_save(second, lower=12))
    assert "Pásmo s touto dolní mezí už existuje." in sentences(second, lower=first.lower)


def test_band_refuses_a_bound_the_index_never_reaches():
    band = IndexBandFactory(lower=12)
    assert refuses(set_and_save(band, lower=31))
    assert "Index má hodnoty 0–30." in sentences(band, lower=31)


def test_edition_is_one_a_year_within_the_century():
    edition = IndexEditionFactory(year=2023)
    assert refuses(set_and_save(IndexEditionFactory(year=2022), year=2023))
    assert refuses(set_and_save(edition, year=1999))
    assert "Rok vydání je mimo rozsah 2000–2100." in sentences(edition, year=1999)


def test_entry_is_one_a_municipality_and_edition():
    entry = IndexEntryFactory()
    assert refuses(lambda: IndexEntryFactory(municipality=entry.municipality))
    other = IndexEntryFactory()
    assert "Obec už v tomto vydání hodnotu má." in sentences(other, municipality=entry.municipality)


def test_value_ends_at_30():
    entry = IndexEntryFactory()
    assert refuses(set_and_save(entry, value=31))
    assert "Index má hodnoty 0–30." in sentences(entry, value=31)


def test_component_is_one_an_entry():
    value = ComponentValueFactory()
    assert refuses(lambda: ComponentValueFactory(entry=value.entry))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": "known", "count": Decimal("4")}, "Počet 1–4 musí být označen"),
        ({"state": "masked", "count": Decimal("5")}, "Skrývá se jen počet větší než 0 a menší"),
        ({"state": "masked", "count": Decimal("0")}, "Skrývá se jen počet větší než 0 a menší"),
        ({"state": "borrowed", "count": Decimal("7")}, "Převzatý nebo neznámý údaj nemá číslo."),
        ({"state": "unknown", "share": Decimal("1")}, "Převzatý nebo neznámý údaj nemá číslo."),
        ({"state": "borrowed", "quotient": Decimal("1")}, "Převzatý nebo neznámý údaj nemá"),
        (
            {"state": "known", "count": Decimal("5"), "share": Decimal("101")},
            "Podíl je mezi 0 a 100 %.",
        ),
        ({"state": "jiny"}, "jiny"),
        ({"component": "jina"}, "jina"),
    ],
)
def test_component_refuses(values, sentence):
    value = ComponentValueFactory()
    assert refuses(set_and_save(value, **values))
    assert sentence in sentences(value, **values)


@pytest.mark.parametrize("count", ["0", "5", "159.6667"])
def test_component_takes_a_known_count(count):
    ComponentValueFactory(state=ValueState.KNOWN, count=Decimal(count))


def test_published_count_is_one_a_band_year_and_territory():
    row = BandCountFactory(year=2020)
    assert refuses(lambda: BandCountFactory(region=row.region, band=row.band, year=2020))
    BandCountFactory(region=None, band=row.band, year=2020)
    assert refuses(lambda: BandCountFactory(region=None, band=row.band, year=2020))


def test_boundary_without_an_area_is_refused():
    assert refuses(lambda: BoundaryFactory(left=10, right=10))
    assert "žádnou plochu" in sentences(BoundaryFactory(), top=10, bottom=10)


def test_file_of_boundaries_is_one_set():
    BoundarySetFactory(sha256=64 * "a")
    assert refuses(lambda: BoundarySetFactory(sha256=64 * "a"))
