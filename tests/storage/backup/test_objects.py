"""Files of evidence in a backup: there and back on either engine, compared with what they were; what is lost is counted, not hidden."""

from pathlib import Path

import msgspec
import pytest

from storage.backup import blocks
from storage.backup.backup import write_backup
from storage.backup.backup_reader import BackupReader, verify
from storage.backup.restore import restore_backup
from storage.backup.sealed_file import BackupError, SealedWriter
from storage.cases import contributions, evidence
from storage.cases.contributions import Contribution
from storage.cases.evidence import SealedObject
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.objects.object_store import ObjectStore, StorePlace, open_store
from tests.harness.databases import SECRET
from tests.harness.rows import NOW, file_case

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"
SIZES = (0, 1, 3_000_000)


def _name(number: int) -> str:
    return f"{number:064x}"


async def _put(store: ObjectStore, number: int, data: bytes) -> None:
    part = store.workroom / "part"
    part.write_bytes(data)
    await store.put(_name(number), part)


async def _fill(database: Database, store: ObjectStore) -> None:
    """A case with files of several sizes in the store."""
    files = tuple(("photo", str(n), "") for n in range(len(SIZES)))
    async with database.begin() as tx:
        case = await file_case(tx)
        await contributions.add_contribution(tx, Contribution(1, case.id, "", files, NOW))
        for n, file in enumerate(await evidence.list_due(tx, NOW, len(SIZES))):
            await evidence.put_kept(tx, file.id, SealedObject(_name(n), "k", "d", SIZES[n], "jpg"))
    for n, size in enumerate(SIZES):
        await _put(store, n, bytes([n + 1]) * size)


async def _read(store: ObjectStore, number: int) -> bytes:
    return b"".join([piece async for piece in store.read(_name(number))])


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return open_store(StorePlace(tmp_path / "store"))


async def test_there_and_back(database: Database, store: ObjectStore, tmp_path: Path) -> None:
    """Every byte; what is in the store already is compared, and put again where it is damaged; without a store the rows alone."""
    await _fill(database, store)
    written = await write_backup(database, tmp_path / "b", [KEY], NOW, "1", store)
    assert (written.files, written.missing) == (3, 0)
    assert (await write_backup(database, tmp_path / "rows", [KEY], NOW, "1")).files is None
    copy_store = open_store(StorePlace(tmp_path / "copy"))
    await _put(copy_store, 2, b"damaged")
    copy = Database(f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}", Keyring([SECRET]))
    restored = await restore_backup(copy, tmp_path / "b", [KEY], NOW, copy_store)
    assert (restored.files, restored.manifest) == (3, written)
    assert [await _read(copy_store, n) for n in range(3)] == [bytes([n + 1]) * size for n, size in enumerate(SIZES)]
    async with copy.read() as tx:
        assert [name async for name in evidence.stream_objects(tx)] == [_name(n) for n in range(3)]
    await copy.close()
    other = Database(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", Keyring([SECRET]))
    assert (await restore_backup(other, tmp_path / "b", [KEY], NOW)).files is None
    await other.close()


async def test_what_is_lost(database: Database, store: ObjectStore, tmp_path: Path) -> None:
    """It is counted; a store that cannot be read makes no backup, and says how to make one without it."""
    await _fill(database, store)
    await store.delete([_name(1)])
    written = await write_backup(database, tmp_path / "b", [KEY], NOW, "1", store)
    assert (written.files, written.missing) == (3, 1)
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="HUIFANG_BACKUP_EVIDENCE=no"):
        await write_backup(database, tmp_path / "c", [KEY], NOW, "1", open_store(StorePlace(tmp_path / "file")))
    assert not (tmp_path / "c").exists()


async def test_damage_inside(database: Database, store: ObjectStore, tmp_path: Path) -> None:
    """A backup whose pieces were made otherwise than we make them is refused: changed, left out, mixed up."""
    await _fill(database, store)
    await write_backup(database, tmp_path / "b", [KEY], NOW, "1", store)
    reader = BackupReader(tmp_path / "b", [KEY])
    read = list(reader.read())
    manifest = msgspec.structs.replace(reader.manifest, sealed={})
    whole: list[blocks.Block] = [manifest, *read, blocks.End(reader.sums.sums)]
    pieces = [n for n, block in enumerate(whole) if isinstance(block, blocks.ObjectPiece)]
    first, last = pieces[0], pieces[-1]
    changed = [*whole]
    changed[last - 1] = blocks.ObjectPiece(_name(2), b"changed")
    fewer = [block for n, block in enumerate(whole) if n != last]
    mixed = [*whole]
    mixed[last - 1], mixed[first] = mixed[first], mixed[last - 1]
    for n, wrong in enumerate((changed, fewer, mixed)):
        path = tmp_path / f"wrong{n}"
        with SealedWriter(path, KEY) as file:
            for block in wrong:
                blocks.write_block(file, block)
            file.finish()
            file.keep()
        with pytest.raises(BackupError, match="does not hold the files"):
            verify(path, [KEY])
