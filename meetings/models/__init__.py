from meetings.models.meeting import Body, BodyKind, Meeting
from meetings.models.resolution import (
    Resolution,
    ResolutionDecision,
    ResolutionMeasure,
    ResolutionMilestone,
    ResolutionPlan,
)
from meetings.models.snapshot import FileKind, Snapshot, SnapshotFile, SnapshotText

__all__ = [
    "Body",
    "BodyKind",
    "FileKind",
    "Meeting",
    "Resolution",
    "ResolutionDecision",
    "ResolutionMeasure",
    "ResolutionMilestone",
    "ResolutionPlan",
    "Snapshot",
    "SnapshotFile",
    "SnapshotText",
]
