"""What regulation (EU) 2021/1060, article 49(3), asks to be published of each operation.

Letters a–n. Letter b (a recipient who is a natural person) and c (fishing vessels) never apply
here: no person and no vessel is kept. Letter m, where the recipient sits, applies unless the
project works in exactly one municipality. What applies and is empty is missing; a date or an
amount in doubt is there, with its doubt. Works on what was read (`with_completeness`), no query.
"""

from dataclasses import dataclass

from common import czech
from projects.models import ProjectTerritory


@dataclass(frozen=True)
class Demand:
    """One letter of the article: what it asks for, and whether the project says it."""

    letter: str
    name: str
    is_known: bool


def demands(project):
    """Return the Demands that apply to a project, in the order of the letters."""
    places = len(project.municipalities.all())
    has_place = project.territory == ProjectTerritory.REGION or places > 0
    recipient = project.recipient
    rows = [
        Demand("a", "příjemce", recipient is not None),
        Demand("d", "název", bool(project.name)),
        _purpose(project),
        Demand("f", "začátek", project.start_date is not None),
        Demand("g", "konec", project.end_date is not None),
        Demand("h", "celkové náklady", bool(project.total_costs)),
        Demand("i", "fond", bool(project.fund)),
        Demand("j", "specifický cíl", bool(project.specific_objective)),
        Demand("k", "míra spolufinancování EU", project.eu_rate is not None),
        Demand("l", "území", has_place),
        Demand("n", "typ intervence", bool(project.intervention_type)),
    ]
    if places != 1:
        is_seat_known = recipient is not None and recipient.region_id is not None
        rows.insert(-1, Demand("m", "sídlo příjemce", is_seat_known))
    return rows


def missing(project):
    """Return the Demands that apply to a project and are not met."""
    return [one for one in demands(project) if not one.is_known]


def completeness_text(project):
    """Return „chybí 7 ze 12 údajů“, or „úplné“ where nothing is missing."""
    rows = demands(project)
    lacking = sum(not one.is_known for one in rows)
    if not lacking:
        return "úplné"
    return f"chybí {czech.k_of_n(lacking, len(rows))} údajů"


def _purpose(project):
    """Letter e asks for the purpose and the achievements, expected or actual."""
    lacking = [
        *([] if project.goal else ["účel"]),
        *([] if project.achievements else ["očekávané nebo dosažené výsledky"]),
    ]
    return Demand("e", " a ".join(lacking) or "účel a výsledky", not lacking)
