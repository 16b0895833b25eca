"""What stands in the fields of the report form, as text: posted, kept in a draft or published.

One dict of values by name serves all: a day that makes no sense is kept as it was typed, two
windows are compared field by field, and an expired session gives back what was written.
"""

from uuid import UUID

from django.utils.datastructures import MultiValueDict

from common import czech

TEXTS = ("note", "obstacle", "next_step", "decision", "reason")
LINES = ("actor_role", "resolution", "link")
DAYS = ("as_of_date", "act_by_date", "review_date")
CHOICES = ("kind", "phase", "health", "actor", "cycle_start")
FLAGS = ("needs_decision",)
FIELDS = (*CHOICES, *TEXTS, *LINES, *DAYS, *FLAGS)
OUTPUT = ("kind", "title", "happened_on", "participants", "link")
OUTPUT_PREFIX = "output_"

LABELS = {
    "kind": "co se stalo",
    "phase": "fáze",
    "health": "jak to jde",
    "actor": "kdo jedná: organizace",
    "cycle_start": "hlášení za",
    "note": "poznámka",
    "obstacle": "co brání",
    "next_step": "další krok",
    "decision": "o čem má rada rozhodnout",
    "reason": "důvod zrušení",
    "actor_role": "kdo jedná: role",
    "resolution": "číslo usnesení",
    "link": "odkaz",
    "as_of_date": "ke dni",
    "act_by_date": "do kdy",
    "review_date": "kdy se znovu posoudí",
    "needs_decision": "potřebuji rozhodnutí rady",
    "finished": "hotové milníky",
    "output": "výstup",
}


def from_post(data):
    """Return what a posted form says; a field that was not sent is empty."""
    values = {name: clean(data.get(name, "")) for name in (*CHOICES, *TEXTS, *LINES, *DAYS)}
    values |= {name: "on" if data.get(name) else "" for name in FLAGS}
    values["finished"] = [clean(value) for value in data.getlist("finished")]
    output = {name: clean(data.get(f"{OUTPUT_PREFIX}{name}", "")) for name in OUTPUT}
    values["output"] = {name: value for name, value in output.items() if value.strip()}
    return values


def from_content(record):
    """Return what a report or a draft says, as the form shows it; no ticks and no output."""
    values = {name: _shown(getattr(record, name)) for name in (*TEXTS, *LINES, *DAYS)}
    values |= {name: getattr(record, name) or "" for name in ("kind", "phase", "health")}
    values["actor"] = str(record.actor_id or "")
    values["cycle_start"] = record.cycle_start.isoformat() if record.cycle_start else ""
    values |= {name: "on" if getattr(record, name) else "" for name in FLAGS}
    return {**values, "finished": [], "output": {}}


def from_draft(draft):
    """Return what a draft holds, with what could not be understood as it was typed."""
    values = from_content(draft)
    values |= {name: text for name, text in draft.typed.items() if name in values}
    values["output"] = dict(draft.output)
    if draft.pk:
        ticked = draft.finished_milestones.order_by("pk").values_list("pk", flat=True)
        values["finished"] = [str(pk) for pk in ticked]
    return values


def to_data(values):
    """Return values as a form takes posted data."""
    data = {name: [values[name]] for name in FIELDS if values.get(name)}
    data["finished"] = list(values.get("finished", []))
    for name, value in values.get("output", {}).items():
        data[f"{OUTPUT_PREFIX}{name}"] = [value]
    return MultiValueDict(data)


def same(name, a, b):
    """Say whether two values of a field mean the same: „15.12.2026“ is „15. 12. 2026“."""
    return _meaning(name, a) == _meaning(name, b)


def says_same(a, b):
    """Say whether two forms say the same in all that a report says about the work."""
    return all(same(name, a[name], b[name]) for name in FIELDS if name not in OWN)


OWN = ("cycle_start", "as_of_date")
"""Which report it is: never taken over from a report of somebody else."""


def label(name):
    return LABELS[name]


def as_uuid(text):
    return UUID(text) if text else None


def _meaning(name, value):
    if isinstance(value, dict):
        return {key: _meaning(key, text) for key, text in value.items() if text.strip()}
    if not isinstance(value, str):
        return value or ""
    text = " ".join(value.split()) if name not in TEXTS else value.strip()
    if name in DAYS or name == "happened_on":
        try:
            return czech.parse_date(text).isoformat()
        except ValueError:
            return text
    if name == "link":
        return text.removeprefix("https://")
    return text


def clean(text):
    """Return a posted text as it is kept: its lines end as ours, and no NUL is in it."""
    # A browser ends lines with CR LF; a NUL no database keeps.
    return text.replace("\r\n", "\n").replace("\x00", "")


def _shown(value):
    if value is None or isinstance(value, str):
        return value or ""
    return czech.date(value).replace(czech.NBSP, " ")
