# Two commands matter: `make playground` and `make test`. Everything else is for those who change the code.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: playground test prove prove-all check bench docs pictures clean

playground: .venv/.installed ## the whole product on this machine: a local Telegram, an example company, a page of chats
	$(BIN)/huifang playground

test: .venv/.developed ## every test, on SQLite and on a real PostgreSQL, in a real browser where there is one
	$(BIN)/pytest -n 3 --dist loadfile

prove: .venv/.developed ## the fault matrix: every fault under load, judged by a referee; half an hour, and its table is docs/reliability.md
	$(BIN)/python -m tests.harness.fault_matrix --write

prove-all: .venv/.developed ## everything `make test` samples, whole: every kill, every size, every story on both engines; takes hours
	HUIFANG_PROVE=1 $(BIN)/pytest -n 2 --dist loadscope

check: .venv/.developed ## linters, types, layers, one test file per module, generated pages up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot handlers conversations domain storage reports texts playground tests docs
	$(BIN)/mypy --no-explicit-package-bases benchmarks
	$(BIN)/lint-imports
	$(BIN)/python -m tests.mirror
	$(BIN)/python docs/generate.py --check

bench: .venv/.developed ## updates a second beside python-telegram-bot and aiogram
	$(BIN)/python benchmarks/throughput.py

docs: .venv/.developed ## write the generated pages anew
	$(BIN)/python docs/generate.py

pictures: .venv/.developed ## draw the reference pictures anew, to be looked at before they are committed
	$(BIN)/python -m tests.harness.reference_pictures
	$(BIN)/python -m tests.harness.example_reports

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Huifang needs Python 3.11 or newer; set PYTHON=python3.12, for instance"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.developed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/.installed
