"""What codes in a file of projects stand for, read once for all its rows."""

from dataclasses import dataclass

from common.czech import code_key
from measures.models import Measure
from municipalities.models import Municipality, Region
from municipalities.models.territory import HOME_REGION
from strategy.models import Organisation, Priority


@dataclass(frozen=True)
class Lookups:
    """Primary keys by code; codes of measures and priorities have their strategy: „kk/1.2“."""

    home: str
    regions: dict[str, int]
    places: dict[str, int]
    measures: dict[str, int]
    priorities: dict[str, int]
    recipients: dict[str, int]

    def measure(self, strategy, code):
        """Return the full code of a measure; its strategy may be left out where only one has it."""
        return _full("opatření", self.measures, strategy, code)

    def priority(self, strategy, code):
        return _full("priorita", self.priorities, strategy, code)

    def order(self, full):
        """The place of a code of a measure among others, as printed."""
        strategy, _, code = full.partition("/")
        return strategy, code_key(code)


def lookups():
    """Return the Lookups of what the portal has. Five queries."""
    return Lookups(
        home=HOME_REGION,
        regions=dict(Region.objects.values_list("code", "pk")),
        places=dict(Municipality.objects.values_list("code", "pk")),
        measures=_coded(Measure),
        priorities=_coded(Priority),
        recipients=dict(Organisation.objects.values_list("name", "pk")),
    )


def _coded(model):
    rows = model.objects.values_list("strategy__slug", "code", "pk")
    return {f"{slug}/{code}": pk for slug, code, pk in rows}


def _full(what, among, strategy, code):
    if strategy:
        found = [f"{strategy}{code}"] if f"{strategy}{code}" in among else []
    else:
        found = [full for full in among if full.partition("/")[2] == code]
    if not found:
        raise ValueError(f"{what} „{(strategy or '') + code[:20]}“ v portálu není.")
    if len(found) > 1:
        raise ValueError(f"{what} „{code}“ má víc strategií. Napište i strategii: {found[0]}.")
    return found[0]
