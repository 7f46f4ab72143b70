"""Object stores: what was put is there, what was deleted is not, and what the store does not do is said. A folder, and a real S3 server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.objects.object_store import NoObjectError, ObjectStore, StoredObject, StoreError, StorePlace, open_store
from tests.harness.s3_server import ACCESS, REGION, make_bucket, serve_s3

NAME, OTHER = "ab" * 32, "cd" * 32


async def _read(store: ObjectStore, name: str) -> bytes:
    return b"".join([piece async for piece in store.read(name)])


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 server; its URL."""
    with serve_s3() as url:
        yield url


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """In both kinds of places."""
    if request.param == "folder":
        return open_store(StorePlace(tmp_path / "deep" / "store"))
    url, bucket = request.getfixturevalue("s3"), tmp_path.name.replace("_", "-").lower()
    make_bucket(url, bucket)
    return open_store(StorePlace(None, bucket, "huifang/kept", url, REGION, ACCESS))


async def _put(store: ObjectStore, name: str, data: bytes) -> None:
    path = store.workroom / f"{name}.part"
    path.write_bytes(data)
    await store.put(name, path)


async def test_put_read_delete(store: ObjectStore) -> None:
    """The same comes back, a second time as well, and what is put under the same name takes its place."""
    assert await _list(store) == []
    data = bytes(range(256)) * 10_000
    await _put(store, NAME, b"before")
    await _put(store, NAME, data)
    await _put(store, OTHER, b"other")
    assert await _read(store, NAME) == data
    assert {stored.name: stored.size for stored in await _list(store)} == {NAME: len(data), OTHER: 5}
    await store.delete([NAME, NAME])
    with pytest.raises(NoObjectError):
        await _read(store, NAME)
    assert await _read(store, OTHER) == b"other"


async def test_a_large_object(store: ObjectStore) -> None:
    """It goes and comes in pieces."""
    data = bytes(range(256)) * 80_000
    await _put(store, NAME, data)
    pieces = [piece async for piece in store.read(NAME)]
    assert len(pieces) > 2
    assert b"".join(pieces) == data


async def test_a_server_that_does_not_do_it(s3: str, tmp_path: Path) -> None:
    """No such bucket, nobody there: each is told in a line, and neither takes long."""
    for endpoint, why in ((s3, "NoSuchBucket"), ("http://127.0.0.1:1", "error sending request")):
        broken = open_store(StorePlace(None, "no-such-bucket", "", endpoint, REGION, ACCESS))
        part = tmp_path / "part"
        part.write_bytes(b"x")
        for doing in (broken.put(NAME, part), _read(broken, NAME), _list(broken), broken.delete([NAME])):
            with pytest.raises(StoreError, match=why):
                await doing


async def _list(store: ObjectStore) -> list[StoredObject]:
    return [stored async for stored in store.list_all()]


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
