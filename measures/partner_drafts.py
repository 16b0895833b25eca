"""How the answer of a partner becomes a draft: nothing its author has written is lost."""

from measures.checks import offers_no_change
from measures.drafts import draft_of
from measures.models import Health, Report, ReportKind, ReportSource
from measures.partners import AnswerKind, source_text
from measures.status import end_of

TEXTS = ("note", "obstacle", "next_step")
MOST = 400
"""Signs that fit into the source of a draft."""


def draft_with(request, draft, person, on):
    """Return a draft, not saved, with the answer in it: a new one, or `draft` with its empty
    fields filled and the partner's texts under those that are not."""
    if draft is None:
        return _new(request, person, on)
    _merge(request, draft, on)
    draft.version += 1
    return draft


def _new(request, person, on):
    draft = draft_of(request.measure, person, on)
    said = request.answer
    draft.kind = _kind(request, on)
    for name in (*TEXTS, "link"):
        setattr(draft, name, said.get(name, ""))
    if said["happened"] == AnswerKind.TROUBLE and draft.health == Health.ON_TRACK:
        # How bad it is, the author says; „bez potíží“ from last time would be wrong.
        draft.health = Health.UNKNOWN
    draft.source = ReportSource.PARTNER
    draft.source_text = source_text(request)[:MOST]
    return draft


def _kind(request, on):
    """Return the kind of report an answer makes, none where „beze změny“ may not be reported."""
    kind = request.answer["happened"]
    if kind == AnswerKind.NO_CHANGE:
        reports = Report.objects.visible(on, end_of(on)).latest_first()
        last = reports.filter(measure=request.measure).first()
        if not offers_no_change(last, request.measure.strategy.cycle_months, on):
            return ""
    return ReportKind(kind)


def _merge(request, draft, on):
    said, source = request.answer, source_text(request)
    heading = f"— {source} ({AnswerKind(said['happened']).label}) —"
    heading = heading.replace("— o", "— O", 1)
    draft.kind = draft.kind or _kind(request, on)
    for name in TEXTS:
        text = said.get(name, "")
        if text:
            setattr(draft, name, _joined(getattr(draft, name), heading, text))
    link = said.get("link", "")
    if link and draft.link and draft.link != link:
        draft.note = _joined(draft.note, heading, link)
    draft.link = draft.link or link
    if not any(said.get(name) for name in (*TEXTS, "link")):
        draft.note = _joined(draft.note, heading, "") if draft.note else draft.note
    sources = "; ".join(part for part in (draft.source_text, source) if part)
    if len(sources) <= MOST:
        draft.source_text = sources


def _joined(mine, heading, theirs):
    return f"{mine.rstrip()}\n\n{heading}\n{theirs}".rstrip() if mine.strip() else theirs
