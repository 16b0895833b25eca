from projects.models.call import Call
from projects.models.links import ProjectMeasure
from projects.models.money import BudgetPart, BudgetSource, BudgetStage, Currency
from projects.models.need import NeedArea, NeedDuration, NeedResult
from projects.models.outcome import Outcome, OutcomeCounted, OutcomeQualifier
from projects.models.project import Project, ProjectState, ProjectTerritory
from projects.models.story import ExternalFact, Obstacle, ProjectActivity, TimelineEvent

__all__ = [
    "BudgetPart",
    "BudgetSource",
    "BudgetStage",
    "Call",
    "Currency",
    "ExternalFact",
    "NeedArea",
    "NeedDuration",
    "NeedResult",
    "Obstacle",
    "Outcome",
    "OutcomeCounted",
    "OutcomeQualifier",
    "Project",
    "ProjectActivity",
    "ProjectMeasure",
    "ProjectState",
    "ProjectTerritory",
    "TimelineEvent",
]
