# Two commands to know: `make demo` and `make test`. Each does all its own set-up.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test check format lock bench clean

help:            ## what there is
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-icu.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-icu.txt >$(VENV)/icu.log 2>&1 || \
	  echo "No headers of ICU here (libicu-dev, pkg-config and a C++ compiler): the tests that ask FollowTheMoney's own library are skipped"
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run   ## build, validate and question the graph of the bundled articles
	$(BIN)/python -m kg demo

test: check          ## set up, then lint, types and all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/.dev  ## lint and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy

format: $(VENV)/.dev ## let ruff put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## speed and memory, side by side with what one would use instead; SIZES="10000 1000000" in statements
	$(BIN)/python -m benchmarks $(SIZES)

lock:                ## resolve pyproject.toml anew, with hashes, for every Python from 3.11 on
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra icu -c requirements-dev.txt pyproject.toml -o requirements-icu.txt

clean:               ## remove what the commands above made
	rm -rf $(VENV) kg-build dist .mypy_cache .pytest_cache .ruff_cache
