"""The virus scan: what the command says counts, and nothing of the file is left behind."""

import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.process import virus_scan
from bot.process.virus_scan import ScanError, is_infected

LOOK = "import sys; data = open(sys.argv[-1], 'rb').read(); sys.exit(1 if b'EICAR' in data else 3 if b'BAD' in data else 0)"
COMMAND = (sys.executable, "-c", LOOK)


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def _is_empty(folder: Path) -> bool:
    return not [*folder.iterdir()]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files for the command go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


async def test_what_the_command_says(folder: Path) -> None:
    """It sees the whole file."""
    assert not await is_infected(COMMAND, _pieces(b"EI", b"-", b"CAR"), "jpg")
    assert await is_infected(COMMAND, _pieces(b"EI", b"CAR"), "")
    with pytest.raises(ScanError, match="exit status 3"):
        await is_infected(COMMAND, _pieces(b"BAD"), "jpg")
    with pytest.raises(ScanError, match="cannot be run"):
        await is_infected(("/nowhere",), _pieces(b"x"), "jpg")
    assert _is_empty(folder)


async def test_too_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that does not end is ended."""
    monkeypatch.setattr(virus_scan, "LONGEST_SECONDS", 0.2)
    with pytest.raises(ScanError, match="too long"):
        await is_infected((sys.executable, "-c", "import time; time.sleep(60)"), _pieces(b"x"), "jpg")
    assert _is_empty(folder)


def test_what_a_killed_process_left(folder: Path) -> None:
    """Goes when it is old, and nothing else."""
    left, other = folder / "huifang-scan-x", folder / "mine"
    left.mkdir()
    (left / "file.jpg").touch()
    other.mkdir()
    virus_scan.remove_left_folders(left.stat().st_mtime - 1)
    assert left.exists()
    virus_scan.remove_left_folders(left.stat().st_mtime + 1)
    assert [*folder.iterdir()] == [other]
