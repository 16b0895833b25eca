"""The parts of a project's page in words: what is known of it, its line of time, its figures.

What has the same source as the project itself does not repeat it.
"""

from dataclasses import dataclass

from common import czech
from common.units import amount
from projects import wording
from projects.models import BudgetSource, Outcome, ProjectMeasure
from projects.money import share_of

KINDS = BudgetSource.values
"""Sources of money in the order they are told: the total first."""


@dataclass(frozen=True)
class Fact:
    """One thing that should be known of every project; an empty value means it is not."""

    label: str
    value: str
    note: str = ""
    is_uncertain: bool = False
    url: str = ""


@dataclass(frozen=True)
class Told:
    """Something a source tells of a project, with its day as far as it is known, if it has one."""

    text: str
    when: str = ""
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """An outcome with its figure; `number` is what the words of its source come to."""

    outcome: Outcome
    figure: str
    number: str
    source: str


def facts(project, budget_parts):
    """Return the Facts of a project in the order of its page."""
    start = wording.day_text(project.start_date, project.start_precision)
    end = wording.day_text(project.end_date, project.end_precision)
    recipient = project.recipient.name if project.recipient else ""
    page = project.recipient.get_absolute_url() if project.recipient else ""
    rows = [
        Fact("Příjemce", recipient, project.recipient_note, url=page),
        Fact("Stav podle zdroje", wording.state_text(project)),
        Fact("Program", project.programme, project.fund_note if not project.fund else ""),
        Fact("Registrační číslo", project.registration_number or ""),
        Fact("Začátek", start, is_uncertain=project.is_start_uncertain),
        Fact("Konec", end, project.dates_note, project.is_end_uncertain),
        *(_money(budget_parts) or [Fact("Rozpočet", "")]),
        *_if_known(project),
    ]
    if project.fund:
        rows.insert(3, Fact("Fond", project.fund, project.fund_note))
    return rows


def unknown(rows):
    """Return the names of the Facts that are not known, as they stand in a sentence."""
    return [row.label[:1].lower() + row.label[1:] for row in rows if not row.value]


def steps(project, events):
    """Return what happened to a project, in the order given."""
    return [
        Told(
            row.text,
            when=wording.day_text(row.happened_on, row.precision),
            source=_other_source(project, row),
            url=row.source_url,
        )
        for row in events
    ]


def obstacles(project, rows):
    """Return what stood in a project's way, in the order given."""
    return [Told(row.text, source=_other_source(project, row)) for row in rows]


def figures(project, outcomes):
    """Return the outcomes of a project in words and the period they have in common.

    The period is empty where they have several; then each figure carries its own.
    """
    outcomes = list(outcomes)
    periods = {row.period_text for row in outcomes}
    shared = periods.pop() if len(periods) == 1 else ""
    rows = []
    for row in outcomes:
        period = "" if shared else row.period_text
        source = ". ".join(filter(None, [period, _other_source(project, row)]))
        rows.append(Figure(row, wording.figure_text(row), _number(row), source))
    return rows, shared


@dataclass(frozen=True)
class Link:
    """A measure a project carries out, with what of the project's money is its share."""

    link: ProjectMeasure
    money: str


def links(project, budget_parts):
    """Return the Links of a project, which was read `with_measures`."""
    parts = [part for part in budget_parts if not part.is_uncertain]
    return [Link(link, share_text(parts, link.share)) for link in project.measure_links.all()]


def share_text(parts, share):
    """Return the share of the whole amounts of a project, „schváleno 4 000 000 Kč“; empty where
    the share or the amount is not known. Amounts in doubt enter nothing that is counted."""
    if share is None:
        return ""
    whole = [p for p in parts if p.kind == BudgetSource.TOTAL and not p.is_uncertain]
    whole.sort(key=lambda part: (part.stage, part.currency))
    return ", ".join(
        f"{part.get_stage_display()} {wording.money(share_of(part.amount, share), part.currency)}"
        for part in whole
    )


def _if_known(project):
    """What most projects do not say; where it is missing, the demands of the regulation say so."""
    rate = "" if project.eu_rate is None else amount(project.eu_rate, "%")
    rows = (
        Fact("Specifický cíl", project.specific_objective),
        Fact("Typ intervence", project.intervention_type),
        Fact("Míra spolufinancování EU", rate),
    )
    return [row for row in rows if row.value]


def _money(parts):
    rows = sorted(parts, key=lambda part: (part.stage, part.currency, KINDS.index(part.kind)))
    return [
        Fact(
            f"Rozpočet, {part.get_stage_display()}, {part.get_kind_display()}",
            wording.money_text(part),
            " ".join(filter(None, [part.note, part.source])),
            part.is_uncertain,
        )
        for part in rows
    ]


def _other_source(project, row):
    return "" if row.source == project.source else row.source


def _number(outcome):
    """What the words of the source come to, „přibližně 25 %“; empty where no words were used."""
    return czech.typography(wording.number_text(outcome)) if outcome.words else ""
