# `make help` lists the commands. Works with GNU make 3.81 and newer (macOS has 3.81).
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
PY := $(BIN)/python
TOOLS := campaign_dashboard/tools
WORKERS ?= 2

.PHONY: help run test lint types contracts format messages lock bench screenshots assets password clean dev

help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Settings come from the environment, for example: PORT=8100 make run (all of them: docs/operations.md)"

run: .venv/.installed assets ## start everything; Ctrl-C stops it
	@exec $(PY) manage.py up --stop-with-parent

# The newest Python is not always the one called python3, and a name on PATH need not work (pyenv's shims).
.venv/bin/python:
	@for candidate in "$${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found="$$candidate"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed, and `python3 --version 2>&1 || echo none` was found; install one, or name it: make run PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	echo "Making .venv with `$$found --version` ..."; \
	if "$$found" -m venv .venv 2>/dev/null; then :; \
	elif command -v uv >/dev/null 2>&1; then uv venv --quiet --python "$$found" .venv; \
	else rm -rf .venv; echo "$$found cannot make a virtual environment; install its venv package (on Debian: apt-get install python3-venv) and run make again." >&2; exit 1; fi

.venv/.installed: requirements.txt | .venv/bin/python
	@$(PY) $(TOOLS)/install.py requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@$(PY) $(TOOLS)/install.py requirements-dev.txt
	@touch $@

dev: .venv/.installed-dev ## install what tests and checks need

assets: .venv/.installed ## fetch the front-end packages into static/build
	@$(PY) $(TOOLS)/assets.py

test: dev assets ## lint, types, contracts and every test; gets its own servers and browser
	@$(MAKE) lint types contracts
	@$(PY) $(TOOLS)/chromium.py
	@echo "== tests"
	@$(PY) -m pytest -n $(WORKERS)

lint: dev ## ruff, djlint, codespell
	@echo "== lint"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/codespell

types: dev ## mypy
	@echo "== types"
	@$(BIN)/mypy

contracts: dev ## who may import whom
	@echo "== contracts"
	@$(BIN)/lint-imports

format: dev ## let ruff put things right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: dev ## bring the Chinese catalogue up to date and compile it
	@$(PY) $(TOOLS)/messages.py

lock: ## compile requirements*.in into hashed lock files (needs uv)
	@command -v uv >/dev/null 2>&1 || { echo "make lock needs uv on PATH; install it with: pip install uv" >&2; exit 1; }
	@for name in requirements requirements-dev requirements-npm; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $$name.in -o $$name.txt || exit 1; \
	done

bench: dev assets ## measurements, with the limit or the peer beside ours
	@$(PY) -m tests.benchmarks

screenshots: dev assets ## pictures of the pages at three widths, in var/screenshots
	@$(PY) $(TOOLS)/chromium.py
	@$(PY) -m tests.e2e.screenshots

password: .venv/.installed ## a fresh password for the editor (another account: NAME=...)
	@$(PY) manage.py password $(NAME)

clean: ## remove what was built and fetched; var/ (the data) stays
	rm -rf .venv node_modules static/build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
