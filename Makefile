# Two commands are enough: `make run` opens the app on a sample workshop, `make test` proves it.
# Both set up what they need the first time; the second time they start at once.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup run test lint format words pictures bench check-long wheel bundle clean

PYTHON ?= python3
BIN := .venv/bin
SAMPLE ?= nassjo_boende
PIP := PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -qq --no-input

help:  ## this list
	@awk -F ':.*##' '/^[a-z-]+:.*##/ {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: .venv/.app .venv/.system-app  ## makes .venv with pinned packages, and what Qt needs from the system
	@:

run: setup  ## opens the app on a sample session (SAMPLE=name); without a screen plays it instead
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  echo "There is no screen here (DISPLAY and WAYLAND_DISPLAY are empty), so a whole workshop is played instead: workshop demo"; \
	  exec $(BIN)/workshop demo --session $(SAMPLE); \
	fi; \
	[ -e .venv/.system-app ] || exit 1; \
	exec $(BIN)/workshop --sample $(SAMPLE)

test: setup .venv/.dev .venv/.system-test lint  ## lint, then every test, with no screen needed
	@QT_QPA_PLATFORM=offscreen PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist worksteal

lint: .venv/.dev  ## style, types, floors and words
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "Not formatted as the others: run make format" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .venv/floors.txt || { cat .venv/floors.txt; exit 1; }
	@$(BIN)/python tools/words.py --check

format: .venv/.dev  ## puts the code in the house style
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

words: .venv/.dev  ## compiles the translations and lists texts without one
	@$(BIN)/python tools/words.py

pictures: .venv/.dev .venv/.system-test  ## plays a sample and makes docs/images anew
	@QT_QPA_PLATFORM=offscreen $(BIN)/python tools/pictures.py

bench: .venv/.dev  ## measures speed (tests/benchmarks/bench_*.py)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/benchmarks -q -s -o python_files='bench_*.py' -p no:cacheprovider

check-long: .venv/.dev  ## the tests that take longer than make test allows
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m long || { [ $$? -eq 5 ] && echo "No long tests yet."; }

wheel: .venv/.dev  ## builds dist/*.whl and proves that it finds its own resources
	@mkdir -p dist && rm -f dist/*.whl
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@$(BIN)/python tools/check_wheel.py dist/*.whl

bundle: setup .venv/.system-bundle  ## builds dist/behovsverkstad/, a folder that runs without Python, and tries it
	@[ -e .venv/.system-bundle ]
	@$(PIP) -e '.[bundle]'
	@$(BIN)/pyinstaller build.spec --noconfirm --log-level ERROR
	@dist/behovsverkstad/workshop --self-test
	@dist/behovsverkstad/workshop demo --out build/demo

clean:  ## removes what was built and the caches, not .venv
	@rm -rf build dist demo-output .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find workshop_app tests tools -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; PYTHON=/path/to/python3 make setup chooses one." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. On Debian: apt-get install -y python3-venv" >&2; exit 1; }
	@echo "Setting up .venv, once (a few minutes on a slow line) …"
	@$(PYTHON) -m venv .venv

.venv/.app: pyproject.toml constraints.txt | .venv/bin/python
	@$(PIP) -e .
	@touch $@

.venv/.dev: .venv/.app
	@$(PIP) -e '.[dev]'
	@touch $@

# What cannot be installed here is told; only what really needs it stops.
.venv/.system-%: tools/system_packages.py | .venv/bin/python
	@$(PYTHON) tools/system_packages.py $* --stamp $@ || true
