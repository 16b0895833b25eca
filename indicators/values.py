"""All values of an indicator with their corrections, as rows of the table on its page."""

from dataclasses import dataclass

from common import czech
from indicators import wording
from indicators.models import Observation


@dataclass(frozen=True)
class ValueRow:
    """One value in words; `correction` says what became of it, empty while it is valid."""

    observation: Observation
    period: str
    territory: str
    value: str
    ratio: str
    correction: str
    is_correction: bool

    @property
    def is_corrected(self):
        return bool(self.correction)


def value_rows(indicator, observations):
    """Return a ValueRow for each observation, in the order given.

    What was corrected is told from the rows themselves: they are all that was recorded by the
    moment asked about.
    """
    corrections = {row.corrects_id: row for row in observations if row.corrects_id}
    return [_row(indicator, row, corrections.get(row.pk)) for row in observations]


def _row(indicator, observation, correction):
    told = f"opraveno {czech.date(correction.recorded_at)}" if correction else ""
    return ValueRow(
        observation=observation,
        period=wording.period_text(observation),
        territory=wording.territory_text(observation),
        value=wording.value_text(observation, indicator),
        ratio=wording.ratio_text(observation),
        correction=told,
        is_correction=observation.corrects_id is not None,
    )
