"""Roll-up to goal, priority and strategy: counts by status, never an average or a percentage."""

from dataclasses import dataclass

from measures.status import POSITIVE, StatusKey, css, icon

ENDED = frozenset({StatusKey.COMPLETED, StatusKey.CANCELLED})
UNHEARD = frozenset({StatusKey.STALE, StatusKey.UNREPORTED})


@dataclass(frozen=True)
class StatusCount:
    """How many measures have a status, with what a template needs to show it."""

    key: StatusKey
    number: int

    @property
    def css(self):
        return css(self.key)

    @property
    def icon(self):
        return icon(self.key)

    @property
    def word(self):
        return self.key.label

    @property
    def query(self):
        return f"stav={self.key}"


@dataclass(frozen=True)
class Rollup:
    """Counts of distinct measures by status, worst first, and „vykázáno k z n“.

    n is the number of measures neither completed nor cancelled, k of those the ones neither
    out of date nor without a report.
    """

    counts: tuple[StatusCount, ...]
    reported: int
    expected: int

    @property
    def total(self):
        return sum(count.number for count in self.counts)

    @property
    def positive(self):
        """How many measures go well: on track, carried out continuously or completed."""
        return sum(count.number for count in self.counts if count.key in POSITIVE)

    def number(self, key):
        return next((count.number for count in self.counts if count.key == key), 0)


def rollup(keyed):
    """Return the Rollup of pairs of a measure's primary key and its status; a measure named
    twice, under two goals, counts once."""
    keys = [status.key for status in dict(keyed).values() if status is not None]
    counts = tuple(StatusCount(key, keys.count(key)) for key in StatusKey if key in keys)
    expected = [key for key in keys if key not in ENDED]
    reported = [key for key in expected if key not in UNHEARD]
    return Rollup(counts, len(reported), len(expected))
