"""Our data files and the order they are loaded in: a file may point only to earlier ones."""

from django.conf import settings

FIXTURES = settings.BASE_DIR / "fixtures"

FILES = [
    FIXTURES / name
    for name in (
        "01-bands.json",
        "02-karlovarsky-kraj.json",
        "03-band-counts-2020.json",
        "04-index-2023.json",
        "05-strategy-kk.json",
        "06-strategy-lk.json",
        "07-plans.json",
        "08-first-reports.json",
        "09-projects.json",
        "10-indicators.json",
        "11-needs.json",
        "12-bodies.json",
    )
]
