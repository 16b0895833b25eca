"""Where measures work: set for many at once, all of them or none."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from common.history import recording
from measures.models import Measure, Territory
from measures.status import facts as facts_of

NO_PLACE = "Napište aspoň jednu obec, nebo zvolte jiné území."
PLACE_TOO_MUCH = "Obce patří jen k území „vyjmenované obce“. Vymažte je, nebo ho zvolte."


class WouldClear(Exception):
    """Municipalities would be lost that the person did not agree with; `losses` holds pairs of a
    measure and its municipalities."""

    def __init__(self, losses):
        super().__init__("Některé obce by se vymazaly.")
        self.losses = losses

    @property
    def pairs(self):
        return frozenset((one.pk, place.pk) for one, places in self.losses for place in places)


@transaction.atomic
def set_territories(
    *, measures, by, territory, municipalities=(), is_added=False, agreed=frozenset()
):
    """Set where measures work and return those that changed.

    `municipalities` belong to named territory only; they replace what a measure names, or are
    added to it. `agreed` are pairs of primary keys of a measure and a municipality it may lose;
    raises WouldClear, and changes nothing, where it would lose another one.
    """
    keys = [measure.pk for measure in measures]
    locked = Measure.objects.select_for_update().filter(pk__in=keys).order_by("code_key", "pk")
    locked = list(locked.prefetch_related("municipalities"))
    _check_right(keys, by)
    wanted = _checked(locked, territory, list(municipalities))
    is_added = is_added and territory == Territory.NAMED
    before = [(one, set(one.municipalities.all())) for one in locked]
    plans = [(one, named, wanted | named if is_added else wanted) for one, named in before]
    losses = [(one, _in_order(named - new)) for one, named, new in plans if named - new]
    refused = WouldClear(losses)
    if not refused.pairs <= agreed:
        raise refused
    changed = [(m, new) for m, named, new in plans if (m.territory, named) != (territory, new)]
    with recording(by=by):
        for measure, new in changed:
            _write(measure, territory, new)
    return [measure for measure, _ in changed]


def _write(measure, territory, places):
    measure.territory = territory
    measure.save(update_fields=["territory"])
    measure.municipalities.set(places)


def _check_right(keys, by):
    for facts in facts_of(Measure.objects.filter(pk__in=keys), timezone.localdate()):
        if not facts.measure.strategy.is_monitored:
            raise ValidationError("Plnění této strategie se na portálu nesleduje.")
        if not by.has_perm("measures.set_territory", facts.plan):
            raise PermissionDenied


def _checked(measures, territory, places):
    """Return the set of municipalities after seeing that the measures may name them."""
    if territory != Territory.NAMED:
        if places:
            raise ValidationError({"municipalities": PLACE_TOO_MUCH})
        return set()
    if not places:
        raise ValidationError({"municipalities": NO_PLACE})
    of_measures = Measure.objects.filter(pk__in=[measure.pk for measure in measures])
    regions = set(of_measures.values_list("strategy__region", flat=True))
    strangers = [one for one in places if {one.region_id} != regions]
    errors = [
        *(f"{one.name} je v jiném kraji než strategie." for one in strangers),
        *(f"{one.name} je vojenský újezd, ne obec." for one in places if not one.is_counted),
    ]
    if errors:
        raise ValidationError({"municipalities": errors})
    return set(places)


def _in_order(places):
    return sorted(places, key=lambda place: (place.sort_key, place.code))
