# make demo     build the sample project in this folder (installs what it needs into .venv)
# make test     ruff, mypy and pytest, doctests included
# make lint     ruff and mypy alone
# make bench    all benchmarks, or one: make bench CASE=map-write-3k
# make kills    kill 100 builds of the sample city at random moments; no output may be spoilt
# make fuzz     inputs that are nearly right, changed at random: make fuzz MINUTES=30 SEED=2
# make sample   write the sample city into layers/ and data/ again
# make clean    remove .venv and what resourcemap wrote into maps/
#
# Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check

MINUTES ?= 5
SEED ?= 0

.PHONY: demo test lint bench fuzz kills sample clean

demo: $(VENV)/users
	$(PY) -m resourcemap build -p .

test: lint
	$(PY) -m pytest -n auto --dist loadfile

lint: $(VENV)/dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(VENV)/bench
	$(PY) -m benchmarks $(CASE)

kills: $(VENV)/users
	$(PY) -m benchmarks.kills

fuzz: $(VENV)/dev
	$(PY) -m tests.nasty.fuzz --minutes $(MINUTES) --seed $(SEED)

sample: $(VENV)/users
	$(PY) -c "from pathlib import Path; from resourcemap.sample import write_sample; write_sample(Path())"

clean:
	rm -rf $(VENV)
	find maps -mindepth 1 ! -name .gitkeep -delete

# Each file below is a stamp: pip runs again only when pyproject.toml has changed.

$(VENV)/users: pyproject.toml | $(VENV)/made
	$(PIP) install --quiet --editable .
	touch $@

$(VENV)/dev: pyproject.toml $(VENV)/users
	$(PIP) install --quiet --group dev
	touch $@

$(VENV)/bench: pyproject.toml $(VENV)/users
	$(PIP) install --quiet --group bench
	touch $@

# An unfinished .venv has no stamp and is made anew. --group needs pip 25.1.
$(VENV)/made:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "Python 3.11以上が必要です（$(PYTHON) は古いか、見つかりません）。make demo PYTHON=python3.12 のように指定してください。"; \
	  echo "Python 3.11 or later is needed ($(PYTHON) is older or missing). Name one: make demo PYTHON=python3.12"; \
	  exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --upgrade "pip>=25.1"
	touch $@
