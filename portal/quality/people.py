"""Findings about people and letters: approvals that wait, mail refused, partners silent, who is
away. The only page that shows addresses of partners and answers of mail servers."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from common import czech
from measures.models import DraftState, PartnerRequest, RefusedMail, ReportDraft
from portal.quality.finding import Finding, Item

AHEAD_DAYS = 14
"""How far ahead absences are told."""


def waiting_for_approval():
    """Submitted reports nobody has approved or returned; one query."""
    rows = ReportDraft.objects.filter(
        state=DraftState.SUBMITTED, measure__strategy__is_monitored=True
    ).select_related("measure__strategy", "author")
    return Finding(
        key="ke-schvaleni",
        short="čeká na schválení",
        heading="Hlášení, která čekají na schválení",
        why="Dokud je někdo jiný než autor neschválí, veřejnost je nevidí.",
        fine="Na schválení nic nečeká.",
        items=tuple(
            Item(
                str(row.measure),
                reverse("measures:report_approval", args=[row.pk]),
                f"odevzdáno {_day(row.submitted_at or row.saved_at)}, autor {row.author}",
            )
            for row in rows.order_by("submitted_at", "pk")
        ),
    )


def refused_mail():
    """Addresses the mail server would not take; one query."""
    rows = RefusedMail.objects.select_related("person").order_by("-refused_at", "pk")
    return Finding(
        key="odmitnuta-posta",
        short="odmítnuté adresy",
        heading="Adresy, na které pošta nejde",
        why="Připomínky na ně nedojdou. Ze seznamu zmizí, jakmile na adresu nějaký e-mail projde.",
        fine="Žádnou adresu poštovní server neodmítl.",
        items=tuple(
            Item(
                f"{row.address} ({row.person})" if row.person else row.address,
                note=f"{_day(row.refused_at)}: {row.reason}",
            )
            for row in rows
        ),
        mend="Opravit adresu umí správce: účty jsou ve správě.",
    )


def silent_partners(now):
    """Questions to partners without an answer that nobody asked again since; one query."""
    again = PartnerRequest.objects.filter(
        measure=OuterRef("measure"),
        organisation=OuterRef("organisation"),
        asked_at__gt=OuterRef("asked_at"),
    )
    rows = PartnerRequest.objects.filter(~Exists(again), answered_at=None)
    rows = rows.select_related("measure__strategy", "organisation").order_by("expires_at", "pk")
    return Finding(
        key="dotazy-partnerum",
        short="partneři neodpověděli",
        heading="Dotazy partnerům bez odpovědi",
        why="Odkaz platí jen po omezenou dobu; po ní je třeba zeptat se znovu.",
        fine="Na všechny dotazy partneři odpověděli.",
        items=tuple(
            Item(
                f"{row.organisation.name}: opatření {row.measure.code}",
                reverse("measures:partner_request", args=[row.pk]),
                f"{row.email}, {_asked(row, now)}",
            )
            for row in rows
        ),
    )


def people_away(all_facts, on):
    """People away today or within 14 days, and how many of their measures nobody deputises; one
    query."""
    ahead = Absence.objects.filter(start_date__lte=on + timedelta(AHEAD_DAYS), end_date__gte=on)
    absences = list(ahead.select_related("user").order_by("start_date", "pk"))
    away = {absence.user_id for absence in absences}
    return Finding(
        key="nepritomni",
        short="nepřítomní",
        heading="Kdo je pryč dnes nebo do 14 dnů",
        why="Nepřítomnému připomínky nechodí; co nikdo nezastupuje, může propadnout.",
        fine="Do 14 dnů není nikdo pryč.",
        items=tuple(Item(_absence(a), note=_cover(a, all_facts, away)) for a in absences),
        mend="Určit zástupce",
        mend_url=reverse("measures:responsibility"),
    )


def _cover(absence, all_facts, away):
    """Say for how many measures a person answers and how many of them nobody stands in for."""
    owned = defaultdict(int)
    for found in all_facts:
        plan = found.plan
        if plan and plan.owner_id == absence.user_id:
            deputy = plan.deputy
            is_covered = deputy and deputy.is_active and deputy.pk not in away
            owned[bool(is_covered)] += 1
    number = sum(owned.values())
    if not number:
        return "za žádné opatření neodpovídá"
    uncovered = f"; nikdo nezastupuje {owned[False]} z nich" if owned[False] else ""
    return f"odpovídá za {czech.count(number, 'opatření', 'opatření', 'opatření')}{uncovered}"


def _absence(absence):
    start, end = czech.date(absence.start_date), czech.date(absence.end_date)
    return f"{absence.user}: {start} až {end}"


def _asked(row, now):
    expires = _day(row.expires_at)
    if row.expires_at <= now:
        return f"odkaz vypršel {expires}"
    if row.sent_at is None:
        return "e-mail zatím neodešel"
    return f"odesláno {_day(row.sent_at)}, odkaz platí do {expires}"


def _day(moment):
    return czech.date(timezone.localdate(moment, czech.PRAGUE))
