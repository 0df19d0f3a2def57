# CoachDesk: every target says in its own comment what it does (make help).
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check format lint types imports strings catalogues forms tour bench load faults lock wheel clean system

help: ## list every target with its own comment
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

# the environment is made again when the lock or the project's own description changes
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "CoachDesk needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Install the missing part first: sudo apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

catalogues: $(READY) ## compile the Finnish and Swedish catalogues, and the program for a quick start
	@$(BIN)/python i18n/catalogues.py compile
	@$(BIN)/python -m compileall -q coachdesk

system: ## install the system libraries that a real window needs, or say the one line that does
	@installer/linux/libraries.sh window

run: $(READY) catalogues system ## set up and open the demo desk in a real window; with no display, drive the tour
	@installer/linux/run.sh

test: $(READY) catalogues ## set up and pass the tests
	@installer/linux/libraries.sh tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: format lint types imports strings test ## all that CI runs

format: $(READY) ## say which files are not laid out as ruff does
	$(BIN)/ruff format --check coachdesk tests

lint: $(READY) ## find mistakes that a reader should not have to find
	$(BIN)/ruff check coachdesk tests i18n

types: $(READY) ## check the types
	$(BIN)/mypy

imports: $(READY) ## check that imports run one way
	$(BIN)/lint-imports

strings: $(READY) ## check that catalogues are fresh, whole and have the same fields
	@$(BIN)/python i18n/catalogues.py check

forms: $(READY) catalogues ## draw every printed form in both languages into out/forms, for the eye
	$(BIN)/python -m tests.printing.draw_all out/forms

tour: $(READY) catalogues ## pictures of every screen in both languages, and the papers and files of the main job
	QT_QPA_PLATFORM=offscreen $(BIN)/coachdesk tour --out out/tour-fi --language fi
	QT_QPA_PLATFORM=offscreen $(BIN)/coachdesk tour --out out/tour-sv --language sv

bench: $(READY) catalogues ## measure speed and memory, side by side with their baselines, into out/bench.json
	@mkdir -p out
	QT_QPA_PLATFORM=offscreen $(BIN)/coachdesk bench --json out/bench.json

load: $(READY) ## play a hundred laptops' first year through the receiver on PostgreSQL; FULL=1 plays a thousand
	@installer/linux/libraries.sh tests
	$(BIN)/python -m coachdesk.bench.load $(if $(FULL),--full) --json out/load.json

faults: $(READY) catalogues ## kill, tear, flip, fuzz and search in full into out/faults.md; goes on where it ended, AGAIN=1 begins anew
	@installer/linux/libraries.sh tests
	@QT_QPA_PLATFORM=offscreen COACHDESK_FAULTS=full $(BIN)/python -m tests.long_run $(if $(AGAIN),--again)

lock: $(READY) ## resolve the pinned and hashed requirements.lock again for Linux and Windows
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet --upgrade -o requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python installer/licences.py

wheel: $(READY) catalogues ## build the wheel, with resources and catalogues inside
	$(BIN)/python -m build --wheel --no-isolation --outdir out/wheel

clean: ## take away the environment and everything that was made
	rm -rf $(VENV) build dist out *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
