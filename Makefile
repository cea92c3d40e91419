# What a person types. `make` alone lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test fonts test-faults static check bench format docs clean

VENV := .venv
BIN := $(VENV)/bin
VENDOR := views/static/vendor
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest

# A stamp's name carries the hash of what it was made from: while that is unchanged there is nothing to do.
hash = $(shell cat $(1) | sha256sum | cut -c1-12)
SITE := $(VENV)/.site-$(call hash,setup.py)
TOOLS := $(VENV)/.tools-$(call hash,setup.py)
ASSETS := $(VENDOR)/.assets-$(call hash,package-lock.json tools/assets.py tools/icons.txt)
FONTS := $(VENV)/share/fonts/.fonts-$(call hash,tools/fonts.sh)

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(SITE) $(ASSETS) ## Set everything up, load the sample organisation, serve http://localhost:6543
	@tools/system.sh need libmagic1
	@$(MAKE) --silent fonts || echo "Going on without them; no document can be set."
	@mkdir -p var/blobs
	@$(BIN)/govrepo-sample development.ini
	@exec $(BIN)/pserve development.ini

test: $(TOOLS) $(ASSETS) $(FONTS) ## Run the tests with coverage (all but the long kill campaign)
	@tools/system.sh need libmagic1
	@tools/system.sh want chromium fonts-noto-cjk openssl curl nginx-light poppler-utils postgresql
	@tools/system.sh want default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java
	$(PYTEST) -n 2 --dist loadfile -m "not faults_all" --cov --cov-config=pyproject.toml --cov-report=term

test-faults: $(TOOLS) $(ASSETS) $(FONTS) ## Run the whole kill campaigns
	@tools/system.sh need libmagic1
	$(PYTEST) -m "faults or faults_all" --timeout 3600

static: $(TOOLS) ## Check format, lint, types, layers and documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict --quiet

check: static test ## Everything a change must pass

bench: $(TOOLS) $(ASSETS) $(FONTS) ## Measure, and write benchmarks/results.json
	$(BIN)/python benchmarks/run.py

fonts: $(FONTS) ## Fetch the free fonts of documents into .venv/share/fonts

format: $(TOOLS) ## Format the code, repair what the linter can, renew the generated pages
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python tools/docs_settings.py
	$(BIN)/python -m tools.docs_policies
	$(BIN)/python -m tools.docs_events
	$(BIN)/python -m tools.docs_registers

docs: $(TOOLS) ## Serve the documentation on http://localhost:8000
	$(BIN)/mkdocs serve

clean: ## Remove everything that can be made again; var/ (your data) stays
	rm -rf $(VENV) $(VENDOR) node_modules site build dist *.egg-info htmlcov .coverage .coverage.* \
	  .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# --- what the above is made from ------------------------------------------------------------------------------------

$(BIN)/python:
	@tools/system.sh need venv
	$$(tools/system.sh python) -m venv $(VENV)

$(SITE): $(BIN)/python
	@echo "Installing govrepo into $(VENV) (the first time takes a minute or two) ..."
	@$(PIP) install --editable .
	@rm -f $(VENV)/.site-* && touch $@

$(TOOLS): $(BIN)/python
	@echo "Installing govrepo and its tools into $(VENV) (the first time takes a minute or two) ..."
	@$(PIP) install --editable '.[tests,static]'
	@rm -f $(VENV)/.site-* $(VENV)/.tools-* && touch $(SITE) $@

$(FONTS): $(BIN)/python
	@tools/fonts.sh $(@D)
	@rm -f $(@D)/.fonts-* && touch $@

$(ASSETS): $(BIN)/python
	@$(BIN)/python tools/assets.py
	@touch $@
