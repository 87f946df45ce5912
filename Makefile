# The two commands are `make run` and `make test`; the others are for those who change the project.
PYTHON ?= python3
PORT   ?= 8000
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes

# Two at a time: the tests spend half of their time waiting for databases and browsers. Who has nothing left to do takes
# over from the other.
TESTS  ?= -n 2 --dist worksteal

# What is tested are the settings of the tests; a terminal's own have no part in it.
MANAGE := DJANGO_SETTINGS_MODULE=tests.settings DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test agents test-fast contract mutation check lint contracts types migrations openapi describe deploy format lock clean

help:
	@echo "make run [PORT=8000]   the site, with its worker and scheduler, on this machine"
	@echo "make test              the tests"
	@echo "make test-fast         those of them that take under a minute"
	@echo "make agents            official clients for agents, over a served site"
	@echo "make contract          the API against its description, at length"
	@echo "make mutation          changes of the code that no test notices, in a sample"
	@echo "make check             style, types, migrations, description of the API"
	@echo "make format            put the style right"
	@echo "make lock              write requirements/ anew from pyproject.toml"
	@echo "make clean             remove the environment and the caches; the data in var/ stays"

run: $(VENV)/.base
	@exec $(BIN)/python -m tracker.operations.launch --port "$(PORT)"

test: $(VENV)/.test
	@$(BIN)/python -m pytest $(TESTS)

# For between two edits: without browsers, real servers and whatever else takes its time. What runs is no less strict.
test-fast: $(VENV)/.test
	@$(BIN)/python -m pytest $(TESTS) -m "not slow"

# The API asked at random and by walks along its links, besides the fixed questions that `make test` asks.
CASES ?= 20
contract: $(VENV)/.test
	@ARTICLE10_CONTRACT_CASES=$(CASES) $(BIN)/python -m pytest tests/api/test_contract.py

# Official clients of both generations of the Model Context Protocol, each in an environment of its own, over a site that
# is served: `make run`, and then this.
SITE ?= http://127.0.0.1:$(PORT)
agents:
	@for version in 1.30.0 2.3.0; do \
	  [ -x .venv-mcp-$$version/bin/python ] || $(PYTHON) -m venv .venv-mcp-$$version; \
	  .venv-mcp-$$version/bin/python -m pip install -q --disable-pip-version-check mcp==$$version || exit 1; \
	  .venv-mcp-$$version/bin/python scripts/agents.py $(SITE) || exit 1; \
	done

check: lint contracts types migrations deploy openapi

lint: $(VENV)/.dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	find templates tracker -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +

# Who may import whom; the contracts stand in pyproject.toml.
contracts: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

types: $(VENV)/.dev
	$(BIN)/python -m mypy

migrations: $(VENV)/.dev
	$(MANAGE) makemigrations --check --dry-run

# As in production: nothing but what must be set.
deploy: $(VENV)/.dev
	env -u ARTICLE10_EMBEDDED SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	  BASE_URL=https://example.org CONTACT=https://example.org/contact \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

# The description has to be what the code says, and may not break what clients rely on.
openapi: $(VENV)/.dev
	$(MANAGE) spectacular --validate --fail-on-warn --format openapi-json --file /dev/null
	$(MANAGE) check_api_description

# After a change of the API: write its description and the examples anew, over a database with the shipped data only.
describe: $(VENV)/.dev
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	  export DJANGO_SETTINGS_MODULE=tests.settings DATABASE_URL="sqlite:///$$folder/shipped.sqlite3"; \
	  $(BIN)/python manage.py migrate --verbosity 0; \
	  $(BIN)/python manage.py load_dataset; \
	  $(BIN)/python manage.py write_api_examples; \
	  $(BIN)/python manage.py spectacular --validate --fail-on-warn --format openapi-json --file api/openapi.json

# Which changes of the code no test notices: of each function the mutants whose number ends so, the quickest first,
# as many as the time allows. The rooms and the tests stand in pyproject.toml.
MINUTES ?= 10
ENDING  ?= 1
mutation: $(VENV)/.dev
	@folder=$$(mktemp -d -t test_article10_XXXXXXXX); trap 'rm -rf "$$folder"' EXIT; \
	  ARTICLE10_TEST_DATABASES="$$folder" timeout --signal=INT $(MINUTES)m $(BIN)/mutmut run '*__mutmut_*$(ENDING)' \
	    > mutants.log 2>&1; \
	  $(BIN)/python scripts/mutation_score.py

format: $(VENV)/.dev
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .
	find templates tracker -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

# Hashes, and no address of a package index: the files say what is installed, not from where.
COMPILE = $(BIN)/uv pip compile -q --universal --generate-hashes --no-header
lock: $(VENV)/.dev
	$(COMPILE) --no-annotate requirements/bootstrap.in -o requirements/bootstrap.txt
	$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) pyproject.toml --extra postgres --extra telemetry --extra mail -o requirements/prod.txt
	$(COMPILE) pyproject.toml --group test --group e2e -o requirements/test.txt
	$(COMPILE) pyproject.toml --extra postgres --group dev -o requirements/dev.txt

clean:
	rm -rf $(VENV) mutants mutants.log .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage staticfiles

# uv installs in a third of the time; where it cannot be had, or finds no index of its own, pip does it.
define install
	@echo "Installing $< (once)"
	@{ $(PIP) -r requirements/bootstrap.txt \
	   && $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $<; } 2>$(VENV)/install.log \
	  || $(PIP) -r $<
	@touch $@
endef

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	$(install)

$(VENV)/.test: requirements/test.txt | $(BIN)/python
	$(install)

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	$(install)

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { echo "Python 3.11 or newer is needed; $(PYTHON) was not found. make PYTHON=/path/to/python3 names another." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$("$(PYTHON)" --version 2>&1). make PYTHON=/path/to/python3 names another." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python has no venv module; on Debian: apt install python3-venv" >&2; exit 1; }
	@touch .writable 2>/dev/null && rm -f .writable || { echo "This folder cannot be written to." >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)
