"""The quarterly round: one row for each measure a person answers for, each saved by itself."""

from dataclasses import dataclass

from measures.actions.locks import has_ended
from measures.desk import Scope, own_drafts, whose
from measures.forms import RoundForm
from measures.freshness import Freshness, FreshnessKey, freshness
from measures.models import Measure, Report, ReportDraft
from measures.sentences import rule_sentence
from measures.status import Status, facts, status
from measures.tickets import new_ticket


@dataclass(frozen=True)
class Row:
    """A measure in the round: with its form and ticket, or done, or with a draft begun elsewhere.

    Done is what is reported for the last finished cycle, or ended.
    """

    measure: Measure
    status: Status
    fact: str
    freshness: Freshness
    last: Report | None
    whose: Scope
    draft: ReportDraft | None = None
    is_done: bool = False
    has_ended: bool = False
    form: RoundForm | None = None
    ticket: str = ""

    @property
    def anchor(self):
        return f"o{self.measure.pk}"


def rows(user, on):
    """Return the Rows of all measures a person may report on, in the order of the plan; six
    queries, however many."""
    monitored = Measure.objects.monitored().order_by("strategy__slug", "code_key", "pk")
    drafts = own_drafts(user)
    return [
        row(found, drafts.get(found.measure.pk), user, on)
        for found in facts(monitored, on)
        if user.has_perm("measures.report_on", found.plan)
    ]


def row(found, draft, user, on, *, form=None):
    """Return the Row of one measure; a form that was sent keeps what was typed into it."""
    fresh, ended = freshness(found, on), has_ended(found)
    is_done = ended or fresh.key == FreshnessKey.CURRENT
    derived = status(found, on)
    if form is None and not is_done and draft is None:
        form = RoundForm(facts=found, today=on)
    return Row(
        measure=found.measure,
        status=derived,
        fact=rule_sentence(derived, found).fact,
        freshness=fresh,
        last=found.report,
        whose=whose(found.plan, user),
        draft=draft,
        is_done=is_done and form is None,
        has_ended=ended,
        form=form,
        ticket=new_ticket(found, user).sealed() if form else "",
    )
