"""A project as the columns of a file have it (`projects/layout.py`), and back into its tables."""

from django.db.models import Prefetch

from common.czech import search_key
from measures.models import Measure
from projects.layout import BY_NAME, COLUMNS, MONEY
from projects.models import BudgetPart, Currency, ProjectMeasure
from strategy.models import Organisation, OrganisationKind, Priority

DATES = {"stav_ke_dni": "state", "zacatek": "start", "konec": "end"}
"""Columns of days, each two fields: the day and how precisely it is known."""
ELSEWHERE = {"kraj", "prijemce", "registracni_cislo", "soucast", "obce", "priority", "opatreni"}
LISTS = ("municipalities", "priorities")


def for_file(projects):
    """Read with projects what their rows of a file say. Six queries."""
    return projects.select_related("region", "recipient", "parent").prefetch_related(
        "municipalities",
        Prefetch("priorities", Priority.objects.select_related("strategy")),
        Prefetch(
            "measure_links",
            ProjectMeasure.objects.prefetch_related(
                Prefetch("measure", Measure.objects.select_related("strategy"))
            ),
        ),
        "budget_parts",
    )


def state_of(project):
    """Return the values of a project, read `for_file`, by the names of the columns."""
    found = {
        column.name: getattr(project, column.field)
        for column in COLUMNS
        if column.field and column.name not in ELSEWHERE and column.name not in DATES
    }
    for name, field in DATES.items():
        found[name] = (
            getattr(project, f"{field}_date"),
            getattr(project, f"{field}_precision"),
        )
    found |= {
        "kraj": project.region.code,
        "prijemce": project.recipient.name if project.recipient else "",
        "registracni_cislo": project.registration_number or "",
        "soucast": project.parent.slug if project.parent else "",
        "obce": frozenset(place.code for place in project.municipalities.all()),
        "priority": frozenset(_full(one) for one in project.priorities.all()),
        "opatreni": frozenset(
            (_full(link.measure), link.share, link.is_ours) for link in project.measure_links.all()
        ),
    }
    return found | _money_state(project.budget_parts.all())


def _full(part):
    return f"{part.strategy.slug}/{part.code}"


def _money_state(parts):
    parts = list(parts)
    used = [one for one in Currency.values if any(part.currency == one for part in parts)]
    currencies = tuple(used or [Currency.CZK.value])
    by_key = {(p.stage, p.kind, p.currency): (p.amount, p.is_uncertain) for p in parts}
    found = {"mena": currencies, "k_castkam": _doubts(parts)}
    for name, (stage, kind) in MONEY.items():
        found[name] = tuple(by_key.get((stage, kind, one), (None, False)) for one in currencies)
    return found


def _doubts(parts):
    notes = {part.note: None for part in sorted(parts, key=lambda p: p.pk) if part.is_uncertain}
    return " | ".join(notes)


def money_of(values):
    """Return the amounts of values, with their doubt, by stage, source and currency: of those
    columns of money that the values have."""
    found = {}
    for name, (stage, kind) in MONEY.items():
        for currency, (amount, unsure) in zip(values["mena"], values.get(name, ()), strict=False):
            if amount is not None:
                found[stage, kind, currency] = amount, unsure
    return found


def written(name, values, lookups):
    """Return the cell of a column."""
    return BY_NAME[name].write(values[name], lookups)


# Back into the tables


def fill(project, values, lookups):
    """Give a project in memory the values, but for its lists, parts and the project above it."""
    for column in COLUMNS:
        if column.field and column.name not in ELSEWHERE and column.name not in DATES:
            setattr(project, column.field, values[column.name])
    for name, field in DATES.items():
        day, precision = values[name]
        setattr(project, f"{field}_date", day)
        setattr(project, f"{field}_precision", precision)
    project.registration_number = values["registracni_cislo"] or None
    project.region_id = lookups.regions[values["kraj"]]
    project.set_keys()
    return project


def write(project, values, columns, lookups):
    """Save a project with the values of those `columns` the file has; inside an act, under a lock.

    The project above it is set by whoever has written them all.
    """
    fill(project, values, lookups)
    project.recipient_id = _recipient(values["prijemce"], lookups)
    project.save()
    if "obce" in columns:
        project.municipalities.set([lookups.places[code] for code in values["obce"]])
    if "priority" in columns:
        project.priorities.set([lookups.priorities[code] for code in values["priority"]])
    if "opatreni" in columns:
        _write_links(project, values["opatreni"], lookups)
    _write_money(project, values, [name for name in MONEY if name in columns])


def _recipient(name, lookups):
    """Return the primary key of a recipient; a new one is written down."""
    if not name:
        return None
    if name not in lookups.recipients:
        made = Organisation.objects.create(name=name, kind=OrganisationKind.RECIPIENT)
        lookups.recipients[name] = made.pk
    return lookups.recipients[name]


def _write_links(project, links, lookups):
    wanted = {lookups.measures[code]: (share, ours) for code, share, ours in links}
    for link in project.measure_links.all():
        if link.measure_id not in wanted:
            link.delete()
            continue
        link.share, link.is_ours = wanted.pop(link.measure_id)
        link.save()
    for pk, (share, ours) in wanted.items():
        ProjectMeasure.objects.create(project=project, measure_id=pk, share=share, is_ours=ours)


def _write_money(project, values, names):
    """Write the amounts of columns; what is the same keeps its note and source."""
    if not names:
        return
    wanted = money_of({"mena": values["mena"], **{name: values[name] for name in names}})
    shown = {MONEY[name] for name in names}
    for part in project.budget_parts.all():
        if (part.stage, part.kind) not in shown:
            continue
        said = wanted.pop((part.stage, part.kind, part.currency), None)
        if said is None:
            part.delete()
        elif said != (part.amount, part.is_uncertain):
            _save(part, *said, values["k_castkam"])
    for (stage, kind, currency), said in wanted.items():
        part = BudgetPart(project=project, stage=stage, kind=kind, currency=currency)
        _save(part, *said, values["k_castkam"])


def _save(part, amount, is_uncertain, note):
    part.amount, part.is_uncertain = amount, is_uncertain
    if is_uncertain:
        part.note = part.note or note[:300]
    part.save()


def name_key(values):
    """What two projects without a number would be taken for the same by."""
    return search_key(values["nazev"]), values["prijemce"]
