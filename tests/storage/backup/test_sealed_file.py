"""A sealed file is read whole or not at all."""

import os
from pathlib import Path

import pytest

from storage.backup import sealed_file
from storage.backup.person_keys import PersonOpener
from storage.backup.sealed_file import CHUNK_BYTES, TAG_BYTES, BackupError, SealedWriter, read_sealed

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"
OTHER = "1f7e03ac95d24b68e0c7f1359a8db246"
HEAD_BYTES = 53


def write(path: Path, data: bytes, key: str = KEY) -> None:
    with SealedWriter(path, key) as file:
        file.write(data)
        file.finish()
        file.keep()


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Three chunks."""
    path = tmp_path / "sealed"
    write(path, os.urandom(2 * CHUNK_BYTES + 1000))
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 80, CHUNK_BYTES, 3 * CHUNK_BYTES])
def test_what_goes_in_comes_out(tmp_path: Path, size: int) -> None:
    """Of any length; with a new key before the old one, too; nobody else can read the file, and nothing stays beside it."""
    data = os.urandom(size)
    write(tmp_path / "sealed", data)
    assert b"".join(read_sealed(tmp_path / "sealed", [OTHER, KEY])) == data
    assert [path.name for path in tmp_path.iterdir()] == ["sealed"]
    assert (tmp_path / "sealed").stat().st_mode & 0o777 == 0o600


def test_no_part_can_be_missing(sealed: Path) -> None:
    """Cut at any border or elsewhere, empty, or longer than it was."""
    whole = sealed.read_bytes()
    chunk = CHUNK_BYTES + TAG_BYTES
    for size in (0, 10, HEAD_BYTES, HEAD_BYTES + 5, HEAD_BYTES + chunk, HEAD_BYTES + 2 * chunk, len(whole) - 1):
        sealed.write_bytes(whole[:size])
        with pytest.raises(BackupError, match=r"is damaged|is no backup"):
            list(read_sealed(sealed, [KEY]))
    sealed.write_bytes(whole + b"x")
    with pytest.raises(BackupError, match="is damaged"):
        list(read_sealed(sealed, [KEY]))


def test_nothing_can_be_changed(sealed: Path) -> None:
    """No bit of the head or of any chunk, and no chunk can stand in the place of another."""
    whole, chunk = sealed.read_bytes(), CHUNK_BYTES + TAG_BYTES
    for at in (0, len(b"huifang backup 2\n"), 30, HEAD_BYTES, HEAD_BYTES + chunk + 7, len(whole) - 1):
        sealed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BackupError):
            list(read_sealed(sealed, [KEY]))
    first, second = whole[HEAD_BYTES : HEAD_BYTES + chunk], whole[HEAD_BYTES + chunk : HEAD_BYTES + 2 * chunk]
    sealed.write_bytes(whole[:HEAD_BYTES] + second + first + whole[HEAD_BYTES + 2 * chunk :])
    with pytest.raises(BackupError, match="chunk 1"):
        list(read_sealed(sealed, [KEY]))


def test_a_file_of_the_first_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with its last chunk: it has no keys of persons, and is read as it was."""
    monkeypatch.setattr(sealed_file, "MAGIC", sealed_file.FIRST_MAGIC)
    write(tmp_path / "sealed", b"words")
    whole = (tmp_path / "sealed").read_bytes()
    (tmp_path / "sealed").write_bytes(whole[: -sealed_file.NUMBER_BYTES])
    monkeypatch.undo()
    assert b"".join(read_sealed(tmp_path / "sealed", [KEY])) == b"words"
    assert PersonOpener(tmp_path / "sealed", [KEY]).destroyed == 0


def test_another_key(sealed: Path) -> None:
    """Is told from damage."""
    with pytest.raises(BackupError, match="sealed with another key: set HUIFANG_BACKUP_KEY"):
        list(read_sealed(sealed, [OTHER]))


def test_a_name_is_for_what_is_whole(tmp_path: Path) -> None:
    """What failed in the middle leaves nothing; what a killed process left is no obstacle; a file that is there is not replaced."""
    path = tmp_path / "sealed"
    with pytest.raises(ZeroDivisionError), SealedWriter(path, KEY) as file:
        file.write(bytes([1 // 0]))
    assert not list(tmp_path.iterdir())
    (tmp_path / "sealed.part").write_bytes(b"half")
    write(path, b"words")
    with pytest.raises(BackupError, match="exists; choose another name"):
        write(path, b"others")
    assert b"".join(read_sealed(path, [KEY])) == b"words"
