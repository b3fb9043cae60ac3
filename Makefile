# Each target is one command on a fresh machine: it installs what it needs first.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What has been installed is noted here; a changed pyproject.toml installs again.
MARKS := .make
PYTEST_WORKERS ?= 2

.PHONY: help demo test check app screenshots bench clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

$(MARKS)/program: pyproject.toml packaging/install.sh
	@packaging/install.sh $(PYTHON) $(VENV) program
	@mkdir -p $(MARKS) && touch $@

$(MARKS)/test: $(MARKS)/program
	@packaging/install.sh $(PYTHON) $(VENV) test
	@touch $@

$(MARKS)/check: $(MARKS)/test
	@packaging/install.sh $(PYTHON) $(VENV) check
	@touch $@

demo: $(MARKS)/program ## the whole job on the sample consultation, into demo/
	@$(BIN)/ogp-sensemaker demo --into demo

test: $(MARKS)/test ## every test, those with the real models too
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist loadfile

check: $(MARKS)/check ## format, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

app: $(MARKS)/program ## the window
	@$(BIN)/ogp-sensemaker

screenshots: $(MARKS)/test ## every screen of the sample project, into docs/screens/
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screenshots.py

bench: $(MARKS)/test ## the measurements of docs/benchmarks.md that need nothing but this repository
	$(BIN)/python benchmarks/run.py

clean: ## what make has made
	rm -rf $(MARKS) $(VENV) demo build *.egg-info
