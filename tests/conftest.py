"""What every test may ask for: both databases, migrated and empty, without anything to set up."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from storage.engine.database import Database
from tests.harness.databases import LentDatabases, create_database, make_sqlite_file
from tests.harness.quick_database import open_compiled, open_quickly
from tests.harness.shared_postgres import lend_databases, run_shared_postgres

PROVE = os.environ.get("HUIFANG_PROVE") == "1"
"""Whether everything is tried: every kill, every size, every story on both engines (`make prove-all`)."""

ABOVE_THE_ROWS = {"handlers", "bot", "e2e"}
"""Rooms whose tests are about what is done with rows, which storage's own tests try on both engines."""

LONGEST_FIRST = (
    "playground/company/test_company",
    "browser/test_figures",
    "durability/test_kill_every_call",
    "durability/test_unreliable_telegram",
    "browser",
    "simulation/test_replicas",
    "simulation/test_year",
    "durability",
    "playground/company",
    "e2e/test_export",
    "e2e/test_import",
    "e2e/test_whole_loop",
    "golden",
    "playground",
    "simulation/test_sixty_days",
    "handlers/test_release",
    "handlers/cases/life/test_life",
    "bot/sending/test_sender",
    "bot/sending/test_dispatcher",
    "bot/commands",
    "reports/paper",
    "bot/drawing",
    "handlers/cases",
    "handlers",
    "bot",
)
"""Where the files are that take longest, by the beginnings of their paths."""

WAITING = ("e2e/", "durability/", "browser/", "playground/company/", "simulation/test_replicas")
"""Where the files are that wait for other processes most of the time; what is in the others computes."""

TOGETHER = ("playground/", "handlers/turns/test_updates.py")
"""Files that read Telegram's objects with aiogram, whose import takes many seconds: one worker has them all."""

# Hundreds of processes are started: they compile our modules once, and the next run finds our tests compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


POSTGRES_FOLDER = pytest.StashKey[Path]()

gc.disable()  # until all tests are collected: what is imported stays


def pytest_configure(config: pytest.Config) -> None:
    """All workers share one PostgreSQL, in a folder that the process makes which hands out the work."""
    given = getattr(config, "workerinput", {}).get("postgres_folder")
    folder = config.stash[POSTGRES_FOLDER] = Path(given or tempfile.mkdtemp(prefix="huifang-pg-"))
    if "XDG_RUNTIME_DIR" not in os.environ:
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(dir=folder)  # where the wheel keeps its locks


def pytest_sessionstart(session: pytest.Session) -> None:
    """In a fresh checkout one process compiles all tests before the workers begin: each of them would compile every one."""
    config, tests = session.config, Path(__file__).parent
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and getattr(config.option, "numprocesses", None)
    if is_whole and len([*tests.rglob("*-pytest-*.pyc")]) < len([*tests.rglob("test_*.py")]):
        command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", "-p", "no:xdist"]
        subprocess.run(command, cwd=config.rootpath, stdout=subprocess.DEVNULL, check=False)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 -- the plugin's own type
    """What a worker is told."""
    node.workerinput["postgres_folder"] = str(node.config.stash[POSTGRES_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """The folder goes when all workers are gone."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.stash[POSTGRES_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make test` leaves to `make prove-all` what is marked so, and the second engine where a test is not about the engine."""
    left = [item for item in items if not PROVE and _is_left_to_prove(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        put_aside = set(left)
        items[:] = [item for item in items if item not in put_aside]
    places = _place_files(dict.fromkeys(item.path for item in items))
    items.sort(key=lambda item: places[item.path])


def _place_files(files: Iterable[Path]) -> dict[Path, float]:
    """The longest files first, so that none is left to one worker at the end (`--no-loadscope-reorder` keeps this order).

    Files that wait and files that compute are both spread over the whole run: the cores are never idle, and never all wanted at once.
    """
    parts = {path: _name_part(path.relative_to(Path(__file__).parent).as_posix()) for path in files}
    places: dict[str, float] = {}
    for waits in (True, False):
        alike = [part for part in dict.fromkeys(parts.values()) if part.startswith(WAITING) is waits]
        alike.sort(key=_find_turn)
        places |= {part: n / len(alike) for n, part in enumerate(alike)}
    return {path: places[part] for path, part in parts.items()}


def _name_part(name: str) -> str:
    """What one worker does without a break: a file, or those whose import is dear."""
    is_company = name.startswith("playground/company/")  # which starts processes, and imports nothing
    return TOGETHER[0] if name.startswith(TOGETHER) and not is_company else name


def _find_turn(name: str) -> int:
    return next((n for n, start in enumerate(LONGEST_FIRST) if name.startswith(start)), len(LONGEST_FIRST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "TestsByFile | None":  # noqa: ANN401 -- the plugin's own type
    """How `make test` gives work to its workers."""
    return TestsByFile(config, log) if config.getoption("dist") == "loadfile" else None


class TestsByFile(LoadFileScheduling):  # type: ignore[misc]  # a class without types
    """A file's tests in one worker; some files' together."""

    __test__ = False

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _name_part(file.removeprefix("tests/"))


def _is_left_to_prove(item: pytest.Item) -> bool:
    if item.get_closest_marker("prove"):
        return True
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return False
    engines = {item.callspec.params.get(name) for name in ("database_url", "empty_database_url", "engine_name")}
    is_above = not ABOVE_THE_ROWS.isdisjoint(item.path.parts)
    on_one = item.get_closest_marker("one_engine") or (is_above and not item.get_closest_marker("both_engines"))
    return bool(on_one) and "postgresql" in engines


def pytest_collection_finish() -> None:
    """Thousands of tests and their modules are never garbage: they are not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


# A busy machine makes an example slow, not wrong: speed is measured by benchmarks. Each run draws other examples: many runs try many.
settings.register_profile("huifang", deadline=None, max_examples=100 if PROVE else 30)
settings.load_profile("huifang")


@pytest.fixture(scope="session")
def postgres_folder(request: pytest.FixtureRequest) -> Path:
    """Where the PostgreSQL of this test run has its data."""
    return request.config.stash[POSTGRES_FOLDER]


@pytest.fixture(scope="session")
def postgres(postgres_folder: Path) -> Iterator[str]:
    """The URI of a real PostgreSQL that lives as long as the test run, on a socket of its own."""
    with run_shared_postgres(postgres_folder) as uri:
        yield uri


@pytest.fixture(scope="session")
def lent_databases(postgres: str, postgres_folder: Path) -> LentDatabases:
    """The migrated databases of that PostgreSQL."""
    return lend_databases(postgres_folder, postgres)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, made once."""
    path = tmp_path_factory.mktemp("template") / "huifang.db"
    make_sqlite_file(path)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The SQLAlchemy URL of a database without tables, once per engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}"
        return
    async with create_database(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The SQLAlchemy URL of a migrated, empty database, once per engine."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("template"), tmp_path / "huifang.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}"
        return
    async with request.getfixturevalue("lent_databases").lend() as url:
        yield url


@pytest.fixture
async def database(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A migrated, empty database, once per engine; as the bot opens it where a test is about the engine."""
    is_about_engine = "storage" in request.path.relative_to(Path(__file__).parent).parts
    opened = open_compiled(database_url) if is_about_engine else open_quickly(database_url)
    yield opened
    await opened.close()
