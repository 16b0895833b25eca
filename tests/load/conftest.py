"""A real server over a database of its own, as `make run` starts it; nothing of it stays."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.load)


@pytest.fixture
def database_url(tmp_path):
    """The address of a new database: of the kind the tests run on."""
    url = urlsplit(os.environ.get("DATABASE_URL", "sqlite://:memory:"))
    if url.scheme == "sqlite":
        yield f"sqlite:///{tmp_path / 'load.sqlite3'}"
        return
    name, home = f"load_{os.getpid()}", urlunsplit(url._replace(path="/postgres"))
    with psycopg.connect(home, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(url._replace(path=f"/{name}"))
    with psycopg.connect(home, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def environment(database_url):
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.load.settings",
        "EMBEDDED": "true",
        "DEMO": "false",
        "DEBUG": "false",
        "SECRET_KEY": "only-for-the-load-test-" + 40 * "x",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "WARNING",
    }


@pytest.fixture
def world(environment, pytestconfig):
    """Return a function that runs tests.load.world on the database and reads what it says."""

    def run(act):
        done = subprocess.run(
            [sys.executable, "-m", "tests.load.world", act],
            cwd=pytestconfig.rootpath,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    return run


@pytest.fixture
def server(environment, pytestconfig, tmp_path):
    """Start the server on a free port when asked; return its address and the file of its log."""
    processes, log = [], tmp_path / "server.log"

    def start():
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [BIN / "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--workers", "2", "--blocking-threads", "4"]
        command += ["--workers-kill-timeout", "2", "--log-level", "warning"]
        with log.open("w") as output:
            process = subprocess.Popen(
                [*command, "config.wsgi:application"],
                cwd=pytestconfig.rootpath,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        processes.append(process)
        home = f"http://127.0.0.1:{port}"
        _wait(home, process, log)
        return home, log

    yield start
    for process in processes:
        _stop(process)


def _wait(home, process, log):
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{home}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"The server did not start: {log.read_text()[-2000:]}", pytrace=False)


def _stop(process):
    """End the server and its workers: they are a group of their own."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
