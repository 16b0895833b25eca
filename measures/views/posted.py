"""Reading what a report form, or the page of two wordings after it, has sent."""

from measures import tokens, typed

MINE, THEIRS, JOINED = "moje", "jejich", "spojit"
CHOOSING = "vyber"


class Unchosen(Exception):
    """Of some fields in conflict nothing was chosen; `parts` are those of the page."""

    def __init__(self, parts, chosen, missing):
        super().__init__("Chybí volba.")
        self.parts = parts
        self.chosen = chosen
        self.missing = missing


def read_form(post):
    """Return the Token and the values of a posted form, of whomever it is; None and nothing when
    it is not a form we signed."""
    try:
        if post.get("akce") == CHOOSING:
            parts = tokens.read_choice(post.get("zneni", ""))
            values, _ = _chosen(parts, post)
            return tokens.read(parts["token"]), values
        return tokens.read(post.get("formular", "")), typed.from_post(post)
    except tokens.Refused:
        return None, None


def read_posted(post, draft):
    """Return the Token, the values and what is asked („akce“) of a form that must be of this
    draft's measure and author; raises Refused, and Unchosen where a choice is missing."""
    if post.get("akce") != CHOOSING:
        token = tokens.read_for(post.get("formular", ""), draft)
        return token, typed.from_post(post), post.get("akce", "")
    parts = tokens.read_choice(post.get("zneni", ""))
    token = tokens.read_for(parts["token"], draft)
    values, missing = _chosen(parts, post)
    if missing:
        raise Unchosen(parts, post, missing)
    return token, values, parts["act"]


def _chosen(parts, post):
    """Return the values after the choices made, and the fields of which none was made."""
    values, missing = dict(parts["values"]), []
    for name in parts["conflicts"]:
        choice = post.get(f"volba-{name}")
        if choice == THEIRS:
            values[name] = parts["theirs"][name]
        elif choice == JOINED and name in typed.TEXTS:
            values[name] = typed.clean(post.get(f"spojeno-{name}", ""))
        elif choice != MINE:
            missing.append(name)
    return values, missing
