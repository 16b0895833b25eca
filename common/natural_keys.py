"""Natural keys: how our data files point to records, as primary keys differ between databases."""

import json

from django.core.exceptions import ValidationError
from django.db import models

from common.models import LoadedRecord


class Refused(Exception):
    """A Czech sentence on what is wrong in a data file, without the place where it stands."""


class Gone(Exception):
    """A reference to a record that a file loaded and people have deleted or renamed since."""


def natural_key_paths(model):
    """Return (lookup path, field) for each part of a model's natural key, flattened.

    The key is the first unique field, or else the fields of the first unconditional unique
    constraint; a part that is a reference stands for the key of its target. Raises Refused for a
    model that has neither.
    """
    paths = []
    for name in _natural_key(model):
        part = model._meta.get_field(name)
        if part.is_relation:
            ends = natural_key_paths(part.related_model)
            paths += [(f"{name}__{path}", end) for path, end in ends]
        else:
            paths.append((name, part))
    return paths


def _natural_key(model):
    for part in model._meta.concrete_fields:
        if part.unique and not part.primary_key and not part.is_relation:
            return [part.name]
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.fields and not rule.condition:
            return rule.fields
    raise Refused(f"na {model._meta.label_lower} nelze odkázat, nemá přirozený klíč")


class References:
    """Finds records by their natural keys, with one query a model."""

    def __init__(self):
        self._found = {}
        self._loaded = {}

    def find(self, model, raw):
        """Return the primary key of the record with a natural key as it stands in a file.

        Raises Gone, or Refused if there never was such a record.
        """
        paths, parts = natural_key_paths(model), flat(raw)
        if len(parts) != len(paths):
            raise Refused(f"odkaz {text(raw)} má mít {len(paths)} částí")
        try:
            key = tuple(end.to_python(part) for (_, end), part in zip(paths, parts, strict=True))
        except ValidationError as error:
            raise Refused(f"odkaz {text(raw)}: {' '.join(error.messages)}") from error
        if key in self._all(model, paths):
            return self._found[model][key]
        if tuple(parts) in self._loaded_before(model):
            raise Gone
        raise Refused(f"odkaz {text(raw)} nikam nevede ({model._meta.label_lower})")

    def forget(self, model):
        """Look again next time: records of the model were added."""
        self._found.pop(model, None)
        self._loaded.pop(model, None)

    def _all(self, model, paths):
        if model not in self._found:
            found = model._base_manager.values_list("pk", *(path for path, _ in paths))
            self._found[model] = {tuple(key): pk for pk, *key in found}
        return self._found[model]

    def _loaded_before(self, model):
        if model not in self._loaded:
            loaded = LoadedRecord.objects.filter(model=model._meta.label_lower)
            keys = loaded.values_list("key", flat=True)
            self._loaded[model] = {tuple(flat(json.loads(key))) for key in keys}
        return self._loaded[model]


def flat(raw):
    """Return the parts of a natural key in one list, whatever is nested in it."""
    if not isinstance(raw, list):
        return [raw]
    return [part for item in raw for part in flat(item)]


def text(raw):
    """Return a value of a file as it is written there, without spaces."""
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
