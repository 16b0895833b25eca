"""What the tests of the report form share: a form opened, filled in and sent, as a browser does."""

from tests.measures.days import CYCLE, TODAY, typed


def form_page(measure):
    return f"/prace/opatreni/{measure.pk}/hlaseni/"


def said(**changes):
    """Return the fields of a report of running work without trouble, but for the changes."""
    values = {
        "kind": "progress",
        "phase": "running",
        "health": "on_track",
        "cycle_start": CYCLE.isoformat(),
        "as_of_date": typed(TODAY),
    }
    return {**values, **changes}


def token_of(client, page):
    """Open a form and return its token."""
    return client.get(page).context["token"]


def send(client, page, act="zverejnit", *, token=None, follow=False, headers=None, **changes):
    """Open a form, unless its token is given, fill it in and press a button."""
    token = token or token_of(client, page)
    values = {"akce": act, "formular": token, **said(**changes)}
    return client.post(page, values, follow=follow, headers=headers)


def keep(client, page, *, token=None, **changes):
    """Send a form as htmx does while its writer goes on."""
    return send(client, page, "prubezne", token=token, headers={"HX-Request": "true"}, **changes)


def token_in(response):
    """Return the token an open page has got back."""
    return response.context["token"]
