# Needs: Debian (or a kin), Python >= 3.11, make and git. `make help` lists what it does.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
LOCK := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: images help build test torture bench lint audit format reference lock clean debian

help: ## list these targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

build: $(VENV)/.run ## build the policies of content/ into site/
	@$(BIN)/policygen build $(ARGS)

test: debian lint ## check and test everything, real browser and HTML checker included
	@$(BIN)/python -m pytest $(ARGS)

torture: debian lint ## attack everything, for half an hour or more: fuzzing, kills, full disks
	@$(BIN)/python -m pytest tests/torture --torture $(ARGS)

bench: $(VENV)/.bench ## measure policygen beside other generators (ARGS="--services 5,100 --rounds 3")
	@PYTHONPATH=. $(BIN)/python -m benchmarks $(ARGS)

lint: $(VENV)/.test ## check style, types and the direction of imports
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --cache-dir build/import-linter

audit: $(VENV)/.run ## look for known vulnerabilities in all that is pinned (ARGS="--database PyPI.zip npm.zip": offline)
	@$(BIN)/python tools/audit.py $(ARGS)

format: $(VENV)/.test ## lay the code out as `make lint` wants it
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

reference: $(VENV)/.run ## bring catalogues, docs/reference/ and the help in docs/commands/ up to date
	@$(BIN)/python tools/messages.py
	@$(BIN)/python tools/reference.py
	@$(BIN)/python tools/commands.py

images: build $(VENV)/.test ## take the pictures of the documentation anew
	@PYTHONPATH=. $(BIN)/python tools/images.py

lock: build/lock/bin/uv ## pin the newest dependencies in requirements/
	@$(LOCK) --upgrade pyproject.toml --group build --output-file requirements/run.txt
	@$(LOCK) --upgrade pyproject.toml --constraint requirements/run.txt --output-file requirements/site.txt
	@$(LOCK) --upgrade --group test --constraint requirements/run.txt --output-file requirements/test.txt
	@$(LOCK) --upgrade --group bench --output-file requirements/bench.txt
	@$(LOCK) --upgrade --group lock --output-file requirements/lock.txt

clean: ## remove the environment, the site and every cache
	rm -rf $(VENV) site build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find policygen tests -name __pycache__ -prune -exec rm -rf {} +

debian:
	@sh requirements/debian.sh test

# A stamp is younger than everything it was made from, so a second `make build` starts nothing but policygen.
$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.made
	@echo "installing policygen into $(VENV)"
	@$(PIP) install --only-binary :all: --require-hashes -r requirements/run.txt
	@$(PIP) install --no-build-isolation --no-deps --no-index -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "installing what the tests need into $(VENV)"
	@$(PIP) install --only-binary :all: --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.test
	@echo "installing the generators to compare with into $(VENV)"
	@$(PIP) install --only-binary :all: --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/.made:
	@PYTHON="$(PYTHON)" sh requirements/debian.sh venv
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

build/lock/bin/uv: requirements/lock.txt
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check --no-input --quiet install \
		--only-binary :all: --require-hashes -r requirements/lock.txt
