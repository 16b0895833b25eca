"""The words of the letters that remind people: plain Czech text, ready to be sent."""

from hashlib import sha256
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from common import czech
from common.mail import absolute, letter_to
from measures.cycles import last_finished
from measures.reminders import offers_no_change

FOOT = """\
Odkazy jen otevřou stránku. Nic se nezmění, dokud na ní nestisknete tlačítko.
Budete pryč? Zapište to na {notices}
a připomínky půjdou mezitím tomu, kdo vás zastupuje.
Tuto zprávu posílá portál, neodpovídejte na ni prosím."""


def reminder_letter(reminding):
    """Return the letter of a Reminding; the same one again has the same Message-ID, by which the
    receiving server knows it."""
    return letter_to(
        reminding.person.email,
        reminder_subject(reminding.matters),
        reminder_body(reminding),
        headers={"Message-ID": _message_id(reminding)},
    )


def reminder_subject(matters):
    """Return „Portál: 3 opatření čekají na hlášení, 1 milník má termín“."""
    reports = sum(1 for m in matters if not m.milestone and not m.awaits)
    approvals = sum(1 for m in matters if m.awaits)
    milestones = sum(1 for m in matters if m.milestone)
    parts = []
    if reports:
        verb = czech.plural(reports, "čeká", "čekají", "čeká")
        number = czech.count(reports, "opatření", "opatření", "opatření")
        parts.append(f"{number} {verb} na hlášení")
    if approvals:
        verb = czech.plural(approvals, "čeká", "čekají", "čeká")
        number = czech.count(approvals, "hlášení", "hlášení", "hlášení")
        parts.append(f"{number} {verb} na schválení")
    if milestones:
        verb = czech.plural(milestones, "má", "mají", "má")
        number = czech.count(milestones, "milník", "milníky", "milníků")
        parts.append(f"{number} {verb} termín")
    return "Portál: " + ", ".join(parts)


def reminder_body(reminding):
    """Return what waits for the person, measure by measure, with links that only open pages."""
    blocks = [
        _block(list(matters), reminding)
        for _, matters in groupby(reminding.matters, key=lambda matter: matter.measure.pk)
    ]
    opening = f"Dobrý den,\n\nke dni {czech.date(reminding.on)} na portálu čeká na vás:"
    foot = FOOT.format(notices=absolute(reverse("notices:notices")))
    return "\n\n".join([opening, *blocks, foot]) + "\n"


def _block(matters, reminding):
    measure = matters[0].measure
    lines = [f"{measure.code} {measure.short_name}"]
    lines += [f"- {matter_sentence(matter, reminding.on)}" for matter in matters]
    who = _who(matters[0].facts.plan, reminding.person)
    lines += [who] if who else []
    return "\n".join(lines + _links(matters, reminding.on))


def matter_sentence(matter, on):
    """Return what is due, when, and by how much it is late or how much time is left."""
    day = czech.date(matter.due)
    if matter.milestone:
        name = f"Milník „{matter.milestone.title}“"
        ahead, behind = f"{name} má termín", f"{name} měl být hotový"
        expected = matter.milestone.expected_date
        more = f" Očekává se {czech.date(expected)}." if expected else ""
    else:
        cycle = last_finished(on, matter.measure.strategy.cycle_months)
        ahead, behind = f"Hlášení za {cycle} má být do", f"Hlášení za {cycle} mělo být do"
        more = " Je odevzdané a čeká na schválení." if matter.awaits else ""
    left = (matter.due - on).days
    if left < 0:
        return f"{behind} {day}, je po termínu {czech.days_late(-left)}.{more}"
    when = f"za {czech.count(left, 'den', 'dny', 'dní')}" if left else "to je dnes"
    return f"{ahead} {day}, {when}.{more}"


def _who(plan, person):
    """Return who answers for the measure, where it is not the reader."""
    if plan is None or plan.owner is None:
        return "Opatření nemá odpovědného."
    if plan.owner_id == person.pk:
        return ""
    if plan.deputy_id == person.pk:
        return f"Odpovídá {plan.owner}, vy zastupujete."
    deputy = f", zastupuje {plan.deputy}" if plan.deputy else ""
    return f"Odpovídá {plan.owner}{deputy}."


def _links(matters, on):
    measure = matters[0].measure
    if any(matter.awaits for matter in matters):
        return [f"Schválit: {absolute(reverse('measures:desk'))}"]
    lines = [f"Nahlásit: {absolute(reverse('measures:report_form', args=[measure.pk]))}"]
    if any(offers_no_change(matter, on) for matter in matters):
        path = reverse("measures:no_change", args=[measure.pk])
        lines.append(f"Beze změny: {absolute(path)}")
    return lines


def _message_id(reminding):
    matters = [f"{m.measure.pk} {m.subject} {m.stage}" for m in reminding.matters]
    digest = sha256("\n".join(matters).encode()).hexdigest()[:16]
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    return f"<pripominka.{reminding.person.pk}.{reminding.on:%Y%m%d}.{digest}@{host}>"
