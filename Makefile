# Everything a person or CI does with this repository. `make help` lists it.

SWIFT ?= swift
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=
FUZZ_SECONDS ?= 60
SOAK_SECONDS ?= 3600

# Real captures with the flows they must give, and the benchmark's inputs and floors. Both lie outside this repository;
# what needs them says so in one line and is left out where they are absent.
export PORTOLAN_CAPTURES ?= $(abspath ../shared/captures)
export PORTOLAN_BENCH ?= $(abspath ../shared/bench)

BUILD ?= .build
RELEASE := $(BUILD)/release/portolan
# Where the tests are built: a folder of their own, so that both can be built at once.
TESTS ?= .build-tests
DEBUG := $(TESTS)/debug/portolan
SAMPLE := Captures/shop/shop-node-a.pcap

# What CI and contributors build with: a warning or an import that Package.swift does not name is an error.
STRICT := --explicit-target-dependency-import-check error -Xswiftc -warnings-as-errors

.DEFAULT_GOAL := help
.PHONY: help run build test released fuzz-program lint hostile killing soak fuzz evaluate bench bench-live bench-store bench-chart bench-detection bench-recording install requirements test-requirements test-deps clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# In the terminal where there is one, else as text.
run: build ## Set up, build and look at a capture: the first thing to do
	@if [ -t 0 ] && [ -t 1 ]; then view=tui; else view=graph; fi; \
	echo "$(RELEASE) $$view -r $(SAMPLE)"; $(RELEASE) $$view -r $(SAMPLE)

build: requirements ## Build the release binary, .build/release/portolan
	$(SWIFT) build -c release --product portolan --static-swift-stdlib --scratch-path $(BUILD)

# What the tests are built with: all there is. What is installed has no traits.
TRAITS := --traits CRI
# What debuggers read takes a tenth of the time to build, and no test needs it.
PLAIN := -debug-info-format none
TESTED := $(SWIFT) test --skip-build --scratch-path $(TESTS) $(TRAITS)
# Allocations are counted in release builds, of the rooms that must not make any; and what lays out thousands of charts takes
# minutes in a debug build.
DRAWN := LayoutTests|DashboardTests|ExportTests
RELEASED := PORTOLAN_TESTS="FlowsTests CaptureTests $(subst |, ,$(DRAWN))" $(SWIFT)
RELEASED_OPTIONS := -c release -Xswiftc -enable-testing --scratch-path $(BUILD)-release

# Apart from the others: tests of servers that wait want threads which other tests hold, and ignore SIGPIPE for their
# process. Live tests mostly wait, so what is built for release is built beside them, with whatever they leave of both cores.
test: requirements test-requirements test-deps ## Set up and run every test
	$(SWIFT) build --build-tests --scratch-path $(TESTS) $(TRAITS) $(STRICT) $(PLAIN)
	$(TESTED) --skip 'LiveTests|HTTPTests|RuntimesTests|CRITests|$(DRAWN)'
	$(TESTED) --filter 'HTTPTests|RuntimesTests'
	$(TESTED) --filter CRITests
	nice -n 19 $(MAKE) released fuzz-program & built=$$!; $(TESTED) --filter LiveTests; tested=$$?; wait $$built && exit $$tested
	Tests/Tools/hostile.py --mutants 300 --debug $(DEBUG)
	Tests/Evaluation/test_evaluation.py
	Tests/Evaluation/test_page.py
	Tests/Evaluation/evaluate.py --quick $(RELEASE)
	$(MAKE) soak SOAK_SECONDS=120
	$(RELEASED) test --skip-build $(RELEASED_OPTIONS) --filter AllocationTests
	$(RELEASED) test --skip-build $(RELEASED_OPTIONS) --filter '$(DRAWN)'

# Apart from running it, so that it can be built beside what waits.
fuzz-program:
	Tests/Fuzz/fuzz.sh -b -q

released: build
	$(RELEASED) build --product portolanPackageTests $(RELEASED_OPTIONS) $(STRICT)

lint: ## Check formatting, imports and file lengths
	Tests/Tools/lint.sh

hostile: build test-requirements ## Replay captures made to do harm, and 2,000 damaged ones
	Tests/Tools/hostile.py --mutants 2000 $(RELEASE)

killing: build test-requirements ## Kill an agent under load 200 times and look at what it remembers, as root
	Tests/Tools/killing.py --rounds 200 $(RELEASE)

unit: build ## Run the installed service under a systemd of its own, as root; fetches a Debian system
	@Tests/Tools/requirements.sh debootstrap systemd-container
	$(SWIFT) build --product generate-manual --scratch-path $(BUILD)
	Tests/Tools/unit.sh $(RELEASE) $(BUILD)/debug/generate-manual

soak: build test-requirements ## An agent under load for SOAK_SECONDS=3600, of which nothing may grow, as root
	Tests/Tools/soak.py --seconds $(SOAK_SECONDS) $(RELEASE)

fuzz: requirements test-requirements ## Fuzz all that reads bytes from outside, FUZZ_SECONDS=60 a target
	Tests/Fuzz/fuzz.sh $(FUZZ_OPTIONS) $(FUZZ_SECONDS) $(FUZZ_TARGETS)

evaluate: build test-requirements ## Attacks, benign captures and a healthy day, as root; rewrites Docs/Detection.md
	@[ $$(id -u) -ne 0 ] || Tests/Tools/requirements.sh iproute2 tcpdump nmap hping3
	Tests/Evaluation/test_evaluation.py
	Tests/Evaluation/evaluate.py --page Docs/Detection.md $(RELEASE)

bench: build test-requirements ## Measure against C doing the same work; rewrites Docs/Performance.md
	Tests/Benchmarks/bench.py $(RELEASE)

install: build ## Install the program, its pages and the service under PREFIX=/usr/local
	$(SWIFT) build --product generate-manual --scratch-path $(BUILD)
	Tests/Tools/install.sh $(RELEASE) $(BUILD)/debug/generate-manual "$(DESTDIR)" "$(PREFIX)" "$(SYSCONFDIR)"

bench-live: requirements test-requirements ## Measure live capture against C, as root; rewrites Docs/Performance.md
	PORTOLAN_BENCHMARKS=1 $(SWIFT) build -c release --product LiveDriver --scratch-path $(BUILD)
	Tests/Benchmarks/live.py $(BUILD)/release/LiveDriver

bench-store: requirements test-requirements ## Measure the agent's memory against SQLite; rewrites Docs/Performance.md
	PORTOLAN_BENCHMARKS=1 $(SWIFT) build -c release --product StoreDriver --scratch-path $(BUILD)
	Tests/Benchmarks/store.py $(BUILD)/release/StoreDriver

bench-chart: build test-requirements test-deps ## Measure the screen; rewrites Docs/Performance.md
	PORTOLAN_BENCHMARKS=1 $(SWIFT) build -c release --product ChartDriver --scratch-path $(BUILD)
	Tests/Benchmarks/chart.py $(BUILD)/release/ChartDriver $(RELEASE)

bench-detection: build test-requirements ## Measure what judging adds to a replay; rewrites Docs/Performance.md
	Tests/Benchmarks/detection.py $(RELEASE)

bench-recording: build test-requirements ## Measure what recording adds to watching, as root; rewrites Docs/Performance.md
	Tests/Benchmarks/recording.py $(RELEASE)

test-deps: ## Install what the live tests need from Debian; starts nothing
	@Tests/Tools/test-deps.sh

requirements:
	@Tests/Tools/requirements.sh libpcap-dev libmnl-dev libsqlite3-dev zlib1g-dev pkg-config

test-requirements:
	@Tests/Tools/requirements.sh python3

clean: ## Remove what was built
	rm -rf .build .build-tests .build-release .build-bench .build-fuzz
