"""Where the settings are read from, and the mode they are read for."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# The embedded mode is `make run`: one machine, plain HTTP on loopback, made-up accounts.
EMBEDDED = env.bool("EMBEDDED", default=False)
