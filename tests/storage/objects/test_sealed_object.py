"""Sealed objects: what comes out is what went in, and nothing else does."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.objects.object_store import read_file
from storage.objects.sealed_object import (
    CHUNK_BYTES,
    DamagedObjectError,
    ObjectWriter,
    open_sealed,
    remove_left_parts,
)

KEY = bytes(range(32))
SIZES = (0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES)


def _seal(folder: Path, data: bytes, key: bytes = KEY) -> tuple[Path, str]:
    """Where it is, and its name."""
    with ObjectWriter(folder, key) as writer:
        for at in range(0, len(data), 100_000):
            writer.add(data[at : at + 100_000])
        writer.finish()
        return writer.path.rename(folder / f"{len(data)}-{os.urandom(4).hex()}"), writer.name


async def _slowly(data: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def _read(pieces: AsyncIterator[bytes], key: bytes = KEY) -> bytes:
    return b"".join([piece async for piece in open_sealed(key, pieces)])


@pytest.mark.parametrize("size", SIZES)
async def test_the_same_comes_out(tmp_path: Path, size: int) -> None:
    """Of any size, however it is read; nothing of it can be seen outside; its name tells the same content under the same key."""
    data = os.urandom(size)
    path, name = _seal(tmp_path, data)
    assert await _read(read_file(path)) == data
    assert await _read(_slowly(path.read_bytes(), 1000)) == data
    assert size < 16 or data[:16] not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    again, same = _seal(tmp_path, data)
    assert same == name
    assert again.read_bytes() != path.read_bytes()
    assert _seal(tmp_path, data + b".")[1] != name
    assert _seal(tmp_path, data, bytes(32))[1] != name


async def test_damage(tmp_path: Path) -> None:
    """Cut short, lengthened, changed anywhere, its chunks in another order, another key, another file: each is told."""
    sealed = _seal(tmp_path, os.urandom(2 * CHUNK_BYTES + 10))[0].read_bytes()
    head, chunk = 51, CHUNK_BYTES + 16
    swapped = (
        sealed[:head]
        + sealed[head + chunk : head + 2 * chunk]
        + sealed[head : head + chunk]
        + sealed[head + 2 * chunk :]
    )
    wrong = [sealed[:end] for end in (0, 10, head, head + 5, head + chunk, head + 2 * chunk, len(sealed) - 1)]
    wrong += [
        sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in (3, 30, head, head + chunk, len(sealed) - 1)
    ]
    for data in (*wrong, sealed + b"x", swapped, b"x" * 600_000):
        with pytest.raises(DamagedObjectError):
            await _read(_slowly(data, 70_000))
    with pytest.raises(DamagedObjectError):
        await _read(_slowly(sealed, 70_000), bytes(32))


def test_nothing_is_left(tmp_path: Path) -> None:
    """What was given up goes; what a killed process left goes when it is old."""
    with pytest.raises(ValueError, match="given up"), ObjectWriter(tmp_path, KEY):
        raise ValueError("given up")
    assert not [*tmp_path.iterdir()]
    left, other = tmp_path / "huifang-0.part", tmp_path / "mine.part"
    left.touch()
    other.touch()
    remove_left_parts(tmp_path, left.stat().st_mtime - 1)
    assert left.exists()
    remove_left_parts(tmp_path, left.stat().st_mtime + 1)
    assert [*tmp_path.iterdir()] == [other]
