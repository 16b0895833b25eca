"""Tables of what the database refuses: a row for each constraint of an app."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint


def constraint_names(app):
    """Return the names of all constraints of an app, and of its unique fields as Model.field."""
    names = set()
    for model in apps.get_app_config(app).get_models():
        names |= {constraint.name for constraint in model._meta.constraints}
        names |= {
            f"{model.__name__}.{field.name}"
            for field in model._meta.local_fields
            if field.unique and not field.primary_key
        }
    return names


def assert_refused(factory, name, values):
    """See that the database refuses a row and that a check constraint says so in Czech."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        factory(**values)
    model = factory._meta.model
    found = [c for c in model._meta.constraints if c.name == name]
    if found and isinstance(found[0], CheckConstraint):
        assert name in str(caught.value)
        with pytest.raises(ValidationError) as refusal:
            found[0].validate(model, model(**values))
        assert refusal.value.messages == [found[0].violation_error_message]
