# `make` lists the targets; `make run` and `make test` need nothing but Python 3.11+ with venv.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types check bench audit mutants bench-load lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1 - /'

setup: .venv/ready ## make the environment in .venv and nothing else

.venv/ready: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing. Install it (on Debian: apt install python3 python3-venv) and run make again."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. Install it (on Debian: apt install python3-venv) and run make again."; exit 1; }
	$(PYTHON) -m venv .venv
	$(INSTALL) requirements.lock
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(INSTALL) requirements-dev.lock
	@touch $@

run: .venv/ready ## run the bot; without BOT_TOKEN a local chat opens in the browser
	@exec $(BIN)/python -m bot run

test: lint types ## lint, types and all tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready-dev
	$(BIN)/mypy

check: .venv/ready ## every mistake in content/ and locales/, with file and line
	$(BIN)/python -m bot check

bench: .venv/ready-dev ## print speed and matching figures
	$(BIN)/python -m bench

bench-load: .venv/ready-dev ## drive the bot over HTTP beside echo bots of other libraries (half an hour; needs the network once)
	$(BIN)/python -m bench load

audit: .venv/ready-dev ## which locked packages are known to be vulnerable; ADVISORIES=folder asks a copy, without the network
	@$(BIN)/python -m bench audit $(ADVISORIES)

mutants: .venv/ready-dev ## break the danger and privacy code in every small way and see the tests notice (half an hour)
	$(BIN)/python -m bench mutants

LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet
lock: ## write both locks anew from pyproject.toml (needs uv)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
