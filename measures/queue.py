"""A person's queue as the report form walks it: one measure after another, in the desk's order."""

from measures.desk import queue


def place_in(tasks, measure):
    """Return the place of a measure in a queue, from 1, or None."""
    keys = [task.measure.pk for task in tasks]
    return keys.index(measure.pk) + 1 if measure.pk in keys else None


def next_in(tasks, after):
    """Return the measure that follows `after` in a queue, else the first other one, or None."""
    place = place_in(tasks, after) or 0
    others = [*tasks[place:], *tasks[:place]]
    return next((task.measure for task in others if task.measure.pk != after.pk), None)


def next_in_queue(user, on, after):
    """Return the measure a person reports on after `after`, or None when nothing waits."""
    return next_in(queue(user, on), after)
