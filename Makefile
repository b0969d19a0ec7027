# The two commands of the README, and the pieces they are made of. Meson does the building.

RELEASE := build/release
CHECKED := build/checked
NPM_STAMP := build/.npm

.PHONY: all run build test setup bench docs clean

all: build

setup: build/.setup

build/.setup: tools/setup.sh
	@mkdir -p build
	@sh tools/setup.sh
	@touch $@

$(RELEASE)/build.ninja: | build/.setup
	@meson setup $(RELEASE) --buildtype=release -Db_ndebug=true > build/setup.log || { cat build/setup.log; exit 1; }

$(CHECKED)/build.ninja: | build/.setup
	@meson setup $(CHECKED) --buildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false > build/setup.log \
		|| { cat build/setup.log; exit 1; }

# The release program at build/mina.
build: $(RELEASE)/build.ninja
	@ninja -C $(RELEASE) src/door/cli/mina bench/bench_page examples/embed/embed
	@cp -f $(RELEASE)/src/door/cli/mina build/mina

# The simulator with the bundled share example and its backend, in the browser at the address it prints.
run: build
	@sh examples/share/run.sh

$(NPM_STAMP): test/package.json test/package-lock.json | build/.setup
	@cd test && npm ci --no-audit --no-fund --silent
	@touch $@

# Every test, under ASan and UBSan; the last line is "N passed, N failed".
test: $(CHECKED)/build.ninja build $(NPM_STAMP)
	@ninja -C $(CHECKED)
	@python3 tools/run_tests.py $(CHECKED)

bench: build $(NPM_STAMP)
	@python3 bench/run.py
	@python3 bench/component.py
	@python3 bench/automation.py
	@node bench/simulator.mjs

# The reference of components and wx calls, from their rows: build/docs/reference.
docs: build
	@mkdir -p build/docs/reference
	@build/mina reference --out build/docs/reference

clean:
	@rm -rf build
