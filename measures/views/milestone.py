from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common import czech
from measures import actions, forms
from measures.milestone_page import MilestonePage
from measures.status import status
from measures.views.page import carry_out, desk_page, facts_for, posted, posted_with_files, show


@desk_page
def milestone_detail(request, pk):
    """One milestone: how it stands, what was recorded of it and what may be done."""
    found, version = _milestone(request, pk)
    page = MilestonePage(found, version, request.user, timezone.localdate())
    trail = [
        ("Práce", reverse("measures:desk")),
        (str(found.measure), found.measure.get_absolute_url()),
        ("Milník", ""),
    ]
    context = {"measure": found.measure, "milestone": version, "page": page, "trail": trail}
    return render(request, "measures/milestone_detail.html", context)


@desk_page
def milestone_create(request, pk):
    """Promise a new milestone of a measure."""
    found = facts_for(request, "measures.keep_milestones", pk=pk)
    form = forms.MilestoneForm(posted(request))
    if form.is_valid() and carry_out(
        request,
        form,
        actions.add_milestone,
        f"Milník „{form.cleaned_data['title']}“ je přidaný.",
        measure=found.measure,
        **form.cleaned_data,
    ):
        return redirect(found.measure)
    return show(request, "milestone_form", "Nový milník", form, found)


@desk_page
def milestone_finish(request, pk):
    """Record that a milestone was done; the day is today unless another is written."""
    found, version = _milestone(request, pk)
    if _has_nothing_to(request, version.is_open(timezone.localdate())):
        return redirect("measures:milestone_detail", pk)
    form = forms.MilestoneFinishForm(
        *posted_with_files(request), initial={"done_on": timezone.localdate()}
    )
    if form.is_valid() and carry_out(
        request,
        form,
        actions.finish_with_files,
        f"Milník „{version.title}“ je hotový.",
        milestone=version.milestone,
        **form.cleaned_data,
    ):
        return redirect(found.measure)
    return show(request, "milestone_finish", "Milník hotov", form, found, milestone=version)


@desk_page
def milestone_drop(request, pk):
    """Ask for the reason and drop a milestone."""
    found, version = _milestone(request, pk)
    if _has_nothing_to(request, version.is_open(timezone.localdate())):
        return redirect("measures:milestone_detail", pk)
    form = forms.MilestoneDropForm(posted(request))
    if form.is_valid() and carry_out(
        request,
        form,
        actions.drop_milestone,
        f"Milník „{version.title}“ je zrušený.",
        milestone=version.milestone,
        **form.cleaned_data,
    ):
        return redirect(found.measure)
    return show(request, "milestone_drop", "Zrušit milník", form, found, milestone=version)


@desk_page
def milestone_expect(request, pk):
    """Record the day a milestone is expected on and say what it does to the status."""
    found, version = _milestone(request, pk)
    initial = {"expected_date": version.expected_date}
    form = forms.MilestoneExpectForm(posted(request), version=version, initial=initial)
    return _change(request, "expect", "Očekávaný den", form, found, version)


@desk_page
def milestone_move(request, pk):
    """Move the due day of a milestone, with a reason or a resolution."""
    found, version = _milestone(request, pk, "measures.move_due")
    form = forms.MilestoneMoveForm(posted(request), initial={"due_date": version.due_date})
    return _change(request, "move", "Posunout termín", form, found, version)


@desk_page
def milestone_rename(request, pk):
    """Mend the wording of a milestone, with a reason."""
    found, version = _milestone(request, pk)
    form = forms.MilestoneRenameForm(posted(request), initial={"title": version.title})
    return _change(request, "rename", "Opravit název", form, found, version)


@desk_page
def milestone_reopen(request, pk):
    """Ask for the reason and open a closed milestone again."""
    found, version = _milestone(request, pk)
    form = forms.MilestoneReopenForm(posted(request))
    return _change(request, "reopen", "Znovu otevřít", form, found, version, is_for_open=False)


_ACTS = {
    "expect": (actions.expect_milestone, "Očekávaný den milníku „{}“ je zapsaný."),
    "move": (actions.move_milestone, "Termín milníku „{}“ je posunutý."),
    "rename": (actions.rename_milestone, "Název milníku „{}“ je opravený."),
    "reopen": (actions.reopen_milestone, "Milník „{}“ je znovu otevřený."),
}


def _change(request, act, label, form, found, version, is_for_open=True):
    """Carry one act on a milestone out and say how its measure stands then, or show its form."""
    today = timezone.localdate()
    if _has_nothing_to(request, version.is_open(today) == is_for_open):
        return redirect("measures:milestone_detail", version.milestone_id)
    action, done = _ACTS[act]
    arguments = form.cleaned_data if form.is_valid() else {}
    if form.is_valid() and carry_out(
        request, form, action, None, milestone=version.milestone, **arguments
    ):
        after = status(facts_for(request, "measures.keep_milestones", pk=found.measure.pk), today)
        text = f"{done.format(version.title)} Stav opatření: {after.word} {after.extra}".strip()
        messages.success(request, czech.typography(f"{text}."))
        return redirect(found.measure)
    return show(request, f"milestone_{act}", label, form, found, milestone=version, seen=version.pk)


def _has_nothing_to(request, may):
    """Say, where a page is opened that can do nothing, that the milestone is otherwise by now."""
    if may or request.method == "POST":
        return False
    messages.info(request, "Milník je mezitím v jiném stavu. Tady je, co s ním jde dělat.")
    return True


def _milestone(request, pk, permission="measures.keep_milestones"):
    found = facts_for(request, permission, milestones__pk=pk)
    return found, next(v for v in found.milestones if v.milestone_id == pk)
