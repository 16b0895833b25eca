from measures.models.attachment import (
    Attachment,
    AttachmentKind,
    MilestoneAttachment,
    ReportAttachment,
)
from measures.models.measure import Activity, Measure, Territory
from measures.models.output import Output, OutputKind, OutputMunicipality
from measures.models.partner import PartnerRequest
from measures.models.promise import (
    MeasureKind,
    Milestone,
    MilestoneState,
    MilestoneVersion,
    PlanVersion,
)
from measures.models.reminder import RefusedMail, Reminder
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
    "Attachment",
    "AttachmentKind",
    "DraftState",
    "Health",
    "Measure",
    "MeasureKind",
    "Milestone",
    "MilestoneAttachment",
    "MilestoneState",
    "MilestoneVersion",
    "Output",
    "OutputKind",
    "OutputMunicipality",
    "PartnerRequest",
    "Phase",
    "PlanVersion",
    "RefusedMail",
    "Reminder",
    "Report",
    "ReportAttachment",
    "ReportContent",
    "ReportDraft",
    "ReportKind",
    "ReportSource",
    "Territory",
]
