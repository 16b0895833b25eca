"""Wording: what of a measure reads otherwise, measures that were added, who answers for them."""

from common.news import Group
from measures.changes.subject import exists_at, item_of
from measures.wording import UNKNOWN
from measures.wording_history import wording_histories


def wording_items(measures, since, until):
    """Yield an item for each measure that reads otherwise at the later point, and for each that
    was added; `measures` by primary key. One query."""
    histories = wording_histories(list(measures), since.known, until.known)
    for pk, measure in measures.items():
        is_old = exists_at(measure, since)
        if not is_old and exists_at(measure, until):
            sentence = "Opatření do strategie přibylo."
            yield item_of(measure, Group.WORDING, sentence, measure.loaded_at)
        history = histories.get(pk)
        found = history.changes_since(since.known) if history and is_old else ()
        if found:
            labels = list(dict.fromkeys(change.label for change in found))
            sentence = f"Změnilo se: {', '.join(labels)}."
            yield item_of(
                measure, Group.WORDING, sentence, history.last_moment, changes=tuple(found)
            )


def department_items(old, new):
    """Yield an item where another department answers for a measure, or it became continuous work
    or a deliverable; never who of its people."""
    if old.plan is None or new.plan is None:
        return
    said = []
    if old.plan.department_id != new.plan.department_id:
        said.append(f"Odpovídá {_name(new.plan)}, dřív {_name(old.plan)}.")
    if old.plan.kind != new.plan.kind:
        was, now = old.plan.get_kind_display(), new.plan.get_kind_display()
        said.append(f"Druh opatření: {now}, dřív {was}.")
    if said:
        yield item_of(new.measure, Group.WORDING, " ".join(said), new.plan.recorded_at)


def _name(plan):
    return plan.department.name if plan.department else UNKNOWN
