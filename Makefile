# A machine needs Python 3.11 or newer, make and git. Two commands do everything:
#
#     make rehearsal      the worked example from the vote to the resubmission; says where the papers lie
#     make test           every test
#
# Both create the environment in .venv from the hashed lock first, if it is missing or older than the lock.

PYTHON  ?= python3
RUN     := .venv/bin/python
EXAMPLE ?= examples/mitgliederarbeit-2018
OUT     ?= rehearsal
AT      ?= 2018-02-26
TESTS   ?= tests

# Two cores keep three workers busy: some tests mostly wait for a server. What shares a worker, tests/conftest.py says.
PYTEST_OPTIONS ?= -n 3 --dist loadgroup

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help rehearsal test attack lint format serve bench mutants picture lock clean environment

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

rehearsal: .venv/runtime  ## rehearse EXAMPLE into OUT (rehearsal/)
	.venv/bin/staffelstab rehearse $(EXAMPLE) --out $(OUT)
	@echo
	@echo "Die Mappen, Stäbe und der Bericht liegen in $(abspath $(OUT)) – zuerst öffnen: $(abspath $(OUT))/index.html"

serve: .venv/runtime  ## the example in the browser, on this machine only, frozen at the date AT
	.venv/bin/staffelstab serve $(EXAMPLE) --at $(AT) --out serve

test: .venv/checks  ## every test; TESTS=tests/ledger for some
	$(RUN) -m pytest $(PYTEST_OPTIONS) $(TESTS)

attack: .venv/checks  ## only the attacks, with a table of what was tried and held (docs/threat-model.md)
	$(RUN) -m pytest $(PYTEST_OPTIONS) -m attack $(TESTS)

lint: .venv/checks  ## style, types, directions of import
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	.venv/bin/lint-imports

format: .venv/checks  ## write the code as the formatter has it
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: .venv/checks  ## measure; the figures and how they came about are printed; TINY=1 only shows that it runs
	$(RUN) -m benchmarks $(if $(TINY),--tiny)

mutants: .venv/checks  ## break the core on purpose and count what the tests notice; PART=ledger for a part
	$(RUN) -m benchmarks.mutants $(PART)

picture: .venv/runtime  ## draw the picture of README: the example's timetable as it stands at AT
	.venv/bin/staffelstab plan picture $(EXAMPLE) --today $(AT) --out docs/pictures/timetable.png

environment: .venv/checks  ## only create .venv, with everything in it

clean:  ## remove what was made: environment, rehearsal, caches
	rm -rf .venv rehearsal serve .rehearsal-prefect .serve-prefect build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- the environment ---------------------------------------------------------------------------------------------------
# A stamp is written last: an installation that was interrupted has none and is begun anew. It holds the folder it was made
# for; an environment that was moved, or whose Python has gone with a system upgrade, counts as missing.

HERE := $(realpath $(CURDIR))
ifneq ($(shell $(RUN) -c "print(open('.venv/installed').read().strip())" 2>/dev/null),$(HERE))
.PHONY: .venv/installed
endif

# The lock names everything, extras and all; --no-deps spares pip from resolving it again.
PIP := $(RUN) -m pip install --disable-pip-version-check --no-input -qq

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Staffelstab needs Python 3.11 or newer: make PYTHON=python3.11"; exit 1; }
	@echo "Setting up .venv from requirements.lock; once, a minute or two …"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv \
	    || { rm -rf .venv; echo "This Python cannot make environments (on Debian: apt-get install python3-venv)"; exit 1; }
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@echo "$(HERE)" > $@

.venv/runtime: .venv/installed pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/checks: .venv/runtime requirements-dev.lock
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# -- the locks ---------------------------------------------------------------------------------------------------------
# Hashes of every file of a release, for every platform and Python from 3.11 on; no address. `make lock` changes only
# what pyproject.toml demands; `make lock UPGRADE=--upgrade` takes the newest releases within the bounds.

UV      := uv==0.13.9
COMPILE := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-strip-extras \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

# The editable installation builds with hatchling from the lock, not with one fetched on the side.
BUILD_REQUIRES := $(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'

lock:  ## renew requirements.lock and requirements-dev.lock from pyproject.toml
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --disable-pip-version-check --quiet $(UV)
	$(BUILD_REQUIRES) | $(COMPILE) pyproject.toml - --output-file requirements.lock
	$(BUILD_REQUIRES) | $(COMPILE) pyproject.toml - --extra dev --constraint requirements.lock \
	    --output-file requirements-dev.lock
