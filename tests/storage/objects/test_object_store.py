"""Object stores: what was put is there, what was deleted is not, and what the store does not do is said. A folder, and a real S3 server."""

from pathlib import Path

import pytest

from storage.objects.object_store import NoObjectError, ObjectStore, StoreError, StorePlace, open_store

NAME, OTHER = "ab" * 32, "cd" * 32


async def _read(store: ObjectStore, name: str) -> bytes:
    return b"".join([piece async for piece in store.read(name)])


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return open_store(StorePlace(tmp_path / "deep" / "store"))


async def _put(store: ObjectStore, name: str, data: bytes) -> None:
    path = store.workroom / f"{name}.part"
    path.write_bytes(data)
    await store.put(name, path)


async def test_put_read_delete(store: ObjectStore) -> None:
    """The same comes back, a second time as well, and what is put under the same name takes its place."""
    assert [one async for one in store.list_all()] == []
    data = bytes(range(256)) * 10_000
    await _put(store, NAME, b"before")
    await _put(store, NAME, data)
    await _put(store, OTHER, b"other")
    assert await _read(store, NAME) == data
    listed = {one.name: one.size async for one in store.list_all()}
    assert listed == {NAME: len(data), OTHER: 5}
    await store.delete([NAME, NAME])
    with pytest.raises(NoObjectError):
        await _read(store, NAME)
    assert await _read(store, OTHER) == b"other"


async def test_a_folder_is_its_owners(tmp_path: Path) -> None:
    """Nobody else may look in; a name that leads elsewhere is none; what the file system does not do is told."""
    store = open_store(StorePlace(tmp_path / "store"))
    await _put(store, NAME, b"x")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "store", tmp_path / "store" / NAME[:2])} == {0o700}
    with pytest.raises(StoreError, match="no name"):
        await _read(store, "../../etc/passwd")
    (tmp_path / "file").touch()
    broken = open_store(StorePlace(tmp_path / "file" / "store"))
    with pytest.raises(StoreError, match="Not a directory"):
        await _put(broken, NAME, b"x")
    with pytest.raises(StoreError, match="Not a directory"):
        await _read(broken, NAME)
