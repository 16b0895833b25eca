"""Addresses of the pages a briefing points to."""


def meeting_address(meeting):
    """Return the address of a meeting; written out until its page has a name here."""
    return f"/zasedani/{meeting.slug}/"
