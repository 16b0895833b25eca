from django.db import models


class LinkField(models.URLField):
    """An address of a page; one typed without its scheme is a secure one."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
