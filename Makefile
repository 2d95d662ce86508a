# Every target does its own set-up, and only what is missing: see setup/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help report test coverage bench bundle wheelhouse setup lock upgrade release clean

PYTHON ?= python3
REPORT_SAMPLES ?= data/示例-2021.xlsx data/示例-2019.xlsx
# Each worker begins with a third of the tests in a row, so what a module shares is made once; an idle one helps.
# Three for two cores: tests wait for processes and pages of theirs, too.
PYTEST_ARGS ?= -n 3 --dist worksteal --durations=10
export PYTHON
# Paths are Chinese, and in the C locale LibreOffice opens no such path.
export LC_ALL := C.UTF-8

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

report: ## make the sample reports, Word and PDF, in output/
	@setup/packages report
	@setup/environment run
	@setup/fonts
	.venv/bin/nianbao generate $(REPORT_SAMPLES) --pdf --force

test: setup ## check style, types and behaviour
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy --strict
	.venv/bin/mypy --strict --platform win32 --cache-dir .cache/mypy-win32 generator/nianbao
	.venv/bin/pytest $(PYTEST_ARGS)

coverage: setup ## run the tests and name the lines that none of them reaches; twice as slow
	.venv/bin/pytest $(PYTEST_ARGS) --cov=nianbao --cov-report=term-missing:skip-covered

bench: setup ## measure
	@setup/peers
	.venv/bin/python -m benchmarks

bundle: ## make what an office without internet gets, in dist/: a folder and a Debian package, a folder for Windows
	@setup/packages bundle
	@setup/fonts
	@setup/tools setup.bundle dist setup/bundle/requirements.lock
	@setup/tools setup.windows dist $(EMBEDDED)
	@setup/sums dist

wheelhouse: ## collect the wheels for administrators who have Python, in dist/
	@setup/tools setup.wheelhouse dist
	@setup/sums dist

setup: ## install all that the tests need, and stop there
	@setup/packages test
	@setup/environment dev
	@setup/fonts
	@setup/validator

lock: ## write the lock files anew from pyproject.toml, keeping versions
	@setup/lock

upgrade: ## write the lock files anew with the newest versions
	@setup/lock --upgrade

release: ## make a release: make release VERSION=26.2
	@setup/release $(VERSION)

clean: ## remove what set-up and tools made; output/ stays
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache dist
