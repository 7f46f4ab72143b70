"""What the database may fail with, and addresses that are none."""

from pathlib import Path

import pytest

from storage.engine.failures import CannotOpenError, check_file, driver_of


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


def test_the_driver_of_an_address() -> None:
    """As it is written; None for what is no URL."""
    assert driver_of("sqlite+aiosqlite:///huifang.db") == "sqlite+aiosqlite"
    assert driver_of("postgresql+asyncpg://u:p@host/name") == "postgresql+asyncpg"
    assert driver_of("huifang.db") is None
