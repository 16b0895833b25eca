"""What the pages of a day must show of a measure, put together from the replay alone."""

from datetime import timedelta

from tests.machine import naive_counts as naive
from tests.machine import naive_words as words
from tests.machine import story
from tests.machine.naive_line import midnight
from tests.machine.naive_words import cs
from tests.measures.naive_replay import (
    Worded,
    finished_cycles,
    is_open,
    last_report,
    newest_cycle,
    picture,
    replay_freshness,
    replay_status,
    without_removed,
)

DAY = timedelta(days=1)
SHORT = {"probíhá bez termínů": "bez termínů", "plněno průběžně": "průběžně"}
ENDED = ("splněno", "zrušeno")
NEAREST = 3


class Day:
    """One measure as known at the end of a day."""

    def __init__(self, code, events, on):
        self.code, self.on, self.known = code, on, midnight(on + DAY)
        self.events, self.read = events, without_removed(events)
        self.seen = picture(events, self.known)
        self.report = last_report(self.seen.reports, on)
        self.answer = replay_status(events, on, self.known)
        self.deadline = naive.deadline(events, self.answer, on, self.known)

    @property
    def worded(self):
        return [e for e in self.events if isinstance(e, Worded) and e.at < self.known][-1]

    @property
    def name_today(self):
        return [event for event in self.events if isinstance(event, Worded)][-1].name

    @property
    def department(self):
        return self.seen.plan.department if self.seen.plan else ""

    @property
    def age(self):
        return words.ago((self.on - self.report.as_of).days) if self.report else ""

    @property
    def was(self):
        last = self.answer.last_known
        return f"naposledy {last.word}" if last else ""

    # Tiles and rows

    @property
    def tile(self):
        """The second line of its tile."""
        was = self.was and f"naposledy {SHORT.get(self.was[10:], self.was[10:])}"
        day, word = self.deadline
        parts = []
        if day and not was:
            short = f"{day.day}. {day.month}."
            parts.append(f"{word} {short if day.year == self.on.year else cs(day)}")
        if self.report:
            parts.append(f"hlášeno před {words.whole((self.on - self.report.as_of).days)} d")
        status = words.late_by(self.answer) + (f", {was}" if was else "")
        return status, " · ".join(parts)

    @property
    def table_row(self):
        day, _ = self.deadline
        return [
            self.code,
            f"Opatření {self.code}",
            ", ".join(story.MEASURES[self.code]) or "průřezové",
            " ".join(filter(None, [words.late_by(self.answer), self.was])),
            cs(day) if day else "–",
            self.age or "–",
            self.department or "–",
        ]

    def plan_row(self, goal):
        """Its row on the page of a priority, under one of its goals."""
        day, word = self.deadline
        when = f"{word} {cs(day)}" if day else ""
        title = self._milestone_of(day)
        others = [one for one in story.MEASURES[self.code] if one != goal]
        parts = [
            self.was,
            f"{when}: {title}" if title else when,
            f"hlášeno {self.age}" if self.age else "",
            f"vede i k cíli {others[0]}" if others else "",
        ]
        sub = " · ".join(filter(None, parts))
        return [self.code, self.name_today, words.late_by(self.answer), *([sub] if sub else [])]

    def _milestone_of(self, day):
        """The milestone the status rests on, where its day is the deadline."""
        what, *about = self.answer.about
        if what == "milestone":
            return about[0]
        is_named = what in ("expected", "ahead") and about[0].due == day
        return about[0].title if is_named else ""

    # The page of the measure

    @property
    def freshness(self):
        if self.report is None:
            said = "Hlášení zatím žádné není"
        else:
            fresh = replay_freshness(self.events, self.on, self.known)
            quarter, as_of = words.quarter(self.report.cycle), cs(self.report.as_of)
            said = f"Hlášení za {quarter} je ke dni {as_of} ({self.age}) · aktuálnost: {fresh}"
        following = self._next_report()
        return f"{said} · {following}" if following else said

    def _next_report(self):
        if self.report and self.report.phase in ("completed", "cancelled"):
            return ""
        first = finished_cycles(self.on, 3)[-1][0]
        newest = newest_cycle(self.seen, self.on)
        if newest and newest >= first:
            first = story.quarter(first + 100 * DAY)
        start = (self.seen.plan and self.seen.plan.start) or story.LOADED
        while first < start:
            first = story.quarter(first + 100 * DAY)
        due = story.quarter(first + 100 * DAY) + 14 * DAY
        if due < self.on:
            return f"hlášení za {words.quarter(first)} mělo přijít do {cs(due)}"
        which = "další" if self.report else "první"
        return f"{which} hlášení za {words.quarter(first)} se čeká do {cs(due)}"

    @property
    def trouble(self):
        if not self.report:
            return []
        decision = naive.decision(self.events, self.on, self.known)
        said = [("co brání", self.report.obstacle), ("o čem rozhodne rada", decision)]
        return [part for label, text in said if text for part in (label, text)]

    @property
    def progress(self):
        kept = naive.kept_milestones(self.events, self.on, self.known)
        if not kept:
            return ""
        done = [number for number, version in kept.items() if not is_open(version, self.on)]
        had = naive.due_days(self.events, self.known)
        moves = words.slippage([had[number] for number in kept])
        return " · ".join(filter(None, [f"hotovo {words.out_of(len(done), len(kept))}", moves]))

    @property
    def milestones(self):
        """The rows of milestones: those that are late, the next three, all others."""
        placed = sorted((m.due, place, m) for place, m in self.seen.milestones_by_place)
        ordered = [version for _, _, version in placed]
        is_over = self.answer.stav in ENDED
        opened = [m for m in ordered if is_open(m, self.on)]
        late = [] if is_over else [m for m in opened if m.due < self.on]
        ahead = [m for m in opened if m not in late]
        first = [*late, *ahead[:NEAREST]]
        rest = [m for m in ordered if m not in first]
        return [self._milestone_row(m, m in late) for m in (*first, *rest)]

    def _milestone_row(self, version, is_late):
        had = naive.due_days(self.events, self.known)[version.milestone]
        state = "otevřený"
        if is_late:
            state = f"zpožděno o {words.days((self.on - version.due).days)}"
        elif not is_open(version, self.on):
            state = f"{words.STATES[version.state]} {cs(version.closed_on)}"
        sub = [f"původně {' → '.join(cs(day) for day in had)}"] if len(had) > 1 else []
        if is_open(version, self.on) and version.expected:
            sub.append(f"očekáváme {cs(version.expected)}")
        return [cs(version.due), version.title, state, *([" · ".join(sub)] if sub else [])]

    @property
    def dates(self):
        """What stands in „Kdy“."""
        plan, had = self.seen.plan, naive.end_days(self.events, self.known)
        start = cs(plan.start) if plan and plan.start else "neuvedeno"
        end = cs(plan.end) if plan and plan.end else "neuvedeno"
        if len(had) > 1:
            moves = words.slippage([had])
            end += f"původně {' → '.join(cs(day) for day in had)} · {moves}"
        kind = words.PLANS[plan.kind] if plan else "druh neurčen"
        return [start, end, kind]

    @property
    def where(self):
        """What stands in „Kde“."""
        where = naive.territory(self.events, self.known)
        return " · ".join(where.places) or words.TERRITORIES[where.territory]

    @property
    def outputs(self):
        """The sums and the rows of outputs."""
        happened, recent = naive.outputs(self.events, self.on, self.known)
        if not happened:
            return "", []
        total = words.counted(len(happened), "výstup", "výstupy", "výstupů")
        of_kinds = words.kinds(recent) or "žádný"
        rows = []
        for one in happened:
            people = (
                []
                if one.people is None
                else [words.counted(one.people, "účastník", "účastníci", "účastníků")]
            )
            places = [", ".join(one.places)] if one.places else []
            sub = " · ".join([words.KIND[one.kind], *places, *people])
            rows.append([cs(one.day), one.title, sub])
        return f"za posledních 12 měsíců {of_kinds} · celkem {total}", rows
