# Everything a developer or an operator starts from a checkout; `make` alone explains the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.prepared
PEERS := $(VENV)/.prepared-bench
SERVERS := $(VENV)/.servers
WORKERS ?= 2
SIZE ?= whole

.PHONY: help demo test servers lint format types docs faults explore bench lock

help: ## 列出这些目标 · list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): requirements/dev.txt pyproject.toml scripts/prepare-venv
	@scripts/prepare-venv

$(SERVERS): scripts/prepare-servers tests/servers/pom.xml $(READY)
	@scripts/prepare-servers

servers: $(SERVERS) ## 备好测试要用的 PostgreSQL 与 Kafka · what the tests need of servers

demo: $(READY) ## 用样例县跑一遍：六个登记处的文件变成疑点与指标 · the sample county from files to findings
	@$(BIN)/tuolian demo --once

test: $(READY) $(SERVERS) lint types ## 全部检查与测试（CI 运行的就是它） · everything that CI runs
	@$(BIN)/python -m tuolian.reference --check
	@$(BIN)/python -m pytest -q -n $(WORKERS)

lint: $(READY) ## 代码风格与层次 · style and the one-way layers
	@$(BIN)/ruff check --no-cache .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-cache > $(VENV)/.imports.log 2>&1 || { cat $(VENV)/.imports.log; exit 1; }

format: $(READY) ## 改写成统一的格式 · rewrite in the house format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(READY) ## 类型检查 · mypy, strict
	@$(BIN)/mypy services tests

docs: $(READY) ## 由程序重新生成文档与事件模式 · regenerate the reference pages and the event schemas
	@$(BIN)/python -m tuolian.reference

faults: $(READY) $(SERVERS) ## 长时间的断电测试 · the long form of the kill-and-restart tests
	@TUOLIAN_FAULT_KILLS=200 TUOLIAN_WORKER_FAULTS=200 TUOLIAN_WORKER_EVENTS=2000 $(BIN)/python -m pytest -q -rP -m faults

explore: $(READY) ## 用新抽的经过反复找反例（约半小时） · look for counterexamples in newly drawn histories
	@TUOLIAN_EXPLORE=1 TUOLIAN_EXAMPLES=20 $(BIN)/python -m pytest -q -n $(WORKERS) tests/reconciliation/test_any_order.py tests/oracle

$(PEERS): $(READY) requirements/bench.txt
	@scripts/prepare-venv bench

bench: $(PEERS) $(SERVERS) ## 与同类工具同场比较的测量（SIZE=small 几分钟） · benchmarks beside peers (SIZE=small: minutes)
	@for file in benchmarks/bench_*.py; do TUOLIAN_BENCH_SIZE=$(SIZE) $(BIN)/python $$file || exit 1; done

PIN := uv pip compile pyproject.toml --extra dev --extra kafka --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet

lock: ## 由 pyproject.toml 重新固定依赖（需要 uv） · pin the requirements anew (needs uv)
	@$(PIN) --output-file requirements/dev.txt
	@$(PIN) --extra bench --constraints requirements/dev.txt --output-file requirements/bench.txt
