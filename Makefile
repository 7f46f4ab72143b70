# Two commands matter: `make playground` and `make test`. Everything else is for those who change the code.

PYTHON ?= python3
BIN := .venv/bin
TOOLS := .venv/tools/bin
INSTALL := -m pip install --quiet --disable-pip-version-check
COMPILE := $(TOOLS)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'

# Bytecode for what a bot and a playground import, and for nothing else: it saves a second at every start and 60 MB beside all of it.
define COMPILE_WHAT_RUNS
import py_compile, sys, bot.app, bot.commands.cli, bot.drawing.helper_process, playground.company.__main__; \
[py_compile.compile(one.__file__, quiet=1) for one in list(sys.modules.values()) if str(getattr(one, '__file__', '')).endswith('.py')]
endef

.PHONY: playground test prove prove-ha prove-all fuzz check bench docs site pictures lock audit clean

playground: .venv/.installed ## the whole product on this machine: a local Telegram, an example company, a page of chats
	$(BIN)/huifang playground

test: .venv/.developed ## every test, on SQLite and on a real PostgreSQL, in a real browser where there is one
	$(BIN)/pytest -n 5 --dist loadfile --no-loadscope-reorder

prove: .venv/.developed ## the fault matrix: every fault under load, judged by a referee; half an hour, and its table is docs/reliability.md
	$(BIN)/python -m tests.harness.fault_matrix --write

prove-ha: .venv/.developed ## PostgreSQL under Patroni, its leader killed under load: needs Debian's patroni, etcd-server and postgresql; five minutes
	$(BIN)/python -m tests.harness.failover --write

prove-all: .venv/.developed ## everything `make test` samples, whole: every kill, every size, every story on both engines; takes hours
	HUIFANG_PROVE=1 $(BIN)/pytest -n 2 --dist loadscope

SECONDS ?= 60
fuzz: .venv/.developed ## coverage-guided fuzzing of what comes from outside (Linux): SECONDS for each target
	$(BIN)/python $(INSTALL) --no-deps --require-hashes --requirement requirements/fuzz.lock
	for target in updates buttons commands surveys companies deliveries; do \
		$(BIN)/python -m tests.harness.fuzzing $$target $(SECONDS) || exit 1; done

check: .venv/.developed ## linters, types, layers, one test file per module, generated pages up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot handlers conversations domain storage reports texts playground tests docs
	$(BIN)/mypy --no-explicit-package-bases benchmarks
	$(BIN)/lint-imports
	$(BIN)/python -m tests.mirror
	$(BIN)/python docs/generate.py --check

bench: .venv/.developed ## every benchmark beside its peers, written to docs/benchmarks.md: 15 GB of disk, most of an hour; ONLY=throughput for one
	$(BIN)/python benchmarks/bench.py $(if $(ONLY),--only $(ONLY))

docs: .venv/.developed ## write the generated pages anew
	$(BIN)/python docs/generate.py

site: .venv/docs/.installed ## the documentation site, in build/site; a broken link ends it
	$(BIN)/python docs/site.py .venv/docs/bin/zensical

pictures: .venv/.developed ## draw the reference pictures and those of the READMEs anew, to be looked at before they are committed
	$(BIN)/python -m tests.harness.reference_pictures
	$(BIN)/python -m tests.harness.example_reports
	$(BIN)/python -m tests.harness.company_pictures
	$(BIN)/python -m tests.harness.film

lock: .venv/tools/.installed ## write requirements/*.lock anew after a change of pyproject.toml; UPGRADE=--upgrade takes the newest of everything
	$(COMPILE) $(UPGRADE) --extra dev --output-file requirements/dev.lock pyproject.toml requirements/build.in
	$(COMPILE) $(UPGRADE) --constraints requirements/dev.lock --output-file requirements/run.lock pyproject.toml requirements/build.in
	$(COMPILE) $(UPGRADE) --output-file requirements/tools.lock requirements/tools.in
	$(COMPILE) $(UPGRADE) --output-file requirements/fuzz.lock requirements/fuzz.in
	$(COMPILE) $(UPGRADE) --output-file requirements/docs.lock requirements/docs.in

audit: .venv/.developed .venv/tools/.installed ## known holes in what is locked; says so where their database is out of reach
	$(BIN)/python -m tests.audit

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Huifang needs Python 3.11 or newer; set PYTHON=python3.12, for instance"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "This Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml requirements/run.lock
	@echo "Installing into .venv what the bot needs: some 70 MB to fetch, 290 MB on disk (81 of them draw pictures), about a minute"
	$(BIN)/python $(INSTALL) --no-compile --require-hashes --requirement requirements/run.lock
	$(BIN)/python $(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -c "$(COMPILE_WHAT_RUNS)"
	@touch $@

.venv/.developed: .venv/bin/python pyproject.toml requirements/dev.lock
	@echo "Installing into .venv what the tests need, too (a PostgreSQL, browsers' driver, linters): some 850 MB, one to two minutes"
	$(BIN)/python $(INSTALL) --require-hashes --requirement requirements/dev.lock
	$(BIN)/python $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.installed

.venv/tools/.installed: .venv/bin/python requirements/tools.lock
	$(BIN)/python -m venv .venv/tools
	$(TOOLS)/python $(INSTALL) --require-hashes --requirement requirements/tools.lock
	@touch $@

.venv/docs/.installed: .venv/bin/python requirements/docs.lock
	$(BIN)/python -m venv .venv/docs
	.venv/docs/bin/python $(INSTALL) --require-hashes --requirement requirements/docs.lock
	@touch $@
