# Targets are described after ##; `make` alone lists them.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
BIN := .venv/bin
UV := uv==0.13.9
# One lock for every system and Python, with digests, and without the address of an index.
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock"

# Without byte code every command starts in twice the time, and a foreign search path would
# mix foreign libraries with the locked ones.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help start preview build check test quick setup bench lock clean python

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

start: python ## 启动指南 / build the guide and serve it on http://localhost:8000 (PORT=8123 for another port)
	@exec $(PYTHON) scripts/start.py "$(PORT)"

preview: python ## 边改边看 / live preview while editing the catalogue
	@$(PYTHON) scripts/setup.py run && exec $(BIN)/guide serve

build: python ## 生成网站 / build the site into build/site
	@$(PYTHON) scripts/setup.py run && $(BIN)/guide build --exports && exec $(BIN)/guide publish

check: python ## 检查目录 / check the catalogue and list what to mend
	@$(PYTHON) scripts/setup.py run && exec $(BIN)/guide check

test: python ## run all tests, in real browsers too (ARGS="-k hours" for some)
	@$(PYTHON) scripts/setup.py test && $(BIN)/python -m scripts.browser && $(BIN)/python -m scripts.engines && \
		$(BIN)/python -m scripts.java && $(BIN)/python -m scripts.nginx && $(BIN)/python -m scripts.caddy && \
		$(BIN)/python -m scripts.postgres && \
		exec $(BIN)/python -m pytest $(ARGS)

quick: python ## run what needs no browser and no seconds, in less than a minute (ARGS as for test)
	@$(PYTHON) scripts/setup.py test && exec $(BIN)/python -m pytest --numprocesses=3 -m "not browser and not slow" $(ARGS)

setup: python ## prepare .venv for development and tests
	@$(PYTHON) scripts/setup.py test

bench: python ## measure the build beside plain MkDocs (ARGS=--quick for a small catalogue)
	@$(PYTHON) scripts/setup.py bench && exec $(BIN)/python -m benchmarks $(ARGS)

lock: setup ## renew the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet $(UV)
	@$(COMPILE) $(ARGS) --output-file requirements.lock
	@$(COMPILE) --extra test --constraints requirements.lock --output-file requirements-test.lock
	@$(COMPILE) --extra zensical --constraints requirements-test.lock --output-file requirements-zensical.lock
	@$(COMPILE) --extra postgres --constraints requirements-test.lock --output-file requirements-postgres.lock
	@$(COMPILE) --extra test --extra bench --constraints requirements-test.lock --output-file requirements-bench.lock

clean: ## delete what was built, and the environment (subscriptions in var/ stay)
	@rm -rf build .venv *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis

python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "缺少 $(PYTHON)：请运行 sudo apt install python3 python3-venv，然后再试一次。"; \
		echo "$(PYTHON) is missing: run \`sudo apt install python3 python3-venv\` and try again."; exit 1; } >&2
