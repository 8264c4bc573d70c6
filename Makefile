# Two commands to know: `make demo` and `make test`. Each does all its own set-up.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test check format lock assets bench clean

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

demo: $(VENV)/.run assets   ## build, validate and question the graph of the bundled articles
	$(BIN)/python -m kg demo

test: check assets   ## set up, then lint, types and all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

ASSETS := kg/site/assets
VENDOR := $(ASSETS)/vendor

assets: $(VENDOR)/.made ## fetch the editor of the site, where npm is at hand; without it the editor is a plain text field

$(VENDOR)/.made: $(ASSETS)/package.json $(ASSETS)/package-lock.json
	@mkdir -p build/assets $(VENDOR) && cp $^ build/assets/
	@{ npm ci --prefix build/assets --ignore-scripts --no-audit --no-fund --loglevel=error >build/assets/npm.log 2>&1 && \
	   cp build/assets/node_modules/@zazuko/yasgui/build/yasgui.min.js build/assets/node_modules/@zazuko/yasgui/build/yasgui.min.css $(VENDOR)/ && \
	   for each in build/assets/node_modules/*/LICENSE* build/assets/node_modules/@*/*/LICENSE*; do [ -f "$$each" ] && printf '\n==== %s\n\n' "$${each#build/assets/node_modules/}" && cat "$$each"; done >$(VENDOR)/LICENSES.txt; \
	   touch $@; } || echo "The editor could not be fetched (is npm here?): it is a plain text field"

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
	rm -rf $(VENV) $(VENDOR) build kg-build dist .mypy_cache .pytest_cache .ruff_cache
