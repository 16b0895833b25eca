"""The search set: thirty things people type, and what must stand first.

Answers were chosen by hand from the documents (the two brochures, the list of municipalities, the
annual report), not by looking at what the search gives.
"""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

SET = [
    # Municipalities: with and without diacritics, by their beginning, in other cases
    ("as", "/obce/554499-as/"),
    ("mariansky", "/obce/554642-marianske-lazne/"),
    ("Jáchymov", "/obce/555215-jachymov/"),
    ("jachymov", "/obce/555215-jachymov/"),
    ("horní slavkov", "/obce/560367-horni-slavkov/"),
    ("frantiskovy", "/obce/554529-frantiskovy-lazne/"),
    ("v Ostrově", "/obce/555428-ostrov/"),
    ("v Kraslicích", "/obce/560472-kraslice/"),
    ("do Chodova", "/obce/560383-chodov/"),
    ("560286", "/obce/560286-sokolov/"),
    ("Karlovi Vary", "/obce/554961-karlovy-vary/"),
    # Areas
    ("ORP Kraslice", "/orp/4104-kraslice/"),
    ("orp as", "/orp/4101-as/"),
    # Measures, goals and priorities: codes, words, cases
    ("1.2", "/strategie/kk/opatreni/1.2/"),
    ("4.10", "/strategie/kk/opatreni/4.10/"),
    ("opatření 4.1", "/strategie/kk/opatreni/4.1/"),
    ("garanční fond", "/strategie/kk/opatreni/1.2/"),
    ("garancniho fondu", "/strategie/kk/opatreni/1.2/"),
    ("krizovým fondem", "/strategie/kk/opatreni/1.2/"),
    ("cíl 3.D", "/strategie/kk/cil/3.D/"),
    ("dětských exekucí", "/strategie/kk/cil/3.D/"),
    ("předlužení", "/strategie/kk/priorita/3/"),
    ("priorita 2", "/strategie/kk/priorita/2/"),
    ("lk IX", "/strategie/lk/opatreni/IX/"),
    # Projects and indicators
    ("za jeden provaz", "/projekty/za-jeden-provaz/"),
    ("lidé v exekuci", "/ukazatele/lk-lide-v-exekuci/"),
    # Words and rules
    ("sociální vyloučení", "/metodika/slovnicek/#socialni-vylouceni"),
    ("milník", "/metodika/slovnicek/#milnik"),
    ("stav opatření", "/metodika/stav/"),
    ("opravy dat", "/metodika/opravy-dat/"),
]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load all our files once for this module, and take them back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_data", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_set_has_thirty_queries():
    assert len({text for text, _ in SET}) == 30


@pytest.mark.parametrize(("text", "first"), SET)
def test_what_stands_first(text, first):
    hits = Client().get("/hledat/", {"q": text}).context["results"].hits
    assert hits, "nothing found"
    assert hits[0].entry.url == first, [hit.entry.url for hit in hits[:3]]
