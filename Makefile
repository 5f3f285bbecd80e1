# Needs nothing but Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The day of the shipped feeds.
EXAMPLE_DAY := 2026-06-01T12:00+08:00

.PHONY: digest test lint types unit sites clean

## make digest: set up, make a post from the shipped feeds (no key, no network), show it
digest: $(VENV)/.installed
	@post=$$($(BIN)/digestbot run examples/daily.toml --now $(EXAMPLE_DAY) --force) \
	  && echo && cat "$$post" && echo

## make test: all tests, lint and types
test: $(VENV)/.dev lint types unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term-missing:skip-covered

## make sites: installs Hexo and Astro (needs Node.js and npm), builds a site of our posts with each
sites: $(VENV)/.dev $(foreach site,hexo astro,tests/sites/$(site)/node_modules/.installed)
	$(BIN)/python -m pytest tests/test_built_sites.py

tests/sites/%/node_modules/.installed: tests/sites/%/package-lock.json
	cd $(<D) && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "digestbot needs Python 3.11 or newer, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

clean:
	rm -rf $(VENV) dist build .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis
