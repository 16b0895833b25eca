"""What a report form answers with: the form, the word about a kept draft, two wordings."""

from contextlib import suppress
from datetime import date

from django.shortcuts import render
from django.urls import reverse

from common import czech
from measures import merging, tokens, typed
from measures.cycles import cycle_of, offered
from measures.desk import queue
from measures.models import Health, Phase, ReportKind
from measures.queue import place_in
from measures.said import output_line, said_in
from measures.status import status
from measures.views.files import attached
from measures.views.page import show
from measures.views.posted import JOINED, MINE, THEIRS
from measures.views.sheet import clock, merged_sentence
from strategy.models import Organisation

EMPTY = "(prázdné)"


def show_form(sheet, form, *, preview=None, notice="", heading=""):
    """Show the form with what stands in it."""
    found, draft = sheet.found, sheet.draft
    may_correct = found.report is not None and not draft.corrects_id
    tasks = [] if draft.corrects_id else queue(sheet.request.user, sheet.today)
    context = {
        "draft": draft,
        "token": sheet.token.signed,
        "preview": preview,
        "notice": notice,
        "merged": sheet.merged,
        "heading": heading,
        "may_correct": may_correct
        and sheet.request.user.has_perm("measures.correct_report", found.report),
        "status": status(found, sheet.today),
        "cycle": offered(sheet.today, sheet.measure.strategy.cycle_months),
        "open_milestones": found.open_milestones(sheet.today),
        "place": place_in(tasks, sheet.measure),
        "waiting": len(tasks),
        "saved": clock(draft.saved_at) if draft.pk else "",
        "attached": attached(sheet.measure, sheet.request.user),
        **buttons(sheet),
    }
    return show(sheet.request, "report_form", label_of(draft), form, found, **context)


def buttons(sheet):
    """Return the words on the buttons: where a strategy asks for it, reports are submitted."""
    if sheet.measure.strategy.needs_approval:
        return {"send": "Odevzdat ke schválení", "send_next": "Odevzdat a další"}
    if sheet.draft.corrects_id:
        return {"send": "Zveřejnit opravu", "send_next": ""}
    return {"send": "Zveřejnit", "send_next": "Zveřejnit a další"}


def label_of(draft):
    return "Oprava hlášení" if draft.corrects_id else "Hlášení"


def show_submitted(sheet):
    """Show one's own submitted report, which can only be taken back."""
    draft = sheet.draft
    context = {
        "draft": draft,
        "measure": sheet.measure,
        "said": said_in(draft, titles_of(sheet.found, draft)),
        "files": draft.attachments.order_by("pk"),
        "trail": [("Práce", reverse("measures:desk")), (str(sheet.measure), "")],
    }
    return render(sheet.request, "measures/report_submitted.html", context)


def titles_of(found, draft):
    """Return the names of the milestones a draft ticks."""
    ticked = set(draft.finished_milestones.values_list("pk", flat=True))
    return [m.title for m in found.milestones if m.milestone_id in ticked]


def show_saved(sheet, form):
    """Answer the form that keeps itself while one writes: when it was kept, and „Stav bude“."""
    context = {
        "saved": clock(sheet.draft.saved_at),
        "token": sheet.token.signed,
        "merged": sheet.merged,
        "preview": form.preview(),
    }
    return render(sheet.request, "measures/_partials/save_done.html", context)


def show_unsaved(sheet, sentence, *, compare=False):
    """Answer the form that could not keep itself: why, and that the text stays where it is."""
    context = {"sentence": sentence, "compare": compare}
    return render(sheet.request, "measures/_partials/save_refused.html", context, status=409)


def show_conflict(conflict):
    """Show both wordings of the fields that were changed on both sides: nothing is chosen yet."""
    sheet, merge, theirs = conflict.sheet, conflict.merge, conflict.theirs
    if theirs.is_report:
        token = sheet.token.over_report(sheet.found.report)
    else:
        token = sheet.token.over_draft(sheet.draft, theirs.values)
    parts = {
        "act": sheet.act,
        "token": token.signed,
        "values": merge.values,
        "theirs": {name: theirs.values[name] for name in merge.conflicts},
        "conflicts": merge.conflicts,
        "words": {
            "heading": theirs.heading,
            "who": theirs.who,
            "moment": theirs.moment,
            "merged": merged_sentence(sheet, merge, theirs),
        },
    }
    return show_choice(sheet, parts)


def show_choice(sheet, parts, chosen=None, missing=()):
    """Show the page of two wordings from its parts; `missing` are fields without a choice."""
    chosen = chosen or {}
    fields = [_choice(sheet, parts, name, chosen, missing) for name in parts["conflicts"]]
    context = {
        **parts["words"],
        "fields": fields,
        "missing": [f for f in fields if f["is_missing"]],
        "number": czech.count(len(fields), "pole", "pole", "polí"),
        "parts": tokens.sign_choice(**parts),
        "trail": _trail(sheet),
        "measure": sheet.measure,
        "form_url": sheet.request.path,
    }
    return render(
        sheet.request, "measures/report_conflict.html", context, status=422 if missing else 409
    )


def _choice(sheet, parts, name, chosen, missing):
    mine, theirs = parts["values"][name], parts["theirs"][name]
    is_text = name in typed.TEXTS
    months = sheet.measure.strategy.cycle_months
    words, others = _words(name, mine, months), _words(name, theirs, months)
    both = merging.joined(mine, theirs) if is_text and mine.strip() and theirs.strip() else ""
    return {
        "name": name,
        "label": typed.label(name),
        "mine": merging.marked(words, others) if is_text else [(words, False)],
        "theirs": merging.marked(others, words) if is_text else [(others, False)],
        "joined": chosen.get(f"spojeno-{name}", both) if both else "",
        "options": {
            key: chosen.get(f"volba-{name}") == value
            for key, value in {"mine": MINE, "theirs": THEIRS, "joined": JOINED}.items()
        },
        "is_missing": name in missing,
    }


def _words(name, value, months):
    """Return a value of a field as people read it."""
    if name in READ:
        return READ[name](value)
    if name == "cycle_start":
        with suppress(ValueError):
            return str(cycle_of(date.fromisoformat(value), months))
    return value or EMPTY


def _organisation(value):
    found = Organisation.objects.filter(pk=value).first() if value.isdecimal() else None
    return found.name if found else value or EMPTY


def _of(choices):
    return lambda value: choices(value).label if value and value in choices.values else EMPTY


READ = {
    "kind": _of(ReportKind),
    "phase": _of(Phase),
    "health": _of(Health),
    "actor": _organisation,
    "needs_decision": lambda value: "ano" if value else "ne",
    "output": lambda value: output_line(value) or EMPTY,
}


def _trail(sheet):
    return [
        ("Práce", reverse("measures:desk")),
        (f"{label_of(sheet.draft)} {sheet.measure.code}", sheet.request.path),
        ("Dvě znění", ""),
    ]
