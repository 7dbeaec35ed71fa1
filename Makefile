# The verbs of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# Warnings are errors in our own targets; SwiftPM leaves fetched packages alone.
strict := -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
swift_files := Package.swift Sources Tests Benchmarks
# What `make run` hands to `parlance serve`, for example: make run ARGS="--config parlance.yaml"
ARGS ?= --data data
# Which seeds `make simulate` plays: so many from the first on.
FIRST ?= 1
SEEDS ?= 100

.PHONY: help run test check build scenarios simulate golden clients bench format lint tidy docs
.PHONY: swift packages packages-for-tests venv

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{ printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: packages ## install what is missing, build, start a server here (data in ./data)
	@echo "Building Parlance. The first time takes about ten minutes on two cores, later starts only seconds."
	swift build -c release --product parlance
	@exec .build/release/parlance serve $(ARGS)

test: packages-for-tests venv lint docs ## everything CI runs
	swift build --build-tests $(strict)
	swift test --skip-build
	@if [ -x Tests/Clients/run ]; then Tests/Clients/run; fi
	@echo "All tests passed."

check: test ## the same as test: run it before you push

build: packages ## debug build, warnings are errors
	swift build --build-tests $(strict)

scenarios: build ## the scenario scripts on both stages; one of them: make scenarios FILE=muc/kicking
	PARLANCE_SCENARIO=$(FILE) swift test --skip-build --filter Scenario

simulate: build ## whole services with hundreds of clients and crashes, seed by seed: make simulate SEEDS=100 FAULT=told-before-commit
	.build/debug/simulate --first $(FIRST) --seeds $(SEEDS) $(if $(FAULT),--fault $(FAULT))

golden: build ## write the golden files anew, for review
	PARLANCE_GOLDEN=update swift test --skip-build --filter RosettaTests

clients: venv build ## only the real clients against a real server
	Tests/Clients/run

bench: packages ## what the parts cost: CPU time for each operation (Documentation/performance.md)
	@swift run -c release benchmarks

format: ## put the Swift code into the project's format
	swift format --in-place --parallel --recursive $(swift_files)

lint: ## check the format, change nothing
	swift format lint --strict --parallel --recursive $(swift_files)

tidy: build ## check the rules of Documentation/style.md
	swift test --skip-build --filter TidyTests

docs: packages-for-tests ## check that tests cite only rows which exist, and count them
	Scripts/coverage --check
	Scripts/coverage

swift:
	@command -v swift >/dev/null || { echo "Parlance needs Swift 6.1 or newer: https://www.swift.org/install" >&2; exit 2; }

packages: swift
	@Scripts/install-packages

packages-for-tests: swift
	@Scripts/install-packages Scripts/packages Scripts/packages-for-tests

venv: packages-for-tests
	@Scripts/venv
