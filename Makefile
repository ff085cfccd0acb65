# Every target sets up what it needs; a warm set-up takes under 2 s. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export BASH_ENV := $(CURDIR)/.ci/env
PORT ?= 8080

# What a build makes, and of what.
MODULE := pkg/wasm/mgdc_decrypt_bg.wasm
CHECK_MODULE := pkg/wasm-check/mgdc_check_bg.wasm
MODULE_SOURCES := $(shell find src -name '*.rs' -o -name Cargo.toml) Cargo.toml Cargo.lock .ci/build
SAMPLE := www/sample.js
BUNDLE := www/page.min.js
ONE_FILE := www/mgdc-decrypt.html
BUNDLE_SOURCES := $(MODULE) .ci/bundle.mjs .ci/esbuild.mjs www/page.js $(shell find pkg -name '*.js' -not -path 'pkg/wasm*/*' -not -path 'pkg/vendor/*')
# Which the package ships, too.
TEXTS := $(addprefix pkg/,README.md LICENSE-MIT LICENSE-APACHE THIRD-PARTY-NOTICES)

# What a step leaves behind when it fails is not taken for built.
.DELETE_ON_ERROR:

.PHONY: help run build test format mutants bench screenshots seal-report docs consumers-table notices standalone dist verify-release wheel spark decrypt setup setup-test clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: build ## Set up, build, and serve the page with its sample on http://127.0.0.1:8080 (PORT=…)
	@node .ci/serve.mjs $(PORT)

build: setup $(CHECK_MODULE) $(SAMPLE) $(BUNDLE) $(ONE_FILE) $(TEXTS) ## Set up and build the package (pkg/wasm, pkg/wasm-check) and the page (www)

$(MODULE): $(MODULE_SOURCES) | setup
	@.ci/build

# The same run makes it, after the other.
$(CHECK_MODULE): $(MODULE) | setup
	@[ $@ -nt $< ] || .ci/build

$(SAMPLE): .ci/sample.mjs | setup
	@node .ci/sample.mjs

$(BUNDLE): $(BUNDLE_SOURCES) | setup
	@node .ci/bundle.mjs

$(ONE_FILE): $(BUNDLE) $(SAMPLE) .ci/standalone.mjs .ci/esbuild.mjs www/index.html www/page.css www/standalone-start.js | setup
	@node .ci/standalone.mjs

pkg/README.md: README.md .ci/plain-links
	@.ci/plain-links $< >$@

$(filter-out pkg/README.md,$(TEXTS)): pkg/%: %
	@cp $< $@

test: setup-test ## Set up and run the checks (CHECK=… for one, or for one on request: CONTRIBUTING.md)
	@.ci/test $(CHECK)

format: setup ## Format the Rust and the JavaScript, and mend what the linter can
	@cargo fmt --all
	@npx --no-install biome check --write

mutants: ## Change the code in many ways, and list what no test notices (FILE=src/… or pkg/… SHARD=0/8 JOBS=n)
	@.ci/setup mutants
	@$(MAKE) --no-print-directory build
	@.ci/mutants

bench: build ## Time it in Chromium and Firefox against its contenders (docs/performance.md has the options)
	@$(if $(INFLATE),true,.ci/setup bench)
	@node benches/$(if $(INFLATE),inflate,bench).mjs

screenshots: build ## Take a picture of every state of the page into screenshots/ (ONLY=empty,done)
	@.ci/setup test
	@node .ci/screenshots.mjs $(ONLY)

seal-report: build ## Try each way out of the sealed page in Chromium and Firefox, and write docs/seal-report.md (half an hour)
	@.ci/setup seal
	@node tests/seal/report.mjs

docs: ## Write the API reference into dist/docs, made from the types (pkg/*.d.ts)
	@.ci/setup docs
	@cd docs && npx --no-install typedoc --logLevel Warn
	@echo "dist/docs/index.html"

consumers-table: build ## Try the package in every toolchain, and write the table in the README (a quarter of an hour)
	@.ci/setup test
	@node tests/consumers/write-table.mjs

notices: build ## Write both THIRD-PARTY-NOTICES anew: after a change of the crates or libraries (6 minutes)
	@.ci/setup notices
	@cargo fetch --quiet --locked
	@cargo about generate --workspace --frozen --config .ci/about.toml --output-file THIRD-PARTY-NOTICES .ci/about.hbs
	@cargo fetch --quiet --locked --manifest-path python/Cargo.toml
	@cargo about generate --manifest-path python/Cargo.toml --frozen --config .ci/about.toml --target x86_64-unknown-linux-gnu --target aarch64-apple-darwin --target x86_64-pc-windows-msvc --output-file python/THIRD-PARTY-NOTICES .ci/about-wheel.hbs
	@node .ci/notices.mjs

standalone: build ## Write the page as one file that works from a disk: dist/mgdc-decrypt.html, with dist/SHA256SUMS
	@mkdir -p dist
	@cp $(ONE_FILE) dist/
	@.ci/sums

dist: standalone ## Pack a release into dist: the npm package, the one file, their parts (SBOM)
	@.ci/setup sbom
	@.ci/dist

verify-release: ## Compare a download with a local build: make verify-release FILE=mgdc-decrypt-1.0.0.tgz
	@node .ci/verify-release.mjs $(FILE)

wheel: ## Build the Python wheel into dist (python/README.md)
	@.ci/setup wheel
	@.ci/wheel

spark: wheel ## Read the sample drop with a local Spark, and count its rows
	@PYTHONPATH="$(CURDIR)/python/target/site" PYSPARK_PYTHON="$$MGDC_WHEEL_PYTHON" "$$MGDC_WHEEL_PYTHON" python/examples/sample_on_spark.py

decrypt: build ## Decrypt a folder: make decrypt DROP=dir KEY=file OUT=dir ARGS='--json --resume'
	@test -n "$(DROP)" -a -n "$(KEY)$(ARGS)" -a -n "$(OUT)" || { echo "usage: make decrypt DROP=dir KEY=file OUT=dir ARGS='…'" >&2; exit 2; }
	@node pkg/cli.js "$(DROP)" $(if $(KEY),--key "$(KEY)") --out "$(OUT)" $(ARGS)

setup: ## Install what a build needs
	@.ci/setup build

setup-test: ## Install what the tests need, browsers too
	@.ci/setup test

clean: ## Delete what was built
	@rm -rf target dist python/target pkg/vendor pkg/wasm pkg/wasm-check $(SAMPLE) www/page.min.* $(ONE_FILE)
