"""The signed token of a report form: what the fields started from, told by us and not by it.

A form that comes back says with it which measure and whose it is, which draft and which last
report its writer saw, and what stood in the fields, so that nothing is overwritten unseen.
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from django.core import signing
from django.utils import timezone

SALT = "measures.report-form"
CHOICE_SALT = "measures.report-choice"


class Refused(ValueError):
    """The token is not ours, was altered, or is another person's or another measure's."""


@dataclass(frozen=True)
class Token:
    """What a form was made from. `version` is that of the draft, 0 for none; `last` is the key of
    the last visible report; `base` what the fields showed; `submission` names this form."""

    measure: int
    author: int
    corrects: int | None = None
    version: int = 0
    last: int | None = None
    base: dict = field(default_factory=dict)
    submission: str = field(default_factory=lambda: str(uuid4()))
    opened: str = field(default_factory=lambda: timezone.now().isoformat())

    @property
    def signed(self):
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @property
    def opened_at(self):
        return datetime.fromisoformat(self.opened)

    def seconds(self, moment):
        """Return for how many whole seconds the form has been open."""
        return max(0, int((moment - self.opened_at).total_seconds()))

    def over_draft(self, draft, base):
        """Return the token of the same form whose writer now knows this draft; its fields show
        `base`."""
        return replace(self, version=draft.version, base=base)

    def over_report(self, report):
        """Return the token of the same form whose writer now knows this last report."""
        return replace(self, last=report.pk)


def token_for(draft, last, base):
    """Return the token of a form that is being opened."""
    return Token(
        measure=draft.measure_id,
        author=draft.author_id,
        corrects=draft.corrects_id,
        version=draft.version if draft.pk else 0,
        last=last.pk if last else None,
        base=base,
    )


def read(text):
    """Return the Token of a signed text; raises Refused."""
    try:
        return Token(**signing.loads(text, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Refused from error


def read_for(text, draft):
    """Return the Token of a form of this measure, this author and this correction, else Refused."""
    token = read(text)
    if (token.measure, token.author, token.corrects) != (
        draft.measure_id,
        draft.author_id,
        draft.corrects_id,
    ):
        raise Refused
    return token


def sign_choice(**parts):
    """Return what the page of two wordings carries: both sides, what merged, and what was asked."""
    return signing.dumps(parts, salt=CHOICE_SALT, compress=True)


def read_choice(text):
    """Return the parts that `sign_choice` signed; raises Refused."""
    try:
        return signing.loads(text, salt=CHOICE_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Refused from error
