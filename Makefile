# One command surface: people and CI run the same targets.
PYTHON ?= python3.13 python3.12 python3.11 python3.14 python3 python # the first that is fit
FIT := import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
VENV := .venv
BIN := $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK = echo setuptools | $(BIN)/uv pip compile --quiet --generate-hashes --no-annotate --python-version 3.11 \
	--custom-compile-command "make lock" --constraint constraints.txt pyproject.toml -

.PHONY: demo test check faults fix bench run migrate migration lock audit screenshots clean

demo: $(VENV)/demo.stamp ## a Slack you can open in a browser, with a made-up collaborative
	@$(BIN)/momentum demo

test: $(VENV)/test.stamp ## everything: unit, handlers, playground, scenarios on SQLite and Postgres, a browser
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest -n 3 --dist loadgroup

check: $(VENV)/test.stamp ## ruff, mypy, import contracts; manifest and docs are checked by tests of those names
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_manifest.py tests/test_docs.py tests/test_architecture.py

faults: $(VENV)/test.stamp ## the long storm of faults on both databases: make faults STEPS=10000 SEED=1
	$(BIN)/python -m tests.faults.storm $(or $(STEPS),10000) $(or $(SEED),1)

fix: $(VENV)/test.stamp ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/test.stamp ## ratios, each taken side by side in one run
	$(BIN)/python -m bench

run: $(VENV)/demo.stamp ## the bot itself, with the settings of the environment
	$(BIN)/momentum run

migrate: $(VENV)/demo.stamp ## bring the database up to date
	$(BIN)/momentum migrate

migration: $(VENV)/test.stamp ## write the next migration: make migration NAME="what changes"
	$(BIN)/alembic -c models/migrations/alembic.ini revision --autogenerate -m "$(NAME)"

lock: $(VENV)/python.stamp ## hashes of all that is installed, for the versions of constraints.txt
	@PIP_CONSTRAINT=constraints.txt $(PIP) uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --output-file requirements-demo.lock --extra playground

audit: $(VENV)/test.stamp ## ask the OSV service of known holes: make audit OSV=http://another/v1/query
	@$(BIN)/python -m tests.audit $(if $(OSV),--osv-url $(OSV))

screenshots: $(VENV)/test.stamp ## take the pictures of the docs anew
	$(BIN)/python -m docs.screenshots

$(VENV)/python.stamp:
	@for python in $(PYTHON); do $$python -c '$(FIT)' 2>/dev/null && exec $$python -m venv $(VENV); done; \
	echo "Momentum needs Python 3.11 or newer, with venv (Debian: apt install python3-venv), and found none."; \
	echo "Please install one, or name yours: make demo PYTHON=/where/it/is"; exit 1
	@touch $@

$(VENV)/demo.stamp: $(VENV)/python.stamp pyproject.toml requirements-demo.lock
	@echo "Installing Momentum (the first time takes about a minute) ..."
	@$(PIP) --require-hashes --requirement requirements-demo.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/demo.stamp constraints.txt
	@echo "Installing what the tests need ..."
	@PIP_CONSTRAINT=constraints.txt $(PIP) --no-build-isolation --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
