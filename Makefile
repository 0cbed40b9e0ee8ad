# Stridecheck from a bare machine: Python 3.10 to 3.13 and make are all that has to be there.
#
#   make demo    analyse the sample clips       make test    lint, type-check and test everything
#
# Another Python: make demo PYTHON=/path/to/python3

PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MODEL := models/pose_landmarker_full.task
RESULTS := stridecheck-results
API := build/api
IN_A_KERNEL := notebooks/tour.ipynb

FITS := import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))
TYPED := import sys; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test lint coverage docs api clean

help:
	@echo "make demo      set everything up, analyse the clips in sample_videos/ and say where the reports are"
	@echo "make test      set everything up, then lint, type-check and run all tests"
	@echo "make lint      set everything up, then lint and type-check only"
	@echo "make coverage  run all tests and tell which lines of the package none of them reaches"
	@echo "make docs      bring up to date what README and docs/ take from the code"
	@echo "make api       write the reference of all public names to $(API)"
	@echo "make clean     remove $(VENV), $(RESULTS) and caches; fetched models stay"

demo: $(VENV)/.installed $(VENV)/.libraries $(MODEL)
	@$(BIN)/stridecheck analyze --out $(RESULTS) sample_videos/*.mp4
	@echo "Open the report.html in each folder of $(CURDIR)/$(RESULTS)"

test: lint $(VENV)/.libraries $(MODEL)
	$(BIN)/python -m pytest -n auto --dist worksteal --nbmake $(IN_A_KERNEL) tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@if $(BIN)/python -c '$(TYPED)'; then $(BIN)/mypy; \
	else echo "mypy is left out: the numpy of Python 3.10 describes its types differently"; fi

coverage: $(VENV)/.installed-dev $(VENV)/.libraries $(MODEL)
	@mkdir -p build/coverage
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term tests

docs: $(VENV)/.installed
	$(BIN)/stridecheck schema > docs/assessment.schema.json
	$(BIN)/stridecheck criteria > docs/criteria.md
	$(BIN)/python scripts/readme_table.py --write
	$(BIN)/python scripts/numbers_page.py --write

api: $(VENV)/.installed-dev
	$(BIN)/python scripts/api_reference.py $(API)
	@echo "Open $(API)/index.html"

clean:
	rm -rf $(VENV) $(RESULTS) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@for python in "$(PYTHON)" python3.13 python3.12 python3.11 python3.10; do \
	    if "$$python" -c '$(FITS)' >/dev/null 2>&1; then \
	        echo "Setting up $(VENV) with $$("$$python" --version)"; \
	        exec "$$python" -m venv --clear $(VENV); \
	    fi; \
	done; \
	echo "No Python 3.10 to 3.13 that can make a virtual environment was found: install one" \
	    "(on Debian and Ubuntu: apt-get install python3 python3-venv)," \
	    "or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/.installed: pyproject.toml $(BIN)/python
	@echo "Installing Stridecheck; the first time takes a minute or two"
	@$(PIP) install --editable .
	@$(BIN)/python -m compileall -q analyzer
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(BIN)/python
	@echo "Installing Stridecheck and what its tests need; the first time takes a minute or two"
	@$(PIP) install --editable '.[dev]'
	@$(BIN)/python -m compileall -q analyzer
	@touch $(VENV)/.installed $@

$(VENV)/.libraries: scripts/system_libraries.py $(BIN)/python
	@$(BIN)/python scripts/system_libraries.py
	@touch $@

$(MODEL): | $(VENV)/.installed
	@$(BIN)/stridecheck models fetch full
