"""A backup is read to its end, and holds what it says."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from storage.backup import blocks
from storage.backup.backup_reader import verify
from storage.backup.blocks import End, Manifest, Rows
from storage.backup.sealed_file import BackupError, SealedWriter
from tests.harness.rows import NOW

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


def write(path: Path, *made: Any) -> None:  # noqa: ANN401 -- blocks
    with SealedWriter(path, KEY) as file:
        for block in made:
            blocks.write_block(file, block)
        file.finish()
        file.keep()


def test_a_backup_is_counted(tmp_path: Path) -> None:
    """It must hold what it says, in order, to its end; a kind of block that is not known is of a newer release."""
    manifest = Manifest(1, "1", "0014", NOW, {"people": ["id"]}, {"people": 1}, {})
    end = End({"people": "0" * 32})
    wrong: list[list[Any]] = [
        [manifest],
        [end],
        [manifest, end],
        [manifest, Rows("people", [[1]]), end],
        [manifest, manifest],
    ]
    for n, made in enumerate(wrong):
        write(tmp_path / str(n), *made)
        with pytest.raises(BackupError, match="is damaged"):
            verify(tmp_path / str(n), [KEY])

    class Unknown(msgspec.Struct, tag="unknown"):
        """Something of the future."""

    write(tmp_path / "future", manifest, Unknown())
    write(tmp_path / "format", msgspec.structs.replace(manifest, format=blocks.FORMAT + 1))
    for name in ("future", "format"):
        with pytest.raises(BackupError, match="was made by a newer release"):
            verify(tmp_path / name, [KEY])
