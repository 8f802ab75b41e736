# What can I type here? `make start` to learn, `make test` to change something, `make help` for all.

.POSIX:
.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help start test lint fix words verify bench docs locks clean

PYTHON = .venv/bin/python
PIP = $(PYTHON) -m pip --disable-pip-version-check

# What is installed carries the sum of what asked for it, and of where: a changed lock or a moved
# folder installs again, anything else does nothing.
CORE := .venv/core-$(shell { pwd; cat requirements/core.lock pyproject.toml; } | cksum | tr ' ' -)
DEV := $(CORE)-dev-$(shell cksum < requirements/dev.lock | tr ' ' -)

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*##/  make \1\t/p' Makefile | expand -t 16

start: $(CORE)  ## install what is missing, then today's page
	@ZHIXING_HOME="$${ZHIXING_HOME:-$$PWD/.zhixing}" .venv/bin/zhixing

test: lint  ## everything that must hold before a change is handed in
	$(PYTHON) -m pytest

lint: $(DEV)  ## format, lint, types, floors
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

fix: $(DEV)  ## mend what a machine can mend: format, lint, the lists of words
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	$(MAKE) words

words: $(DEV)  ## collect what the engine says, and compile what is translated
	.venv/bin/pybabel -q extract -F babel.cfg -k say --no-default-keywords --omit-header \
	  --add-location=file --sort-by-file -w 100 -o src/zhixing/locale/zhixing.pot src/zhixing
	.venv/bin/pybabel -q update -D zhixing -d src/zhixing/locale -i src/zhixing/locale/zhixing.pot \
	  -l zh -w 100 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	.venv/bin/pybabel -q compile -D zhixing -d src/zhixing/locale --statistics

verify: $(CORE)  ## grade every lab against its solution and mutants, audit the content
	.venv/bin/zhixing lab verify --all
	.venv/bin/zhixing pack audit src/zhixing_curriculum

bench: $(CORE)  ## the measurements, one after the other
	@set -e; for each in bench/*.py; do echo "== $$each"; $(PYTHON) "$$each"; done

docs: $(CORE)  ## write docs/commands.md anew from the commands themselves
	$(PYTHON) docs/commands.py

locks: $(DEV)  ## pin the newest versions that pyproject.toml allows
