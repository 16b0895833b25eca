"""„Je podklad hotov?“: what a briefing still lacks, each with the page where it is mended.

What the briefing itself will say comes from the Briefing; what it cannot say, such as a report
that never came, from the facts of the measures.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import czech
from common.models import ImportRun, ImportState
from measures.actions.locks import has_ended
from measures.cycles import last_finished
from measures.freshness import is_expected
from measures.models import DraftState, Measure, ReportDraft
from measures.status import facts


@dataclass(frozen=True)
class Row:
    """One thing that is missing; `url` is empty where the person cannot mend it."""

    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Check:
    """One line of the checklist; `fine` is what to say when nothing is missing."""

    key: str
    heading: str
    why: str
    fine: str
    rows: tuple[Row, ...]


def checklist(briefing, strategy, user, on: date):
    """Return the Checks of a Briefing; the same number of queries for any number of measures."""
    waiting = _imports(user)
    if not strategy.is_monitored:
        return [_decisions(briefing, {}), waiting]
    measures = Measure.objects.filter(strategy=strategy).order_by("code_key", "pk")
    found = facts(measures, on)
    keys = {one.measure.code: one.measure.pk for one in found}
    return [
        _missing(found, strategy, on),
        _drafts(strategy, user),
        _late(briefing, keys),
        _decisions(briefing, keys),
        _milestones(found, on),
        waiting,
    ]


def lacking(checks):
    """Return how many things are missing."""
    return sum(len(check.rows) for check in checks)


def _missing(found, strategy, on):
    cycle = last_finished(on, strategy.cycle_months)
    owed = [
        one
        for one in found
        if is_expected(one, cycle) and not (one.latest_cycle and one.latest_cycle >= cycle.start)
    ]
    return Check(
        key="hlaseni",
        heading=f"Hlášení za {cycle}",
        why="V podkladu se počítají mezi nevykázaná.",
        fine="Všechna očekávaná hlášení přišla.",
        rows=tuple(Row(str(one.measure), _last(one), _report_form(one.measure.pk)) for one in owed),
    )


def _last(found):
    report = found.report
    return f"naposledy {czech.date(report.as_of_date)}" if report else "zatím žádné hlášení"


def _drafts(strategy, user):
    waiting = ReportDraft.objects.filter(
        state=DraftState.SUBMITTED, measure__strategy=strategy
    ).select_related("measure", "author")
    return Check(
        key="schvaleni",
        heading="Hlášení ke schválení",
        why="Dokud je nikdo neschválí, podklad o nich neví.",
        fine="Žádné hlášení na schválení nečeká.",
        rows=tuple(
            Row(str(draft.measure), f"autor: {draft.author}", _approval(draft, user))
            for draft in waiting.order_by("submitted_at", "pk")
        ),
    )


def _approval(draft, user):
    may = user.has_perm("measures.approve_report", draft)
    return reverse("measures:report_approval", args=[draft.pk]) if may else ""


def _late(briefing, keys):
    return Check(
        key="zpozdena",
        heading="Zpožděná opatření",
        why="U každého má stát důvod, další krok, kdo ho udělá a dokdy.",
        fine="U všech zpožděných opatření je důvod, další krok, kdo a dokdy.",
        rows=_lacking(
            briefing.late,
            keys,
            {"why": "důvod", "next_step": "další krok", "who": "kdo jedná", "until": "do kdy"},
        ),
    )


def _decisions(briefing, keys):
    return Check(
        key="rozhodnuti",
        heading="Žádosti o rozhodnutí",
        why="Orgán má vědět, o čem rozhoduje a dokdy.",
        fine="U každé žádosti je znění i termín.",
        rows=_lacking(briefing.decisions, keys, {"text": "o čem se má rozhodnout", "by": "do kdy"}),
    )


def _lacking(said, keys, wanted):
    """Rows for what of the wanted fields is not said, linked to the form that says it."""
    rows = []
    for one in said:
        gaps = [word for name, word in wanted.items() if not getattr(one, name)]
        if gaps:
            url = _report_form(keys[one.code]) if one.code in keys else ""
            rows.append(Row(f"{one.code} {one.short_name}", f"chybí {', '.join(gaps)}", url))
    return tuple(rows)


def _milestones(found, on):
    rows = []
    for one in found:
        milestones = one.open_milestones(on)
        if not milestones and not has_ended(one):
            url = reverse("measures:milestone_create", args=[one.measure.pk])
            rows.append(Row(str(one.measure), "žádný otevřený milník", url))
        for version in milestones:
            if version.due_date < on and version.expected_date is None:
                url = reverse("measures:milestone_expect", args=[version.milestone_id])
                note = f"milník „{version.title}“ je po termínu a neříká, kdy se čeká"
                rows.append(Row(str(one.measure), note, url))
    return Check(
        key="milniky",
        heading="Milníky",
        why="Bez termínu se nepozná, jestli jde práce včas.",
        fine="Každé běžící opatření má milník a u zpožděných je, kdy se čekají.",
        rows=tuple(rows),
    )


def _imports(user):
    may = user.has_perm("municipalities.import_index")
    waiting = ImportRun.objects.filter(state=ImportState.PREVIEWED).order_by("-started_at", "-pk")
    return Check(
        key="importy",
        heading="Importy",
        why="Soubor je zkontrolovaný, ale jeho hodnoty v podkladu ještě nejsou.",
        fine="Žádný import na potvrzení nečeká.",
        rows=tuple(
            Row(
                run.file_name,
                f"nahráno {czech.date(run.started_at)}",
                reverse("municipalities:index_import_detail", args=[run.pk]) if may else "",
            )
            for run in waiting
        ),
    )


def _report_form(pk):
    return reverse("measures:report_form", args=[pk])
