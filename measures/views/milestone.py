from django.shortcuts import redirect
from django.utils import timezone

from measures import actions
from measures.forms import MilestoneDropForm, MilestoneFinishForm, MilestoneForm
from measures.views.page import carry_out, desk_page, facts_for, posted, posted_with_files, show


@desk_page
def milestone_create(request, pk):
    """Promise a new milestone of a measure."""
    found = facts_for(request, "measures.keep_milestones", pk=pk)
    form = MilestoneForm(posted(request))
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
    form = MilestoneFinishForm(
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
    form = MilestoneDropForm(posted(request))
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


def _milestone(request, pk):
    found = facts_for(request, "measures.keep_milestones", milestones__pk=pk)
    return found, next(v for v in found.milestones if v.milestone_id == pk)
