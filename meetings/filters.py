import django_filters as filters

WRONG_BODY = "Takový orgán tu zasedání nemá, výběr podle orgánu se nepoužil."
WRONG_STRATEGY = "K takové strategii tu zasedání není, výběr podle strategie se nepoužil."
WRONG_YEAR = "V tomto roce tu zasedání není, výběr podle roku se nepoužil."


class MeetingFilter(filters.FilterSet):
    """Meetings by body, strategy and year; a bad value is reported and ignored."""

    organ = filters.ChoiceFilter(
        label="Orgán",
        field_name="body__slug",
        empty_label="všechny",
        error_messages={"invalid_choice": WRONG_BODY},
    )
    strategie = filters.ChoiceFilter(
        label="Strategie",
        field_name="body__strategy__slug",
        empty_label="všechny",
        error_messages={"invalid_choice": WRONG_STRATEGY},
    )
    rok = filters.ChoiceFilter(
        label="Rok",
        field_name="meeting_date__year",
        empty_label="všechny",
        error_messages={"invalid_choice": WRONG_YEAR},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = ("body__slug", "body__name", "body__strategy__slug", "body__strategy__short_name")
        rows = self.queryset.order_by().values_list(*fields, "meeting_date__year").distinct()
        found = list(rows)
        self.any_at_all = bool(found)
        self._offer("organ", {row[0]: row[1] for row in found})
        self._offer("strategie", {row[2]: row[3] for row in found})
        years = sorted({row[4] for row in found}, reverse=True)
        self.filters["rok"].extra["choices"] = [(str(year), str(year)) for year in years]

    def _offer(self, name, labels):
        choices = sorted(labels.items(), key=lambda pair: pair[1])
        self.filters[name].extra["choices"] = choices

    @property
    def fields(self):
        """The fields among whose values there is a choice, or one was made."""
        return [
            field
            for field in self.form
            if len(self.filters[field.name].extra["choices"]) > 1 or field.data
        ]

    @property
    def sentences(self):
        """What was not understood, in sentences."""
        return [error for errors in self.form.errors.values() for error in errors]

    @property
    def is_narrowed(self):
        """Whether something was asked for and understood."""
        self.form.is_valid()
        return any(self.form.cleaned_data.values())
