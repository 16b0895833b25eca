"""Days of the made-up history: told from a reporting round or from today, so that it never ages."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zlib import crc32

from common.czech import PRAGUE
from measures.cycles import DUE_DAYS, TOLERANCE_DAYS, last_finished, offered

ROUND_DAYS = DUE_DAYS + TOLERANCE_DAYS
"""Within so many days after the end of a cycle everybody reports who reports at all."""


@dataclass(frozen=True)
class Round:
    """A day told from a round: so many days after the end of the cycle that is reported on.

    Round 0 is the newest one that is over, −1 the one before it.
    """

    number: int
    day: int


@dataclass(frozen=True)
class Today:
    """A day told from today: −34 was 34 days ago."""

    days: int


@dataclass(frozen=True)
class YearEnd:
    """The last day of a year: 0 this one, 1 the next."""

    years: int


FIRST = Round(-6, 1)
"""The day the portal begins: six rounds before the newest one."""


@dataclass(frozen=True)
class Calendar:
    """Turns the told days into dates; nothing here reads the clock."""

    today: date
    months: int

    def cycle(self, number):
        """Return the cycle a round reports on."""
        cycle = last_finished(self.today, self.months)
        if self.today <= cycle.end + timedelta(days=ROUND_DAYS):
            cycle = cycle.previous
        for _ in range(abs(number)):
            cycle = cycle.previous if number < 0 else cycle.next
        return cycle

    def day(self, told):
        """Return the date of a told day, on a weekend the Friday before; None stays None."""
        if told is None:
            return None
        if isinstance(told, YearEnd):
            return date(self.today.year + told.years, 12, 31)
        if isinstance(told, Round):
            day = self.cycle(told.number).end + timedelta(days=told.day)
        else:
            day = self.today + timedelta(days=told.days)
        return day if told == FIRST else self.workday(day)

    def workday(self, day):
        """Return the day itself or, for one on a weekend, the Friday before."""
        return day - timedelta(days=max(0, day.weekday() - 4))

    def moment(self, told, salt, act=""):
        """Return the moment something was written down, see `at`."""
        return self.at(self.day(told), salt, act)

    def at(self, day, salt, act=""):
        """Return a moment within the office hours of a date, the same for one salt; another `act`
        of that day follows within the hour."""
        minutes = crc32(f"{salt} {day.toordinal()}".encode()) % (6 * 60)
        later = 5 + crc32(act.encode()) % 50 if act else 0
        return datetime.combine(day, time(9), PRAGUE) + timedelta(minutes=minutes + later)

    def is_past(self, told):
        """Whether something of that day was written down already: today is the readers'."""
        return self.day(told) < self.today

    def offered(self, day):
        """Return the first day of the cycle a report written on a date is for."""
        return offered(day, self.months).start
