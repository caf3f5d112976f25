# Everything a contributor runs. `make help` lists it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
MODEL  := models/minilm-int8/manifest.json
CORPUS ?= ../shared/corpus
CHECKERS := .checkers
PIP    := $(BIN)/pip --disable-pip-version-check --quiet
PACKAGES := app.py batch.py domain.py errors.py kinds.py settings.py accounts api background benchmarks calls \
            chains deploy/image evaluation exports grounding interface language matching mcp_server outreach \
            profiles samples scraping serving store tagging telemetry terraform/monthly_cost.py tests

.DEFAULT_GOAL := help
.PHONY: help run up down test api-check deploy-check cluster-check lint format eval isolation bench model lock clean

help: ## List these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.run $(MODEL) ## Set up what is missing and serve the page on http://127.0.0.1:7860
	@$(BIN)/python app.py

up: ## Serve it in containers on https://localhost (PROFILES="model rabbitmq chroma" adds parts)
	@deploy/scripts/compose.sh up $(PROFILES)

down: ## Stop these containers; what people keep stays
	@deploy/scripts/compose.sh down

test: $(VENV)/.dev $(MODEL) ## Run all tests (browser tests need Debian's chromium and chromium-driver)
	@INROAD_ENV=test $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(VENV)/.dev ## Check style, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(PACKAGES)

format: $(VENV)/.dev ## Put the code into the house style
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

api-check: $(VENV)/.dev $(MODEL) ## Hold the served API against its own document with Schemathesis (some minutes)
	@INROAD_ENV=test $(BIN)/python -m tests.api.served_check $(ARGS)

deploy-check: $(VENV)/.dev $(CHECKERS)/.ready ## Check all that deploys: image, manifests, Terraform, pipeline (some minutes)
	@INROAD_ENV=test INROAD_DEPLOY_CHECK=true PATH="$(CURDIR)/$(CHECKERS)/bin:$$PATH" \
		$(BIN)/python -m pytest --numprocesses auto --dist loadfile tests/deploy $(ARGS)

cluster-check: $(VENV)/.dev ## Apply each overlay to kubectl's cluster, see all pods admitted, delete it (some minutes)
	@$(BIN)/python -m tests.deploy.admitted_check $(ARGS)

eval: $(VENV)/.dev $(MODEL) ## Measure quality against the pinned floors (CORPUS=../shared/corpus)
	@INROAD_ENV=test $(BIN)/python -m evaluation --corpus $(CORPUS) $(ARGS)

isolation: $(VENV)/.dev ## Ask every operation for another person's things, as everybody else (some minutes)
	@INROAD_ENV=test $(BIN)/python -m evaluation.isolation $(ARGS)

bench: $(VENV)/.dev $(MODEL) ## Print the README's figures, each beside its baseline (CORPUS=../shared/corpus)
	@INROAD_ENV=test $(BIN)/python -m benchmarks --corpus $(CORPUS) $(ARGS)

model: $(MODEL) ## Build the embedding model (once, about a minute)

lock: $(VENV)/.dev ## Pin the versions of pyproject.toml anew (UPGRADE=--upgrade: the newest)
	@$(PIP) install uv
	@$(BIN)/uv pip compile pyproject.toml --extra setup --extra dev --universal --python-version 3.11 --quiet $(UPGRADE) \
		--generate-hashes --no-header --output-file requirements-dev.txt
	@$(BIN)/uv pip compile pyproject.toml --extra setup --extra queue --universal --python-version 3.11 --quiet $(UPGRADE) \
		--generate-hashes --no-header --constraint requirements-dev.txt --output-file requirements.txt
	@for each in checkers aws; do $(BIN)/uv pip compile deploy/$$each.in --universal --python-version 3.11 --quiet \
		$(UPGRADE) --generate-hashes --no-header --output-file deploy/$$each.txt || exit 1; done

clean: ## Remove what the targets above made
	@rm -rf $(VENV) $(CHECKERS) models .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Inroad needs Python 3.11, 3.12 or 3.13. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/pip
	@echo "Installing what Inroad needs (the first time takes a minute or two) ..."
	@$(PIP) install --requirement requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/pip
	@echo "Installing what the tests need (the first time takes a minute or two) ..."
	@$(PIP) install --requirement requirements-dev.txt
	@touch $@ $(VENV)/.run

$(CHECKERS)/.ready: deploy/checkers.txt
	@echo "Installing what checks the deployment ..."
	@$(PYTHON) -m venv $(CHECKERS)
	@$(CHECKERS)/bin/pip --disable-pip-version-check --quiet install uv
	@$(CHECKERS)/bin/uv pip install --quiet --python $(CHECKERS)/bin/python --requirement deploy/checkers.txt
	@touch $@

# Without its model Inroad still works, on shared skills only; so a failed build is said, not fatal.
$(MODEL): | $(VENV)/bin/pip
	@test -e $(VENV)/.run || $(MAKE) --no-print-directory $(VENV)/.run
	@echo "Building the embedding model (once) ..."
	@$(BIN)/python -m matching.build || echo "Going on without it: evidence is matched by shared skills only."
