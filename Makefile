# `make start` to learn, `make test` before you hand in a change, `make help` for all of it.

.DEFAULT_GOAL := help
.PHONY: help start test lint fix words verify bench graders docs screenshots locks

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check
BABEL := $(PYTHON) -m babel.messages.frontend
LOCALE := src/zhixing/locale

# `make start MIRROR=https://mirror.example.org/simple` downloads by way of a mirror, as the setting
# of that name does for everything the program asks you to install.
ifdef MIRROR
export PIP_INDEX_URL := $(MIRROR)
endif

# Tools are run as `python -m`: their scripts in .venv/bin know only the folder they were made in.
# A stamp is named by the sum of what asked for it, and of where we are: a changed lock or a moved
# folder installs again; else nothing is done and `make start` is instant.
CORE := .venv/core-$(shell { pwd; cat requirements/core.lock pyproject.toml; } | cksum | tr ' ' -)
DEV := $(CORE)-dev-$(shell cksum < requirements/dev.lock | tr ' ' -)
TORCH := $(DEV)-torch-$(shell cksum < requirements/torch.lock | tr ' ' -)

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*##  */make \1|/p' Makefile | awk -F'|' '{printf "  %-12s %s\n", $$1, $$2}'

start: $(CORE)  ## install what is missing, then today's page in the browser; Ctrl-C stops it
	@ZHIXING_HOME="$${ZHIXING_HOME:-$$PWD/.zhixing}" .venv/bin/zhixing serve --open

test: lint $(TORCH)  ## all that must hold: format, lint, types, floors, tests
	$(PYTHON) -m pytest -n 2 --dist loadfile

lint: $(DEV)  ## the same without the tests
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports_command as floors; floors()"

fix: $(DEV)  ## mend what a machine can mend: format, lint, the lists of words
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
	@$(MAKE) --no-print-directory words

words: $(DEV)  ## collect what the engine says, and compile what is translated
	$(BABEL) -q extract -F babel.cfg -k say --no-default-keywords --omit-header \
	  --add-location=file --sort-by-file -w 100 -o $(LOCALE)/zhixing.pot src/zhixing
	$(BABEL) -q update -D zhixing -i $(LOCALE)/zhixing.pot -d $(LOCALE) -l zh -w 100 \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BABEL) compile --statistics -D zhixing -d $(LOCALE)

verify: $(CORE)  ## every lab against its solution and mutants, and the content's audit
	.venv/bin/zhixing lab verify --all
	.venv/bin/zhixing pack audit src/zhixing_curriculum

bench: $(DEV)  ## the measurements, side by side, and one table
	$(PYTHON) bench/all.py

graders: $(DEV)  ## the grader beside nbgrader, otter and pytest: installs them apart, about 15 minutes
	$(PYTHON) bench/grading

docs: $(CORE)  ## write docs/commands.md anew, from the commands themselves
	$(PYTHON) docs/commands.py

screenshots: $(DEV)  ## the pictures of the docs anew, in a real browser
	$(PYTHON) tests/journeys/screenshots.py

locks: $(DEV)  ## pin what pyproject.toml asks for; UP=-U takes the newest it allows
	$(PYTHON) -m piptools compile $(LOCKED) $(UP) -o requirements/core.lock pyproject.toml
	$(PYTHON) -m piptools compile $(LOCKED) $(UP) -c requirements/core.lock --extra dev \
	  -o requirements/dev.lock pyproject.toml

# Without hashes and addresses: one lock for every system, Python 3.11 to 3.13, and any mirror.
LOCKED := -q --strip-extras --allow-unsafe --no-header --no-emit-options \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

$(CORE): $(PYTHON)
	@$(PIP) --version > /dev/null 2>&1 || { $(MAKE_VENV); }
	@rm -f .venv/core-*
	@echo "Installing into .venv: about 130 MB to download, the first time."
	@$(PIP) install -r requirements/core.lock
	@$(PIP) install -q --no-deps -e .
	@$(PYTHON) -m compileall -q src
	@touch $@

$(DEV): $(CORE)
	@$(PIP) install -q -r requirements/dev.lock
	@touch $@

# The labs of deep learning are tested where torch can be had: from its makers' own index, where that
# is within reach, else from the one that pip uses. Without it their tests are skipped, and say so.
$(TORCH): $(DEV)
	@$(PIP) install -q --retries 1 --timeout 20 -r requirements/torch.lock \
	  --extra-index-url https://download.pytorch.org/whl/cpu && touch $@ \
	  || echo "torch could not be installed: the tests of its labs are skipped"

$(PYTHON):
	@$(MAKE_VENV)

# Python 3.11 or newer that can make environments of its own; Debian packs that part separately.
# It is asked, not looked up: a name on the path may lead nowhere.
FIT := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

define MAKE_VENV
for each in python3.13 python3.12 python3.11 python3 python; do \
  if "$$each" -c '$(FIT)' > /dev/null 2>&1; then \
    echo "Making .venv with $$("$$each" --version)."; exec "$$each" -m venv --clear .venv; \
  fi; \
done; \
{ echo "No Python 3.11 or newer with venv was found. Install one, then type make again:"; \
  echo "没有找到带 venv 的 Python 3.11 或更新版本。请先安装，再输入 make："; \
  echo "  Debian, Ubuntu   sudo apt install python3 python3-venv"; \
  echo "  Fedora           sudo dnf install python3"; \
  echo "  macOS            brew install python    (or python.org)"; \
  echo "  Windows          winget install Python.Python.3.13, then in this folder:"; \
  echo "                   py -m pip install . && zhixing"; \
} >&2; exit 1
endef
