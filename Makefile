# `make run` serves the studio, `make test` tests it; both install what they need into .venv first.
#
#   PYTHON       the interpreter that .venv is made with: 3.11 or newer
#   TORCH_INDEX  an extra package index to take torch from, such as the one with its CPU builds; empty: the usual one
#   UPGRADE      1: `make lock` takes the newest versions that the ranges allow, instead of adding what is missing
#   DATA         the folder with biq2021_train/, live_regenerated/ and pristine/ that `make train` reads
#   RECIPE       what `make train` trains: a recipe's name, or all
#   SPLITS       content-disjoint splits that `make train` measures on
#   FINE_TUNED   splits on which `make train` fine-tunes a trunk, too: 0 (frozen features only), 3 in our own figures
#   SECONDS      how long `make fuzz` looks for files that break the decoder
#   JOBS         processes that the Python tests are shared out to
#   HOST, PORT   where `make run` listens: 127.0.0.1 and 8000 unless said otherwise (docs/operations.md has the rest)

PYTHON ?= $(shell command -v python3.11 || command -v python3)
TORCH_INDEX ?=
UPGRADE ?=
DATA ?= ../shared/data
RECIPE ?= all
SPLITS ?= 10
FINE_TUNED ?= 0
SECONDS ?= 60
JOBS ?= 2

BIN := .venv/bin
SCRIPT_TOOLS := .ci/frontend/node_modules/.bin
BABEL := $(BIN)/python -m babel.messages.frontend --quiet
PIP := $(BIN)/python -m pip --disable-pip-version-check install
# Wheels alone: whatever must be built would fetch its tools behind the hashes.
LOCKED := $(PIP) --require-hashes --no-deps --only-binary :all: --requirement
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
  --custom-compile-command 'make lock' --constraint torch.txt --no-emit-package torch $(if $(UPGRADE),--upgrade)

# Stamps: what pip has installed for these versions of the files.
RUNTIME := .venv/.runtime-installed
DEVELOPMENT := .venv/.development-installed
# The static files have been compressed as they are now.
COMPRESSED := .venv/.static-compressed

.DEFAULT_GOAL := help
.PHONY: help run setup develop train results test torture test-frontend test-python bench check format translations contract lock sbom \
	fuzz test-programs check-frontend check-scripts

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## serve the studio on http://127.0.0.1:8000 (HOST=, PORT=)
	exec $(BIN)/python -m backend

setup: $(RUNTIME) $(COMPRESSED) ## install what serving and scoring need into .venv (TORCH_INDEX=)

develop: $(DEVELOPMENT) ## install what training, tests and checks need, too

train: develop data/live_regenerated/labels.csv ## train and measure RECIPE= on DATA=, into checkpoints/ (resumable)
	$(BIN)/python -m models.training train $(RECIPE) \
	  --rated biq2021=$(DATA)/biq2021_train live_regenerated=data/live_regenerated \
	  --pristine $(DATA)/pristine $(DATA)/live_regenerated/references --splits $(SPLITS) --fine-tuned-splits $(FINE_TUNED)

data/live_regenerated/labels.csv:
	$(BIN)/python $(DATA)/live_regenerated/build.py $(@D)

results: develop ## write docs/results.md, its tables and the leaderboard from the checkpoints' metrics
	$(BIN)/python -m models.training compare

test: test-frontend test-python ## run every test

torture: develop ## overload, slow clients, kills, full disks and a soak: every promise with its figure (20 minutes)
	$(BIN)/python -m tests.torture

bench: develop $(COMPRESSED) ## this tree beside an earlier commit, on this machine: every row with its ratio (on a quiet machine)
	$(BIN)/python -m tests.benchmarks.bench_before

check: develop check-frontend ## lint, formatting, types and import directions, of Python and of the scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_architecture.py tests/test_scripts_architecture.py

format: develop ## format the Python code and apply the lint's safe fixes
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: develop ## bring the Chinese catalogues up to date with the texts in templates, samples and scripts
	$(call update-catalogue,pages,frontend/templates frontend/static/samples)
	$(call update-catalogue,scripts,frontend/static/js checkpoints)

# $(1): a catalogue; $(2): the folders whose messages it has. New ones come untranslated, old ones go.
define update-catalogue
	$(BABEL) extract --mapping-file frontend/babel.cfg --sort-output --no-location --no-wrap \
	  --project 'CENIQA Studio' --output-file .venv/$(1).pot $(2)
	$(BABEL) update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap \
	  --locale zh_Hans --input-file .venv/$(1).pot --output-file frontend/locale/zh_Hans/LC_MESSAGES/$(1).po
endef

contract: develop .ci/contract/node_modules/.installed ## write what the service answers, for the scripts' types, into frontend/contract.d.ts
	$(BIN)/python .ci/contract/write.py
	$(BIN)/python .ci/contract/taxonomy.py

check-frontend:
	@command -v npm > /dev/null || .ci/install nodejs npm || true
	@if command -v npm > /dev/null; then $(MAKE) --no-print-directory check-scripts; \
	else echo '*** No npm: THE SCRIPTS WERE NOT CHECKED ***' >&2; [ -z "$$REQUIRE_BROWSER" ]; fi

check-scripts: .ci/frontend/node_modules/.installed
	$(SCRIPT_TOOLS)/tsc --project frontend
	$(SCRIPT_TOOLS)/biome lint --config-path=.ci/frontend --error-on-warnings frontend/static/js tests/frontend

# Packages of npm's registry, for whoever works on the scripts: what is served has none.
%/node_modules/.installed: %/package-lock.json
	@command -v npm > /dev/null || .ci/install nodejs npm
	npm ci --prefix $* --no-audit --no-fund
	@touch $@

lock: develop ## pin what pyproject.toml asks for and is not pinned yet, with hashes (UPGRADE=1: everything anew)
	echo setuptools | $(LOCK) pyproject.toml - --output-file requirements.lock
	$(LOCK) pyproject.toml --extra dev --extra training --constraint requirements.lock \
	  $$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' requirements.lock) --output-file requirements-dev.lock
	echo cyclonedx-bom | $(LOCK) - --output-file requirements-sbom.lock

sbom: setup .venv/sbom/.installed ## list what the service has installed, ships and scores with, as CycloneDX in sbom.json
	.venv/sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
	  $(BIN)/python > .venv/environment.cdx.json
	$(BIN)/python .ci/sbom.py .venv/environment.cdx.json > sbom.json

.venv/sbom/.installed: requirements-sbom.lock | $(RUNTIME)
	$(BIN)/python -m venv .venv/sbom
	.venv/sbom/bin/python -m pip --disable-pip-version-check install --require-hashes --no-deps --only-binary :all: \
	  --requirement $<
	@touch $@

fuzz: develop ## look for files that break the decoder, for SECONDS=; what it finds lies in .fuzz/crashes
	$(PIP) --quiet --upgrade --no-deps --target .venv/fuzz 'atheris>=3.0'
	PYTHONPATH=.venv/fuzz $(BIN)/python -m tests.fuzz.fuzz_decode .fuzz $(SECONDS)

test-frontend: test-programs
	@if command -v node > /dev/null; then node --test $$(find tests/frontend -name '*.test.js'); \
	else echo '*** No Node.js: THE FRONTEND TESTS DID NOT RUN ***' >&2; [ -z "$$REQUIRE_BROWSER" ]; fi

# With bytecode, whatever the shell says: to compile all tests anew takes each process 15 s of a core.
test-python: test-programs
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal

test-programs: develop
	@command -v node > /dev/null || .ci/install nodejs || true
	@$(BIN)/playwright --version > /dev/null 2>&1 || .ci/install libatomic1 || true # what its own Node.js is linked to
	@command -v chromium-headless-shell > /dev/null || .ci/install chromium-headless-shell fonts-liberation || \
	command -v chromium > /dev/null || .ci/install chromium fonts-liberation || \
	echo '*** No Chromium: THE BROWSER TESTS WILL NOT RUN ***' >&2

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"got Python {sys.version}, expected 3.11 or newer")'
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null || .ci/install python3-venv
	$(PYTHON) -m venv .venv

# torch comes last, by its version: its hash depends on the index that the operator chose. What it needs is there by then,
# except for CUDA's libraries, which the builds for it bring along.
$(RUNTIME): pyproject.toml requirements.lock torch.txt | .venv/bin/pip
	$(LOCKED) requirements.lock
	$(PIP) $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) --requirement torch.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(COMPRESSED): $(RUNTIME) backend/pages/compression.py $(shell find frontend/static -type f)
	$(BIN)/python -m backend.pages frontend
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	$(LOCKED) requirements-dev.lock
	@touch $@
