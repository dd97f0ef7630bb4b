# Everything that a fresh clone needs is Python 3.11 or later and make: `make run`, `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OVERRIDES := --overrides requirements/overrides.txt
COMPILE := $(BIN)/uv pip compile --quiet $(OVERRIDES) --universal --generate-hashes --no-header
# The package index of pip and uv is the machine's own setting.
INSTALL := $(BIN)/uv pip install --quiet $(OVERRIDES) --python $(BIN)/python

LOCKS := $(filter-out requirements/overrides.txt,$(wildcard requirements/*.txt))

# Images of containers often set it. Unset, what is imported is compiled once, and not by each of the many
# processes that `make run` and the tests start: half of what a start costs them.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-all lint types check package docs site sbom audit lock clean-local

help: ## List the targets
	@echo 'Usage: make TARGET [PYTHON=python3.13] [PORT=8080]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/installed-local ## Run the whole platform on this machine until Ctrl-C (PORT, 8080)
	@$(BIN)/tollgate local

test: lint types ## Lint, check types and run the tests that need only Python
	$(BIN)/pytest -n 2 --dist loadgroup -m 'not toolchain'
	@echo 'Not run: what needs Go, Java, Node or Chromium. With them it is `make test-all`.'

test-all: lint types ## The same with all tests; those whose tools are missing say so
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(VENV)/installed-dev ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev ## Check types
	$(BIN)/pyright

check: $(VENV)/installed-local ## Check your own stages' settings, and the policies on them (STAGE, all)
	@$(BIN)/tollgate check $(if $(STAGE),--stack $(STAGE))

package: $(VENV)/installed-local ## Build the Lambda package, .build/tollgate.zip
	@$(BIN)/tollgate package

# Of stacks that are nobody's: what a company says in its own changes no page.
docs: $(VENV)/installed-dev ## Write the pages anew that are made from the program
	$(BIN)/tollgate evidence-table
	$(BIN)/tollgate fields inventory
	$(BIN)/tollgate graph --root tests/stacks --stack prod --out docs/pictures/stage.svg
	$(BIN)/tollgate graph --root tests/stacks --stack dev --stack prod --resources --out docs/resources.md
	$(BIN)/tollgate iam report --root tests/stacks --out docs/iam.md
	$(BIN)/tollgate controls
	$(BIN)/python -m ops.figures
	$(BIN)/python -m ops.settings
	$(BIN)/python -m ops.contract

site: $(VENV)/installed-dev $(VENV)/installed-site ## Build docs/ and the reference of the API as a site, .build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	@echo 'Wrote .build/site.'

sbom: $(VENV)/installed-supply ## Write the package's bill of materials, .build/sbom.json (CycloneDX)
	@mkdir -p .build
	$(BIN)/cyclonedx-py requirements requirements/lambda.txt --pyproject pyproject.toml --output-reproducible \
	  --of JSON --output-file .build/sbom.json

audit: $(VENV)/installed-supply ## Compare all locks with published advisories; needs the internet
	@for lock in $(LOCKS); do echo "$$lock"; \
	  $(BIN)/pip-audit --require-hashes --disable-pip --requirement "$$lock" || exit 1; done

.PHONY: bench
bench: $(VENV)/installed-dev ## Count what requests cost, hold it against bench/limits.toml, write docs/performance.md
	$(BIN)/python -m bench --page docs/performance.md

lock: $(VENV)/bootstrapped ## Lock the dependencies anew, from requirements/*.in
	$(COMPILE) --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	$(COMPILE) --python-version 3.11 -c requirements/dev.txt requirements/local.in -o requirements/local.txt
	$(COMPILE) --python-version 3.13 -c requirements/local.txt requirements/lambda.in -o requirements/lambda.txt
	$(COMPILE) --python-version 3.11 -c requirements/local.txt requirements/bootstrap.in -o requirements/bootstrap.txt
	$(COMPILE) --python-version 3.11 -c requirements/dev.txt requirements/site.in -o requirements/site.txt
	$(COMPILE) --python-version 3.13 -c requirements/dev.txt requirements/bench.in -o requirements/bench.txt
	$(COMPILE) --python-version 3.11 requirements/clients.in -o requirements/clients.txt
	$(COMPILE) --python-version 3.11 -c requirements/dev.txt requirements/supply.in -o requirements/supply.txt

clean-local: $(VENV)/installed-local ## Forget the laptop cloud's state (stop `make run` first)
	@$(BIN)/python -m local.forget

# A PYTHON that is named is meant: a .venv of another version is made anew.
SAY_VERSION := -c 'import sys; print(sys.version_info >= (3, 11) and sys.version.split()[0] or "")' 2>/dev/null
ifneq ($(and $(filter-out file,$(origin PYTHON)),$(wildcard $(BIN)/python)),)
named := $(shell $(PYTHON) $(SAY_VERSION))
ifneq ($(named),$(shell $(BIN)/python $(SAY_VERSION)))
ifneq ($(named),)
$(info Making $(VENV) anew, with Python $(named).)
$(shell rm -rf $(VENV))
else
$(error PYTHON=$(PYTHON) is no Python 3.11 or later. Leave it out, or name one: PYTHON=python3.13)
endif
endif
endif

# Stamps: what is as new as its lock costs nothing.

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Tollgate needs Python 3.11 or later, and $(PYTHON) is not. Name one: make $(MAKECMDGOALS) PYTHON=python3.13' >&2; \
	  exit 1; }
	@echo 'Setting up $(VENV) …'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/bootstrapped: requirements/bootstrap.txt | $(VENV)/created
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/installed-%: requirements/%.txt pyproject.toml $(VENV)/bootstrapped
	@echo 'Installing $< …'
	@$(INSTALL) --require-hashes -r $<
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
