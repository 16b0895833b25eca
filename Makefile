# Needs Python 3.11 and make. `make help` lists what there is.

PYTHON ?= python3.11
PORT ?= 8000
DEMO_PORT := $(if $(filter file,$(origin PORT)),8001,$(PORT))
SHELL := /bin/sh
BIN := .venv/bin
TOOLS := requirements-uv.txt requirements-build.txt
sum = $(shell cat $(1) | cksum | tr ' ' '-')
# An environment is ready when it holds the stamp of the files it was made from.
RUN_STAMP := .venv/.run-$(call sum,requirements.txt $(TOOLS))
DEV_STAMP := .venv/.dev-$(call sum,requirements.txt requirements-dev.txt $(TOOLS))
UV := $(BIN)/uv pip
UV_FLAGS := --quiet --python $(BIN)/python --require-hashes --build-constraints requirements-build.txt
CHROMIUM := $(shell command -v chromium || command -v chromium-browser)
PYTEST := $(BIN)/pytest -q
# Longer by `make test-load SECONDS=30`. A shell has a SECONDS of its own, which counts.
SECONDS := 5

.PHONY: help run geo demo demo-reset test test-sqlite test-postgresql test-browser test-load check fix

help:
	@echo "make run           portal on http://127.0.0.1:$(PORT) (PORT=… chooses another)"
	@echo "make geo           the geometry libraries that the import of boundaries needs"
	@echo "make demo          the same with made-up data for training, on port $(DEMO_PORT); make demo-reset makes them anew"
	@echo "make test          all tests on SQLite, with TEST_DATABASE_URL=postgres://… on PostgreSQL too"
	@echo "make test-browser  only the tests in Chromium"
	@echo "make test-load     ten people writing at once for 5 s (SECONDS=… chooses another time)"
	@echo "make check         linters, formats, layers, migrations, production settings"
	@echo "make fix           mend what the linters and formatters can"

.venv/bin/uv:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is missing; PYTHON=… names another command for it."; exit 1; }
	@echo "Making the environment …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt

# What developers have added stays: only a pure environment is synchronised.
$(RUN_STAMP): | .venv/bin/uv
	@echo "Installing packages …"
	@if ls .venv/.dev-* >/dev/null 2>&1; then $(UV) install $(UV_FLAGS) -r requirements.txt; \
	else $(UV) sync $(UV_FLAGS) requirements.txt; fi
	@rm -f .venv/.run-* && touch $@

$(DEV_STAMP): | .venv/bin/uv
	@echo "Installing packages …"
	@$(UV) sync $(UV_FLAGS) requirements-dev.txt
	@rm -f .venv/.run-* .venv/.dev-* && touch $@

.env: | .venv/bin/uv
	@umask 077 && printf 'EMBEDDED=true\nSECRET_KEY=%s\n' \
	  "$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" > .env

# The environment of the developers holds all that running needs. Ctrl+C reaches the workers too,
# and granian may then wait for them for ever: the timeout ends them.
run: $(if $(wildcard $(DEV_STAMP)),$(DEV_STAMP),$(RUN_STAMP)) .env
	@$(BIN)/python -c "import socket; socket.create_server(('127.0.0.1', $(PORT))).close()" 2>/dev/null \
	  || { echo "Port $(PORT) je obsazený nebo neplatný; jiný zvolíte takto: make run PORT=8001"; exit 1; }
	@$(BIN)/python manage.py prepare
	@echo "Portál: http://127.0.0.1:$(PORT) (ukončí ho Ctrl+C)"
	@exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 \
	  --blocking-threads 4 --workers-kill-timeout 2 --respawn-failed-workers \
	  --log-level warning config.wsgi:application

# Only manage.py import_boundaries needs them.
geo: $(if $(wildcard $(DEV_STAMP)),$(DEV_STAMP),$(RUN_STAMP))
	@$(UV) install $(UV_FLAGS) -r requirements-geo.txt

# Its own database, attachments and accounts; e-mail goes to the log only.
demo:
	@DEMO=true EMBEDDED=true EMAIL_URL=consolemail:// $(MAKE) --no-print-directory run PORT=$(DEMO_PORT)

demo-reset:
	@rm -rf var/demo.sqlite3 var/demo.sqlite3-wal var/demo.sqlite3-shm var/prilohy-demo var/ucty-demo.txt
	@echo "Ukázka je smazaná; novou připraví make demo."

test: test-sqlite
ifneq ($(CHROMIUM)$(CI),)
	@$(MAKE) --no-print-directory test-browser
else
	@echo "BROWSER TESTS NOT RUN: Chromium is missing (apt-get install chromium)."
endif
ifdef TEST_DATABASE_URL
	@$(MAKE) --no-print-directory test-postgresql
endif
	@$(MAKE) --no-print-directory test-load

test-sqlite: $(DEV_STAMP)
	@echo "== SQLite"
	@DATABASE_URL=sqlite://:memory: $(PYTEST) -n 2

test-postgresql: $(DEV_STAMP)
	@echo "== PostgreSQL"
	@DATABASE_URL=$${TEST_DATABASE_URL:?} $(PYTEST) -n 2

test-browser: $(DEV_STAMP)
	@echo "== Chromium on $(if $(TEST_DATABASE_URL),PostgreSQL,SQLite)"
	@DATABASE_URL=$${TEST_DATABASE_URL:-sqlite://:memory:} DJANGO_ALLOW_ASYNC_UNSAFE=true $(PYTEST) -m browser tests/browser

# The server, its database and the clients are the test's own; SECONDS=30 is the measure.
test-load: $(DEV_STAMP)
	@echo "== Ten writers for $(SECONDS) s on SQLite"
	@DATABASE_URL=sqlite://:memory: LOAD_SECONDS=$(SECONDS) $(PYTEST) -m load tests/load
ifdef TEST_DATABASE_URL
	@echo "== Ten writers for $(SECONDS) s on PostgreSQL"
	@DATABASE_URL=$${TEST_DATABASE_URL:?} LOAD_SECONDS=$(SECONDS) $(PYTEST) -m load tests/load
endif

check: $(DEV_STAMP)
	@$(BIN)/ruff check --output-format concise .
	@$(BIN)/ruff format --check --output-format concise .
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/lint-imports --no-cache --no-logo
	@export EMBEDDED=false DEBUG=false ALLOWED_HOSTS=portal.example.cz EMAIL_URL=consolemail:// PORTAL_URL=https://portal.example.cz \
	  DATABASE_URL=sqlite://:memory: \
	  SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" && \
	  $(BIN)/python manage.py makemigrations --check --dry-run && \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	@echo "All checks passed."

fix: $(DEV_STAMP)
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
