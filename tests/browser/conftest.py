"""Browser tests: run in a process of their own, `pytest -m browser` (see the Makefile)."""

import os
import shutil

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.test import Client

HERE = os.path.dirname(__file__)
# What is not there in ten seconds does not come.
MOST_MS = 10_000
RUN_AXE = """async ([context, options]) => {
  const { violations } = await axe.run(context ?? document, options);
  return { violations };
}"""
# Chromium looks for its maker's servers at every start unless told not to.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if str(item.path).startswith(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True, scope="session")
def allow_async_unsafe():
    """Playwright keeps an event loop in this thread, in which Django would refuse to query."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("Chromium is not installed: apt-get install chromium", pytrace=False)
    return {**browser_type_launch_args, "executable_path": found, "args": QUIET}


@pytest.fixture(scope="session")
def base_url(django_db_setup, live_server):
    # The database first: the server would share a connection made to the one before it.
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "cs-CZ", "timezone_id": "Europe/Prague"}


class Watch:
    """Keeps what a browser complained of and what it asked of others than us."""

    def __init__(self, home):
        self.home = home
        self.faults = []
        self.allowed = []

    def allow(self, text):
        """Let messages that contain `text` pass, as "404" on a page that must answer so."""
        self.allowed.append(text)

    def message(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(
                f"console {message.type}: {message.text} ({message.location['url']})"
            )

    def error(self, error):
        self.faults.append(f"error: {error.error}")

    def request(self, request):
        if not request.url.startswith((self.home, "data:", "about:")):
            self.faults.append(f"off-site request: {request.url}")

    def left(self):
        return [f for f in self.faults if not any(text in f for text in self.allowed)]


@pytest.fixture(autouse=True)
def console_clean(context, base_url):
    """Fail a test whose pages wrote to the console or reached off the site."""
    watch = Watch(base_url)
    context.set_default_timeout(MOST_MS)
    context.on("console", watch.message)
    context.on("weberror", watch.error)
    context.on("request", watch.request)
    yield watch
    assert not watch.left(), "\n".join(watch.left())


@pytest.fixture
def page_as(context, page, base_url, make_user):
    """Return a function that gives the page signed in as a new user in the given roles."""

    def sign_in(*roles):
        client = Client()
        client.force_login(make_user(*roles), backend="accounts.backends.EmailBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": base_url}])
        return page

    return sign_in


@pytest.fixture
def axe(console_clean):
    """Return a function that fails with axe's report when a page is not accessible.

    `rules` names the only rules to ask; without them all of WCAG 2.2 AA and axe's best practice.
    """

    def check(page, context=None, rules=None):
        heard = len(console_clean.faults)
        options = {"resultTypes": ["violations"], "preload": False}
        options |= {"runOnly": rules} if rules else {"rules": {"target-size": {"enabled": True}}}
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        results = AxeResults(page.evaluate(RUN_AXE, [context, options]))
        # The policy stops styles that axe itself tries to set, and the console says so.
        del console_clean.faults[heard:]
        assert results.violations_count == 0, results.generate_report()

    return check
