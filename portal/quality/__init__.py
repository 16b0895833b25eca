"""The quality page of the head: what not to trust in the portal, and where each fault is mended.

`groups()` and what stands beside them read everything in 19 queries and two more for each
monitored strategy, however much data there is.
"""

from measures.models import Measure
from measures.status import end_of, facts
from portal.quality import figures, imports, people, plans
from portal.quality.finding import Finding, Group, Item
from portal.quality.pace import rates, writing_time

__all__ = ["Finding", "Group", "Item", "groups", "monitored_facts", "rates", "writing_time"]


def monitored_facts(on):
    """Return the Facts of all monitored measures in the order of the plan; five queries."""
    measures = Measure.objects.monitored().order_by("strategy__slug", "code_key", "pk")
    return facts(measures, on)


def groups(all_facts, on, now):
    """Return the Groups of findings on a day, those without a fault too."""
    running = [found for found in all_facts if plans.is_running(found)]
    return [
        Group(
            "opatreni",
            "Opatření",
            (
                plans.without_owner(running),
                plans.inactive_people(running),
                plans.without_milestone(running, on),
                plans.out_of_date(running, on),
                plans.never_reported(running, on),
            ),
        ),
        Group(
            "udaje",
            "Údaje",
            (
                figures.unsure_outcomes(),
                figures.unsure_observations(end_of(on)),
                figures.overdue_values(end_of(on)),
                figures.missing_facts(),
                imports.unfinished_imports(),
            ),
        ),
        Group(
            "lide",
            "Lidé a pošta",
            (
                people.waiting_for_approval(),
                people.refused_mail(),
                people.silent_partners(now),
                people.people_away(running, on),
            ),
        ),
    ]
