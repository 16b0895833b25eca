from django import forms

NO_CLIENTS = "Žádné údaje o klientech."
LONGEST = 4000


class ErrorForm(forms.Form):
    """What a reader says is wrong. `web` is a trap for programs that fill in every box."""

    page = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Co je špatně",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        help_text="Co na stránce stojí a jak je to správně. Víte-li, odkud to je, napište to také.",
        error_messages={
            "required": "Napište, co je na stránce špatně.",
            "max_length": "Napište to nejvýš 4000 znaky, teď jich je %(show_value)s.",
        },
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="Jen když chcete odpověď. Nikde ho nezveřejníme a rok po vyřízení ho smažeme.",
        error_messages={
            "invalid": "Napište celou adresu, třeba jana@priklad.cz, nebo nechte pole prázdné.",
        },
    )
    web = forms.CharField(
        label="Nevyplňujte",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_web(self):
        """A browser may have filled it in by itself: the person is told and loses nothing."""
        if self.cleaned_data["web"]:
            self.data = self.data.copy()
            self.data["web"] = ""
            raise forms.ValidationError(
                "Toto pole musí zůstat prázdné. Vyprázdnili jsme ho, odešlete formulář znovu."
            )
        return ""


class AnswerErrorForm(forms.Form):
    """An answer to whoever reported an error."""

    answer = forms.CharField(
        label="Odpověď",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        help_text="Odejde e-mailem a jde poslat jednou. Vaše jméno v ní portál neuvádí. "
        f"{NO_CLIENTS}",
        error_messages={"required": "Napište odpověď."},
    )


class CloseErrorForm(forms.Form):
    """What the public may read of an error that was mended."""

    correction = forms.CharField(
        label="Co jsme opravili",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Jedna věta pro veřejný seznam oprav, třeba „Opravili jsme počet obyvatel Aše.“ "
        "Nic z toho, co čtenář napsal o sobě. Když se nic neopravovalo, nechte pole prázdné.",
    )
