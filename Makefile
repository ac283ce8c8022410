# `make` lists the tasks. The first one you run builds .venv from requirements.lock; later runs reuse it.

VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
DEMO   := score rules/guangzhou-2023/scheme.rules rules/guangzhou-2023/data

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check bench docs lock clean

help: ## list these tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## score a real published scheme on its sample data
	$(BIN)/steelyard $(DEMO)

test: $(READY) ## run every test
	$(BIN)/python -m pytest

check: $(READY) ## format, lint, types, import fences and the fast tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q tests/architecture tests/conformance

bench: $(READY) ## measure speed
	$(BIN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only

docs: $(READY) ## run every example in README and docs
	$(BIN)/python -m pytest tests/language

# PYTHON, when given, is the only candidate; otherwise the first one that works. Version managers leave
# commands behind that exist and only fail, so each is tried, not just looked up.
find-python = found=; \
	for candidate in $(or $(PYTHON),$(1)); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	  then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "steelyard needs Python 3.11 or newer$(if $(PYTHON), and '$(PYTHON)' is not,, but found none)." >&2; \
	  echo "Install one or name it: make $(or $(MAKECMDGOALS),test) PYTHON=path-to-python" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "$$found cannot make virtual environments (on Debian and Ubuntu, install python3-venv)." >&2; \
	  exit 1; \
	fi

$(READY): pyproject.toml requirements.lock
	@rm -f $@
	@if ! $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	  $(call find-python,python3 python3.14 python3.13 python3.12 python3.11 python); \
	  echo "Creating $(VENV) with $$("$$found" --version)"; \
	  "$$found" -m venv --clear $(VENV); \
	fi
	@echo "Installing the packages pinned in requirements.lock"
	@$(PIP) install --require-hashes -r requirements.lock
	@echo "Installing steelyard from this folder"
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# With the oldest Python first: some packages are needed there and not on newer ones.
lock: ## pin the newest allowed packages again (needs the network)
	@$(call find-python,python3.11 python3.12 python3); \
	echo "Creating build/lock with $$("$$found" --version)"; \
	"$$found" -m venv --clear build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check -q install 'pip-tools>=7.5'
	@echo "Pinning into requirements.lock"
	@CUSTOM_COMPILE_COMMAND='make lock' build/lock/bin/pip-compile -q --upgrade --extra dev \
	  --generate-hashes --strip-extras --allow-unsafe \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  -o requirements.lock pyproject.toml
	@rm -rf build/lock

clean: ## remove .venv, caches and build output
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find src tests -type d -name __pycache__ -prune -exec rm -rf {} +
