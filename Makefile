# What one types. `make` alone lists it. Needs git, make and a Python of at least 3.11.5; all else goes into .venv/.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest -n logical --dist worksteal

# Some images tell Python to keep no bytecode: each start and each test of a command would compile the forum anew.
unexport PYTHONDONTWRITEBYTECODE

# ── for everybody ────────────────────────────────────────────────────────────

.PHONY: help run
help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/forum.installed ## the forum at http://127.0.0.1:8000 (FORUM_PORT=… for another port)
	@exec $(PY) app.py

# ── for developers ───────────────────────────────────────────────────────────

.PHONY: test lint types ladder check prove bench
test: $(VENV)/tests.installed ## every test, on SQLite and PostgreSQL; ARGS="tests/posts -k quote" for some
	@$(PYTEST) $(ARGS)

check: lint test ## all that must hold before a change goes in: the tests judge types and ladder, too

prove: $(VENV)/tests.installed ## the tests with the heavy proofs at full size
	@PROVE=1 $(PYTEST) --timeout=3600 $(ARGS)

bench: $(VENV)/tests.installed ## requests a second and queries a page, measured here
	@$(PY) -m bench $(ARGS)

lint: $(VENV)/tests.installed
	@$(VENV)/bin/ruff check -q . && $(VENV)/bin/ruff format -q --check . && $(VENV)/bin/djlint --quiet --lint templates

types: $(VENV)/tests.installed
	@$(PY) -m mypy --no-error-summary

ladder: $(VENV)/tests.installed
	@$(VENV)/bin/lint-imports --no-logo >$(VENV)/ladder.log 2>&1 || { cat $(VENV)/ladder.log; exit 1; }

# ── languages ────────────────────────────────────────────────────────────────

# Every message is found by the function that says it. Files without lines and dates: a diff shows what changed in words.
BABEL := $(VENV)/bin/pybabel -q
WORDS := $(VENV)/words.pot
EXTRACT := -F pyproject.toml -k _l -k mark --sort-by-file --add-location=file -c "For translators:" -o $(WORDS)

.PHONY: words language
words: $(VENV)/tests.installed ## take all words out of the code into translations/, and compile what is translated
	@$(BABEL) extract $(EXTRACT) .
	@$(BABEL) update -i $(WORDS) -d translations -w 120 --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date
	@$(VENV)/bin/pybabel compile -d translations --statistics

language: $(VENV)/tests.installed ## begin another language: make language CODE=fr
	@$(BABEL) extract $(EXTRACT) .
	@$(BABEL) init -i $(WORDS) -d translations -w 120 -l $(CODE)

# ── the locked requirements ──────────────────────────────────────────────────

.PHONY: lock clean
lock: ## write the lock files anew from requirements.txt and tests/requirements.txt (needs uv)
	uv pip compile -q --universal --generate-hashes --python-version 3.11.5 --no-annotate --no-header \
		requirements.txt -o requirements.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11.5 --no-annotate --no-header \
		-c requirements.lock tests/requirements.txt -o tests/requirements.lock

clean: ## remove what the tools made; the forum's own data in instance/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# A stamp is younger than the lock it was installed from: a second `make run` starts at once.
$(VENV)/forum.installed: requirements.lock $(PY)
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/tests.installed: tests/requirements.lock requirements.lock $(PY)
	@$(call install,tests/requirements.lock)
	@touch $@ $(VENV)/forum.installed

# uv is many times quicker where it is present; pip does the same otherwise.
define install
echo "Installing $(1) …"; \
if command -v uv >/dev/null 2>&1; then \
	uv pip install -q --compile-bytecode --python $(PY) --require-hashes -r $(1); \
else \
	$(PY) -m pip install -q --disable-pip-version-check --no-input --require-hashes -r $(1); \
fi
endef

# The first Python that is new enough: PYTHON if given, else the usual names, else one that uv can fetch.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11, 5))

$(PY):
	@for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11 python3.14 python); do \
		if "$$python" -c '$(NEW_ENOUGH)' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ] && [ -z "$(PYTHON)" ] && command -v uv >/dev/null 2>&1; then \
		exec uv venv -q --seed --python '>=3.11.5' $(VENV); \
	fi; \
	if [ -z "$$found" ]; then \
		echo "Trellis needs Python 3.11.5 or newer; $(or $(PYTHON),python3) is $$($(or $(PYTHON),python3) -V 2>&1)." >&2; \
		echo "Install one and say which: make run PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" -V) …"; \
	if command -v uv >/dev/null 2>&1; then uv venv -q --seed --python "$$found" $(VENV); \
	elif ! "$$found" -m venv $(VENV); then \
		rm -rf $(VENV); \
		echo "This Python cannot make environments. On Debian: apt-get install python3-venv" >&2; exit 1; \
	fi
