from strategy.models.bodies import (
    GoverningBody,
    Instrument,
    Organisation,
    OrganisationKind,
)
from strategy.models.documents import Correction, RelatedDocument, StrategyText
from strategy.models.plan import Goal, Precision, Priority, Strategy, Tier

__all__ = [
    "Correction",
    "Goal",
    "GoverningBody",
    "Instrument",
    "Organisation",
    "OrganisationKind",
    "Precision",
    "Priority",
    "RelatedDocument",
    "Strategy",
    "StrategyText",
    "Tier",
]
