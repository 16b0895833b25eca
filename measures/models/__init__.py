from measures.models.measure import Activity, Measure, Territory
from measures.models.output import Output, OutputKind, OutputMunicipality
from measures.models.promise import (
    MeasureKind,
    Milestone,
    MilestoneState,
    MilestoneVersion,
    PlanVersion,
)
from measures.models.report import (
    DraftState,
    Health,
    Phase,
    Report,
    ReportContent,
    ReportDraft,
    ReportKind,
    ReportSource,
)

__all__ = [
    "Activity",
    "DraftState",
    "Health",
    "Measure",
    "MeasureKind",
    "Milestone",
    "MilestoneState",
    "MilestoneVersion",
    "Output",
    "OutputKind",
    "OutputMunicipality",
    "Phase",
    "PlanVersion",
    "Report",
    "ReportContent",
    "ReportDraft",
    "ReportKind",
    "ReportSource",
    "Territory",
]
