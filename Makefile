# The recipes of Siyaq. Each works alone in a fresh clone that has make and Python 3.11 or newer.

# The first Python that is new enough. Name another with: make PYTHON=/path/to/python3.12 install
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# More threads than cores make the embedded model slower, and it gains nothing beyond four.
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
export OMP_NUM_THREADS ?= $(shell [ $(CORES) -lt 4 ] && echo $(CORES) || echo 4)
# Threads that wait do not spin: tests and commands share the cores.
export OMP_WAIT_POLICY ?= PASSIVE
export ANONYMIZED_TELEMETRY := False

# How often a soak kills; the tests do it some forty times.
KILLS ?= 200

# A folder with the public data sets that the larger evaluations read; tests and evals do without.
DATA ?=

.DEFAULT_GOAL := help
.PHONY: help install demo test check format evals soak bench bot env clean

help: ## List the recipes
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: $(STAMP) ## Install Siyaq and its tools, in the versions of constraints.txt, into .venv

$(STAMP): pyproject.toml constraints.txt
	@[ -n "$(PYTHON)" ] || { echo "Siyaq needs Python 3.11 or newer: install it, or name it with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: install its venv package (Debian, Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## Ingest the samples and answer questions about them
	@$(BIN)/siyaq demo

test: $(STAMP) ## Run the tests (ARGS="..." goes to pytest)
	$(BIN)/python -m pytest -q -n auto --dist worksteal $(ARGS)

check: $(STAMP) ## Check format, lint, types and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## Write the code as check wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evals: $(STAMP) ## Measure quality on the samples, and on public data with DATA=folder
	$(BIN)/python -m tests.evals $(if $(DATA),--data "$(DATA)") $(ARGS)

soak: $(STAMP) ## Kill the archive at KILLS random moments (200), and count what is lost
	$(BIN)/python -m tests.soak $(KILLS)

bench: $(STAMP) ## Measure speed and size beside LlamaIndex (ARGS="--full", DATA=folder for public data)
	$(BIN)/python -m tests.evals.bench $(if $(DATA),--data "$(DATA)") $(ARGS)

bot: $(STAMP) ## Run the Telegram bot with the settings of .env
	@$(BIN)/siyaq bot

env: $(STAMP) ## Write .env.example anew from the settings
	$(BIN)/python -m bot.settings > .env.example

clean: ## Remove the environment and the caches; archives in var/ stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build
