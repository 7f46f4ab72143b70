"""What the database may fail with, and addresses that are none."""

from pathlib import Path

import pytest

from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import CannotOpenError, check_file, driver_of
from tests.harness.databases import SECRET


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """Told with its place; what is no file is not looked at."""
    check_file(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    check_file("sqlite+aiosqlite:///:memory:")
    check_file("postgresql+asyncpg://u:p@127.0.0.1:1/d")
    for path in (tmp_path / "none" / "huifang.db", tmp_path):
        with pytest.raises(CannotOpenError) as caught:
            check_file(f"sqlite+aiosqlite:///{path}")
        why = f"{path}: unable to open database file; is its folder there, and can it be written?"
        assert str(caught.value) == why


async def test_the_file_is_its_owners(tmp_path: Path) -> None:
    """With what SQLite puts beside it; an older one that everybody could read is closed, and a group that was let in stays."""
    path = tmp_path / "huifang.db"
    url = f"sqlite+aiosqlite:///{path}"
    check_file(url)
    database = Database(url, Keyring([SECRET]))
    await schema.migrate(database)
    assert _find_modes(tmp_path) == dict.fromkeys(("huifang.db", "huifang.db-wal", "huifang.db-shm"), 0o600)
    for name in _find_modes(tmp_path):
        (tmp_path / name).chmod(0o664)
    check_file(url)
    assert set(_find_modes(tmp_path).values()) == {0o660}
    await database.close()


def _find_modes(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_mode & 0o777 for one in folder.iterdir()}


def test_the_driver_of_an_address() -> None:
    """As it is written; None for what is no URL."""
    assert driver_of("sqlite+aiosqlite:///huifang.db") == "sqlite+aiosqlite"
    assert driver_of("postgresql+asyncpg://u:p@host/name") == "postgresql+asyncpg"
    assert driver_of("huifang.db") is None
