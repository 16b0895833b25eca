"""What the writers find and what they leave behind; run as a program beside the server.

`python -m tests.load.world make` migrates the database and makes people and measures,
`python -m tests.load.world tell` says what is recorded. Both answer in JSON.
"""

import json
import sys

import django

CLIENTS, HOT = 10, 2
PASSWORD = "heslo-jen-pro-zkousku-zapisu"


def make():
    """Make ten people of the unit, a measure for each of them and two for all."""
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.db import connection

    from accounts.models import User
    from tests.factories import GoalFactory, make_measure

    if connection.vendor == "sqlite":
        # Only while the tables are made: the server writes as it does in earnest.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    call_command("migrate", interactive=False, verbosity=0)
    goal = GoalFactory(strategy__is_monitored=True, strategy__slug="kk")
    measures = [make_measure(f"1.{n}", goal).pk for n in range(1, CLIENTS + HOT + 1)]
    emails = []
    for number in range(CLIENTS):
        user = User.objects.create_user(f"pise{number}@portal.test", PASSWORD, name=f"P {number}")
        user.groups.add(Group.objects.get(name="unit"))
        emails.append(user.email)
    _verify(emails)
    return {"emails": emails, "own": measures[:CLIENTS], "hot": measures[CLIENTS:]}


def _verify(emails):
    from allauth.account.models import EmailAddress

    from accounts.models import User

    for user in User.objects.filter(email__in=emails):
        address = {"user": user, "verified": True, "primary": True}
        EmailAddress.objects.get_or_create(email=user.email, defaults=address)


def tell():
    """Return every report, draft and version of a milestone, and where the statuses of the code
    and of the naive replay part."""
    from measures.models import MilestoneVersion, Report, ReportDraft

    return {
        "reports": list(Report.objects.values_list("note", "measure_id", "author__email")),
        "drafts": list(ReportDraft.objects.values_list("author__email", "measure_id", "note")),
        "versions": list(
            MilestoneVersion.objects.order_by("recorded_at", "pk").values_list(
                "milestone_id", "title", "state", "author__email", "milestone__measure_id"
            )
        ),
        **_statuses(),
    }


def _statuses():
    from collections import Counter

    from django.utils import timezone

    from measures.models import Measure
    from measures.status import end_of, facts, status
    from tests.measures.naive_replay import replay_status
    from tests.portal.demo.events import events_of

    today = timezone.localdate()
    found = facts(Measure.objects.in_plan_order(), today)
    naive = [replay_status(events_of(f.measure), today, end_of(today)).stav for f in found]
    told = [status(f, today).key.label for f in found]
    return {"statuses": Counter(told), "naive": Counter(naive), "agree": told == naive}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps({"make": make, "tell": tell}[sys.argv[1]]()))
