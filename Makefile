# Lamppost's tasks. What a step has done is marked by a file in .venv/ or instance/, so that it is not done again.
PORT ?= 8000
# What runs on PostgreSQL too: whatever asks the database something.
ON_POSTGRES := $(addprefix tests/,test_db.py test_together.py test_cli.py staff surveys answering \
  apart cases concerns pitches assessments open311 results xlsform)
IN := .venv/bin/
PIP := $(IN)python -m pip install -qq --disable-pip-version-check

.SILENT:
.PHONY: help run demo test postgres statement drill check freeze bench pictures lock tiles clean

help: ## list these tasks
	awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: .venv/runtime .venv/catalogs instance/ready ## start the site on this machine; PORT=8000
	echo "starting the site on port $(PORT), Ctrl-C stops it"
	exec $(IN)lamppost serve --port $(PORT)

demo: .venv/runtime .venv/catalogs instance-demo/ready ## start a site with a month of sample activity; PORT=8000
	echo "starting the sample site on port $(PORT), Ctrl-C stops it; remove instance-demo/ to begin anew"
	LAMPPOST_INSTANCE=$(CURDIR)/instance-demo exec $(IN)lamppost serve --port $(PORT)

test: .venv/dev .venv/catalogs ## run the tests, in a random order, on all cores
	tools/chromium.sh
	echo "running the tests"
	$(IN)pytest

postgres: .venv/dev .venv/catalogs ## run the tests of what people send on PostgreSQL; TESTS
	echo "running tests of the database on PostgreSQL"
	tools/postgres.sh $(IN)pytest $(or $(TESTS),$(ON_POSTGRES))

statement: .venv/dev .venv/catalogs ## test accessibility, and write what was tested to content/accessibility.yaml
	tools/chromium.sh
	echo "writing what was tested"
	$(IN)pytest -m "" tests/browser/test_looks.py::test_no_check_finds_anything_in_any_language tests/browser/test_faults.py tests/site/test_valid.py --statement content/accessibility.yaml

drill: .venv/dev .venv/catalogs ## rehearse what can go wrong: slow tests, random input
	tools/chromium.sh
	echo "running the drills"
	$(IN)pytest -m "drill or hypothesis" --hypothesis-profile=wide

check: .venv/dev .venv/catalogs ## lint, formatting, types, the record, the catalogs
	echo "checking the code"
	$(IN)ruff check --quiet
	$(IN)ruff format --check --quiet
	$(IN)mypy --no-error-summary
	echo "checking the record"
	$(IN)lamppost check --record .
	echo "checking the catalogs"
	$(IN)lamppost catalogs check

freeze: .venv/runtime .venv/catalogs ## write the reading pages to build/
	echo "freezing the reading pages into build/"
	$(IN)python freeze.py --out build

bench: .venv/bench .venv/catalogs ## measure speed against the budget and against Hugo
	echo "measuring"
	$(IN)python bench/run.py

pictures: .venv/dev .venv/catalogs ## take the pictures in docs/
	tools/chromium.sh
	$(IN)python tools/pictures.py

lock: .venv/bin/python ## choose the newest allowed packages and write the lock files
	tools/lock.sh

tiles: ## fetch what draws street maps, for a city that has a file of tiles
	tools/tiles.sh

clean: ## remove all that can be made again; instance/ holds what people sent and stays
	echo "removing what can be made again"
	rm -rf .venv build site/*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -exec rm {} +

# The steps.

.venv/bin/python:
	tools/venv.sh .venv

.venv/runtime: requirements.lock pyproject.toml | .venv/bin/python
	echo "installing what the site needs"
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

.venv/dev .venv/bench: .venv/%: requirements-%.lock .venv/runtime
	echo "installing what $* needs"
	$(PIP) --require-hashes -r $<
	touch $@

.venv/catalogs: $(wildcard translations/*/LC_MESSAGES/*.po) | .venv/runtime
	echo "compiling the catalogs"
	$(IN)lamppost catalogs compile
	touch $@

instance/ready: $(wildcard site/lamppost/migrations/versions/*.py) | .venv/runtime
	echo "preparing instance/: the record, the database, the secret key"
	$(IN)lamppost init
	echo "to sign in: $(IN)lamppost staff invite EMAIL --name NAME --role administrator"
	touch $@

instance-demo/ready: | .venv/runtime .venv/catalogs
	echo "preparing instance-demo/: a month of sample activity"
	LAMPPOST_INSTANCE=$(CURDIR)/instance-demo $(IN)lamppost init
	LAMPPOST_LIVE_URL=http://localhost:$(PORT) LAMPPOST_INSTANCE=$(CURDIR)/instance-demo $(IN)lamppost demo
	touch $@
