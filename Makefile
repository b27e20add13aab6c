# Everything that is needed to build, test, run and install flowcheck. `make help` lists the targets.

SWIFT ?= swift
PREFIX ?= /usr/local
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
FUZZ_TIME ?= 60s

# Where the build goes; another folder keeps a build apart from this one.
SCRATCH ?= .build
BUILD = $(SWIFT) build --scratch-path $(SCRATCH) --explicit-target-dependency-import-check error
RELEASE = $(BUILD) -c release --static-swift-stdlib --product flowcheck
FLOWCHECK = $(SCRATCH)/release/flowcheck

# What the program is linked with; what tests use: a second SMT solver, an mpirun, a second
# algorithm for maximum flows, and what says whether reports are valid.
PACKAGES = libgmp-dev libmd-dev libopenblas-dev libsuitesparse-dev libz3-dev zlib1g-dev pkg-config
TEST_PACKAGES = cvc5 liblemon-utils libxml2-utils openmpi-bin python3-jsonschema \
  python3-networkx python3-yaml

# What the C++ adapters are made of; the Python ones come from adapters/requirements.txt.
ADAPTER_PACKAGES = g++ liblemon-dev nlohmann-json3-dev

.PHONY: help setup setup-test toolchain build test test-all fuzz bench adapters scoreboard lint \
  install uninstall clean

help:
	@echo 'make fuzz      set up, build and run a campaign of $(FUZZ_TIME) (FUZZ_TIME=15s changes that)'
	@echo 'make test      set up, build and run the tests'
	@echo 'make test-all  the same with the long tests: every real tensor, larger sizes'
	@echo 'make build     set up and build the release program, $(FLOWCHECK)'
	@echo 'make bench     set up peers in bench/.venv and measure the program beside them'
	@echo 'make adapters  set up solvers that others wrote, in adapters/.venv and adapters/.build'
	@echo 'make scoreboard  certify them all, write docs/scoreboard.md, confirm what it says'
	@echo 'make lint      check the layout of the sources'
	@echo 'make install   install the program under PREFIX ($(PREFIX)); DESTDIR is respected'
	@echo 'make clean     remove what was built'

toolchain:
	@command -v $(SWIFT) >/dev/null 2>&1 || \
	  { echo 'flowcheck needs Swift 6.2 or later: https://www.swift.org/install' >&2; exit 1; }

setup: toolchain
	@scripts/install-packages $(PACKAGES)

setup-test: setup
	@scripts/install-packages $(TEST_PACKAGES)

build: setup
	$(RELEASE)

fuzz: build
	$(FLOWCHECK) fuzz --time $(FUZZ_TIME) --jobs $(JOBS) --corpus corpus

test: setup-test
	@SWIFT='$(SWIFT)' SCRATCH='$(SCRATCH)' scripts/run-tests

test-all: setup-test build
	@SWIFT='$(SWIFT)' SCRATCH='$(SCRATCH)' FLOWCHECK_TESTS=all scripts/run-tests
	@scripts/install-packages valgrind
	scripts/count-instructions $(FLOWCHECK)

bench: build
	@python3 -m venv bench/.venv 2>/dev/null || scripts/install-packages python3-venv
	@[ -x bench/.venv/bin/pip ] || python3 -m venv bench/.venv
	@bench/.venv/bin/pip install --quiet --requirement bench/requirements.txt
	@scripts/install-packages g++ liblemon-dev
	OPENBLAS_NUM_THREADS=1 bench/.venv/bin/python bench/maxflow.py $(FLOWCHECK) --growth
	OPENBLAS_NUM_THREADS=1 bench/.venv/bin/python bench/regularised.py $(FLOWCHECK) --large
	bench/.venv/bin/python bench/pairwise.py $(FLOWCHECK)
	bench/.venv/bin/python bench/certificates.py $(FLOWCHECK)
	bench/.venv/bin/python bench/shapley.py $(FLOWCHECK) --large
	bench/.venv/bin/python bench/report.py

adapters: adapters/.build/lemon_flow
	@python3 -m venv adapters/.venv 2>/dev/null || scripts/install-packages python3-venv
	@[ -x adapters/.venv/bin/python ] || python3 -m venv adapters/.venv
	@adapters/.venv/bin/pip install --quiet --requirement adapters/requirements.txt

# LEMON's own headers draw -Wmaybe-uninitialized from g++ 12.
adapters/.build/lemon_flow: adapters/cpp/lemon_flow.cpp adapters/cpp/flowcheck_solver.hpp
	@scripts/install-packages $(ADAPTER_PACKAGES)
	@mkdir -p adapters/.build
	$(CXX) -std=c++17 -O2 -Wall -Wextra -Wno-maybe-uninitialized -o $@ $< -l:liblemon.a

scoreboard: build adapters
	adapters/.venv/bin/python adapters/scoreboard.py $(FLOWCHECK)

lint: toolchain
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests examples

install: build
	install -D -m 755 $(FLOWCHECK) '$(DESTDIR)$(PREFIX)/bin/flowcheck'

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/flowcheck'

clean:
	rm -rf '$(SCRATCH)'
