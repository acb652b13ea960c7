# make run    set everything up and run the pipeline over seeds/captures
# make test   set everything up and run what CI runs
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PATHS ?= seeds/captures
SEED ?= 1

.PHONY: run test check docs gold bench faults ui constraints clean

# A stamp, so that a second call does not ask the package index again.
.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch .venv/installed

run: .venv/installed
	$(BIN)/newsledger run $(PATHS)

test: check
	$(BIN)/pytest

check: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/installed
	$(BIN)/python -m assets.generate

# Measure the sample captures against their labels again, and raise the floors: after a new capture or label.
gold: .venv/installed
	$(BIN)/python tests/gold/floors.py

bench: .venv/installed
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.runs
	$(BIN)/python -m bench.quality
	NEWSLEDGER_TIMED=1 $(BIN)/pytest -n 0 -k 'hostile or linear or cost' tests

# Kill -9 at forty seeded moments of a run; SEED=2 for others.
faults: .venv/installed
	$(BIN)/python -m bench.faults --seed $(SEED)

ui: .venv/installed
	$(BIN)/newsledger ui

# Exact versions of everything, generated: no addresses in it, so that any index can serve them.
constraints: .venv/installed
	$(BIN)/python -m pip freeze --exclude-editable --disable-pip-version-check | grep '==' | LC_ALL=C sort -f > constraints.txt

clean:
	rm -rf .venv var build *.egg-info
