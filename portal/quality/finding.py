"""What the quality page is made of: findings, each with its things and where they are mended."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One thing of a finding with the page where it is looked at or mended, if there is one."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """What is wrong, why it matters, where it is mended; without items all is well, as `fine` says.

    `short` names it in the overview.
    """

    key: str
    short: str
    heading: str
    why: str
    fine: str
    items: tuple[Item, ...] = ()
    mend: str = ""
    mend_url: str = ""


@dataclass(frozen=True)
class Group:
    """Findings under one heading."""

    key: str
    heading: str
    findings: tuple[Finding, ...]
