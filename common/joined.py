"""Records and what one of their relations leads to, read in one query instead of two.

For pages that show a few records: each comes once for every one it leads to, so long lists are
better read by `prefetch_related`.
"""

from django.db.models import FilteredRelation, Q

_NAME = "joined_record"


def joined(records, relation, *also, condition=None):
    """Return pairs of each record of a queryset, in its order, and the list of those that
    `relation` leads to and that meet `condition`, in no order. `also` names what is read with
    them by foreign keys."""
    found = {}
    condition = Q() if condition is None else condition
    rows = records.annotate(**{_NAME: FilteredRelation(relation, condition=condition)})
    for row in rows.select_related(_NAME, *(f"{_NAME}__{one}" for one in also)):
        _, others = found.setdefault(row.pk, (row, []))
        # A relation that found nothing leaves no attribute at all.
        other = getattr(row, _NAME, None)
        if other is not None:
            others.append(other)
    return list(found.values())


def keep_list(record, relation, others):
    """Let `record.relation.all()` answer with what was read, as after `prefetch_related`."""
    listed = getattr(record, relation).all()
    listed._result_cache, listed._prefetch_done = others, True
    if not hasattr(record, "_prefetched_objects_cache"):
        record._prefetched_objects_cache = {}
    record._prefetched_objects_cache[relation] = listed
