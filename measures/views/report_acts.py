"""What the buttons of the report form do; each takes the Sheet and returns the answer."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone

from common import czech
from common.forms import refuse
from measures import actions, tokens, typed
from measures.desk import queue
from measures.drafts import blank_of
from measures.models import Report
from measures.queue import next_in
from measures.views import report_pages as pages
from measures.views.files import keep_files
from measures.views.parking import TWO_WORDINGS, park, unpark
from measures.views.sheet import (
    Conflict,
    has_newer_report,
    merged_with_draft,
    merged_with_report,
)

TRIES = 5
"""How many times one merges anew when somebody writes in between; then a person looks."""

NOT_OURS = (
    "Formulář nemůžeme přijmout: jeho podpis neplatí, nebo patří k jinému opatření či člověku. "
    "Nic se neuložilo. Zkontrolujte, co je vyplněné, a odešlete ho znovu."
)
BUSY = "Koncept právě mění jiné okno. Nic se neuložilo, zkuste to prosím znovu."
CONFLICT_SAVING = (
    "Totéž pole se mezitím změnilo i v jiném okně. Váš text zůstává tady, zatím se neukládá."
)
KEPT_BUT = "Koncept je uložený. Před zveřejněním ještě opravte:"


def refused(sheet):
    """Answer a form we did not sign, or not for this: what was typed stays in a new one."""
    sheet = replace(sheet, values=typed.from_post(sheet.request.POST))
    last = sheet.found.report
    token = tokens.token_for(sheet.draft, last, typed.from_draft(sheet.draft))
    if sheet.request.htmx:
        return pages.show_unsaved(sheet, NOT_OURS)
    form = sheet.form()
    form.is_valid()
    form.add_error(None, NOT_OURS)
    return pages.show_form(replace(sheet, token=token), form)


def count(sheet):
    """Say what the status would be; nothing is written."""
    form = sheet.form()
    return pages.show_form(sheet, form, preview=form.preview())


def keep(sheet):
    """Keep the draft whatever is there, and show the form anew."""
    if sheet.corrects:
        return count(sheet)
    try:
        sheet, form = _kept(sheet)
    except ValidationError as error:
        return _shown_refused(sheet, error)
    except actions.AlreadySent as sent:
        return already(sheet, sent.record)
    keep_files(sheet.request, form)
    unpark(sheet.request, sheet.draft, sheet.token)
    for sentence in sheet.merged:
        messages.info(sheet.request, sentence)
    if form.is_valid():
        messages.success(sheet.request, "Koncept je uložený. Vidíte ho jen vy.")
        return redirect(sheet.request.path)
    token = sheet.token.over_draft(sheet.draft, typed.from_draft(sheet.draft))
    return pages.show_form(replace(sheet, token=token, merged=()), form, heading=KEPT_BUT)


def keep_quietly(sheet):
    """Keep the draft while its author writes on, and answer with a line for the open page."""
    if sheet.corrects:
        return pages.show_unsaved(sheet, "Oprava se průběžně neukládá.")
    written = sheet.values
    try:
        sheet, form = _kept(sheet)
    except Conflict as conflict:
        _set_aside(conflict)
        return pages.show_unsaved(sheet, CONFLICT_SAVING, compare=True)
    except ValidationError as error:
        return pages.show_unsaved(sheet, " ".join(error.messages))
    except actions.AlreadySent:
        return pages.show_unsaved(sheet, "Toto hlášení už je odeslané, koncept se neukládá.")
    unpark(sheet.request, sheet.draft, sheet.token)
    # The page still shows what was sent, not what it was merged with.
    return pages.show_saved(
        replace(sheet, token=sheet.token.over_draft(sheet.draft, written)), form
    )


def _kept(sheet):
    """Write the draft, merged with what is there; return the sheet over it and the form."""
    for _ in range(TRIES):
        merged = merged_with_draft(sheet)
        form = merged.form()
        form.is_valid()
        try:
            draft = actions.save_draft(
                measure=sheet.measure,
                by=sheet.request.user,
                content=form.content(),
                finished=form.ticked(),
                output=merged.values["output"],
                typed=form.unread(),
                submission=typed.as_uuid(sheet.token.submission),
                version=sheet.draft.version if sheet.draft.pk else 0,
            )
        except actions.Changed:
            sheet = sheet.read_again()
        else:
            return replace(merged, draft=draft), form
    raise ValidationError(BUSY)


def send(sheet):
    """Publish the report, or submit it for an approval, and lead on."""
    ahead = queue(sheet.request.user, sheet.today) if sheet.act == "dalsi" else []
    if sheet.request.FILES and not sheet.corrects:
        sheet, refusal = _with_files(sheet)
        if refusal:
            return refusal
    for _ in range(TRIES):
        try:
            return _sent(sheet, ahead)
        except actions.Changed:
            sheet = sheet.read_again()
        except actions.AlreadySent as sent:
            return already(sheet, sent.record, ahead)
    return _shown_refused(sheet, ValidationError(BUSY))


def _with_files(sheet):
    """Keep the draft and the files with it, which become those of the report; return the sheet
    over it, and the answer that shows a refused file."""
    try:
        kept, form = _kept(sheet)
    except ValidationError as error:
        return sheet, _shown_refused(sheet, error)
    except actions.AlreadySent as sent:
        return sheet, already(sheet, sent.record)
    keep_files(kept.request, form)
    token = kept.token.over_draft(kept.draft, typed.from_draft(kept.draft))
    kept = replace(kept, token=token, has_kept_files=True)
    if form["files"].errors:
        return kept, pages.show_form(kept, form, heading=KEPT_BUT)
    return kept, None


def _sent(sheet, ahead):
    submission = typed.as_uuid(sheet.token.submission)
    if has_newer_report(sheet):
        # It may be the one this very form has made: that is no other side to merge with.
        sent = Report.objects.filter(submission=submission).first()
        if sent:
            return already(sheet, sent, ahead)
    sheet = merged_with_report(merged_with_draft(sheet))
    report = sheet.found.report
    if has_newer_report(sheet) and typed.says_same(sheet.values, typed.from_content(report)):
        return nothing_new(sheet, ahead)
    form = sheet.form()
    if not form.is_valid():
        form.refuse_incomplete()
        return _shown(sheet, form)
    try:
        made = actions.send_report(**_what_is_sent(sheet, form, submission))
    except ValidationError as error:
        refuse(form, error)
        return _shown(sheet, form)
    unpark(sheet.request, sheet.draft, sheet.token)
    for sentence in sheet.merged:
        messages.info(sheet.request, sentence)
    return _lead_on(sheet, made, ahead)


def _what_is_sent(sheet, form, submission):
    draft, report = sheet.draft, sheet.found.report
    version = draft.version if draft.pk else 0
    return {
        "measure": sheet.measure,
        "by": sheet.request.user,
        "content": form.content(),
        "finished": form.ticked(),
        "output": form.output_texts(),
        "submission": submission,
        "writing_seconds": sheet.token.seconds(timezone.now()),
        "source": draft.source,
        "source_text": draft.source_text,
        "known": None if sheet.corrects else actions.Known(version, report.pk if report else None),
    }


def _lead_on(sheet, made, ahead):
    code = sheet.measure.code
    done = f"Hlášení k opatření {code} je zveřejněné."
    if not isinstance(made, Report):
        done = f"Hlášení k opatření {code} je odevzdané a čeká na schválení."
    messages.success(sheet.request, czech.typography(done))
    return _onward(sheet, made, ahead)


def _onward(sheet, made, ahead):
    following = next_in(ahead, sheet.measure)
    if following:
        return redirect("measures:report_form", following.pk)
    if sheet.act == "dalsi":
        messages.info(sheet.request, "Ve frontě už nic dalšího nečeká.")
        return redirect("measures:desk")
    if isinstance(made, Report):
        return redirect(sheet.measure)
    return redirect("measures:desk")


def already(sheet, record, ahead=()):
    """Answer a form that was sent before: once is enough; what was changed since stays on the
    page, in a form of its own."""
    is_report = isinstance(record, Report)
    done = "zveřejněné" if is_report else "odevzdané ke schválení"
    if not typed.says_same(sheet.values, typed.from_content(record)):
        sheet = sheet.read_again()
        blank = typed.from_draft(blank_of(sheet.measure, sheet.request.user, sheet.today))
        sheet = replace(sheet, token=tokens.token_for(sheet.draft, sheet.found.report, blank))
        return _shown_refused(
            sheet,
            ValidationError(
                f"Hlášení z tohoto formuláře už je {done}. Co jste od té doby změnili, "
                "je zatím jen na této stránce: odešlete to jako nové hlášení."
            ),
        )
    unpark(sheet.request, sheet.draft, sheet.token)
    text = f"Hlášení k opatření {sheet.measure.code} už je {done}, podruhé se nezapsalo."
    messages.info(sheet.request, czech.typography(text))
    return _onward(sheet, record, ahead)


def nothing_new(sheet, ahead):
    """Answer a report that says what another one, published meanwhile, already says."""
    if sheet.draft.pk and not sheet.is_submitted:
        actions.discard_draft(draft=sheet.draft, by=sheet.request.user)
    unpark(sheet.request, sheet.draft, sheet.token)
    text = f"Totéž už o opatření {sheet.measure.code} říká hlášení, které mezitím vyšlo."
    messages.info(sheet.request, czech.typography(f"{text} Podruhé se nezapsalo."))
    return _onward(sheet, sheet.found.report, ahead)


def withdraw(sheet):
    """Take one's own submitted report back."""
    try:
        actions.withdraw_report(draft=sheet.draft, by=sheet.request.user)
        messages.success(sheet.request, "Hlášení je zpátky u vás, můžete v něm pokračovat.")
    except ValidationError as error:
        messages.error(sheet.request, " ".join(error.messages))
    return redirect(sheet.request.path)


def throw_away(sheet):
    """Throw away what was put aside, at its writer's wish; what is kept elsewhere stays."""
    unpark(sheet.request, sheet.draft)
    return redirect(sheet.request.path)


def conflict(found):
    """Answer with both wordings; mine is put aside until a choice is made."""
    _set_aside(found)
    return pages.show_conflict(found)


def _set_aside(found):
    sheet = found.sheet
    park(sheet.request, sheet.token, sheet.values, TWO_WORDINGS)


def _shown_refused(sheet, error):
    form = sheet.form()
    form.is_valid()
    refuse(form, error)
    return _shown(sheet, form)


def _shown(sheet, form):
    """Show the form with its errors; its token now knows what the fields were merged with."""
    token = sheet.token
    if sheet.kept is not None:
        token = token.over_draft(sheet.draft, sheet.kept)
    if has_newer_report(sheet) and sheet.merged:
        token = token.over_report(sheet.found.report)
    return pages.show_form(replace(sheet, token=token), form)


ACTS = {
    "stav": count,
    "koncept": keep,
    "prubezne": keep_quietly,
    "zverejnit": send,
    "dalsi": send,
    "vzit-zpet": withdraw,
    "zahodit": throw_away,
}
