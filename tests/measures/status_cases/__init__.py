"""The rule of the status as a table, in the order of rules.md."""

from tests.measures.status_cases.ended_or_late import ENDED_OR_SUSPENDED, NO_REPORT, OVERDUE
from tests.measures.status_cases.running import NOTHING_DATED, RUNNING, TROUBLE

TABLE = ENDED_OR_SUSPENDED + OVERDUE + NO_REPORT + TROUBLE + RUNNING + NOTHING_DATED
