"""The page of a person's own notices: which mails they get, and on which days they are away."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Absence, User
from accounts.roles import HEAD, UNIT
from common import czech
from common.forms import DateField

MOST_DAYS = 400


class AbsenceForm(forms.ModelForm):
    """Days on which the person will be away."""

    class Meta:
        model = Absence
        fields = ["start_date", "end_date"]
        field_classes = {"start_date": DateField, "end_date": DateField}
        labels = {"start_date": "Od", "end_date": "Do"}
        help_texts = {"start_date": "První den, třeba 15. 12. 2026.", "end_date": "Poslední den."}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        said = super().clean()
        start, end = said.get("start_date"), said.get("end_date")
        if start and end:
            self._check(start, end)
        return said

    def _check(self, start, end):
        if end < start:
            self.add_error("end_date", "Poslední den je dřív než první.")
        elif end < self.today:
            self.add_error("end_date", "Tyto dny už minuly, zapisují se jen dnešní a budoucí.")
        elif (end - start).days >= MOST_DAYS:
            self.add_error("end_date", f"Najednou lze zapsat nejvýš {MOST_DAYS} dní.")
        elif self.instance.user.absences.filter(start_date__lte=end, end_date__gte=start).exists():
            self.add_error("start_date", "Na některý z těchto dnů už nepřítomnost zapsanou máte.")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request):
    """Show the mails and days of absence of a person; POST adds days."""
    today = timezone.localdate()
    data = request.POST if request.method == "POST" else None
    form = AbsenceForm(data, instance=Absence(user=request.user), today=today)
    if data is not None and _add(form):
        days = f"{czech.date(form.instance.start_date)} – {czech.date(form.instance.end_date)}"
        messages.success(request, czech.typography(f"Nepřítomnost {days} je zapsaná."))
        return redirect("notices:notices")
    absences = request.user.absences.filter(end_date__gte=today).order_by("start_date", "pk")
    context = {
        "form": form,
        "absences": [(absence, absence.start_date <= today) for absence in absences],
        "is_reminded": request.user.has_any_role(UNIT, HEAD),
        "is_head": request.user.has_any_role(HEAD),
    }
    return render(request, "accounts/notices.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _add(form):
    """Save an absence; two at once wait for each other, so none overlap."""
    User.objects.select_for_update().get(pk=form.instance.user_id)
    if not form.is_valid():
        return False
    form.save()
    return True


@login_required
@require_POST
def absence_end(request, pk):
    """Take back days that have not come; of an absence that has begun, today and what is left."""
    absence = get_object_or_404(request.user.absences, pk=pk)
    if absence.end_early(timezone.localdate()):
        messages.success(request, "Nepřítomnost je zrušená, připomínky zase půjdou vám.")
    else:
        messages.info(request, "Tato nepřítomnost už skončila.")
    return redirect("notices:notices")
