"""Who may read which meetings."""

from django.conf import settings

from meetings.models import Meeting


def sees_open(request):
    """Say whether the reader may see briefings before they are frozen, without opening a session
    for those who have none: a page that never touched one can be kept by a cache."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.has_perm("meetings.see_open")


def readable(sees_open):
    """Return the meetings a reader may see, the latest first: the frozen ones, or all."""
    found = Meeting.objects.for_list()
    return found if sees_open else found.filter(is_frozen=True)
