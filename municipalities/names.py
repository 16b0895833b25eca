"""Municipalities by what people type: names, codes, and the ORP where two bear one name."""

import re
from difflib import get_close_matches

from common.czech import search_key
from municipalities.models import Municipality

WITH_ORP = re.compile(r"(.+?)\s*\(([^)]*)\)")


class Names:
    """The municipalities of a region under the names they are typed and shown by. One query."""

    def __init__(self, region):
        places = Municipality.objects.filter(region=region).select_related("orp")
        self.by_code, self.by_name = {}, {}
        for place in places.in_czech_order():
            self.by_code[place.code] = place
            self.by_name.setdefault(place.search_key, []).append(place)

    def label(self, place):
        """Return the name of a place, with its ORP where another one bears the same."""
        others = self.by_name.get(place.search_key, ())
        return place.name if len(others) < 2 else f"{place.name} ({place.orp.name})"

    def find(self, text):
        """Return the one place that is meant; raises LookupError with a Czech sentence."""
        found = self._matching(text)
        if len(found) == 1:
            return found[0]
        if found:
            choices = " nebo ".join(f"„{self.label(place)}“" for place in found)
            raise LookupError(f"Obcí jménem {found[0].name} je víc: napište {choices}.")
        raise LookupError(f"Obec „{text}“ v kraji není.{self._hint(text)}")

    def _matching(self, text):
        if text in self.by_code:
            return [self.by_code[text]]
        with_orp = WITH_ORP.fullmatch(text)
        if not with_orp:
            return self.by_name.get(search_key(text), [])
        name, orp = map(search_key, with_orp.groups())
        return [place for place in self.by_name.get(name, ()) if place.orp.search_key == orp]

    def _hint(self, text):
        close = get_close_matches(search_key(text), self.by_name, 1, 0.7)
        if not close:
            return " Názvy obcí oddělujte čárkou."
        likely = " nebo ".join(f"„{self.label(place)}“" for place in self.by_name[close[0]])
        return f" Mysleli jste {likely}?"
