"""The records whose history is kept, as the pages of the staff call them and their values."""

import datetime as dt
from decimal import Decimal
from functools import cache

from django.contrib.auth.models import Group
from django.db import models

from accounts.models import User
from accounts.roles import NAMES
from common import czech
from common.history import history_model, tracked_lists, tracked_models
from common.units import places_of

UNKNOWN = "neuvedeno"
PART_OF = {
    "measures.activity": "measure",
    "indicators.target": "indicator",
    "projects.projectmeasure": "project",
    "projects.projectactivity": "project",
    "projects.timelineevent": "project",
    "projects.outcome": "project",
    "projects.obstacle": "project",
    "projects.externalfact": "project",
    "projects.budgetpart": "project",
    "municipalities.componentshare": "edition",
    "municipalities.componentvalue": "entry",
}
"""Which field leads from a part to its whole: the page of the whole tells of its parts too."""
NAMED_BY = {"projects.projectmeasure": "measure"}
"""Records without a name of their own are called by what this field leads to."""
LABELS = {("accounts.user", "groups"): "role"}


class Kind:
    """A kind of records: a tracked model under its Czech name and its key in addresses."""

    def __init__(self, model):
        self.model, self.rows = model, history_model(model)
        self.label = model._meta.label_lower
        self.key = self.label.replace(".", "-")
        self.name = czech_name(model._meta.verbose_name)
        self.pk = model._meta.pk.attname
        part_of = PART_OF.get(self.label)
        self.whole = model._meta.get_field(part_of) if part_of else None

    @property
    def fields(self):
        """The fields people may edit: keys worked out for search and order are none of theirs."""
        return [f for f in self.rows.tracked_fields if f.editable and not f.primary_key]

    @property
    def links(self):
        return [field for field in self.rows.tracked_fields if field.is_relation]

    @property
    def parts(self):
        """The kinds of records that are parts of this one."""
        return [kind for kind in kinds() if kind.whole and kind.whole.related_model is self.model]

    @property
    def is_of_people(self):
        return self.model is User

    def field_label(self, field):
        return LABELS.get((self.label, field.name), str(field.verbose_name))

    def lists(self):
        return tracked_lists(self.model)


@cache
def kinds():
    """Return all Kinds in the Czech order of their names."""
    return sorted(map(Kind, tracked_models()), key=lambda kind: czech.sort_key(kind.name))


def czech_name(name):
    return f"{name[:1].upper()}{name[1:]}"


def kind_of(key):
    """Return the Kind with a key, None if there is none."""
    return next((kind for kind in kinds() if kind.key == key), None)


def kinds_for(user):
    """Return the Kinds a member of staff may see."""
    sees_people = user.has_perm("portal.view_people_history")
    return [kind for kind in kinds() if sees_people or not kind.is_of_people]


def item_name(item):
    """Return what a record is called where another one points to it."""
    if item is None:
        return "smazaný záznam"
    if isinstance(item, Group):
        return NAMES.get(item.name, item.name)
    return str(item)


def value_text(field, value, items):
    """Return a value of a field in Czech; `items` are the records fields point to, by model."""
    if value is None or value == "":
        return UNKNOWN
    if field.is_relation:
        return item_name(items.get(field.related_model, {}).get(value))
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return "ano" if value else "ne"
    if isinstance(value, dt.datetime):
        return czech.date_time(value)
    if isinstance(value, dt.date):
        return czech.date(value)
    if isinstance(value, Decimal):
        return czech.decimal(value, places_of(value))
    return str(value)


def read_items(wanted):
    """Return the records of {model: primary keys} by model and key; a query a model.

    What their own names are made of is read with them.
    """
    found = {}
    for model, keys in wanted.items():
        links = [f.name for f in model._meta.concrete_fields if f.is_relation]
        found[model] = model._base_manager.select_related(*links).in_bulk(keys)
    return found
