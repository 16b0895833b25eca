"""What people do with values of indicators: record them, all of a sheet or none."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from common import czech
from indicators import wording
from indicators.entries import EntriesRefused, Problem, key_of
from indicators.models import Indicator, Observation

TWICE = "Stejné území a období je tu už na řádku {row}."
THERE = (
    "Za toto území a období už portál má {value}. Pokud ji opravujete, napište do sloupce oprava "
    "slovo ano."
)
NOTHING_TO_CORRECT = "Za toto území a období portál žádnou hodnotu nemá, není co opravit."
MEANWHILE = "Mezitím tu někdo zapsal {value}. Zkontrolujte ji a uložte znovu."
GONE = "Mezitím tu někdo hodnotu změnil. Zkontrolujte ji a uložte znovu."


@dataclass(frozen=True)
class Comparison:
    """Entries against what is valid: new ones, corrections as (entry, what it corrects), those
    that say what is there already, and what is wrong."""

    new: list
    corrections: list
    same: list
    problems: list


def compare(entries, known):
    """Return the Comparison of entries with the values valid before a moment. One query."""
    valid = _valid(entries, known)
    found, rows = Comparison([], [], [], []), {}
    for entry in entries:
        old, first = valid.get(entry.key), rows.setdefault(entry.key, entry.row)
        problem = _clash(entry, old, first)
        if problem:
            found.problems.append(Problem(entry.row, *problem))
        elif old is None:
            found.new.append(entry)
        elif entry.says_the_same(old):
            found.same.append(entry)
        else:
            found.corrections.append((entry, old))
    return found


def record_observations(*, entries, by):
    """Record values and corrections, all or nothing; returns the Comparison they were made of.

    Raises PermissionDenied, or EntriesRefused by row and field.
    """
    if by is not None and not by.has_perm("indicators.add_observation"):
        raise PermissionDenied
    with transaction.atomic():
        lock(entries)
        found = compare(entries, timezone.now())
        if found.problems:
            raise EntriesRefused(found.problems)
        write(found, by=by)
    return found


def lock(entries):
    """Lock the indicators, so that nobody records a value of them meanwhile."""
    pks = {entry.indicator.pk for entry in entries}
    list(Indicator.objects.select_for_update().filter(pk__in=pks).order_by("pk").values("pk"))


def write(comparison, *, by):
    """Write what a Comparison found, under the lock it was made under."""
    pairs = [(entry, None) for entry in comparison.new] + comparison.corrections
    rows = [entry.observation(corrects=old, author=by) for entry, old in pairs]
    Observation.objects.bulk_create(rows, batch_size=500)


def _clash(entry, old, first):
    """Return (field, sentence) of what an Entry meets, None for nothing."""
    if first != entry.row:
        return "obdobi_od", TWICE.format(row=first)
    if entry.knows_seen and entry.seen != (old.pk if old else None):
        sentence = MEANWHILE.format(value=_told(old)) if old else GONE
        return "hodnota", czech.typography(sentence)
    if old is None:
        return ("oprava", NOTHING_TO_CORRECT) if entry.is_correction else None
    if entry.is_correction or entry.says_the_same(old):
        return None
    return "oprava", czech.typography(THERE.format(value=_told(old)))


def _told(old):
    return wording.value_text(old, old.indicator)


def _valid(entries, known):
    """The valid values of the same indicators and periods, by their keys."""
    found = Observation.objects.valid(known).filter(
        indicator__in={entry.indicator.pk for entry in entries}
    )
    ends = {entry.period_end for entry in entries}
    if None not in ends and len(ends) <= 100:
        found = found.filter(period_end__in=ends)
    found = found.select_related("indicator", "region", "municipality").order_by("pk")
    return {key_of(row): row for row in found}
