"""Findings about figures and projects: what is unsure and what is not known."""

from django.urls import reverse

from common import czech
from indicators import wording as indicator_words
from indicators.models import Indicator, Observation
from indicators.readings import readings
from portal.quality.finding import Finding, Item
from projects import regulation
from projects import wording as project_words
from projects.models import Outcome, Project

MOST = 200
"""How many projects are looked through: who mends these finds the next ones."""


def unsure_outcomes():
    """Outcomes of projects whose source leaves a doubt; one query."""
    rows = Outcome.objects.filter(is_uncertain=True).select_related("project")
    return Finding(
        key="nejiste-vysledky",
        short="nejisté výsledky projektů",
        heading="Nejisté výsledky projektů",
        why="Do součtů nevstupují a na stránce projektu u nich stojí, v čem je nejistota.",
        fine="Žádný výsledek projektu není nejistý.",
        items=tuple(
            Item(
                f"{row.project.name}: {project_words.figure_text(row) or 'bez čísla'}",
                reverse("project_desk:project_edit", args=[row.project.pk]),
                row.note,
            )
            for row in rows.order_by("project__sort_key", "order", "pk")
        ),
    )


def unsure_observations(known):
    """Valid values of indicators that leave a doubt; one query."""
    rows = Observation.objects.valid(known).filter(is_uncertain=True)
    rows = rows.select_related("indicator", "region", "municipality")
    return Finding(
        key="nejiste-hodnoty",
        short="nejisté hodnoty ukazatelů",
        heading="Nejisté hodnoty ukazatelů",
        why="Plnění ukazatele se z nich nepočítá; opravou je nová hodnota, která tuto nahradí.",
        fine="Žádná platná hodnota ukazatele není nejistá.",
        items=tuple(
            Item(
                f"{row.indicator.name}: {indicator_words.value_text(row, row.indicator)} "
                f"({indicator_words.period_text(row)})",
                row.indicator.get_absolute_url(),
                row.note,
            )
            for row in rows.order_by("indicator__sort_key", "recorded_at", "pk")
        ),
        mend="Zapsat opravenou hodnotu",
        mend_url=reverse("indicators:entry_list"),
    )


def overdue_values(known):
    """Indicators whose next value is overdue; three queries."""
    late = [row for row in readings(Indicator.objects.for_list(), known) if row.due.is_overdue]
    late.sort(key=lambda row: (row.due.day, row.indicator.sort_key, row.indicator.pk))
    return Finding(
        key="chybejici-hodnoty",
        short="ukazatele čekající na hodnotu",
        heading="Ukazatele, u kterých měla vyjít nová hodnota",
        why="Dokud hodnota chybí, ukazuje portál starou. Kdy má vyjít, stojí u ukazatele.",
        fine="Žádný ukazatel nečeká na hodnotu po termínu.",
        items=tuple(
            Item(
                f"{row.indicator.name}: {row.value}" + (f" ({row.period})" if row.period else ""),
                reverse("indicators:entry_grid", args=[row.indicator.slug]),
                f"další hodnota měla být do {row.due.text}",
            )
            for row in late
        ),
        mend="Zapsat hodnoty",
        mend_url=reverse("indicators:entry_list"),
    )


def missing_facts():
    """Projects of which something that must be published is missing, of the first ones in order;
    two queries."""
    projects = Project.objects.for_list().with_completeness().in_czech_order()
    items, number = [], 0
    for project in projects[:MOST]:
        missing = [one.name for one in regulation.missing(project)]
        number += len(missing)
        if missing:
            url = reverse("project_desk:project_edit", args=[project.pk])
            said = f"{regulation.completeness_text(project)}: {', '.join(missing)}"
            items.append(Item(project.name, url, said))
    facts = czech.count(number, "údaj", "údaje", "údajů")
    return Finding(
        key="neuplne-projekty",
        short="neúplné projekty",
        heading="Projekty s chybějícími údaji",
        why=f"Celkem chybí {facts}, které má každý projekt podle nařízení EU 2021/1060 zveřejnit. "
        f"Prochází se nejvýš {MOST} prvních projektů podle abecedy.",
        fine="O každém projektu víme všechno, co má být zveřejněno.",
        items=tuple(items),
    )
