"""What must hold of a report, a plan and a milestone before it is written.

Constraints of the database hold what one row can; these say it at the right field, in Czech, and
hold what spans rows. All raise ValidationError and change nothing.
"""

from django.core.exceptions import ValidationError

from accounts.roles import is_unit
from common import czech
from measures.cycles import cycle_of
from measures.freshness import is_stale
from measures.models import Health, Phase, Report, ReportKind, ReportSource

MOST_SIGNS = 10_000
"""How long a text of a report may be: some four pages, more than anybody reads."""

NEEDS_NOTE = (ReportKind.RISK, ReportKind.PLAN_CHANGE)
NEEDS_HEALTH = (Phase.PREPARING, Phase.RUNNING)
MOST_PARTICIPANTS = 100_000


def check_report(report, *, today, last):
    """See that a report says all that its kind, phase and health require.

    `last` is the report it follows, or None: one without a change is held against it.
    """
    errors = {}
    _check_fields(report, errors)
    _check_kind(report, errors)
    _check_no_change(report, today, last, errors)
    _check_phase(report, errors)
    _check_trouble(report, errors)
    _check_days(report, today, errors)
    _check_correction(report, errors)
    if report.needs_decision and not report.decision.strip():
        errors["decision"] = "Napište, o čem má rada rozhodnout."
    if errors:
        raise ValidationError(errors)


def _check_fields(report, errors):
    try:
        report.clean_fields(exclude=["measure", "author", "corrects"])
    except ValidationError as error:
        errors.update(error.message_dict)
    for name in ("note", "obstacle", "next_step", "decision", "reason"):
        if len(getattr(report, name)) > MOST_SIGNS:
            errors[name] = too_long(len(getattr(report, name)))


def too_long(length):
    """Return what to do with a text that is too long."""
    most, now = czech.integer(MOST_SIGNS), czech.integer(length)
    return f"Text má {now} znaků, vejde se jich nejvýše {most}. Zkraťte ho, delší věc přiložte."


def _check_kind(report, errors):
    if not report.kind:
        errors["kind"] = "Vyberte, co se stalo."
    if report.kind in NEEDS_NOTE and not report.note.strip():
        word = report.get_kind_display()
        errors["note"] = f"Hlášení „{word}“ potřebuje poznámku: stačí jedna dvě věty."


def offers_no_change(last, months, on):
    """Say whether „beze změny“ may be reported on a day: only after a member of the unit reported
    within the last two cycles (rules.md, Freshness)."""
    return (
        last is not None
        and last.source == ReportSource.STAFF
        and not is_stale(last.cycle_start, months, on)
    )


def _check_no_change(report, today, last, errors):
    if report.kind != ReportKind.NO_CHANGE or report.corrects:
        return
    if not offers_no_change(last, report.measure.strategy.cycle_months, today):
        errors["kind"] = "„Beze změny“ navazuje na hlášení jednotky za poslední dva cykly; chybí."
    elif (report.phase, report.health) != (last.phase, last.health):
        errors["kind"] = "Fáze nebo potíže jsou jiné než minule: vyberte, co se stalo."


def _check_phase(report, errors):
    if report.source == ReportSource.DOCUMENT:
        return
    if not report.phase:
        errors["phase"] = "Vyberte fázi."
    if report.phase in NEEDS_HEALTH and not report.health:
        errors["health"] = "Vyberte, jak to jde."
    if report.phase == Phase.SUSPENDED and not report.review_date:
        errors["review_date"] = "U pozastaveného opatření uveďte, kdy se znovu posoudí."
    if report.phase == Phase.CANCELLED and not (report.reason.strip() or report.resolution):
        errors["reason"] = "Ke zrušení patří důvod nebo číslo usnesení."


def _check_trouble(report, errors):
    if report.kind == ReportKind.RISK and report.health == Health.ON_TRACK:
        errors["health"] = "Riziko znamená menší nebo vážné potíže; „bez potíží“ k němu nepatří."
    if not report.is_trouble:
        return
    if not report.obstacle.strip():
        errors["obstacle"] = "Napište, co brání."
    if not (report.actor_id or report.actor_role.strip()):
        errors["actor_role"] = "Uveďte, kdo jedná: organizaci nebo roli."
    if not report.act_by_date:
        errors["act_by_date"] = "Uveďte, do kdy se má jednat."


def _check_days(report, today, errors):
    if report.as_of_date and report.as_of_date > today:
        errors["as_of_date"] = "Hlášení nemůže být ke dni, který ještě nebyl."
    months = report.measure.strategy.cycle_months
    if report.cycle_start and cycle_of(report.cycle_start, months).start != report.cycle_start:
        errors["cycle_start"] = "Cyklus hlášení nezačíná tímto dnem."
    if report.cycle_start and report.cycle_start > today:
        errors["cycle_start"] = "Tento cyklus ještě nezačal."


def _check_correction(report, errors):
    old = report.corrects
    if old is None:
        return
    if old.measure_id != report.measure_id:
        errors["corrects"] = "Opravované hlášení patří k jinému opatření."
    elif Report.objects.filter(corrects=old).exists():
        errors["corrects"] = "Toto hlášení už někdo opravil. Opravit lze jeho opravu."
    if (old.cycle_start, old.as_of_date) != (report.cycle_start, report.as_of_date):
        errors["as_of_date"] = "Oprava si nechává cyklus a den opravovaného hlášení."


def check_milestones_finished(report, open_milestones, finished):
    """See that ticked milestones are open, and that completing leaves no milestone open.

    `open_milestones` are their versions by the primary key of the milestone.
    """
    if any(pk not in open_milestones for pk in finished):
        raise ValidationError(
            {"finished": "Některý ze zaškrtnutých milníků mezitím někdo uzavřel."}
        )
    left = [m for pk, m in open_milestones.items() if pk not in finished or m.following()]
    if report.phase == Phase.COMPLETED and left:
        names = ", ".join(f"„{m.title}“" for m in left)
        raise ValidationError(
            {"phase": f"Dokončit opatření nejde, dokud je otevřený milník: {names}."}
        )


def check_due_date(due_date, plan):
    """See that a milestone is not due before the planned start."""
    if due_date is None:
        raise ValidationError({"due_date": "Uveďte termín."})
    start = plan.start_date if plan else None
    if start and due_date < start:
        raise ValidationError(
            {"due_date": f"Termín je před plánovaným začátkem opatření {czech.date(start)}."}
        )


def check_new_milestone(title, due_date, open_milestones):
    """See that a form sent twice promises nothing twice."""
    if any((m.title, m.due_date) == (title.strip(), due_date) for m in open_milestones):
        raise ValidationError({"title": "Otevřený milník s tímto názvem a termínem už tu je."})


def check_move(milestone, due_date, reason, resolution):
    """See that a due day really moves, that it is said why, and that a series does not outlive
    its end."""
    if due_date == milestone.due_date:
        raise ValidationError({"due_date": "Termín je stejný jako dosud."})
    if not (reason.strip() or resolution.strip()):
        raise ValidationError({"reason": "K posunu termínu patří důvod nebo číslo usnesení."})
    if milestone.repeat_until and due_date > milestone.repeat_until:
        until = czech.date(milestone.repeat_until)
        raise ValidationError(
            {"due_date": f"Milník se opakuje jen do {until}, termín nemůže být později."}
        )


def check_repeat(due_date, repeat_months, repeat_until):
    """See that a milestone repeats both every so many months and until a day after it is due."""
    if repeat_months and not repeat_until:
        raise ValidationError({"repeat_until": "Uveďte, do kdy se má milník opakovat."})
    if repeat_until and not repeat_months:
        raise ValidationError({"repeat_months": "Uveďte, po kolika měsících se má opakovat."})
    if repeat_until and repeat_until < due_date:
        raise ValidationError({"repeat_until": "Opakování končí dřív, než je první termín."})


def check_plan(plan, open_milestones):
    """See that a plan is whole and leaves no open milestone due before its start."""
    plan.full_clean(exclude=["measure", "author"])
    for milestone in open_milestones:
        if plan.start_date and milestone.due_date < plan.start_date:
            due = czech.date(milestone.due_date)
            raise ValidationError({"start_date": f"Milník „{milestone.title}“ má termín už {due}."})


def check_plan_moved(old, plan):
    """See that a day that was planned does not change without a word; setting it first needs
    none."""
    if old is None or plan.reason.strip() or plan.resolution.strip():
        return
    for name in ("start_date", "end_date"):
        was = getattr(old, name)
        if was and was != getattr(plan, name):
            raise ValidationError(
                {"reason": "Ke změně plánovaného začátku nebo konce patří důvod nebo usnesení."}
            )


def check_people(old, plan):
    """See that a person newly named by a plan belongs to the unit and can sign in."""
    for name in ("owner", "deputy"):
        person = getattr(plan, name)
        if person and person.pk != getattr(old, f"{name}_id", None) and not is_unit(person):
            raise ValidationError({name: f"{person} není v implementační jednotce."})


def check_output(output, municipalities, today):
    """See that an output says what happened and when, to how many people and where, and that it
    is not written already."""
    errors = {}
    if not output.title.strip():
        errors["title"] = "Napište, co se konalo."
    if output.happened_on is None:
        errors["happened_on"] = "Uveďte den, kdy se výstup konal."
    elif output.happened_on > today:
        errors["happened_on"] = "Den výstupu nemůže být v budoucnosti."
    if output.participants is not None and not 0 <= output.participants <= MOST_PARTICIPANTS:
        errors["participants"] = f"Počet účastníků je od 0 do {czech.integer(MOST_PARTICIPANTS)}."
    if output.link and not output.link.lower().startswith(("http://", "https://")):
        errors["link"] = "Odkaz začíná https:// nebo http://."
    places = _wrong_places(output.measure.strategy, municipalities)
    if places:
        errors["municipalities"] = places
    if errors:
        raise ValidationError(errors)
    # The choices of the field say what the constraint of the database would, without asking it.
    output.full_clean(exclude=["measure", "author", "corrects"], validate_constraints=False)


def _wrong_places(strategy, municipalities):
    wrong = []
    for place in municipalities:
        if place.region_id != strategy.region_id:
            wrong.append(f"{place.name} leží v jiném kraji než strategie.")
        elif not place.is_counted:
            wrong.append(f"{place.name} je vojenský újezd, výstupy se k němu nezapisují.")
    return wrong


def check_goals(measure, goals):
    """See that a measure leads to goals of its own strategy, a cross-cutting one to none."""
    foreign = [goal for goal in goals if goal.strategy_id != measure.strategy_id]
    if foreign:
        codes = ", ".join(goal.code for goal in foreign)
        raise ValidationError({"goals": f"Cíl {codes} patří jiné strategii."})
    if measure.is_cross_cutting and goals:
        raise ValidationError({"goals": "Průřezové opatření nevede k žádnému cíli."})
    if not measure.is_cross_cutting and not goals:
        raise ValidationError({"goals": "Vyberte cíl; žádný má jen průřezové opatření."})
