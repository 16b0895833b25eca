from django.contrib.auth import password_validation

from common import czech


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """The same rule as Django's, which has no Czech sentence for it."""

    def get_error_message(self):
        signs = czech.count(self.min_length, "znak", "znaky", "znaků")
        return f"Heslo je příliš krátké. Musí mít aspoň {signs}."

    def get_help_text(self):
        signs = czech.count(self.min_length, "znak", "znaky", "znaků")
        return f"Heslo musí mít aspoň {signs}."
