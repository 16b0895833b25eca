"""What is new between two points in time: the same item whichever app tells it.

Each app says in its own module what of its records is news; the page that joins them knows only
these items. Needs no database.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils import timezone

from common import czech


class Group(Enum):
    """What kind of news an item is, in the order of reading; the value names it in addresses."""

    WORSE = "zhorsilo-se"
    BETTER = "zlepsilo-se"
    DEADLINE = "terminy"
    DATA = "data"
    WORDING = "zneni"


@dataclass(frozen=True)
class Item:
    """One piece of news: what it is about, with its page, and a Czech sentence ready to be shown.

    `moment` is when it became known; `key` tells the item from all others for ever, where it is
    about one record. `changes` are differences of texts and values, `before` and `after` how the
    subject stood, where the item says that it moved. `word` stands after the name of data where
    nothing else tells what they are.
    """

    group: Group
    name: str
    url: str
    sentence: str
    moment: datetime
    code: str = ""
    key: str = ""
    changes: tuple = ()
    before: Any = None
    after: Any = None
    word: str = "nová data"

    @property
    def day(self) -> date:
        return timezone.localdate(self.moment, czech.PRAGUE)

    @property
    def title(self):
        """The subject with its code where it has one: „1.2 Garanční fond“."""
        return f"{self.code} {self.name}" if self.code else self.name


def grouped(items):
    """Return pairs of a Group and its items, in the order of reading; the empty ones too."""
    items = list(items)
    return [(group, [item for item in items if item.group is group]) for group in Group]
